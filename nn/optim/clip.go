package optim

import (
	"gonum.org/v1/gonum/floats"

	"github.com/gradus-go/gradus"
)

// ClipNorm shortens a gradient that is longer than limit and keeps its direction. It returns the
// Euclidean norm that the gradient had before.
//
//	g = g·min(1, limit/(‖g‖ + 10⁻⁶))
//
// PyTorch's clip_grad_norm_ has the same formula. Because of the 10⁻⁶, the new norm is not limit
// but limit·(1 − 10⁻⁶/‖g‖), about. The squares do not overflow: the norm is +Inf only if its
// true value exceeds the largest float64, or if g contains ±Inf.
//
// Special cases are:
//
//	ClipNorm of a g with NaN sets all of g to NaN
//	ClipNorm of a g of infinite norm sets ±Inf to NaN, and all else to 0
//
// The norm that is returned is NaN or +Inf in these cases.
//
// ClipNorm panics if limit is not a positive finite number.
//
// Source: R. Pascanu, T. Mikolov, Y. Bengio, On the difficulty of training recurrent neural
// networks, ICML 2013, algorithm 1.
func ClipNorm(grad []float64, limit float64) (norm float64) {
	mustBePositive("ClipNorm: limit", limit)
	norm = floats.Norm(grad, 2)
	if scale := min(1, limit/(norm+1e-6)); scale != 1 {
		floats.Scale(scale, grad)
	}
	return norm
}

// Clipped is an optimiser that shortens each gradient before the step of another one: see [Clip].
type Clipped struct {
	optimizer Optimizer
	limit     float64
	grad      []float64
}

// Clip returns an optimiser that shortens each gradient with [ClipNorm] and then does the step of
// o. It shortens a copy, so that the caller's gradient stays as it is.
//
// If o has groups, the norm is that of all groups together. As in PyTorch, parameters that are
// [Frozen] do not count.
//
// It panics if o is nil, or if limit is not a positive finite number.
func Clip(o Optimizer, limit float64) *Clipped {
	if o == nil {
		panic("optim: Clip: the Optimizer is nil, want one to do the steps")
	}
	mustBePositive("Clip: limit", limit)
	return &Clipped{optimizer: o, limit: limit}
}

func (c *Clipped) mustBeMade(method string) {
	if c == nil || c.optimizer == nil {
		panic("optim: Clipped." + method + ": the Clipped is nil or zero, want one that Clip returned")
	}
}

// Step updates the parameters by the optimiser that Clip got, given the gradient or, if that is too
// long, a shorter one.
//
// It panics if the step of the optimiser panics.
func (c *Clipped) Step(params, grad []float64) {
	c.mustBeMade("Step")
	c.grad = append(c.grad[:0], grad...)
	c.skipFrozen(c.grad)
	ClipNorm(c.grad, c.limit)
	c.optimizer.Step(params, c.grad)
}

// skipFrozen sets the derivatives of frozen parameters to 0.
func (c *Clipped) skipFrozen(grad []float64) {
	if o, ok := c.optimizer.(interface{ skipFrozen(grad []float64) }); ok {
		o.skipFrozen(grad)
	}
}

// Bind passes the parameters on to the optimiser that Clip got, if that is a [Binder], such as
// [Groups].
//
// It panics if Bind of that optimiser does.
func (c *Clipped) Bind(params []*gradus.Value) {
	c.mustBeMade("Bind")
	if o, ok := c.optimizer.(Binder); ok {
		o.Bind(params)
	}
}
