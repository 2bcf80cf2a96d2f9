package chart

import (
	"cmp"
	"fmt"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"github.com/gradus-go/gradus/chart/field"
)

// A background draws the field of a chart.
type background Chart

// Plot draws the field. Package plot calls it.
func (b background) Plot(c draw.Canvas, p *plot.Plot) {
	toX, toY := p.Transforms(&c)
	b.Field.Draw(c, func(x, y float64) vg.Point { return vg.Point{X: toX(b.X.at(x)), Y: toY(b.Y.at(y))} })
}

// DataRange makes room for the grid.
func (b background) DataRange() (xmin, xmax, ymin, ymax float64) {
	x, y := b.Field.X, b.Field.Y
	return b.X.at(x[0]), b.X.at(x[len(x)-1]), b.Y.at(y[0]), b.Y.at(y[len(y)-1])
}

// Thumbnail draws a sample of the line between the tints in the legend.
func (background) Thumbnail(c *draw.Canvas) { thumbnail(c, field.Line) }

// checkField returns an error that says what is wrong with the grid or the values on it.
func (c Chart) checkField() error {
	f := c.Field
	if err := cmp.Or(c.X.checkGrid("X", f.X), c.Y.checkGrid("Y", f.Y), f.Check()); err != nil {
		return fmt.Errorf("chart %q, field %q: %w", c.Title, f.Name, err)
	}
	return nil
}

func (a Axis) checkGrid(name string, numbers []float64) error {
	for i, x := range numbers {
		if !a.shows(x) || i > 0 && x <= numbers[i-1] {
			return fmt.Errorf("%s[%d] is %v, want finite, ascending numbers, positive on a "+
				"logarithmic axis", name, i, x)
		}
	}
	return nil
}
