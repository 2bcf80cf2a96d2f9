package chart

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// set sets an axis of gonum's to what a says.
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

// number returns the number at a position, of which at is the inverse.
func (a Axis) number(at float64) float64 {
	if a.Log {
		return math.Pow(10, at)
	}
	return at
}

// decades puts ticks at powers of ten and labels about ten of them at most. If fewer than two ticks
// would have labels, it puts them at round numbers instead.
type decades struct{}

// Ticks returns the ticks from lo to hi, and none outside, since package plot would make room for
// their labels. Package plot calls it.
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

// round puts labels at two to eight multiples of 1, 2 or 5 times a power of ten, and ticks without
// labels between them. (Gonum's own labels are at 10, 40 and 70, or at 0, 2500 and 5000.)
type round struct{}

// Ticks returns the ticks from lo to hi. Package plot calls it.
func (round) Ticks(lo, hi float64) (ticks []plot.Tick) {
	most := hi/7 - lo/7 // not (hi − lo)/7, which may overflow
	largest := max(math.Abs(lo), math.Abs(hi))
	if most < max(1e-300, 1e-12*largest) { // nothing between lo and hi is round
		return []plot.Tick{{Value: lo, Label: label(lo, 6)}}
	}
	step, parts := roundStep(most)
	digits := max(6, 2+int(math.Log10(largest/step))) // which tell neighbours apart
	minor := step / float64(parts)
	const rounding = 1e-9 // 3e-7/1e-8 is less than 30
	first, last := math.Ceil(lo/minor-rounding), math.Floor(hi/minor+rounding)
	for i := range int(last-first) + 1 {
		k := first + float64(i)
		t := plot.Tick{Value: min(max(lo, k*minor), hi)}
		if math.Mod(k, float64(parts)) == 0 {
			t.Label = label(t.Value, digits)
		}
		ticks = append(ticks, t)
	}
	return ticks
}

// counts puts ticks as round does, but at whole numbers alone.
type counts struct{ round }

// Ticks returns the ticks from lo to hi. Package plot calls it.
func (c counts) Ticks(lo, hi float64) []plot.Tick {
	isPart := func(t plot.Tick) bool { return t.Value != math.Round(t.Value) }
	return slices.DeleteFunc(c.round.Ticks(lo, hi), isPart)
}

// label writes a number with so many digits at most, and without zeros at the beginning of an exponent.
func label(x float64, digits int) string {
	mantissa, exponent, large := strings.Cut(fmt.Sprintf("%.*g", digits, x), "e")
	if !large {
		return mantissa
	}
	n, _ := strconv.Atoi(exponent) // fmt has written it, so that it is a number
	return fmt.Sprintf("%se%d", mantissa, n)
}

// roundStep returns the smallest 1, 2 or 5 times a power of ten that is at least x, and into how many
// parts ticks without labels divide such a step.
func roundStep(x float64) (step float64, parts int) {
	power := math.Pow10(int(math.Floor(math.Log10(x))))
	switch {
	case x <= power:
		return power, 5
	case x <= 2*power:
		return 2 * power, 4
	case x <= 5*power:
		return 5 * power, 5
	}
	return 10 * power, 5
}

// powerOfTen writes 10ᵏ: if full is set and k is small as "1000", otherwise as "1e3".
func powerOfTen(k int, full bool) string {
	if full && -3 <= k && k <= 4 || k == 0 {
		return strconv.FormatFloat(math.Pow10(k), 'f', -1, 64)
	}
	return fmt.Sprintf("1e%d", k)
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
