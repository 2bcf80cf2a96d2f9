package chart

import (
	"image/color"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"github.com/gradus-go/gradus/chart/field"
	"github.com/gradus-go/gradus/internal/picture"
	"github.com/gradus-go/gradus/internal/ticks"
)

// A swatch is a sample of a background in the legend.
type swatch struct{ color.Color }

// Thumbnail draws the sample.
func (s swatch) Thumbnail(c *draw.Canvas) {
	c.SetColor(s.Color)
	c.Fill(c.Path())
	c.SetLineStyle(draw.LineStyle{Color: picture.Line, Width: vg.Points(0.5)})
	c.Stroke(c.Path())
}

// addCuts adds the background between neighbouring cuts to a legend.
func (l *legend) addCuts(f *field.Field) {
	for i, shade := range f.Shades() {
		switch n := len(f.Cuts); {
		case n == 0:
		case i == 0:
			l.add("below "+ticks.Label(f.Cuts[0], 4), swatch{shade})
		case i == n:
			l.add("above "+ticks.Label(f.Cuts[n-1], 4), swatch{shade})
		default:
			l.add(ticks.Label(f.Cuts[i-1], 4)+" to "+ticks.Label(f.Cuts[i], 4), swatch{shade})
		}
	}
}

// targets are points with the shades of a field.
type targets struct {
	points plotter.XYs
	z      []float64
	field  *field.Field
}

// Plot draws the points as circles. Package plot calls it.
func (t targets) Plot(c draw.Canvas, p *plot.Plot) {
	toX, toY := p.Transforms(&c)
	for i, point := range t.points {
		circle(c, vg.Point{X: toX(point.X), Y: toY(point.Y)}, t.field.Shade(t.z[i]))
	}
}

// circle draws a circle with a black edge, and around it a white one, which stands out on dark shades.
func circle(c draw.Canvas, at vg.Point, fill color.Color) {
	for _, part := range []struct {
		color.Color
		radius vg.Length
	}{{color.White, 4.8}, {color.Black, 4}, {fill, 3.2}} {
		c.DrawGlyphNoClip(draw.GlyphStyle{Color: part.Color, Radius: part.radius, Shape: draw.CircleGlyph{}}, at)
	}
}

// DataRange makes room for the points.
func (t targets) DataRange() (xmin, xmax, ymin, ymax float64) { return plotter.XYRange(t.points) }

// Thumbnail draws a sample of the points in the legend.
func (t targets) Thumbnail(c *draw.Canvas) {
	circle(*c, c.Center(), t.field.Shades()[len(t.field.Cuts)/2])
}
