package numeric

// TutorialStep is the step of [Diff] and [Diffp], the tutorial's functions. It is a poor
// choice: the two values of the function are so close that their difference has few right
// digits. [NewSweep] shows this.
const TutorialStep = 1e-12

// Diff is the tutorial's function diff, and returns the same digits. It estimates the
// derivative of f at x by a forward difference with [TutorialStep], divided by the step that
// is left after x + h is rounded:
//
//	(f(x₁) − f(x))/(x₁ − x)    x₁ = x + h
//
// Use Difference{} where the tutorial's digits do not matter: it is far more accurate. From |x| =
// 16384 on, x + h is rounded to x, and Diff returns NaN, for 0/0.
//
// It panics if f is nil.
//
// Source: "Coding Backpropagation and Gradient Descent From Scratch", function diff.
func Diff(f func(x float64) float64, x float64) float64 {
	if f == nil {
		panic("numeric: Diff: the function is nil")
	}
	y := f(x)
	x1 := x + TutorialStep
	y1 := f(x1)
	return (y1 - y) / (x1 - x)
}

// Diffp is the tutorial's function diffp, and returns the same digits. It estimates the
// partial derivative of f with respect to argument i, counted from 0, by a forward difference
// with h = [TutorialStep], divided by h itself:
//
//	(f(…, xᵢ + h, …) − f(…, xᵢ, …))/h
//
// Use a [Difference] where the tutorial's digits do not matter.
//
// It panics if f is nil or if there is no argument i.
//
// Source: "Coding Backpropagation and Gradient Descent From Scratch", function diffp.
func Diffp(f func(x ...float64) float64, i int, x ...float64) float64 {
	if f == nil {
		panic("numeric: Diffp: the function is nil")
	}
	return Difference{Forward: true, Step: TutorialStep}.Partial(f, i, x...)
}
