package optim

import "github.com/gradus-go/gradus/internal/kernel"

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
// The fields may be changed between steps.
//
// Sources: B. T. Polyak, Some methods of speeding up the convergence of iteration methods,
// USSR Computational Mathematics and Mathematical Physics 4(5), 1964; I. Sutskever et al., On
// the importance of initialization and momentum in deep learning, ICML 2013. There the
// velocity contains η. Here, as in PyTorch, it does not: a new rate applies to all of v.
type SGD struct {
	Rate        Rate    // η
	Momentum    float64 // μ, at least 0 and less than 1
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
// It panics if a field or the rate of this step is out of range, if params and grad do not have
// the same length, or if params does not have the length that it had in the step before.
func (s *SGD) Step(params, grad []float64) {
	if s == nil {
		panic("optim: SGD.Step: the SGD is nil, want one, such as NewSGD returns")
	}
	mustBeFraction("SGD.Momentum", s.Momentum)
	mustNotBeNegative("SGD.WeightDecay", s.WeightDecay)
	rate := s.history.next("SGD", s.Rate, params, grad)
	direction := grad
	if s.Momentum != 0 || s.WeightDecay != 0 {
		if s.velocity == nil {
			s.velocity = make([]float64, len(grad))
		}
		kernel.Accelerate(s.velocity, params, grad, s.Momentum, s.WeightDecay)
		direction = s.velocity
	}
	kernel.AddScaled(params, -rate, direction)
}
