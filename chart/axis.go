package chart

import (
	"math"
	"strings"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"github.com/gradus-go/gradus/internal/ticks"
)

// set sets an axis of gonum's to what a says.
func (a Axis) set(axis *plot.Axis) {
	axis.Label.Text = a.Label
	axis.Label.Padding = vg.Points(5)
	if a.Min != a.Max {
		axis.Min, axis.Max = a.at(a.Min), a.at(a.Max)
	}
	axis.Tick.Marker = spaced(ticks.Round)
	if a.Log {
		axis.Tick.Marker = spaced(ticks.Decades)
	}
	if len(a.Names) > 0 {
		axis.Min, axis.Max = -0.5, float64(len(a.Names))-0.5
		axis.Tick.Marker = nominal{a.Names, 1}
	}
}

// margins widens the axes a little, so that no point lies on the frame. There are exceptions: names
// have room already, the background of a field reaches the frame, and bars stand on it.
func (c Chart) margins(p *plot.Plot) {
	// If no bar has a height, the range of y is empty.
	if c.bars() > 0 && (p.Y.Min > p.Y.Max || p.Y.Min == p.Y.Max && !c.Y.Log) {
		p.Y.Min, p.Y.Max = 0, 1
	}
	bottom := p.Y.Min
	if len(c.X.Names) == 0 && c.Field == nil {
		margin(&p.X)
	}
	if len(c.Y.Names) == 0 && c.Field == nil && c.Bins == nil {
		margin(&p.Y)
	}
	if c.bars() > 0 && (c.Y.Log || bottom == 0) {
		p.Y.Min = bottom
		p.X.Padding = 0
	}
}

// margin widens an axis by 3 % at both ends.
func margin(axis *plot.Axis) {
	d := 0.03 * (axis.Max - axis.Min)
	axis.Min, axis.Max = axis.Min-d, axis.Max+d
}

// at returns the position of x on gonum's axis. A logarithmic axis is a linear axis of logarithms
// here, because with gonum's own LogScale the label of a y axis takes room from the data.
func (a Axis) at(x float64) float64 {
	if a.Log {
		return math.Log10(x)
	}
	return x
}

// spaced makes ticks of those of package ticks.
type spaced func(lo, hi float64) []ticks.Tick

// Ticks returns the ticks from lo to hi, and none outside, since package plot would make room for
// their labels. Package plot calls it.
func (s spaced) Ticks(lo, hi float64) (all []plot.Tick) {
	for _, t := range s(lo, hi) {
		all = append(all, plot.Tick(t))
	}
	return all
}

// nominal puts ticks at 0, 1, 2 and so on, and names at the ticks whose number every divides.
type nominal struct {
	names []string
	every int
}

// Ticks returns all ticks. Package plot calls it.
func (n nominal) Ticks(_, _ float64) (ticks []plot.Tick) {
	for i, name := range n.names {
		if i%n.every != 0 {
			name = ""
		}
		ticks = append(ticks, plot.Tick{Value: float64(i), Label: name})
	}
	return ticks
}

// spread leaves out names that would overlap others, given the area between the axes.
func (c Chart) spread(p *plot.Plot, area draw.Canvas) {
	width := p.X.Tick.Label.Width(strings.Join(c.X.Names, "\n")) + vg.Points(10)
	c.X.spread(&p.X, width, area.Size().X)
	lines := 1
	for _, name := range c.Y.Names {
		lines = max(lines, 1+strings.Count(name, "\n"))
	}
	c.Y.spread(&p.Y, vg.Length(lines)*p.Y.Tick.Label.FontExtents().Height, area.Size().Y)
}

// spread leaves out names so that each has this size, in a direction in which the axis has this
// length.
func (a Axis) spread(axis *plot.Axis, size, length vg.Length) {
	if n := vg.Length(len(a.Names)); n > 0 {
		axis.Tick.Marker = nominal{a.Names, int(math.Ceil(float64(n * size / length)))}
	}
}
