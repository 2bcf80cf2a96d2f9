package chart

import (
	"math"
	"strings"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"github.com/gradus-go/gradus/internal/picture"
	"github.com/gradus-go/gradus/internal/program/wrap"
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
	switch {
	case a.Log:
		axis.Tick.Marker = spaced(ticks.Decades)
	case a.Whole:
		axis.Tick.Marker = spaced(ticks.Counts)
	}
	if len(a.Names) > 0 {
		axis.Min, axis.Max = -0.5, float64(len(a.Names))-0.5
		axis.Tick.Marker = nominal{a.shown(), 1}
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

// spread leaves out names that would overlap others, on a page for the plot. If names of the x axis are too
// wide to stand side by side, they are written aslant, which leaves out fewer. Those of the y axis
// become smaller, if that is enough.
func (c Chart) spread(p *plot.Plot, page draw.Canvas) {
	label := &p.X.Tick.Label
	width := label.Width(strings.Join(c.X.shown(), "\n")) + vg.Points(10)
	// Numbers of a few digits are better read as they are, even if some are left out.
	if width > c.X.each(p.DataCanvas(page).Size().X) && width > vg.Points(40) {
		label.Rotation, label.XAlign, label.YAlign = math.Pi/4, draw.XRight, draw.YTop
		width = label.FontExtents().Height * math.Sqrt2
	}
	c.X.spread(&p.X, width, p.DataCanvas(page).Size().X)
	lines := 1
	for _, name := range c.Y.Names {
		lines = max(lines, 1+strings.Count(name, "\n"))
	}
	label = &p.Y.Tick.Label
	height, each := vg.Length(lines)*label.FontExtents().Height, c.Y.each(p.DataCanvas(page).Size().Y)
	if size := label.Font.Size * each / height; 7 <= size && size < label.Font.Size {
		height = each
		picture.SetSize(label, size)
	}
	c.Y.spread(&p.Y, height, p.DataCanvas(page).Size().Y)
}

// spread leaves out names so that each has this size, in a direction in which the axis has this
// length.
func (a Axis) spread(axis *plot.Axis, size, length vg.Length) {
	if len(a.Names) > 0 {
		axis.Tick.Marker = nominal{a.shown(), int(math.Ceil(float64(size / a.each(length))))}
	}
}

// each returns how much of a length each name has.
func (a Axis) each(length vg.Length) vg.Length { return length / vg.Length(max(1, len(a.Names))) }

// shown returns the names with the ends of long lines cut off, or the middles, where others begin alike.
func (a Axis) shown() (names []string) {
	var lines []string
	for _, name := range a.Names {
		lines = append(lines, strings.Split(name, "\n")...)
	}
	lines = wrap.Distinct(lines, 20) // as nn/data prints the names of classes
	for _, name := range a.Names {
		n := 1 + strings.Count(name, "\n")
		names, lines = append(names, strings.Join(lines[:n], "\n")), lines[n:]
	}
	return names
}
