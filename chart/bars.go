package chart

import (
	"fmt"
	"image/color"
	"math"
	"slices"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"github.com/gradus-go/gradus/internal/picture"
)

// groupWidth is the width of all bars at one name, where the distance between two names is 1.
const groupWidth = 0.8

// bars draws the bars of one series.
type bars struct {
	y         []float64
	axis      Axis // of y
	place, of int  // the number of series of bars to the left of this one, and of all of them
	color     color.Color
}

// bars returns the number of series that are bars.
func (c Chart) bars() (n int) {
	for _, s := range c.Series {
		if s.Style == Bars {
			n++
		}
	}
	return n
}

// Plot draws the bars. Package plot calls it.
func (b bars) Plot(c draw.Canvas, p *plot.Plot) {
	toX, toY := p.Transforms(&c)
	base := c.Min.Y // there is no 0 on a logarithmic axis
	if !b.axis.Log {
		base = toY(0)
	}
	for i, y := range b.y {
		left := float64(i) + groupWidth*(float64(b.place)/float64(b.of)-0.5)
		right := left + groupWidth/float64(b.of)
		bar := vg.Rectangle{Min: vg.Point{X: toX(left), Y: base}, Max: vg.Point{X: toX(right), Y: base}}
		if y == 0 {
			writeZero(c, bar)
			continue
		}
		end := toY(b.axis.at(y))
		bar.Min.Y, bar.Max.Y = min(base, end), max(base, end)
		b.draw(c, bar)
	}
}

// writeZero writes a 0 in place of a bar without height, so that nobody thinks that there is none.
func writeZero(c draw.Canvas, bar vg.Rectangle) {
	style := picture.Within("0", vg.Point{X: bar.Size().X, Y: vg.Inch})
	style.YAlign, style.Font.Size = draw.YBottom, max(7, style.Font.Size) // not too small to read
	c.FillText(style, vg.Point{X: (bar.Min.X + bar.Max.X) / 2, Y: bar.Min.Y + vg.Points(1)}, "0")
}

// DataRange makes room for the bars along y; along x the names have done so. A logarithmic y axis
// begins at a power of ten at which the smallest bar still has some height.
func (b bars) DataRange() (xmin, xmax, ymin, ymax float64) {
	if !b.axis.Log {
		return 0, 0, min(0, slices.Min(b.y)), max(0, slices.Max(b.y))
	}
	ymin, ymax = math.Inf(1), math.Inf(-1)
	for _, y := range b.y {
		if y > 0 {
			ymin, ymax = min(ymin, math.Floor(b.axis.at(y)-0.5)), max(ymax, b.axis.at(y))
		}
	}
	return 0, 0, ymin, ymax
}

// Thumbnail draws a sample of the bars in the legend.
func (b bars) Thumbnail(c *draw.Canvas) {
	sample := draw.Crop(*c, vg.Points(4), -vg.Points(4), vg.Points(1), -vg.Points(1))
	b.draw(sample, sample.Rectangle)
}

// hatches holds the directions of the lines that fill the bars of the first series, the second and
// so on. Directions that differ most come first. A bar without a direction is filled completely.
var hatches = []vg.Point{{}, {X: 0.8, Y: 0.6}, {X: 1}, {X: 0.8, Y: -0.6}, {Y: 1}}

// draw draws one bar.
func (b bars) draw(c draw.Canvas, bar vg.Rectangle) {
	hatch := hatches[b.place%len(hatches)]
	c.SetColor(b.color)
	lines := bar.Path()
	if hatch != (vg.Point{}) {
		c.SetColor(color.White) // hides the lines of the grid
		lines = append(lines, hatching(draw.Canvas{Canvas: c.Canvas, Rectangle: bar}, hatch)...)
	}
	c.Fill(bar.Path())
	c.SetLineStyle(draw.LineStyle{Color: b.color, Width: vg.Points(1)})
	c.Stroke(lines)
}

// hatching returns lines in a direction at equal distances all over the canvas. The direction is a
// vector of length 1.
func hatching(c draw.Canvas, direction vg.Point) (path vg.Path) {
	const distance = 4
	far := c.Size().X + c.Size().Y
	for d := distance - far; d < far; d += distance {
		foot := c.Min.Add(vg.Point{X: -d * direction.Y, Y: d * direction.X})
		line := []vg.Point{foot.Sub(direction.Scale(2 * far)), foot.Add(direction.Scale(2 * far))}
		for _, l := range c.ClipLinesXY(line) {
			path.Move(l[0])
			path.Line(l[1])
		}
	}
	return path
}

// checkBars returns an error that says which bar does not belong to a name or cannot be drawn.
func (c Chart) checkBars(s Series) error {
	if len(s.X) != len(c.X.Names) {
		return fmt.Errorf("chart %q, series %q: %d bars and %d names of the x axis, want the "+
			"same number of both", c.Title, s.Name, len(s.X), len(c.X.Names))
	}
	for i := range s.X {
		if s.X[i] != float64(i) || s.Y[i] != 0 && !c.Y.shows(s.Y[i]) {
			return fmt.Errorf("chart %q, series %q: bar %d is (%v, %v), want x = %d, the place of its "+
				"name, and y finite, 0 or positive on a logarithmic axis", c.Title, s.Name, i, s.X[i], s.Y[i], i)
		}
	}
	return nil
}
