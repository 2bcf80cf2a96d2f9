// Package psi is the gradient descent of the tutorial "Practice Implementing Gradient Descent",
// written by hand as there: the forward phase, ψ = ∂E/∂z layer by layer, the gradients and the
// update.
package psi
