package optim

import "github.com/gradus-go/gradus/internal/kernel"

// SGD is stochastic gradient descent, with momentum and weight decay if they are not 0:
//
//	v = μv + g + λx    v = 0 at first
//	x = x − ηv
//
// The velocity v is a sum of all gradients so far, the older the fainter: while they agree it
// grows to up to 1/(1−μ) times the gradient, and where they alternate they cancel. The term
// λx is the gradient of ½λx², and draws the parameter towards 0.
//
// The fields may be changed between steps.
//
// Sources: B. T. Polyak, Some methods of speeding up the convergence of iteration methods,
// USSR Computational Mathematics and Mathematical Physics 4(5), 1964; I. Sutskever et al., On
// the importance of initialization and momentum in deep learning, ICML 2013, where the
// velocity contains η. It does not here, nor in PyTorch: a new rate holds for all of v.
type SGD struct {
	Rate        Rate    // η
	Momentum    float64 // μ, at least 0 and less than 1
	WeightDecay float64 // λ, at least 0

	history  history
	velocity []float64 // nil as long as momentum and weight decay are 0
}

// NewSGD returns plain gradient descent, without momentum and weight decay.
func NewSGD(rate Rate) *SGD {
	return &SGD{Rate: rate}
}

// Step updates the parameters.
//
// It panics if a field or the rate of this step is out of range, if there are not as many
// derivatives as parameters, or not as many parameters as in the step before.
func (s *SGD) Step(params, grad []float64) {
	mustBeFraction("SGD.Momentum", s.Momentum)
	mustNotBeNegative("SGD.WeightDecay", s.WeightDecay)
	rate := s.history.next("SGD", s.Rate, params, grad)
	direction := grad
	if s.Momentum != 0 || s.WeightDecay != 0 {
		if s.velocity == nil {
			s.velocity = make([]float64, len(grad))
		}
		accelerate(s.velocity, params, grad, s.Momentum, s.WeightDecay)
		direction = s.velocity
	}
	kernel.AddScaled(params, -rate, direction)
}

// accelerate is v = μv + g + λx.
func accelerate(v, x, grad []float64, momentum, decay float64) {
	v, x = v[:len(grad)], x[:len(grad)] // no bounds checks below
	for i, g := range grad {
		g += float64(decay * x[i])
		v[i] = float64(momentum*v[i]) + g
	}
}
