// Package answers holds the solution of the exercise about the best step, and right and wrong
// answers.
package answers

import "math"

// BestStep returns the step h with the smallest error c·h + r/h.
func BestStep(c, r float64) float64 {
	return sqrt(r / c)
}

func sqrt(x float64) float64 { return math.Sqrt(x) }
