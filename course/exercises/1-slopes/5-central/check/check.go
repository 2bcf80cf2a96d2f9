// Package check checks answers to the exercise about the central difference.
package check

import (
	"fmt"
	"math"

	"github.com/gradus-go/gradus/course/internal/checking"
)

// Answer is the type of an answer.
type Answer = func(f func(float64) float64, x, h float64) float64

// Checker returns the Checker of this exercise.
func Checker() checking.Checker { return checking.Of(central.Check) }

// central compares an answer at the place x[0] with the step x[1].
var central = checking.Comparison[Answer]{
	Name:  "Central",
	Right: func(f function, x, h float64) float64 { return (f(x+h) - f(x-h)) / (2 * h) },
	Slips: []checking.Slip[Answer]{
		{
			Factor: "the quotient", What: "h where 2h belongs: the two places are 2h apart",
			Answer: func(f function, x, h float64) float64 { return (f(x+h) - f(x-h)) / h },
		},
		{
			Factor: "the quotient",
			What:   "it is divided by 2 and then multiplied by h: brackets are missing around 2 * h",
			Answer: func(f function, x, h float64) float64 { return (f(x+h) - f(x-h)) / 2 * h },
		},
		{
			Factor: "the quotient", What: "only f(x − h) is divided by 2h: brackets are missing",
			Answer: func(f function, x, h float64) float64 { return f(x+h) - f(x-h)/(2*h) },
		},
		{
			Factor: "the quotient",
			What:   "only f(x − h) is divided, by 2, and then multiplied by h: two pairs of brackets are missing",
			Answer: func(f function, x, h float64) float64 { return f(x+h) - f(x-h)/2*h },
		},
		{
			Factor: "the quotient", What: "the difference of the results is not divided by 2h",
			Answer: func(f function, x, h float64) float64 { return f(x+h) - f(x-h) },
		},
		{
			Factor: "the first place", What: "f(x) where f(x − h) belongs: this is the forward difference",
			Answer: func(f function, x, h float64) float64 { return (f(x+h) - f(x)) / h },
		},
		{
			Factor: "the first place", What: "f(x) where f(x − h) belongs",
			Answer: func(f function, x, h float64) float64 { return (f(x+h) - f(x)) / (2 * h) },
		},
		{
			Factor: "the second place", What: "f(x) where f(x + h) belongs: this looks to the left only",
			Answer: func(f function, x, h float64) float64 { return (f(x) - f(x-h)) / h },
		},
		{
			Factor: "the difference of the results",
			What:   "wrong sign: the result on the right minus that on the left",
			Answer: func(f function, x, h float64) float64 { return (f(x-h) - f(x+h)) / (2 * h) },
		},
		{
			Factor: "the difference of the results", What: "+ where − belongs between the results",
			Answer: func(f function, x, h float64) float64 { return (f(x+h) + f(x-h)) / (2 * h) },
		},
	},
	Points: [][]float64{{2, 0.1}}, From: 0.1, To: 2,
	Run: func(f Answer, x []float64) float64 { return f(cube, x[0], x[1]) },
	Call: func(x []float64) string {
		return fmt.Sprintf("for f(x) = x³ + sin x, Central(f, %.4g, %.4g)", x[0], x[1])
	},
}

type function = func(float64) float64

func cube(x float64) float64 { return x*x*x + math.Sin(x) }
