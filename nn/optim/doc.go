// Package optim has optimisers, which update parameters against the gradient of a loss, so that the
// loss falls: stochastic gradient descent with momentum, Nesterov's too, and weight decay, RMSProp,
// Adam and AdamW. It also has learning rates that change from step to step, clipping of gradients, and
// groups of parameters that have optimisers of their own or are frozen.
//
// An [Optimizer] works on numbers, not on Values or graphs. It gets two slices, the parameters
// and the gradient of the loss with respect to them, and changes the first:
//
//	o := optim.NewAdam(optim.Cosine(0.01, 0, steps))
//	for range steps {
//		p.Forward(x, t)          // a replay.Program
//		p.Backward()
//		o.Step(p.Numbers(), p.Gradient())
//	}
//
// An optimiser that must know which parameters the numbers belong to, as [Groups], is a [Binder]: it
// is told once, before the first step, by o.Bind(p.Params()). All optimisers of this package are
// [Resumable]: what they remember can be kept in a file, and restored.
//
// The formulas are those of PyTorch, and the tests compare each step with PyTorch's. Variants
// such as AMSGrad, or momentum with dampening, are left out. If you need one, write a type with a
// method Step.
//
// In the formulas x is a parameter, g the derivative of the loss with respect to it, η the
// learning rate, λ the weight decay and t the number of the step, counted from 1.
//
// With the same rates and gradients, [Adam] and [RMSProp] compute the same bits on every architecture,
// and so does [SGD] with Nesterov's momentum. The last bits of [SGD] without it and of [Clip] depend on
// the machine: assembly code rounds a product and a sum together in SGD, and computes the norm in Clip.
package optim
