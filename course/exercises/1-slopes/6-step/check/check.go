// Package check checks answers to the exercise about the best step.
package check

import (
	"fmt"
	"math"

	"github.com/gradus-go/gradus/course/internal/checking"
)

// Answer is the type of an answer.
type Answer = func(c, r float64) float64

// Checker returns the Checker of this exercise.
func Checker() checking.Checker { return checking.Of(bestStep.Check) }

// bestStep compares an answer for c = x[0] and r = x[1].
var bestStep = checking.Comparison[Answer]{
	Name:  "BestStep",
	Right: func(c, r float64) float64 { return math.Sqrt(r / c) },
	Slips: []checking.Slip[Answer]{
		{
			Factor: "the root", What: "it is missing: this is h², and not h",
			Answer: func(c, r float64) float64 { return r / c },
		},
		{
			Factor: "the derivative of r/h", What: "−r/h where −r/h² belongs",
			Answer: func(c, r float64) float64 { return r / c },
		},
		{
			Factor: "the derivative of r/h", What: "−2r/h² where −r/h² belongs",
			Answer: func(c, r float64) float64 { return math.Sqrt(2 * r / c) },
		},
		{
			Factor: "the derivative of c·h", What: "c·h is not derived: its derivative is c",
			Answer: func(c, r float64) float64 { return math.Cbrt(r / c) },
		},
		{
			Factor: "the quotient", What: "c/r where r/c belongs: this is 1/h",
			Answer: func(c, r float64) float64 { return math.Sqrt(c / r) },
		},
		{
			Factor: "the quotient", What: "c·r where r/c belongs",
			Answer: func(c, r float64) float64 { return math.Sqrt(c * r) },
		},
		{
			Factor: "the quotient", What: "c is missing: the more a function bends, the smaller h must be",
			Answer: func(_, r float64) float64 { return math.Sqrt(r) },
		},
		{
			Factor: "the quotient", What: "c/r where r/c belongs, and the root is missing: this is 1/h²",
			Answer: func(c, r float64) float64 { return c / r },
		},
		{
			Factor: "the result", What: "a number, which does not depend on c and r",
			Answer: func(_, _ float64) float64 { return 1e-8 },
		},
		{
			Factor: "the root", What: "only r is under it: r/c as a whole belongs there",
			Answer: func(c, r float64) float64 { return math.Sqrt(r) / c },
		},
		{
			Factor: "the result", What: "this is the smallest error, and not the h at which it is found",
			Answer: func(c, r float64) float64 { return 2 * math.Sqrt(c*r) },
		},
	},
	Points: [][]float64{{240, 2e-14}}, From: 0.1, To: 5,
	Run:  func(f Answer, x []float64) float64 { return f(x[0], x[1]) },
	Call: func(x []float64) string { return fmt.Sprintf("BestStep(%.4g, %.4g)", x[0], x[1]) },
}
