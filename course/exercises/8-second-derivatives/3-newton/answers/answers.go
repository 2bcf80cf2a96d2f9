package answers

import (
	newton "github.com/gradus-go/gradus/course/exercises/8-second-derivatives/3-newton"
	"github.com/gradus-go/gradus/course/exercises/8-second-derivatives/3-newton/check"
	"github.com/gradus-go/gradus/course/internal/checking"
)

type function = func(float64) float64

// Answers returns the answers with which the exercise is tested.
func Answers() checking.Answers {
	answer := func(a check.Answer) any { return a }
	return checking.Answers{
		Shipped: newton.Newton, Solution: Newton,
		Right: []checking.Sample{
			{Name: "recursive", Answer: answer(recursive)},
			{Name: "on one fraction", Answer: answer(func(f, df function, x float64, n int) float64 {
				for range n {
					x = (x*df(x) - f(x)) / df(x)
				}
				return x
			})},
			{Name: "the step by itself", Answer: answer(func(f, df function, x float64, n int) float64 {
				for ; n > 0; n-- {
					step := -f(x) / df(x)
					x += step
				}
				return x
			})},
		},
		Wrong: append(inStep(answer), inLoop(answer)...),
	}
}

func recursive(f, df function, x float64, n int) float64 {
	if n == 0 {
		return x
	}
	return recursive(f, df, x-f(x)/df(x), n-1)
}

// inStep returns wrong answers whose step is wrong.
func inStep(answer func(a check.Answer) any) []checking.Sample {
	return []checking.Sample{
		{
			Name: "the sign", Factor: "the step", Slip: "wrong sign",
			Answer: answer(check.Steps(func(f, df function, x float64) float64 { return x + f(x)/df(x) })),
		},
		{
			Name: "the quotient upside down", Factor: "the step", Slip: "the wrong way up",
			Answer: answer(check.Steps(func(f, df function, x float64) float64 { return x - df(x)/f(x) })),
		},
		{
			Name: "brackets", Factor: "the step", Slip: "brackets",
			Answer: answer(check.Steps(func(f, df function, x float64) float64 { return (x - f(x)) / df(x) })),
		},
		{
			Name: "not divided", Factor: "the step", Slip: "not divided",
			Answer: answer(check.Steps(func(f, _ function, x float64) float64 { return x - f(x) })),
		},
		{
			Name: "x is forgotten", Factor: "the step", Slip: "this is the way",
			Answer: answer(check.Steps(func(f, df function, x float64) float64 { return f(x) / df(x) })),
		},
	}
}

// inLoop returns wrong answers with right steps.
func inLoop(answer func(a check.Answer) any) []checking.Sample {
	return []checking.Sample{
		{
			Name: "no loop", Factor: "the number of steps", Slip: "one step only",
			Answer: answer(func(f, df function, x float64, _ int) float64 { return x - f(x)/df(x) }),
		},
		{
			Name: "off by one", Factor: "the number of steps", Slip: "one step too many",
			Answer: answer(func(f, df function, x float64, n int) float64 {
				for i := 0; i <= n; i++ {
					x -= f(x) / df(x)
				}
				return x
			}),
		},
		{
			Name: "counted from 1", Factor: "the number of steps", Slip: "one step too few",
			Answer: answer(func(f, df function, x float64, n int) float64 {
				for i := 1; i < n; i++ {
					x -= f(x) / df(x)
				}
				return x
			}),
		},
		{
			Name: "the slope before the loop", Factor: "the slope", Slip: "that at the first place",
			Answer: answer(func(f, df function, x float64, n int) float64 {
				slope := df(x)
				for range n {
					x -= f(x) / slope
				}
				return x
			}),
		},
		{
			Name: "the step before the loop", Factor: "the place", Slip: "begins at the first place",
			Answer: answer(func(f, df function, x float64, n int) float64 {
				step := f(x) / df(x)
				for range n {
					x -= step
				}
				return x
			}),
		},
	}
}
