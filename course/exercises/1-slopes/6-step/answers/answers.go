package answers

import (
	"math"

	step "github.com/gradus-go/gradus/course/exercises/1-slopes/6-step"
	"github.com/gradus-go/gradus/course/exercises/1-slopes/6-step/check"
	"github.com/gradus-go/gradus/course/internal/checking"
)

// Answers returns the answers with which the exercise is tested.
func Answers() checking.Answers {
	answer := func(a check.Answer) any { return a }
	return checking.Answers{
		Shipped: step.BestStep, Solution: BestStep,
		Right: []checking.Sample{
			{
				Name:   "two roots",
				Answer: answer(func(c, r float64) float64 { return sqrt(r) / sqrt(c) }),
			},
			{
				Name:   "the root below",
				Answer: answer(func(c, r float64) float64 { return r / sqrt(r*c) }),
			},
			{
				Name:   "one over the root",
				Answer: answer(func(c, r float64) float64 { return 1 / sqrt(c/r) }),
			},
		},
		Wrong: []checking.Sample{
			{
				Name: "h² in place of h", Factor: "the root", Slip: "missing",
				Answer: answer(func(c, r float64) float64 { return r / c }),
			},
			{
				Name: "upside down", Factor: "the quotient", Slip: "c/r where r/c belongs",
				Answer: answer(func(c, r float64) float64 { return sqrt(c / r) }),
			},
			{
				Name: "multiplied", Factor: "the quotient", Slip: "c·r where r/c belongs",
				Answer: answer(func(c, r float64) float64 { return sqrt(c * r) }),
			},
			{
				Name: "the exponent comes down as a 2", Factor: "the derivative of r/h", Slip: "2r/h²",
				Answer: answer(func(c, r float64) float64 { return sqrt(2 * r / c) }),
			},
			{
				Name: "the root of the smaller alone", Factor: "the quotient", Slip: "c is missing",
				Answer: answer(func(_, r float64) float64 { return sqrt(r) }),
			},
			{
				Name: "c·h stays as it is", Factor: "the derivative of c·h", Slip: "not derived",
				Answer: answer(func(c, r float64) float64 { return math.Cbrt(r / c) }),
			},
			{
				Name: "upside down, without the root", Factor: "the quotient", Slip: "c/r where r/c belongs",
				Answer: answer(func(c, r float64) float64 { return c / r }),
			},
			{
				Name: "a bracket too early", Factor: "the root", Slip: "only r is under it",
				Answer: answer(func(c, r float64) float64 { return sqrt(r) / c }),
			},
			{
				Name: "the number of the text", Factor: "the result", Slip: "a number",
				Answer: answer(func(_, _ float64) float64 { return 0.00000001 }),
			},
			{
				Name: "the error, not the step", Factor: "the result", Slip: "error",
				Answer: answer(func(c, r float64) float64 { return 2 * sqrt(c*r) }),
			},
		},
	}
}
