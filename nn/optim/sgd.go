package optim

import (
	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/internal/kernel"
)

// SGD is stochastic gradient descent, with momentum if μ is not 0 and weight decay if λ is not 0:
//
//	v = μv + g + λx    v = 0 at first
//	x = x − ηv
//
// The velocity v is a sum of all gradients so far, in which older ones have smaller weights.
// While the gradients stay the same, it grows to 1/(1−μ) times the gradient; gradients of
// alternating sign cancel. The term λx is the gradient of ½λx², and pulls the parameter towards
// 0.
//
// With Nesterov's momentum, the step is the one that the velocity would make next if the gradient
// stayed the same. So a gradient takes effect one step earlier:
//
//	v = μv + g + λx
//	x = x − η(g + λx + μv)
//
// The fields may be changed between steps.
//
// Sources: B. T. Polyak, Some methods of speeding up the convergence of iteration methods,
// USSR Computational Mathematics and Mathematical Physics 4(5), 1964; Y. Nesterov, A method of
// solving a convex programming problem with convergence rate O(1/k²), Soviet Mathematics Doklady
// 27, 1983; I. Sutskever et al., On the importance of initialization and momentum in deep
// learning, ICML 2013. There the velocity contains η, and with Nesterov's momentum the gradient is
// that at x + μv. Here, as in PyTorch, the velocity does not contain η, so that a new rate applies
// to all of v; and x is the point at which the gradient is taken.
type SGD struct {
	Rate        Rate    // η
	Momentum    float64 // μ, at least 0 and less than 1
	Nesterov    bool    // whether the momentum is Nesterov's; then μ must not be 0
	WeightDecay float64 // λ, at least 0

	history  history
	velocity []float64 // nil as long as both momentum and weight decay are 0
}

// NewSGD returns plain gradient descent, without momentum and weight decay.
func NewSGD(rate Rate) *SGD {
	return &SGD{Rate: rate}
}

// Step updates the parameters.
//
// It panics if a field or the rate of this step is out of range, if Nesterov is set and Momentum is
// 0, if params and grad do not have the same length, or if params does not have the length that it
// had in the step before.
func (s *SGD) Step(params, grad []float64) {
	if s == nil {
		panic("optim: SGD.Step: the SGD is nil, want one, such as NewSGD returns")
	}
	mustBeFraction("SGD.Momentum", s.Momentum)
	if s.Nesterov && s.Momentum == 0 {
		panic("optim: SGD.Nesterov is set and SGD.Momentum is 0, want a momentum > 0, such as 0.9")
	}
	mustNotBeNegative("SGD.WeightDecay", s.WeightDecay)
	rate := s.history.next("SGD", s.Rate, params, grad)
	direction := grad
	if s.Momentum != 0 || s.WeightDecay != 0 {
		s.velocity = atLeastZeros(s.velocity, len(grad))
		if s.Nesterov {
			s.lookAhead(params, grad, rate)
			return
		}
		kernel.Accelerate(s.velocity, params, grad, s.Momentum, s.WeightDecay)
		direction = s.velocity
	}
	kernel.AddScaled(params, -rate, direction)
}

// lookAhead does a step with Nesterov's momentum.
func (s *SGD) lookAhead(x, grad []float64, rate float64) {
	v, momentum, decay := s.velocity[:len(grad)], s.Momentum, s.WeightDecay
	x = x[:len(grad)]
	for i, g := range grad {
		g += float64(decay * x[i])
		v[i] = float64(momentum*v[i]) + g
		x[i] -= float64(rate * (g + float64(momentum*v[i])))
	}
}

// Bind tells the parameters of which Step gets the numbers. Package train calls it. It need not be called,
// but then an SGD does not notice if it is used for another network, whose steps its memory and its
// rate would spoil.
//
// It panics if the optimiser is nil, or if it has done steps with other parameters or in another order.
func (s *SGD) Bind(params []*gradus.Value) {
	if s == nil {
		panic("optim: SGD.Bind: the SGD is nil, want one, such as NewSGD returns")
	}
	s.history.bind("SGD", params)
}
