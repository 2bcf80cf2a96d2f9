package optim

import (
	"fmt"
	"math"
)

// An Optimizer updates parameters, given the gradient of the loss with respect to them.
//
// Step changes params and leaves grad alone. An optimiser may remember earlier steps, so each
// set of parameters, always in the same order, needs one of its own. It belongs to one
// goroutine at a time.
//
// A derivative that is NaN or ±Inf is no error: it enters its parameter, as in PyTorch, and
// an optimiser with a memory keeps it there. The other parameters do not notice, unless
// [Clip] mixes them.
type Optimizer interface {
	Step(params, grad []float64)
}

// history counts the steps of an optimiser and the parameters that they have in common.
type history struct{ steps, params int }

// next counts a step and returns its learning rate. It panics if there is none, or if the
// step does not fit those before, and then the step is not counted.
func (h *history) next(name string, rate Rate, params, grad []float64) float64 {
	switch {
	case rate == nil:
		panic(fmt.Sprintf("optim: %s.Rate is nil, want a learning rate", name))
	case len(params) != len(grad):
		panic(fmt.Sprintf("optim: %s: got %d parameters and %d derivatives, want as many of both",
			name, len(params), len(grad)))
	case h.steps > 0 && len(params) != h.params:
		panic(fmt.Sprintf("optim: %s: got %d parameters, want %d as in the step before",
			name, len(params), h.params))
	}
	eta := rate(h.steps)
	if !(eta >= 0) || math.IsInf(eta, 1) {
		panic(fmt.Sprintf("optim: %s: the learning rate of step %d is %v, want a finite number ≥ 0",
			name, h.steps, eta))
	}
	h.steps, h.params = h.steps+1, len(params)
	return eta
}

// mustBe panics if a number is not what its range, in words, says.
func mustBe(inRange bool, name string, x float64, words string) {
	if !inRange {
		panic(fmt.Sprintf("optim: %s is %v, want %s", name, x, words))
	}
}

func mustNotBeNegative(name string, x float64) {
	mustBe(x >= 0 && !math.IsInf(x, 1), name, x, "a finite number ≥ 0")
}

// mustBeFraction is for what multiplies a memory: with 1 nothing would ever be forgotten.
func mustBeFraction(name string, x float64) {
	mustBe(x >= 0 && x < 1, name, x, "a number ≥ 0 and < 1")
}

func mustBePositive(name string, x float64) {
	mustBe(x > 0 && !math.IsInf(x, 1), name, x, "a finite number > 0")
}
