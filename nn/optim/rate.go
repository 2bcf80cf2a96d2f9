package optim

import (
	"fmt"
	"math"
	"slices"
)

// A Rate returns the learning rate of a step. Steps are counted from 0. An optimiser panics if
// the rate is negative, infinite or NaN.
type Rate func(step int) float64

// Constant returns a Rate that is the same number in every step.
//
// It panics if the rate is 0, with which nothing would be learned. [Frozen] leaves parameters as they are.
func Constant(rate float64) Rate {
	mustLearn("Constant", rate)
	return func(int) float64 { return rate }
}

// Linear returns a Rate that moves along a straight line from one number to another and then
// stays there:
//
//	η = from + (to − from)·step/steps    for step < steps, then to
//
// It panics if steps is less than 1, or if both numbers are 0.
func Linear(from, to float64, steps int) Rate {
	mustLearn("Linear", from, to)
	mustHaveSteps("Linear", steps)
	return func(step int) float64 {
		if step >= steps {
			return to
		}
		return from + float64((to-from)*float64(step))/float64(steps)
	}
}

// Cosine returns a Rate that moves from one number to another along half a period of the cosine,
// slowly at both ends, and then stays there:
//
//	η = from + (to − from)·½(1 − cos(π·step/steps))    for step < steps, then to
//
// It panics if steps is less than 1, or if both numbers are 0.
//
// Source: I. Loshchilov, F. Hutter, SGDR: Stochastic Gradient Descent with Warm Restarts,
// ICLR 2017, equation 5, without the restarts.
func Cosine(from, to float64, steps int) Rate {
	mustLearn("Cosine", from, to)
	mustHaveSteps("Cosine", steps)
	return func(step int) float64 {
		if step >= steps {
			return to
		}
		done := (1 - math.Cos(math.Pi*float64(step)/float64(steps))) / 2
		return from + float64((to-from)*done)
	}
}

// mustLearn panics if all rates of a schedule are 0, with which nothing would be learned. So 1/10, which is 0
// in Go, is noticed. Other rates that cannot be are noticed in the step that they are for.
func mustLearn(name string, rates ...float64) {
	if !slices.ContainsFunc(rates, func(rate float64) bool { return rate != 0 }) {
		panic("optim: " + name + ": the rate is 0, want more, since nothing would be learned; in Go 1/10 is 0, " +
			"and 1.0/10 is not; Frozen leaves parameters as they are")
	}
}

func mustHaveSteps(name string, steps int) {
	if steps < 1 {
		panic(fmt.Sprintf("optim: %s: steps is %d, want at least 1", name, steps))
	}
}
