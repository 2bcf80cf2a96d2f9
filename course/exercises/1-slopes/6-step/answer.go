// Package step chooses the step of a difference.
package step

import "math"

// BestStep returns the step h with the smallest error c·h + r/h.
func BestStep(c, r float64) float64 {
	// TODO: a line in place of these two
	return sqrt(0)
}

func sqrt(x float64) float64 { return math.Sqrt(x) }
