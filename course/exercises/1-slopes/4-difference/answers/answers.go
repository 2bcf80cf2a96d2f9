package answers

import (
	difference "github.com/gradus-go/gradus/course/exercises/1-slopes/4-difference"
	"github.com/gradus-go/gradus/course/exercises/1-slopes/4-difference/check"
	"github.com/gradus-go/gradus/course/internal/checking"
)

// Answers returns the answers with which the exercise is tested.
func Answers() checking.Answers {
	type function = func(float64) float64
	answer := func(a check.Answer) any { return a }
	return checking.Answers{
		Shipped: difference.Slope, Solution: Slope,
		Right: []checking.Sample{
			{
				Name:   "two quotients",
				Answer: answer(func(f function, x, h float64) float64 { return f(x+h)/h - f(x)/h }),
			},
			{
				Name:   "the other way round",
				Answer: answer(func(f function, x, h float64) float64 { return (f(x) - f(x+h)) / -h }),
			},
			{
				Name: "by the second place",
				Answer: answer(func(f function, x, h float64) float64 {
					x1 := x + h
					return (f(x1) - f(x)) / (x1 - x)
				}),
			},
		},
		Wrong: []checking.Sample{
			{
				Name: "not divided", Factor: "the quotient", Slip: "not divided by h",
				Answer: answer(func(f function, x, h float64) float64 { return f(x+h) - f(x) }),
			},
			{
				Name: "brackets forgotten", Factor: "the quotient", Slip: "only f(x) is divided",
				Answer: answer(func(f function, x, h float64) float64 { return f(x+h) - f(x)/h }),
			},
			{
				Name: "the places exchanged", Factor: "the difference of the results", Slip: "wrong sign",
				Answer: answer(func(f function, x, h float64) float64 { return (f(x) - f(x+h)) / h }),
			},
			{
				Name: "divided by 2h", Factor: "the quotient", Slip: "2h",
				Answer: answer(func(f function, x, h float64) float64 { return (f(x+h) - f(x)) / (2 * h) }),
			},
			{
				Name: "a step to both sides", Factor: "the second place", Slip: "f(x − h) where f(x) belongs",
				Answer: answer(func(f function, x, h float64) float64 { return (f(x+h) - f(x-h)) / h }),
			},
			{
				Name: "the place on the left", Factor: "the second place", Slip: "f(x − h) where f(x + h) belongs",
				Answer: answer(func(f function, x, h float64) float64 { return (f(x-h) - f(x)) / h }),
			},
			{
				Name: "to the left", Factor: "the second place", Slip: "looks to the left",
				Answer: answer(func(f function, x, h float64) float64 { return (f(x) - f(x-h)) / h }),
			},
			{
				Name: "the number of the text", Factor: "the quotient", Slip: "0.001 where h belongs",
				Answer: answer(func(f function, x, h float64) float64 { return (f(x+h) - f(x)) / 0.001 }),
			},
			{
				Name: "divided by x", Factor: "the quotient", Slip: "divided by x",
				Answer: answer(func(f function, x, h float64) float64 { return (f(x+h) - f(x)) / x }),
			},
		},
	}
}
