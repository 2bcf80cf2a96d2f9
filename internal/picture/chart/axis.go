package chart

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

func (a Axis) set(axis *plot.Axis) {
	axis.Label.Text = a.Label
	axis.Label.Padding = vg.Points(5)
	if a.Min != a.Max {
		axis.Min, axis.Max = a.at(a.Min), a.at(a.Max)
	}
	axis.Tick.Marker = round{}
	if a.Log {
		axis.Tick.Marker = decades{}
	}
	if len(a.Names) > 0 {
		axis.Min, axis.Max = -0.5, float64(len(a.Names))-0.5
		axis.Tick.Marker = nominal{a.Names, 1}
	}
}

// margins makes room where something would lie on the frame. Names have theirs, the
// background of a field is to reach the frame, and bars are to stand on it.
func (c Chart) margins(p *plot.Plot) {
	// Without a bar that has a height, there is no range.
	if c.bars() > 0 && (p.Y.Min > p.Y.Max || p.Y.Min == p.Y.Max && !c.Y.Log) {
		p.Y.Min, p.Y.Max = 0, 1
	}
	bottom := p.Y.Min
	if len(c.X.Names) == 0 && c.Field == nil {
		margin(&p.X)
	}
	if len(c.Y.Names) == 0 && c.Field == nil {
		margin(&p.Y)
	}
	if c.bars() > 0 && (c.Y.Log || bottom == 0) {
		p.Y.Min = bottom
		p.X.Padding = 0
	}
}

// margin widens the axis a little, so that no point lies on the frame.
func margin(axis *plot.Axis) {
	d := 0.03 * (axis.Max - axis.Min)
	axis.Min, axis.Max = axis.Min-d, axis.Max+d
}

// at returns where on gonum's axis x is shown. A logarithmic axis is a linear one of
// logarithms: with gonum's own LogScale the label of a y axis takes room from the data.
func (a Axis) at(x float64) float64 {
	if a.Log {
		return math.Log10(x)
	}
	return x
}

// decades puts ticks at powers of ten and labels at most about ten of them. If less than two
// would have labels, they are at round numbers.
type decades struct{}

// Ticks returns the ticks from lo to hi; it is called by package plot. It returns none
// beyond, as package plot would make room for their labels.
func (decades) Ticks(lo, hi float64) (ticks []plot.Tick) {
	labels := 0
	add := func(x float64, label string) {
		if lo <= x && x <= hi {
			ticks = append(ticks, plot.Tick{Value: x, Label: label})
			if label != "" {
				labels++
			}
		}
	}
	first, last := int(math.Floor(lo)), int(math.Ceil(hi))
	every := 1 + (last-first)/10
	for k := first; k <= last; k++ {
		if k%every == 0 {
			add(float64(k), powerOfTen(k, every == 1))
		}
		for i := 2; i < 10 && every == 1; i++ {
			add(float64(k)+math.Log10(float64(i)), "")
		}
	}
	if labels >= 2 {
		return ticks
	}
	ticks = nil
	end := min(math.MaxFloat64, math.Pow(10, hi))
	for _, t := range (round{}).Ticks(math.Pow(10, lo), end) {
		add(math.Log10(t.Value), t.Label)
	}
	return ticks
}

// round puts ticks at round numbers, as gonum does.
type round struct{}

// Ticks returns the ticks from lo to hi; it is called by package plot. Gonum's labels have too
// few digits if lo and hi are close, and zeros behind the point if they are not: 2500.00.
func (round) Ticks(lo, hi float64) []plot.Tick {
	ticks := plot.DefaultTicks{}.Ticks(lo, hi)
	for i, t := range ticks {
		if t.Label != "" {
			ticks[i].Label = fmt.Sprintf("%.6g", t.Value)
		}
	}
	return ticks
}

// powerOfTen writes 10ᵏ, in full if that is asked for and short.
func powerOfTen(k int, full bool) string {
	if full && -3 <= k && k <= 4 || k == 0 {
		return strconv.FormatFloat(math.Pow10(k), 'f', -1, 64)
	}
	return fmt.Sprintf("1e%d", k)
}

// nominal puts ticks at 0, 1, 2 and so on, and names at every so many of them.
type nominal struct {
	names []string
	every int
}

// Ticks returns all ticks; it is called by package plot.
func (n nominal) Ticks(_, _ float64) (ticks []plot.Tick) {
	for i, name := range n.names {
		if i%n.every != 0 {
			name = ""
		}
		ticks = append(ticks, plot.Tick{Value: float64(i), Label: name})
	}
	return ticks
}

// spread leaves out the names that would lie on others if the axes are as long as the area
// between them.
func (c Chart) spread(p *plot.Plot, area draw.Canvas) {
	width := p.X.Tick.Label.Width(strings.Join(c.X.Names, "\n")) + vg.Points(10)
	c.X.spread(&p.X, width, area.Size().X)
	c.Y.spread(&p.Y, p.Y.Tick.Label.FontExtents().Height, area.Size().Y)
}

func (a Axis) spread(axis *plot.Axis, size, length vg.Length) {
	if n := vg.Length(len(a.Names)); n > 0 {
		axis.Tick.Marker = nominal{a.Names, int(math.Ceil(float64(n * size / length)))}
	}
}
