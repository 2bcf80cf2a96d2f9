package chart

import (
	"fmt"
	"slices"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"github.com/gradus-go/gradus/internal/picture"
)

// A histogram draws bins, above a base line and up to a height at the largest count.
type histogram struct {
	Bins
	axis         Axis // of x
	base, height float64
}

// rows returns how to draw the bins of a chart: one histogram on an axis of counts, or several at their
// names.
func (c Chart) rows() (all []histogram) {
	for i, b := range c.Bins {
		h := histogram{b, c.X, 0, float64(b.most())}
		if len(c.Y.Names) > 0 {
			h.base, h.height = float64(i)+0.45, -0.85
		}
		all = append(all, h)
	}
	return all
}

// most returns the largest count, or 1.
func (b Bins) most() int { return max(1, slices.Max(b.Counts)) }

// Plot draws the bars as one area. A count that is not 0 has a bar that can be seen. Package plot calls it.
func (h histogram) Plot(c draw.Canvas, p *plot.Plot) {
	toX, toY := p.Transforms(&c)
	base := toY(h.base)
	scale := (toY(h.base+h.height) - base) / vg.Length(h.most())
	var area, edges vg.Path
	area.Move(vg.Point{X: toX(h.axis.at(h.Edges[0])), Y: base})
	for i, n := range h.Counts {
		top := base + scale*vg.Length(n)
		if n > 0 {
			top = max(top, base+vg.Points(1.5))
		}
		left, right := toX(h.axis.at(h.Edges[i])), toX(h.axis.at(h.Edges[i+1]))
		area.Line(vg.Point{X: left, Y: top})
		area.Line(vg.Point{X: right, Y: top})
		if right-left > 8 { // lines would hide narrower bars
			edges.Move(vg.Point{X: left, Y: base})
			edges.Line(vg.Point{X: left, Y: top})
		}
	}
	area.Line(vg.Point{X: toX(h.axis.at(h.Edges[len(h.Counts)])), Y: base})
	edges.Move(vg.Point{X: c.Min.X, Y: base})
	edges.Line(vg.Point{X: c.Max.X, Y: base})
	c.SetColor(picture.Tint(picture.Palette[0], 0.45))
	c.Fill(area)
	c.SetLineStyle(draw.LineStyle{Color: picture.Palette[0], Width: vg.Points(1)})
	c.Stroke(append(area, edges...))
}

// DataRange makes room for the edges, and for the counts a little more.
func (h histogram) DataRange() (xmin, xmax, ymin, ymax float64) {
	return h.axis.at(h.Edges[0]), h.axis.at(h.Edges[len(h.Counts)]), h.base, h.base + 1.04*h.height
}

// checkBins returns an error if the chart has anything beside bins, or one that says which are wrong.
func (c Chart) checkBins() error {
	if len(c.Series)+len(c.Marks)+len(c.Levels)+len(c.Cells) > 0 || c.Field != nil || c.Y.Log {
		return fmt.Errorf("chart %q has bins and also series, marks, levels, cells, a field or a "+
			"logarithmic y axis, want bins alone", c.Title)
	}
	if n := len(c.Y.Names); n != len(c.Bins) && (n > 0 || len(c.Bins) != 1) {
		return fmt.Errorf("chart %q: %d names of the y axis and %d bins, want a name for each of several", c.Title,
			n, len(c.Bins))
	}
	for k, b := range c.Bins {
		if len(b.Counts) == 0 || len(b.Edges) != len(b.Counts)+1 {
			return fmt.Errorf("chart %q, bins %d: %d edges and %d counts, want one count or more, and one "+
				"edge more than counts", c.Title, k, len(b.Edges), len(b.Counts))
		}
		if err := c.X.checkGrid("Edges", b.Edges); err != nil {
			return fmt.Errorf("chart %q, bins %d: %w", c.Title, k, err)
		}
		for i, n := range b.Counts {
			if n < 0 {
				return fmt.Errorf("chart %q, bins %d: count %d is %d, want 0 or more", c.Title, k, i, n)
			}
		}
	}
	return nil
}
