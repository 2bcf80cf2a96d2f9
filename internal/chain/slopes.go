package chain

import (
	"math"
	"slices"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/internal/builtin"
	"github.com/gradus-go/gradus/internal/finite"
)

// Derivative returns the derivative ∂f.Of/∂f.By, Σ Π|∂| over its paths, and the slopes on the left and
// on the right of the number of f.By. If local is true, the other named values are held fixed.
//
// At a kink the slopes differ, and any number between them can be called the derivative. Otherwise both
// are the derivative itself. Kinks are those of Abs, ReLU, LeakyReLU and functions of one number of the
// caller's own, of Max and Min at equal operands, and of Where between equal operands.
func (c *Chain) Derivative(f Factor, local bool) (d, size float64, slopes [2]float64) {
	if local {
		d, size = c.Local[f], c.LocalSize(f)
	} else {
		d, size = c.Whole(f.Of, nil, nil)[f.By], c.Size(f)
	}
	if slopes = [2]float64{d, d}; c.smooth() {
		return d, size, slopes
	}
	order := gradus.Topo(f.Of)
	if local {
		order = slices.Clone(c.Region(f.Of))
		slices.Reverse(order)
		order = slices.DeleteFunc(order, func(v *gradus.Value) bool { return v != f.Of && v.Name() != "" })
	}
	for i, speed := range []float64{-1, 1} {
		s := speed*slope(f, order, speed) + 0 // not −0
		if !finite.All(s) {
			return d, size, [2]float64{d, d}
		}
		if math.Abs(s-d) > 1e-9*max(size, math.Abs(d)) { // more than rounding
			slopes[i] = s
		}
	}
	return d, size, slopes
}

// slope returns how fast f.Of moves if f.By moves at a speed of ±1. The order has the values that
// pass the movement on, operands before results.
func slope(f Factor, order []*gradus.Value, speed float64) float64 {
	speeds := map[*gradus.Value]float64{f.By: speed}
	for _, v := range order {
		operands := make([]float64, len(v.Parents()))
		for i, p := range v.Parents() {
			operands[i] = speeds[p]
		}
		moves := func(speed float64) bool { return speed != 0 }
		if !slices.ContainsFunc(operands, moves) {
			continue
		}
		for i, d := range beside(v, operands) {
			if moves(operands[i]) { // not even ∞·0
				speeds[v] += float64(d * operands[i])
			}
		}
	}
	return speeds[f.Of]
}

// beside returns the partial derivatives of v after its operands have begun to move at the given
// speeds. Those of Max and Min at equal operands depend on which operand is faster, and those of Where
// between equal operands on where its condition moves: the partial derivatives at the speeds.
func beside(v *gradus.Value, speeds []float64) []float64 {
	x := make([]float64, len(speeds))
	for i, p := range v.Parents() {
		x[i] = p.Data
	}
	switch {
	case tied(v):
		copy(x, speeds)
	case bends(v):
		x[0] = math.Nextafter(x[0], math.Copysign(math.Inf(1), speeds[0]))
	}
	v.Op().Partials(x, x, v.Op().Eval(x...))
	return x
}

// tied reports whether v selects among operands that are equal.
func tied(v *gradus.Value) bool {
	x := v.Parents()
	switch builtin.Of(v.Op()) {
	case builtin.Max, builtin.Min:
		return x[0].Data == x[1].Data
	case builtin.Where:
		return x[0].Data == 0 && x[1].Data == x[2].Data
	}
	return false
}

// bends reports whether v is a function of one number that may have a kink.
func bends(v *gradus.Value) bool {
	switch builtin.Of(v.Op()) {
	case builtin.Abs, builtin.ReLU, builtin.LeakyReLU:
		return true
	case builtin.Other:
		return len(v.Parents()) == 1
	}
	return false
}

// smooth reports whether there is no kink at the numbers of the graph.
func (c *Chain) smooth() bool {
	if c.kinks == nil {
		kinks := slices.ContainsFunc(gradus.Topo(c.Named[0]), func(v *gradus.Value) bool {
			if !bends(v) {
				return tied(v)
			}
			left, right := beside(v, []float64{-1})[0], beside(v, []float64{1})[0]
			return math.Abs(left-right) > 1e-9*(math.Abs(left)+math.Abs(right))
		})
		c.kinks = &kinks
	}
	return !*c.kinks
}
