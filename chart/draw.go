package chart

import (
	"image/color"
	"math"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"github.com/gradus-go/gradus/chart/field"
	"github.com/gradus-go/gradus/internal/picture"
	"github.com/gradus-go/gradus/internal/ticks"
)

var dashes = [][]vg.Length{
	nil,
	{vg.Points(8), vg.Points(4)},
	{vg.Points(2), vg.Points(3)},
	{vg.Points(10), vg.Points(3), vg.Points(2), vg.Points(3)},
	{vg.Points(4), vg.Points(2)},
	{vg.Points(12), vg.Points(6)},
}

// plot returns the chart in gonum's form: the axes with everything between them, and the legend.
// The chart must have passed check.
func (c Chart) plot() (*plot.Plot, legend) {
	p := plot.New()
	p.Title.Text = c.Title
	p.Title.Padding = vg.Points(8)
	c.X.set(&p.X)
	c.Y.set(&p.Y)
	setFonts(p)
	p.Add(c.grid())
	var l legend
	if c.Field != nil {
		b := background(c)
		p.Add(b)
		l.add(c.Field.Name, b)
		l.addCuts(c.Field)
	}
	for _, h := range c.rows() {
		p.Add(h)
	}
	if c.Bins != nil && len(c.Y.Names) == 0 {
		p.Y.Tick.Marker = spaced(ticks.Counts)
	} else if c.Bins != nil || c.Cells != nil { // the first row is at the top
		p.Y.Scale = plot.InvertedScale{Normalizer: plot.LinearScale{}}
	}
	p.Add(cells(c.Cells))
	c.addSeries(p, &l)
	for _, m := range c.Marks {
		v := ruler{at: c.X.at(m.X)}
		p.Add(v)
		l.add(m.Name, v)
	}
	for _, level := range c.Levels {
		h := ruler{c.Y.at(level.Y), true}
		p.Add(h)
		l.add(level.Name, h)
	}
	c.margins(p)
	return p, l
}

// addSeries draws all series.
func (c Chart) addSeries(p *plot.Plot, l *legend) {
	// The first line is solid, and the first bars are filled, whatever other series come before.
	lines, barred := 0, 0
	for i, s := range c.Series {
		if s.Style == Bars {
			b := bars{s.Y, c.Y, barred, c.bars(), picture.Palette[i%len(picture.Palette)]}
			p.Add(b)
			l.add(s.Name, b)
			barred++
			continue
		}
		points := make(plotter.XYs, len(s.X))
		for i := range points {
			points[i].X, points[i].Y = c.X.at(s.X[i]), c.Y.at(s.Y[i])
		}
		if s.Z != nil {
			t := targets{points, s.Z, c.Field}
			p.Add(t)
			l.add(s.Name, t)
			continue
		}
		thumbnails := s.add(p, points, i, lines, c.Field != nil)
		if c.Field != nil && len(c.Field.Z) > 1 {
			thumbnails = append([]plot.Thumbnailer{swatch{field.Tint(i)}}, thumbnails...)
		}
		l.add(s.Name, thumbnails...)
		if s.Style != Points {
			lines++
		}
	}
}

func setFonts(p *plot.Plot) {
	picture.SetSize(&p.Title.TextStyle, 15)
	picture.SetSize(&p.X.Label.TextStyle, 13)
	picture.SetSize(&p.Y.Label.TextStyle, 13)
	picture.SetSize(&p.X.Tick.Label, 11)
	picture.SetSize(&p.Y.Tick.Label, 11)
}

func (c Chart) grid() *plotter.Grid {
	g := plotter.NewGrid()
	g.Horizontal.Color = picture.Line
	g.Vertical.Color = picture.Line
	if len(c.X.Names) > 0 {
		g.Vertical.Color = nil // nothing lies between two names
	}
	return g
}

// add draws the i-th series of a chart, before which there are a number of lines, and returns
// samples of it for the legend. Points with a halo stand out on a background.
func (s Style) add(p *plot.Plot, points plotter.XYs, i, lines int, haloed bool) []plot.Thumbnailer {
	ink, turn := picture.Palette[i%len(picture.Palette)], i/len(picture.Palette)
	line := &plotter.Line{XYs: thinned(points), LineStyle: draw.LineStyle{
		Color: ink, Width: vg.Points(2), Dashes: dashes[(lines+lines/len(dashes))%len(dashes)],
	}}
	scatter := &plotter.Scatter{XYs: points, GlyphStyle: draw.GlyphStyle{
		Color: ink, Radius: vg.Points(3), Shape: shapes[(i+turn)%len(shapes)],
	}}
	if haloed {
		scatter.Shape = halo{scatter.Shape}
	}
	var thumbnails []plot.Thumbnailer
	if s != Points {
		p.Add(line)
		thumbnails = append(thumbnails, line)
	}
	if s != Line || len(points) == 1 { // a line through one point cannot be seen
		p.Add(scatter)
		thumbnails = append(thumbnails, scatter)
	}
	return thumbnails
}

// A ruler is the line of a mark, or if level is set that of a level.
type ruler struct {
	at    float64
	level bool
}

// style returns a style that differs from the lines of all series: these are not black.
func (r ruler) style() draw.LineStyle {
	dashes := []vg.Length{vg.Points(5), vg.Points(5)}
	if r.level {
		dashes = []vg.Length{vg.Points(1.5), vg.Points(3)}
	}
	return draw.LineStyle{Color: color.Black, Width: vg.Points(1.5), Dashes: dashes}
}

// Plot draws the line from one end to the other. Package plot calls it.
func (r ruler) Plot(c draw.Canvas, p *plot.Plot) {
	toX, toY := p.Transforms(&c)
	from, to := vg.Point{X: toX(r.at), Y: c.Min.Y}, vg.Point{X: toX(r.at), Y: c.Max.Y}
	if r.level {
		from, to = vg.Point{X: c.Min.X, Y: toY(r.at)}, vg.Point{X: c.Max.X, Y: toY(r.at)}
	}
	c.StrokeLine2(r.style(), from.X, from.Y, to.X, to.Y)
}

// DataRange makes room for the line along one axis, and for nothing along the other.
func (r ruler) DataRange() (xmin, xmax, ymin, ymax float64) {
	if r.level {
		return math.Inf(1), math.Inf(-1), r.at, r.at
	}
	return r.at, r.at, math.Inf(1), math.Inf(-1)
}

// Thumbnail draws a sample of the line in the legend.
func (r ruler) Thumbnail(c *draw.Canvas) { thumbnail(c, r.style()) }

// thumbnail draws a line across a legend's sample.
func thumbnail(c *draw.Canvas, style draw.LineStyle) {
	y := c.Center().Y
	c.StrokeLine2(style, c.Min.X, y, c.Max.X, y)
}
