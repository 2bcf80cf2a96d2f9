package numeric

import (
	"fmt"
	"math"
	"slices"
)

// A Difference is a difference quotient: it estimates the derivative of a function from two of
// its values. The zero value is the central difference with a step h that suits x.
//
//	(f(x + h) − f(x − h))/2h    central, with an error of about h²·f‴(x)/6
//	(f(x + h) − f(x))/h         forward, with an error of about h·f″(x)/2
//
// To either error, rounding adds about ε·|f(x)|/h, where ε = 2⁻⁵² is the distance from 1 to the
// next larger float64. If h is so small that rounding changes x + h or x − h by a part of it, the
// quotient is off by as great a part; if both are rounded to x, it is 0.
//
// Source: W. Press et al., Numerical Recipes, 3rd ed., §5.7.
type Difference struct {
	// Forward asks for the forward difference, or, if Step is negative, for the backward
	// difference (f(x) − f(x − |h|))/|h|.
	Forward bool
	// Step is h. If it is 0, h is ∛ε·max(1, |x|) for the central difference and √ε·max(1, |x|)
	// for the forward difference. These balance the error of the formula and that of rounding.
	Step float64
}

// Derivative returns an estimate of the derivative of f at x.
//
// It panics if f is nil, if the step is NaN, or if the step of a central difference is negative.
func (d Difference) Derivative(f func(x float64) float64, x float64) float64 {
	if f == nil {
		panic("numeric: Difference.Derivative: the function is nil")
	}
	h := d.StepAt(x)
	if d.Forward {
		y := f(x)
		return (f(x+h) - y) / h
	}
	if h < 0 {
		panic(fmt.Sprintf("numeric: the step of a central difference is %v, want more than 0, "+
			"or 0 for a step that suits x", h))
	}
	below := f(x - h)
	return (0.5*f(x+h) - 0.5*below) / h // halved first, so that no sum overflows
}

// Partial returns an estimate of the partial derivative of f with respect to argument i at x.
// Arguments are counted from 0.
//
// It panics if f is nil, if there is no argument i, if the step is NaN, or if the step of a central
// difference is negative.
func (d Difference) Partial(f func(x ...float64) float64, i int, x ...float64) float64 {
	switch {
	case f == nil:
		panic("numeric: Difference.Partial: the function is nil")
	case i < 0 || i >= len(x):
		panic(fmt.Sprintf("numeric: there is no argument %d: the function has %d, counted from 0",
			i, len(x)))
	}
	return d.Derivative(func(xi float64) float64 {
		moved := slices.Clone(x) // anew each time: f may write to its arguments
		moved[i] = xi
		return f(moved...)
	}, x[i])
}

// StepAt returns the step h that is taken at x: Step, or the one that suits x.
//
// It panics if the step is NaN.
func (d Difference) StepAt(x float64) float64 {
	const epsilon = 0x1p-52
	switch {
	case math.IsNaN(d.Step):
		panic("numeric: Difference: the Step is NaN, want a number, or 0 for a step that suits x")
	case d.Step != 0:
		return d.Step
	case d.Forward:
		return math.Sqrt(epsilon) * math.Max(1, math.Abs(x))
	}
	return math.Cbrt(epsilon) * math.Max(1, math.Abs(x))
}
