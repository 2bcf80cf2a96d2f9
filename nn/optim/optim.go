package optim

import (
	"fmt"
	"slices"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/internal/finite"
)

// An Optimizer updates parameters, given the gradient of the loss with respect to them.
//
// Step changes params and does not change grad. Since an optimiser may remember earlier steps,
// each set of parameters needs an optimiser of its own, and must be given in the same order each
// time. An optimiser belongs to one goroutine at a time.
//
// A derivative that is NaN or ±Inf is no error: as in PyTorch, it makes its parameter NaN or
// ±Inf. An optimiser with a memory keeps the parameter NaN or infinite in later steps. Other
// parameters are not affected, unless [Clip] is used, whose norm contains all derivatives.
type Optimizer interface {
	Step(params, grad []float64)
}

// A history holds how many steps an optimiser has done, with how many parameters each, and with which, if
// it was told.
type history struct {
	steps, params int
	bound         []*gradus.Value
}

// bind notes which parameters the next steps are about. It panics if there were steps about others.
func (h *history) bind(name string, params []*gradus.Value) {
	if h.steps > 0 && h.bound != nil && !slices.Equal(h.bound, params) {
		panic(fmt.Sprintf("optim: %s.Bind: the parameters are not those of the %d steps before, "+
			"in the same order: want a new %s for them, since this one remembers its steps",
			name, h.steps, name))
	}
	h.bound = append([]*gradus.Value{}, params...)
}

// restore makes the history that of a State, about parameters that Bind may tell.
func (h *history) restore(s State) { *h = history{steps: s.Steps, params: s.Params, bound: h.bound} }

// next counts a step and returns its learning rate. It panics, and does not count the step, if
// the rate is nil or out of range, or if the lengths do not fit each other or the step before.
func (h *history) next(name string, rate Rate, params, grad []float64) float64 {
	if rate == nil {
		panic(fmt.Sprintf("optim: %s.Rate is nil, want one, such as optim.Constant(0.01)", name))
	}
	mustBeAsMany(name, params, grad)
	if h.steps > 0 && len(params) != h.params {
		panic(fmt.Sprintf("optim: %s: got %d parameters, want %d as in the step before",
			name, len(params), h.params))
	}
	eta := rate(h.steps)
	if !finite.All(eta) || eta < 0 {
		panic(fmt.Sprintf("optim: %s: the learning rate of step %d is %v, want a finite number ≥ 0",
			name, h.steps, eta))
	}
	h.steps, h.params = h.steps+1, len(params)
	return eta
}

func mustBeAsMany(name string, params, grad []float64) {
	if len(params) != len(grad) {
		panic(fmt.Sprintf("optim: %s: got %d parameters and %d derivatives, want the same number of both",
			name, len(params), len(grad)))
	}
}

// atLeastZeros returns memory, or n zeros if there is none yet.
func atLeastZeros(memory []float64, n int) []float64 {
	if memory == nil {
		return make([]float64, n)
	}
	return memory
}

// mustBe panics unless x is in its range, which words describes.
func mustBe(inRange bool, name string, x float64, words string) {
	if !inRange {
		panic(fmt.Sprintf("optim: %s is %v, want %s", name, x, words))
	}
}

func mustNotBeNegative(name string, x float64) {
	mustBe(finite.All(x) && x >= 0, name, x, "a finite number ≥ 0")
}

// mustBeFraction is for the factor of a decaying mean or sum. With a factor of 1, nothing would
// decay.
func mustBeFraction(name string, x float64) {
	mustBe(x >= 0 && x < 1, name, x, "a number ≥ 0 and < 1")
}

func mustBePositive(name string, x float64) {
	mustBe(finite.All(x) && x > 0, name, x, "a finite number > 0")
}
