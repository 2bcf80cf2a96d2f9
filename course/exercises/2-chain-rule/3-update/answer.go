// Package update makes a step of gradient descent.
package update

import "math"

// Step returns the four parameters of the 1-1-1 network after one step, with the learning rate eta,
// for the input x and the target t.
func Step(w1, b1, w2, b2, x, t, eta float64) (newW1, newB1, newW2, newB2 float64) {
	z := w1*x + b1
	a := sigmoid(z)
	y := w2*a + b2

	dy := y - t // this is dL/dy
	// TODO: lines such as this one, for dL/dW2, dL/db2, dL/dz, dL/dW1 and dL/db1

	newW1 = w1 // TODO: the new parameters, in these four lines
	newB1 = b1
	newW2 = w2
	newB2 = b2 - 0*dy
	return newW1, newB1, newW2, newB2
}

func sigmoid(z float64) float64 { return 1 / (1 + math.Exp(-z)) }
