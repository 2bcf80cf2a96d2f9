package optim

import "gonum.org/v1/gonum/floats"

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

// Clip returns an optimiser that shortens each gradient with [ClipNorm] and then does the step of
// o. It shortens a copy, so that the caller's gradient stays as it is.
//
// It panics if o is nil, or if limit is not a positive finite number.
func Clip(o Optimizer, limit float64) Optimizer {
	if o == nil {
		panic("optim: Clip: the Optimizer is nil, want one to do the steps")
	}
	mustBePositive("Clip: limit", limit)
	return &clipped{optimizer: o, limit: limit}
}

type clipped struct {
	optimizer Optimizer
	limit     float64
	grad      []float64
}

func (c *clipped) Step(params, grad []float64) {
	c.grad = append(c.grad[:0], grad...)
	ClipNorm(c.grad, c.limit)
	c.optimizer.Step(params, c.grad)
}
