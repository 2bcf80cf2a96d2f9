package optim

import (
	"math"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/internal/kernel"
)

// RMSProp divides each derivative by the root of the mean of its squares so far, in which older
// ones have smaller weights. So the scale of the derivatives cancels:
//
//	v = αv + (1−α)g²    v = 0 at first
//	x = x − η·g/(√v + ε)
//
// In contrast to [Adam], the direction is that of the last derivative alone, and nothing corrects
// the mean for its start from 0. Therefore the first step is about η/√(1−α) in size, which is 10η
// for α = 0.99, and steps become smaller from then on: to η, while the derivative stays the same.
//
// If μ is not 0, there is a velocity. If Centered is true, what divides is not the root of the mean
// square but the standard deviation. If λ is not 0, g is the derivative plus λx, as in [SGD]:
//
//	b = μb + g/(√v + ε)      b = 0 at first
//	x = x − ηb
//
//	m = αm + (1−α)g          m = 0 at first; where √v stands above, read √(v − m²)
//
// A derivative that stays the same for long has a standard deviation of nearly 0. Then the step of
// a centred RMSProp grows, up to ηg/ε. Where v − m² is rounded to less than 0, it counts as 0.
//
// The fields may be changed between steps.
//
// Sources: T. Tieleman, G. Hinton, Lecture 6.5: RMSProp, Neural Networks for Machine Learning,
// Coursera, 2012; A. Graves, Generating Sequences With Recurrent Neural Networks, 2013,
// arXiv:1308.0850, equations 38 to 41, for the centred one, whose ε stands under the root. Here, as
// in PyTorch, ε stands beside it, and the velocity does not contain η.
type RMSProp struct {
	Rate        Rate    // η
	Decay       float64 // α, at least 0 and less than 1
	Epsilon     float64 // ε, more than 0: without it, a derivative of 0 would give 0/0
	Momentum    float64 // μ, at least 0 and less than 1
	Centered    bool    // whether the mean is subtracted, so that the standard deviation divides
	WeightDecay float64 // λ, at least 0

	history                history
	square, velocity, mean []float64 // v, b and m; b and m are nil as long as they are not needed
	decayed                []float64 // g + λx of the last step, which is not remembered
}

// NewRMSProp returns an RMSProp with the defaults of PyTorch: α = 0.99, ε = 10⁻⁸, without momentum
// and weight decay, and not centred.
func NewRMSProp(rate Rate) *RMSProp {
	return &RMSProp{Rate: rate, Decay: 0.99, Epsilon: 1e-8}
}

// Step updates the parameters.
//
// It panics if a field or the rate of this step is out of range, if params and grad do not have
// the same length, or if params does not have the length that it had in the step before.
func (r *RMSProp) Step(params, grad []float64) {
	if r == nil {
		panic("optim: RMSProp.Step: the RMSProp is nil, want one, such as NewRMSProp returns")
	}
	mustBeFraction("RMSProp.Decay", r.Decay)
	mustBePositive("RMSProp.Epsilon", r.Epsilon)
	mustBeFraction("RMSProp.Momentum", r.Momentum)
	mustNotBeNegative("RMSProp.WeightDecay", r.WeightDecay)
	rate := r.history.next("RMSProp", r.Rate, params, grad)
	r.square = atLeastZeros(r.square, len(grad))
	if r.Momentum == 0 && !r.Centered {
		// An Adam whose β₁ is 0, without corrections, does the same, and as vectors.
		r.decayed = atLeastZeros(r.decayed, len(grad))
		step := kernel.Adam{
			Beta2: r.Decay, Epsilon: r.Epsilon, Decay: r.WeightDecay, Keep: 1, Rate: rate, Root: 1,
		}
		step.Step(params, r.decayed, r.square, grad)
		return
	}
	r.stepEach(params, grad, rate)
}

// stepEach does a step, one parameter after the other.
func (r *RMSProp) stepEach(params, grad []float64, rate float64) {
	if r.Momentum != 0 {
		r.velocity = atLeastZeros(r.velocity, len(grad))
	}
	if r.Centered {
		r.mean = atLeastZeros(r.mean, len(grad))
	}
	for i, g := range grad {
		step := r.scaled(i, g+float64(r.WeightDecay*params[i]))
		if r.Momentum != 0 {
			r.velocity[i] = float64(r.Momentum*r.velocity[i]) + step
			step = r.velocity[i]
		}
		params[i] -= float64(rate * step)
	}
}

// scaled updates the means of parameter i, given its derivative g, and returns g/(√v + ε).
func (r *RMSProp) scaled(i int, g float64) float64 {
	v := float64(r.Decay*r.square[i]) + float64((1-r.Decay)*g*g)
	r.square[i] = v
	if r.Centered {
		m := float64(r.Decay*r.mean[i]) + float64((1-r.Decay)*g)
		r.mean[i] = m
		v = max(0, v-float64(m*m)) // NaN stays NaN
	}
	return g / (math.Sqrt(v) + r.Epsilon)
}

// Bind tells the parameters of which Step gets the numbers. Package train calls it. It need not be called,
// but then an RMSProp does not notice if it is used for another network, whose steps its memory and its
// rate would spoil.
//
// It panics if the optimiser is nil, or if it has done steps with other parameters or in another order.
func (r *RMSProp) Bind(params []*gradus.Value) {
	if r == nil {
		panic("optim: RMSProp.Bind: the RMSProp is nil, want one, such as NewRMSProp returns")
	}
	r.history.bind("RMSProp", params)
}
