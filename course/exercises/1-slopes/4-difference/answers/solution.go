// Package answers holds the solution of the exercise about the forward difference, and right and
// wrong answers.
package answers

// Slope returns the forward difference of f at x with the step h.
func Slope(f func(float64) float64, x, h float64) float64 {
	return (f(x+h) - f(x)) / h
}
