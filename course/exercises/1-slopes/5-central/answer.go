// Package central measures a slope to both sides.
package central

// Central returns the central difference of f at x with the step h.
func Central(f func(float64) float64, x, h float64) float64 {
	// TODO: a line in place of these two
	return 0
}
