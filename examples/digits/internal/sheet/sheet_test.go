package sheet

import (
	"fmt"
	"image"
	"image/color"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gonum.org/v1/plot/vg"

	"github.com/gradus-go/gradus/internal/picture"
	"github.com/gradus-go/gradus/internal/picture/picturetest"
)

// tiles returns a sheet of n different tiles.
func tiles(n, width, height int, caption string) Sheet {
	s := Sheet{Title: "A title", Note: "a note", Width: width, Height: height}
	for i := range n {
		t := Tile{}
		if caption != "" {
			t.Caption = fmt.Sprint(caption, i)
		}
		for k := range width * height {
			t.Pixels = append(t.Pixels, math.Sin(float64(7*i+3*k)))
		}
		s.Tiles = append(s.Tiles, t)
	}
	return s
}

// Every pixel of every tile is a square of its colour with sharp edges, and no tile overlaps another
// tile or a caption.
func TestSave(t *testing.T) {
	for _, s := range []Sheet{
		tiles(1, 8, 8, ""), tiles(7, 8, 8, "3 → "), tiles(24, 28, 28, "x"), tiles(100, 28, 28, ""),
		tiles(5, 3, 11, "x"), tiles(300, 8, 8, ""), tiles(2, 300, 20, "x"),
	} {
		t.Run(fmt.Sprintf("%d of %d×%d", len(s.Tiles), s.Width, s.Height), func(t *testing.T) {
			img := picturetest.Saved(t, s)
			if img.Bounds() != image.Rect(0, 0, 960, 540) {
				t.Fatalf("the size is %v", img.Bounds())
			}
			area := vg.Rectangle{
				Min: vg.Point{X: 8, Y: 8 + noteHeight},
				Max: vg.Point{X: picture.Width - 14, Y: picture.Height - 10 - titleHeight},
			}
			g := s.fit(area.Size())
			var taken []image.Rectangle
			for i := range s.Tiles {
				r := g.place(i, area)
				in := image.Rect(pixel(r.Min.X), pixel(picture.Height-r.Max.Y),
					pixel(r.Max.X), pixel(picture.Height-r.Min.Y))
				all := in
				if s.Tiles[i].Caption != "" {
					all.Max.Y += pixel(captionHeight)
				}
				for k, other := range taken {
					if all.Overlaps(other) {
						t.Errorf("tile %d, %v, lies on tile %d, %v", i, all, k, other)
					}
				}
				if taken = append(taken, all); !all.In(image.Rect(13, 63, 937, 495)) {
					t.Errorf("tile %d, %v, is not between title and note", i, all)
				}
				checkTile(t, img, in, s, i)
			}
		})
	}
}

func pixel(x vg.Length) int { return int(math.Round(float64(x / dot))) }

// checkTile compares the picture with the tile, without the frame around it.
func checkTile(t *testing.T, img image.Image, in image.Rectangle, s Sheet, i int) {
	t.Helper()
	n := in.Dx() / s.Width
	if n < 1 || in.Dx() != n*s.Width || in.Dy() != n*s.Height {
		t.Fatalf("tile %d takes %v, want whole pixels", i, in)
	}
	in = in.Inset(1)
	for y := in.Min.Y; y < in.Max.Y; y++ {
		for x := in.Min.X; x < in.Max.X; x++ {
			row, column := (y-in.Min.Y+1)/n, (x-in.Min.X+1)/n
			want := colour(s.Tiles[i].Pixels[row*s.Width+column])
			got := picturetest.At(img, image.Pt(x, y))
			if far(got.R, want.R) || far(got.G, want.G) || far(got.B, want.B) {
				t.Fatalf("tile %d, row %d, column %d is %v, want %v", i, row, column, got, want)
			}
		}
	}
}

// far allows a difference of 1, because the image is drawn with premultiplied alpha.
func far(x, y uint8) bool { return max(x, y)-min(x, y) > 1 }

// colour is the colour scale in the doc comment of Tile, written a second time.
func colour(x float64) color.RGBA {
	end := color.RGBA{R: 0, G: 57, B: 89}
	if x < 0 {
		end, x = color.RGBA{R: 213, G: 94, B: 0}, -x
	}
	mix := func(to uint8) uint8 { return uint8(math.Round(255*(1-x) + float64(to)*x)) }
	return color.RGBA{R: mix(end.R), G: mix(end.G), B: mix(end.B), A: 255}
}

// The first tile is as far from the top of the area as the last tile is from its bottom.
func TestPlace(t *testing.T) {
	area := vg.Rectangle{Min: vg.Point{X: 10, Y: 20}, Max: vg.Point{X: 564, Y: 278}}
	for _, n := range []int{1, 7, 24, 300} {
		g := tiles(n, 8, 8, "").fit(area.Size())
		first, last := g.place(0, area), g.place(n-1, area)
		above, below := area.Max.Y-first.Max.Y, last.Min.Y-area.Min.Y
		if math.Abs(float64(above-below)) > float64(gap+2*dot) {
			t.Errorf("%d tiles: %v above the first, %v below the last", n, above, below)
		}
		left, right := first.Min.X-area.Min.X, area.Max.X-g.place(g.columns-1, area).Max.X
		if math.Abs(float64(left-right)) > float64(2*dot) {
			t.Errorf("%d tiles: %v left of the first, %v right of the last in its row", n, left, right)
		}
	}
}

// The tiles are as large as they can be: with one column more or less they would be smaller.
func TestFit(t *testing.T) {
	area := vg.Point{X: 554, Y: 258}
	for _, test := range []struct {
		sheet         Sheet
		columns, rows int
		scale         float64
	}{
		{tiles(1, 8, 8, ""), 1, 1, 52},    // 252 points of 0.6
		{tiles(1, 8, 8, "x"), 1, 1, 49},   // 238
		{tiles(2, 8, 8, ""), 2, 1, 52},    // 271 wide, 252 high
		{tiles(20, 28, 28, "x"), 7, 3, 3}, // 66 points high: 110 pixels
		{tiles(100, 28, 28, ""), 10, 10, 1},
		{tiles(40, 28, 28, "x"), 10, 4, 2},
		{tiles(60, 28, 28, ""), 10, 6, 2},
		{tiles(1, 1000, 10, ""), 1, 1, 548.0 / 600},
	} {
		g := test.sheet.fit(area)
		if g.columns != test.columns || g.rows != test.rows || math.Abs(g.scale-test.scale) > 1e-9 {
			t.Errorf("%d tiles of %d×%d: %d columns, %d rows, scale %v, want %d, %d and %v",
				len(test.sheet.Tiles), test.sheet.Width, test.sheet.Height,
				g.columns, g.rows, g.scale, test.columns, test.rows, test.scale)
		}
	}
}

func TestTexts(t *testing.T) {
	file := filepath.Join(t.TempDir(), "sheet.svg")
	s := tiles(3, 8, 8, "number ")
	if err := s.Save(file); err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"<title>A title<", "<desc>a note<", ">A title</text>", ">a note</text>",
		">number 0<", ">number 1<", ">number 2<",
	} {
		if strings.Count(string(b), want) != 1 {
			t.Errorf("%s is not in the picture once", want)
		}
	}
	if got := s.Caption(); got != "A title" {
		t.Errorf("Caption is %q", got)
	}
}

// A caption that is wider than its tile and the gap beside it is made smaller, and each tile has a
// frame.
func TestCaptionAndFrame(t *testing.T) {
	s := tiles(40, 8, 8, strings.Repeat("wide", 6))
	file := filepath.Join(t.TempDir(), "sheet.svg")
	if err := s.Save(file); err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	g := s.fit(vg.Point{X: picture.Width - 22, Y: picture.Height - 18 - noteHeight - titleHeight})
	text := s.Tiles[0].Caption
	want := picture.Within(text, vg.Point{X: g.cell.X - gap/2, Y: captionHeight})
	if size := fmt.Sprintf("font-size:%.5gpx", want.Font.Size.Points()); !strings.Contains(string(b), size) {
		t.Errorf("%s is not in the picture", size)
	}
	if w := want.Rectangle(text).Size().X; w > g.cell.X || want.Font.Size >= 11 {
		t.Errorf("the caption is %v wide in a cell of %v, in letters of %v", w, g.cell.X, want.Font.Size)
	}
	if n := strings.Count(string(b), "stroke:#E1E1E1"); n != 40 {
		t.Errorf("%d frames, want 40", n)
	}
}

func TestErrors(t *testing.T) {
	for _, test := range []struct {
		edit func(*Sheet)
		want string
	}{
		{func(s *Sheet) { s.Tiles = nil }, "0 tiles of 2×3 pixels, want 1 or more of each"},
		{func(s *Sheet) { s.Height = 0 }, "2 tiles of 2×0 pixels, want 1 or more of each"},
		{func(s *Sheet) { s.Width = -1 }, "2 tiles of -1×3 pixels, want 1 or more of each"},
		{
			func(s *Sheet) { *s = tiles(1200, 2, 3, "x") },
			"there is no room for 1200 tiles, want fewer",
		},
		{
			func(s *Sheet) { s.Tiles[1].Pixels = s.Tiles[1].Pixels[1:] },
			"tile 1 has 5 pixels, want 2×3",
		},
		{func(s *Sheet) { s.Tiles[1].Pixels[2] = 1.5 }, "pixel 2 of tile 1 is 1.5, want a number from −1 to 1"},
		{
			func(s *Sheet) { s.Tiles[0].Pixels[5] = math.NaN() },
			"pixel 5 of tile 0 is NaN, want a number from −1 to 1",
		},
	} {
		file := filepath.Join(t.TempDir(), "sheet.png")
		s := tiles(2, 2, 3, "x")
		test.edit(&s)
		want := file + `: sheet "A title": ` + test.want
		if err := s.Save(file); err == nil || err.Error() != want {
			t.Errorf("error %v, want %s", err, want)
		}
		if _, err := os.Stat(file); err == nil {
			t.Errorf("%s: a file is left", test.want)
		}
	}
}
