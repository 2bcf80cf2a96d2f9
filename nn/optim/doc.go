// Package optim moves parameters along gradients: stochastic gradient descent with momentum
// and weight decay, Adam and AdamW, learning rates that change with the step, and clipping.
//
// An [Optimizer] knows nothing of Values, graphs or networks. It sees two slices of numbers,
// the parameters and the gradient of the loss with respect to them, and changes the first:
//
//	o := optim.NewAdam(optim.Cosine(0.01, 0, steps))
//	for range steps {
//		p.Forward(x, t)          // a replay.Program
//		p.Backward()
//		o.Step(p.Data(), p.Grad())
//	}
//
// The formulas are those of PyTorch, and the tests compare with it step by step. What it
// offers beyond them, Nesterov's momentum or AMSGrad, say, is left out: an optimiser of your
// own is a type with a method Step.
//
// In the formulas x is a parameter, g the derivative of the loss with respect to it, η the
// learning rate, λ the weight decay and t the number of the step, counted from 1.
//
// Given rates and gradients, Adam computes the same bits on every architecture. [SGD] of many
// parameters fuses the last product with the last sum where assembly does the work, and [Clip]
// takes a norm whose last bit depends on the machine.
package optim
