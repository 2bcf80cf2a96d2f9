package sheet

import (
	"fmt"
	"image"
	"image/color"
	"math"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"github.com/gradus-go/gradus/internal/picture"
)

// A Sheet is a list of tiles of the same size, which are drawn in rows from the top.
type Sheet struct {
	Title         string
	Note          string // below the tiles, says what they and their captions mean
	Width, Height int    // the size of every tile, in pixels
	Tiles         []Tile
}

// A Tile is a small image.
type Tile struct {
	Caption string    // below the image; if no tile has a caption, there is no room for one
	Pixels  []float64 // row by row from the top: −1 is vermilion, 0 white, 1 dark blue
}

// Save draws the sheet into a file, see [picture.Save].
//
// It returns an error if there are no tiles, if their size is 0, or if there is no room for all of
// them. It returns an error that names the tile if a tile does not have Width·Height pixels, or has
// a pixel that is not a number from −1 to 1.
func (s Sheet) Save(file string) error {
	return picture.Save(file, picture.Words{Title: s.Title, Description: s.Note}, s.draw)
}

// Caption returns the title.
func (s Sheet) Caption() string { return s.Title }

// check returns an error that says what cannot be drawn.
func (s Sheet) check() error {
	if len(s.Tiles) == 0 || s.Width < 1 || s.Height < 1 {
		return fmt.Errorf("sheet %q: %d tiles of %d×%d pixels, want 1 or more of each",
			s.Title, len(s.Tiles), s.Width, s.Height)
	}
	for i, t := range s.Tiles {
		if len(t.Pixels) != s.Width*s.Height {
			return fmt.Errorf("sheet %q: tile %d has %d pixels, want %d×%d",
				s.Title, i, len(t.Pixels), s.Width, s.Height)
		}
		for k, x := range t.Pixels {
			if !(x >= -1 && x <= 1) {
				return fmt.Errorf("sheet %q: pixel %d of tile %d is %v, want a number from −1 to 1", s.Title, k, i, x)
			}
		}
	}
	return nil
}

// dot is a pixel of the picture.
const dot = vg.Inch / picture.DPI

// The heights of the lines of text, and the gap between tiles, in points.
const (
	titleHeight   vg.Length = 28
	noteHeight    vg.Length = 20
	captionHeight vg.Length = 14
	gap           vg.Length = 6
)

// draw draws the sheet on a page.
func (s Sheet) draw(paper draw.Canvas) error {
	if err := s.check(); err != nil {
		return err
	}
	centre := vg.Point{X: paper.Center().X, Y: paper.Max.Y - titleHeight/2}
	paper.FillText(text(15), centre, s.Title)
	centre.Y = paper.Min.Y + noteHeight/2
	paper.FillText(text(12), centre, s.Note)
	area := draw.Crop(paper, 0, 0, noteHeight, -titleHeight)
	g := s.fit(area.Size())
	if g.columns == 0 {
		return fmt.Errorf("sheet %q: there is no room for %d tiles, want fewer", s.Title, len(s.Tiles))
	}
	for i, t := range s.Tiles {
		s.drawTile(area, g, t, g.place(i, area.Rectangle))
	}
	return nil
}

// text returns the style of a centred text.
func text(size vg.Length) draw.TextStyle {
	style := plot.New().Title.TextStyle
	picture.SetSize(&style, size)
	style.XAlign, style.YAlign = draw.XCenter, draw.YCenter
	return style
}

// drawTile draws a tile into a rectangle, with the caption below.
func (s Sheet) drawTile(c draw.Canvas, g grid, t Tile, r vg.Rectangle) {
	c.DrawImage(r, s.enlarged(t, max(1, int(g.scale))))
	c.SetLineStyle(draw.LineStyle{Color: picture.Line, Width: vg.Points(0.5)})
	c.Stroke(r.Path())
	if t.Caption != "" {
		place := vg.Point{X: g.cell.X - gap/2, Y: captionHeight}
		style := picture.Within(t.Caption, place)
		style.YAlign = draw.YCenter
		c.FillText(style, vg.Point{X: (r.Min.X + r.Max.X) / 2, Y: r.Min.Y - captionHeight/2}, t.Caption)
	}
}

// enlarged returns the tile as an image with n×n pixels for each of its own. Programs that show a
// picture may blur an image that they enlarge; this image need not be enlarged.
func (s Sheet) enlarged(t Tile, n int) image.Image {
	img := image.NewRGBA(image.Rect(0, 0, n*s.Width, n*s.Height))
	for y := range n * s.Height {
		for x := range n * s.Width {
			img.SetRGBA(x, y, shade(t.Pixels[y/n*s.Width+x/n]))
		}
	}
	return img
}

// shade returns the colour of a pixel.
func shade(x float64) color.RGBA {
	if x < 0 {
		return picture.Tint(picture.Palette[1], -x)
	}
	return picture.Tint(picture.Dark, x)
}

// A grid says where the tiles lie.
type grid struct {
	columns, rows int
	cell          vg.Point // the size of a tile together with its caption and the gap beside it
	tile          vg.Point // the size of a tile
	scale         float64  // the width of a tile's pixel in pixels of the picture
}

// fit returns the grid with the largest tiles. A pixel of a tile is a whole number of pixels of the
// picture wide, unless it is smaller than one.
func (s Sheet) fit(area vg.Point) (best grid) {
	caption := vg.Length(0)
	for _, t := range s.Tiles {
		if t.Caption != "" {
			caption = captionHeight
		}
	}
	w, h := vg.Length(s.Width)*dot, vg.Length(s.Height)*dot
	for columns := 1; columns <= len(s.Tiles); columns++ {
		g := grid{columns: columns, rows: (len(s.Tiles)-1)/columns + 1}
		room := vg.Point{X: area.X/vg.Length(columns) - gap, Y: area.Y/vg.Length(g.rows) - gap - caption}
		g.scale = float64(min(room.X/w, room.Y/h))
		if g.scale >= 1 {
			g.scale = math.Floor(g.scale)
		}
		if g.scale > best.scale {
			g.tile = vg.Point{X: w, Y: h}.Scale(vg.Length(g.scale))
			g.cell = vg.Point{X: area.X / vg.Length(columns), Y: g.tile.Y + caption + gap}
			best = g
		}
	}
	return best
}

// place returns the rectangle of tile i. It begins at a whole pixel of the picture, so that the tile is
// not blurred.
func (g grid) place(i int, area vg.Rectangle) (r vg.Rectangle) {
	free := area.Size().Y - vg.Length(g.rows)*g.cell.Y
	r.Min.X = area.Min.X + vg.Length(i%g.columns)*g.cell.X + (g.cell.X-g.tile.X)/2
	r.Max.Y = area.Max.Y - free/2 - vg.Length(i/g.columns)*g.cell.Y
	r.Min.X, r.Max.Y = whole(r.Min.X), whole(r.Max.Y)
	r.Max.X, r.Min.Y = r.Min.X+g.tile.X, r.Max.Y-g.tile.Y
	return r
}

// whole rounds a length to whole pixels of the picture.
func whole(x vg.Length) vg.Length {
	return vg.Length(math.Round(float64(x/dot))) * dot
}
