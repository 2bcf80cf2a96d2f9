package ticks

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
)

// A Tick is a place on an axis; without a label it is a short one.
type Tick struct {
	Value float64
	Label string
}

// Largest is the largest number that has a place on a linear axis, and −Largest the smallest. Far above, the
// difference of two numbers may be infinite.
const Largest = 1e307

// Decades puts ticks at powers of ten and labels about ten of them at most. If fewer than two ticks
// would have labels, it puts them at round numbers instead.
//
// It returns the ticks from lo to hi, which are logarithms, and none outside.
func Decades(lo, hi float64) (ticks []Tick) {
	labels := 0
	add := func(x float64, label string) {
		if lo <= x && x <= hi {
			ticks = append(ticks, Tick{Value: x, Label: label})
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
	for _, t := range Round(math.Pow(10, lo), end) {
		add(math.Log10(t.Value), t.Label)
	}
	return ticks
}

// Round puts labels at two to eight multiples of 1, 2 or 5 times a power of ten, and ticks without
// labels between them. (Gonum's own labels are at 10, 40 and 70, or at 0, 2500 and 5000.)
//
// It returns the ticks from lo to hi.
func Round(lo, hi float64) (ticks []Tick) {
	most := hi/7 - lo/7 // not (hi − lo)/7, which may overflow
	largest := max(math.Abs(lo), math.Abs(hi))
	if most < max(1e-300, 1e-12*largest) { // nothing between lo and hi is round
		return []Tick{{Value: lo, Label: Label(lo, 6)}}
	}
	step, parts := Step(most)
	digits := max(6, 2+int(math.Log10(largest/step))) // which tell neighbours apart
	minor := step / float64(parts)
	const rounding = 1e-9 // 3e-7/1e-8 is less than 30
	first, last := math.Ceil(lo/minor-rounding), math.Floor(hi/minor+rounding)
	for i := range int(last-first) + 1 {
		k := first + float64(i)
		t := Tick{Value: min(max(lo, k*minor), hi)}
		if math.Mod(k, float64(parts)) == 0 {
			t.Label = Label(t.Value, digits)
		}
		ticks = append(ticks, t)
	}
	return ticks
}

// Counts puts ticks as Round does, but at whole numbers alone.
func Counts(lo, hi float64) []Tick {
	isPart := func(t Tick) bool { return t.Value != math.Round(t.Value) }
	return slices.DeleteFunc(Round(lo, hi), isPart)
}

// Between returns at most n round numbers between lo and hi, or if nothing between them is round lo alone.
func Between(lo, hi float64, n int) (all []float64) {
	width := hi/float64(n) - lo/float64(n)
	if !(width > 1e-12*max(math.Abs(lo), math.Abs(hi))) {
		return []float64{lo}
	}
	step, _ := Step(width)
	for k := math.Floor(lo/step) + 1; k*step < hi; k++ {
		all = append(all, k*step)
	}
	return all
}

// Label writes a number with so many digits at most, and without zeros at the beginning of an exponent.
func Label(x float64, digits int) string {
	mantissa, exponent, large := strings.Cut(fmt.Sprintf("%.*g", digits, x), "e")
	if !large {
		return mantissa
	}
	n, _ := strconv.Atoi(exponent) // fmt has written it, so that it is a number
	return fmt.Sprintf("%se%d", mantissa, n)
}

// Step returns the smallest 1, 2 or 5 times a power of ten that is at least x, and into how many
// parts ticks without labels divide such a step.
func Step(x float64) (step float64, parts int) {
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
