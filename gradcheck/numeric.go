package gradcheck

import (
	"fmt"
	"math"
	"slices"

	"gonum.org/v1/gonum/diff/fd"
)

// A Step is the h of a finite difference, by how much an argument moves.
type Step float64

// TutorialStep is the step of [Diff] and [Diffp]. It is a poor choice, as [NewSweep] shows:
// the difference of the two values has few digits left.
const TutorialStep Step = 1e-12

// Diff returns the derivative of f at x as the forward difference of a tutorial: by
// TutorialStep, and divided by the step that was really made, which is rounded.
//
//	(f(x₁) − f(x))/(x₁ − x)    x₁ = x + h
//
// Source: "Coding Backpropagation and Gradient Descent From Scratch", function diff.
func Diff(f func(x float64) float64, x float64) float64 { return TutorialStep.Diff(f, x) }

// Diff is the function [Diff] with a step h.
func (h Step) Diff(f func(x float64) float64, x float64) float64 {
	y := f(x)
	x1 := x + float64(h)
	y1 := f(x1)
	return (y1 - y) / (x1 - x)
}

// Diffp returns the partial derivative of f with respect to argument i at x as the forward
// difference of a tutorial: by TutorialStep, and divided by the step that was meant.
//
//	(f(…, xᵢ + h, …) − f(…, xᵢ, …))/h
//
// It panics if there is no argument i.
//
// Source: "Coding Backpropagation and Gradient Descent From Scratch", function diffp.
func Diffp(f func(x ...float64) float64, i int, x ...float64) float64 {
	return TutorialStep.Diffp(f, i, x...)
}

// Diffp is the function [Diffp] with a step h.
func (h Step) Diffp(f func(x ...float64) float64, i int, x ...float64) float64 {
	mustHave(i, x)
	y := f(x...)
	moved := slices.Clone(x)
	moved[i] += float64(h)
	y1 := f(moved...)
	return (y1 - y) / float64(h)
}

// CentralStep returns a step for central differences at x, the cube root of the distance
// from 1 to the next number, and for |x| > 1 in proportion to x. It balances the error of
// the formula, which grows as h², and that of rounding, which grows as 1/h.
//
// Source: W. Press et al., Numerical Recipes, 3rd ed., §5.7.
func CentralStep(x float64) Step {
	return Step(math.Cbrt(0x1p-52) * math.Max(1, math.Abs(x)))
}

// Central returns the derivative of f at x as a central difference with CentralStep.
//
//	(f(x + h) − f(x − h))/2h
func Central(f func(x float64) float64, x float64) float64 { return CentralStep(x).Central(f, x) }

// Central is the function [Central] with a step h.
//
// It panics if h is not positive.
func (h Step) Central(f func(x float64) float64, x float64) float64 {
	if !(h > 0) { // fd would take a default for 0
		panic(fmt.Sprintf("gradcheck: the step of a central difference is %v, want more than 0", float64(h)))
	}
	return fd.Derivative(f, x, &fd.Settings{Formula: fd.Central, Step: float64(h)})
}

// CentralPartial returns the partial derivative of f with respect to argument i at x as a
// central difference with CentralStep.
//
// It panics if there is no argument i.
func CentralPartial(f func(x ...float64) float64, i int, x ...float64) float64 {
	mustHave(i, x)
	return CentralStep(x[i]).CentralPartial(f, i, x...)
}

// CentralPartial is the function [CentralPartial] with a step h.
//
// It panics if there is no argument i or if h is not positive.
func (h Step) CentralPartial(f func(x ...float64) float64, i int, x ...float64) float64 {
	mustHave(i, x)
	moved := slices.Clone(x)
	return h.Central(func(xi float64) float64 {
		moved[i] = xi
		return f(moved...)
	}, x[i])
}

func mustHave(i int, x []float64) {
	if i < 0 || i >= len(x) {
		panic(fmt.Sprintf("gradcheck: argument %d is to move, want one of 0 to %d", i, len(x)-1))
	}
}
