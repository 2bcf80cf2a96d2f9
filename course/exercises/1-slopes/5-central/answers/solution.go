// Package answers holds the solution of the exercise about the central difference, and right and
// wrong answers.
package answers

// Central returns the central difference of f at x with the step h.
func Central(f func(float64) float64, x, h float64) float64 {
	return (f(x+h) - f(x-h)) / (2 * h)
}
