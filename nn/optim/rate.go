package optim

import (
	"fmt"
	"math"
)

// A Rate returns the learning rate of a step. Steps are counted from 0. An optimiser panics if
// the rate is negative, infinite or NaN.
type Rate func(step int) float64

// Constant returns a Rate that is the same number in every step.
func Constant(rate float64) Rate {
	return func(int) float64 { return rate }
}

// Linear returns a Rate that moves along a straight line from one number to another and then
// stays there:
//
//	η = from + (to − from)·step/steps    for step < steps, then to
//
// It panics if steps is less than 1.
func Linear(from, to float64, steps int) Rate {
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
// It panics if steps is less than 1.
//
// Source: I. Loshchilov, F. Hutter, SGDR: Stochastic Gradient Descent with Warm Restarts,
// ICLR 2017, equation 5, without the restarts.
func Cosine(from, to float64, steps int) Rate {
	mustHaveSteps("Cosine", steps)
	return func(step int) float64 {
		if step >= steps {
			return to
		}
		done := (1 - math.Cos(math.Pi*float64(step)/float64(steps))) / 2
		return from + float64((to-from)*done)
	}
}

func mustHaveSteps(name string, steps int) {
	if steps < 1 {
		panic(fmt.Sprintf("optim: %s: steps is %d, want at least 1", name, steps))
	}
}
