package chart

import (
	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"github.com/gradus-go/gradus/internal/picture"
)

// A legend lies below the axes, where it hides no data. It has one of gonum's legends for each name,
// in rows from left to right.
type legend []plot.Legend

// The height of a row, the gap between two entries and the space above the legend, in points.
const (
	legendRow   = 18
	legendGap   = 24
	legendAbove = 8
)

// add adds a name and samples of how it is drawn. Without a name there is no entry.
func (l *legend) add(name string, thumbnails ...plot.Thumbnailer) {
	if name == "" {
		return
	}
	entry := plot.NewLegend()
	entry.Left, entry.Top = true, true
	entry.ThumbnailWidth = vg.Points(32)
	picture.SetSize(&entry.TextStyle, 12)
	entry.Add(" "+name, thumbnails...)
	*l = append(*l, entry)
}

// draw draws the legend at the bottom of the page and returns the page above it.
func (l legend) draw(page draw.Canvas) (above draw.Canvas) {
	places, rows := l.places(page)
	height := vg.Points(float64(legendRow*rows + legendAbove))
	for i := range l {
		at := draw.Crop(page, places[i].X, 0, 0, height-vg.Points(legendAbove)-page.Size().Y-places[i].Y)
		l[i].Draw(at)
	}
	return draw.Crop(page, 0, 0, height, 0)
}

// places returns the place of each entry, as its distance to the right of and down from the upper
// left corner of the legend, and the number of rows.
func (l legend) places(page draw.Canvas) (places []vg.Point, rows int) {
	x := page.Size().X // there is no room left, so that the first entry begins the first row
	for i := range l {
		size := l[i].Rectangle(page).Size()
		if x+size.X > page.Size().X || rows == 0 {
			x = 0
			rows++
		}
		places = append(places, vg.Point{X: x, Y: vg.Points(float64(legendRow * (rows - 1)))})
		x += size.X + vg.Points(legendGap)
	}
	return places, rows
}
