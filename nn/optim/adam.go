package optim

import "math"

// Adam gives each parameter a step of its own size: the mean of its derivatives, divided by
// the root of the mean of their squares, so that their scale cancels.
//
//	m = β₁m + (1−β₁)g     m = 0 at first
//	v = β₂v + (1−β₂)g²    v = 0 at first
//	x = x − η·m̂/(√v̂ + ε),    m̂ = m/(1−β₁ᵗ),    v̂ = v/(1−β₂ᵗ)
//
// The older a derivative, the less it weighs in the means. The weights of the first t sum to
// 1−βᵗ only, since the means begin at 0; m̂ and v̂ make up for that. The first step is
// therefore ±η, whatever the derivative, unless it is as small as ε.
//
// Weight decay is of one of two kinds. If it is not Decoupled, g is the derivative plus λx, as
// in [SGD], and the λx is scaled like all of g: parameters with large derivatives hardly
// decay. Decoupled weight decay, AdamW, leaves g alone and shrinks all alike, x = (1 − ηλ)x,
// before the step.
//
// The fields may be changed between steps.
//
// Sources: D. P. Kingma, J. Ba, Adam: A Method for Stochastic Optimization, ICLR 2015,
// algorithm 1; I. Loshchilov, F. Hutter, Decoupled Weight Decay Regularization, ICLR 2019,
// algorithm 2, which has both kinds of decay.
type Adam struct {
	Rate         Rate    // η
	Beta1, Beta2 float64 // β₁ and β₂, at least 0 and less than 1
	Epsilon      float64 // ε, more than 0: it keeps 0/0 away
	WeightDecay  float64 // λ, at least 0
	Decoupled    bool    // the weight decay is that of AdamW

	history history
	m, v    []float64
}

// NewAdam returns Adam as its authors propose it: β₁ = 0.9, β₂ = 0.999, ε = 10⁻⁸, and no
// weight decay. They propose a rate of 0.001.
func NewAdam(rate Rate) *Adam {
	return &Adam{Rate: rate, Beta1: 0.9, Beta2: 0.999, Epsilon: 1e-8}
}

// NewAdamW returns AdamW with the numbers of PyTorch: those of [NewAdam], and a decoupled
// weight decay of 0.01.
func NewAdamW(rate Rate) *Adam {
	a := NewAdam(rate)
	a.WeightDecay, a.Decoupled = 0.01, true
	return a
}

// Step updates the parameters.
//
// It panics if a field or the rate of this step is out of range, if there are not as many
// derivatives as parameters, or not as many parameters as in the step before.
func (a *Adam) Step(params, grad []float64) {
	mustBeFraction("Adam.Beta1", a.Beta1)
	mustBeFraction("Adam.Beta2", a.Beta2)
	mustBePositive("Adam.Epsilon", a.Epsilon)
	mustNotBeNegative("Adam.WeightDecay", a.WeightDecay)
	rate := a.history.next("Adam", a.Rate, params, grad)
	if a.m == nil {
		a.m, a.v = make([]float64, len(grad)), make([]float64, len(grad))
	}
	coupled, keep := a.WeightDecay, 1.0
	if a.Decoupled {
		coupled, keep = 0, 1-float64(rate*a.WeightDecay)
	}
	// The corrections are the same for all parameters, and leave the loop one division.
	t := float64(a.history.steps)
	rate /= 1 - math.Pow(a.Beta1, t)
	root := 1 / math.Sqrt(1-math.Pow(a.Beta2, t))

	x, m, v := params[:len(grad)], a.m[:len(grad)], a.v[:len(grad)] // no bounds checks below
	for i, g := range grad {
		g += float64(coupled * x[i])
		m[i] = float64(a.Beta1*m[i]) + float64((1-a.Beta1)*g)
		v[i] = float64(a.Beta2*v[i]) + float64((1-a.Beta2)*g*g)
		x[i] = float64(keep*x[i]) - rate*m[i]/(float64(math.Sqrt(v[i])*root)+a.Epsilon)
	}
}
