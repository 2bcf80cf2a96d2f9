package answers

import (
	central "github.com/gradus-go/gradus/course/exercises/1-slopes/5-central"
	"github.com/gradus-go/gradus/course/exercises/1-slopes/5-central/check"
	"github.com/gradus-go/gradus/course/internal/checking"
)

// Answers returns the answers with which the exercise is tested.
func Answers() checking.Answers {
	type function = func(float64) float64
	answer := func(a check.Answer) any { return a }
	return checking.Answers{
		Shipped: central.Central, Solution: Central,
		Right: []checking.Sample{
			{
				Name:   "divided twice",
				Answer: answer(func(f function, x, h float64) float64 { return (f(x+h) - f(x-h)) / 2 / h }),
			},
			{
				Name: "the mean of both sides",
				Answer: answer(func(f function, x, h float64) float64 {
					return ((f(x+h)-f(x))/h + (f(x)-f(x-h))/h) / 2
				}),
			},
			{
				Name:   "from the right to the left",
				Answer: answer(func(f function, x, h float64) float64 { return (f(x-h) - f(x+h)) / (-2 * h) }),
			},
		},
		Wrong: []checking.Sample{
			{
				Name: "divided by h, as before", Factor: "the quotient", Slip: "h where 2h belongs",
				Answer: answer(func(f function, x, h float64) float64 { return (f(x+h) - f(x-h)) / h }),
			},
			{
				Name: "no brackets around 2h", Factor: "the quotient", Slip: "multiplied by h",
				Answer: answer(func(f function, x, h float64) float64 { return (f(x+h) - f(x-h)) / 2 * h }),
			},
			{
				Name: "no brackets above", Factor: "the quotient", Slip: "only f(x − h) is divided",
				Answer: answer(func(f function, x, h float64) float64 { return f(x+h) - f(x-h)/(2*h) }),
			},
			{
				Name: "no brackets at all", Factor: "the quotient", Slip: "only f(x − h) is divided",
				Answer: answer(func(f function, x, h float64) float64 { return f(x+h) - f(x-h)/2*h }),
			},
			{
				Name: "the forward difference", Factor: "the first place", Slip: "f(x) where f(x − h) belongs",
				Answer: answer(func(f function, x, h float64) float64 { return (f(x+h) - f(x)) / h }),
			},
			{
				Name: "to the left only", Factor: "the second place", Slip: "f(x) where f(x + h) belongs",
				Answer: answer(func(f function, x, h float64) float64 { return (f(x) - f(x-h)) / h }),
			},
			{
				Name: "left minus right", Factor: "the difference of the results", Slip: "wrong sign",
				Answer: answer(func(f function, x, h float64) float64 { return (f(x-h) - f(x+h)) / (2 * h) }),
			},
			{
				Name: "a sum", Factor: "the difference of the results", Slip: "+ where − belongs",
				Answer: answer(func(f function, x, h float64) float64 { return (f(x+h) + f(x-h)) / (2 * h) }),
			},
			{
				Name: "not divided", Factor: "the quotient", Slip: "not divided by 2h",
				Answer: answer(func(f function, x, h float64) float64 { return f(x+h) - f(x-h) }),
			},
		},
	}
}
