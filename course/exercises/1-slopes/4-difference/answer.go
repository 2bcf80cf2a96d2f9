// Package difference measures a slope.
package difference

// Slope returns the forward difference of f at x with the step h.
func Slope(f func(float64) float64, x, h float64) float64 {
	// TODO: a line in place of these two
	return 0
}
