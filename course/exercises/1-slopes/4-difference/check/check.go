// Package check checks answers to the exercise about the forward difference.
package check

import (
	"fmt"
	"math"

	"github.com/gradus-go/gradus/course/internal/checking"
)

// Answer is the type of an answer.
type Answer = func(f func(float64) float64, x, h float64) float64

// Checker returns the Checker of this exercise.
func Checker() checking.Checker { return checking.Of(slope.Check) }

// slope compares an answer at the place x[0] with the step x[1].
var slope = checking.Comparison[Answer]{
	Name:  "Slope",
	Right: func(f function, x, h float64) float64 { return (f(x+h) - f(x)) / h },
	Slips: []checking.Slip[Answer]{
		{
			Factor: "the quotient", What: "the difference of the results is not divided by h",
			Answer: func(f function, x, h float64) float64 { return f(x+h) - f(x) },
		},
		{
			Factor: "the quotient", What: "only f(x) is divided by h: brackets are missing",
			Answer: func(f function, x, h float64) float64 { return f(x+h) - f(x)/h },
		},
		{
			Factor: "the quotient", What: "2h where h belongs: the two places are h apart",
			Answer: func(f function, x, h float64) float64 { return (f(x+h) - f(x)) / (2 * h) },
		},
		{
			Factor: "the quotient", What: "it is divided by x, and not by h",
			Answer: func(f function, x, h float64) float64 { return (f(x+h) - f(x)) / x },
		},
		{
			Factor: "the difference of the results", What: "wrong sign: the second result minus the first",
			Answer: func(f function, x, h float64) float64 { return (f(x) - f(x+h)) / h },
		},
		{
			Factor: "the quotient", What: "0.001 where h belongs: h may be another number",
			Answer: func(f function, x, h float64) float64 { return (f(x+h) - f(x)) / 0.001 },
		},
		{
			Factor: "the second place", What: "f(x − h) where f(x + h) belongs: it is on the right",
			Answer: func(f function, x, h float64) float64 { return (f(x-h) - f(x)) / h },
		},
		{
			Factor: "the second place", What: "f(x) − f(x − h) looks to the left, and not to the right",
			Answer: func(f function, x, h float64) float64 { return (f(x) - f(x-h)) / h },
		},
		{
			Factor: "the second place", What: "f(x − h) where f(x) belongs, which is 2h away",
			Answer: func(f function, x, h float64) float64 { return (f(x+h) - f(x-h)) / h },
		},
	},
	Points: [][]float64{{3, 0.001}}, From: 0.1, To: 2,
	Run: func(f Answer, x []float64) float64 { return f(cube, x[0], x[1]) },
	Call: func(x []float64) string {
		return fmt.Sprintf("for f(x) = x³ + sin x, Slope(f, %.4g, %.4g)", x[0], x[1])
	},
}

type function = func(float64) float64

func cube(x float64) float64 { return x*x*x + math.Sin(x) }
