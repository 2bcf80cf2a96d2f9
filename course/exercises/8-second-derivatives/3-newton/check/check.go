// Package check checks answers to the exercise about Newton's method.
package check

import (
	"fmt"

	"github.com/gradus-go/gradus/course/internal/checking"
)

// Answer is the type of an answer.
type Answer = func(f, df func(float64) float64, x float64, n int) float64

// Checker returns the Checker of this exercise.
func Checker() checking.Checker { return checking.Of(newton.Check) }

type function = func(float64) float64

// newton compares an answer for f(x) = x³ − v[1], from the place v[0], after v[2] steps.
var newton = checking.Comparison[Answer]{
	Name:  "Newton",
	Right: right,
	Slips: []checking.Slip[Answer]{
		{
			Factor: "the step", What: "wrong sign: it leads away from the zero",
			Answer: Steps(func(f, df function, x float64) float64 { return x + f(x)/df(x) }),
		},
		{
			Factor: "the step", What: "f′(x)/f(x), which is the wrong way up",
			Answer: Steps(func(f, df function, x float64) float64 { return x - df(x)/f(x) }),
		},
		{
			Factor: "the step", What: "f(x) is not divided by f′(x)",
			Answer: Steps(func(f, _ function, x float64) float64 { return x - f(x) }),
		},
		{
			Factor: "the step", What: "f(x) is multiplied by f′(x), not divided by it",
			Answer: Steps(func(f, df function, x float64) float64 { return x - f(x)*df(x) }),
		},
		{
			Factor: "the step", What: "all of x − f(x) is divided by f′(x): brackets are wrong",
			Answer: Steps(func(f, df function, x float64) float64 { return (x - f(x)) / df(x) }),
		},
		{
			Factor: "the step", What: "x − is missing: this is the way, and not where it leads",
			Answer: Steps(func(f, df function, x float64) float64 { return f(x) / df(x) }),
		},
		{
			Factor: "the step", What: "−f(x)/f′(x) is the way from x, which is not added to x",
			Answer: Steps(func(f, df function, x float64) float64 { return -f(x) / df(x) }),
		},
		{
			Factor: "the step", What: "f′(x) is not asked for: this is a step against f with the rate 0.01",
			Answer: Steps(func(f, _ function, x float64) float64 { return x - float64(0.01*f(x)) }),
		},
		{
			Factor: "the number of steps", What: "one step only, whatever n is",
			Answer: func(f, df function, x float64, _ int) float64 { return x - f(x)/df(x) },
		},
		{
			Factor: "the number of steps", What: "one step too many",
			Answer: func(f, df function, x float64, n int) float64 { return right(f, df, x, n+1) },
		},
		{
			Factor: "the number of steps", What: "one step too few",
			Answer: func(f, df function, x float64, n int) float64 { return right(f, df, x, n-1) },
		},
		{
			Factor: "the slope", What: "it is always that at the first place: ask df again in each step",
			Answer: func(f, df function, x float64, n int) float64 {
				first := df(x)
				return right(f, func(float64) float64 { return first }, x, n)
			},
		},
		{
			Factor: "the place", What: "each step begins at the first place again, not where the last one arrived",
			Answer: func(f, df function, x float64, n int) float64 {
				return x - float64(float64(n)*f(x))/df(x)
			},
		},
		{
			Factor: "the place", What: "it returns the place where it began",
			Answer: func(_, _ function, x float64, _ int) float64 { return x },
		},
	},
	Points: [][]float64{{1, 2, 1}, {1, 2, 2}, {1, 2, 3}}, From: 1, To: 5,
	Run: func(f Answer, v []float64) float64 {
		return f(func(x float64) float64 { return float64(x*x*x) - v[1] },
			func(x float64) float64 { return 3 * x * x }, v[0], int(v[2]))
	},
	Call: func(v []float64) string {
		return fmt.Sprintf("for f(x) = x³ − %.4g, Newton(f, df, %.4g, %d)", v[1], v[0], int(v[2]))
	},
}

// Steps returns an answer that goes n steps.
func Steps(step func(f, df function, x float64) float64) Answer {
	return func(f, df function, x float64, n int) float64 {
		for range n {
			x = step(f, df, x)
		}
		return x
	}
}

// right goes n steps of Newton's method.
func right(f, df function, x float64, n int) float64 {
	return Steps(func(f, df function, x float64) float64 { return x - f(x)/df(x) })(f, df, x, n)
}
