package optim

import (
	"math"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/internal/kernel"
)

// Adam gives each parameter a step of its own size: the mean of its derivatives so far, divided
// by the root of the mean of their squares. So the scale of the derivatives cancels.
//
//	m = β₁m + (1−β₁)g     m = 0 at first
//	v = β₂v + (1−β₂)g²    v = 0 at first
//	x = x − η·m̂/(√v̂ + ε),    m̂ = m/(1−β₁ᵗ),    v̂ = v/(1−β₂ᵗ)
//
// The older a derivative is, the smaller is its weight in the means. Since m and v start from 0,
// the weights of the first t derivatives sum to 1−βᵗ only; m̂ and v̂ correct that. Therefore the
// first step is −η·g/(|g| + ε): nearly η in size, however large g is, and smaller only where |g|
// is not much larger than ε.
//
// There are two kinds of weight decay. If Decoupled is false, g is the derivative plus λx, as in
// [SGD]. Then λx is scaled like the rest of g, so that parameters with large derivatives hardly
// decay. If Decoupled is true, the method is AdamW: g is the derivative alone, and before the
// step all parameters shrink by the same factor, x = (1 − ηλ)x.
//
// The fields may be changed between steps.
//
// Sources: D. P. Kingma, J. Ba, Adam: A Method for Stochastic Optimization, ICLR 2015,
// algorithm 1; I. Loshchilov, F. Hutter, Decoupled Weight Decay Regularization, ICLR 2019,
// algorithm 2, which has both kinds of decay.
type Adam struct {
	Rate         Rate    // η
	Beta1, Beta2 float64 // β₁ and β₂, at least 0 and less than 1
	Epsilon      float64 // ε, more than 0: without it, a derivative of 0 would give 0/0
	WeightDecay  float64 // λ, at least 0
	Decoupled    bool    // whether the weight decay is that of AdamW

	history history
	m, v    []float64
}

// NewAdam returns an Adam with the numbers that its authors propose: β₁ = 0.9, β₂ = 0.999,
// ε = 10⁻⁸, and no weight decay. They propose a rate of 0.001.
func NewAdam(rate Rate) *Adam {
	return &Adam{Rate: rate, Beta1: 0.9, Beta2: 0.999, Epsilon: 1e-8}
}

// NewAdamW returns an Adam with the defaults of PyTorch's AdamW: the numbers of [NewAdam], and
// decoupled weight decay with λ = 0.01.
func NewAdamW(rate Rate) *Adam {
	a := NewAdam(rate)
	a.WeightDecay, a.Decoupled = 0.01, true
	return a
}

// Step updates the parameters.
//
// It panics if a field or the rate of this step is out of range, if params and grad do not have
// the same length, or if params does not have the length that it had in the step before.
func (a *Adam) Step(params, grad []float64) {
	if a == nil {
		panic("optim: Adam.Step: the Adam is nil, want one, such as NewAdam returns")
	}
	mustBeFraction("Adam.Beta1", a.Beta1)
	mustBeFraction("Adam.Beta2", a.Beta2)
	mustBePositive("Adam.Epsilon", a.Epsilon)
	mustNotBeNegative("Adam.WeightDecay", a.WeightDecay)
	rate := a.history.next("Adam", a.Rate, params, grad)
	a.m, a.v = atLeastZeros(a.m, len(grad)), atLeastZeros(a.v, len(grad))
	// The corrections of m̂ and v̂ are the same for all parameters. Computed here, they leave one
	// division for each.
	t := float64(a.history.steps)
	step := kernel.Adam{
		Beta1: a.Beta1, Beta2: a.Beta2, Epsilon: a.Epsilon, Decay: a.WeightDecay, Keep: 1,
		Rate: rate / (1 - math.Pow(a.Beta1, t)), Root: 1 / math.Sqrt(1-math.Pow(a.Beta2, t)),
	}
	if a.Decoupled {
		step.Decay, step.Keep = 0, 1-float64(rate*a.WeightDecay)
	}
	step.Step(params, a.m, a.v, grad)
}

// Bind tells the parameters of which Step gets the numbers. Package train calls it. It need not be called,
// but then an Adam does not notice if it is used for another network, whose steps its memory and its
// rate would spoil.
//
// It panics if the optimiser is nil, or if it has done steps with other parameters or in another order.
func (a *Adam) Bind(params []*gradus.Value) {
	if a == nil {
		panic("optim: Adam.Bind: the Adam is nil, want one, such as NewAdam returns")
	}
	a.history.bind("Adam", params)
}
