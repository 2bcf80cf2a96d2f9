// Package answers holds the solution of the exercise about a step of gradient descent, and right
// and wrong answers.
package answers

import "math"

// Step returns the four parameters of the 1-1-1 network after one step, with the learning rate eta,
// for the input x and the target t.
func Step(w1, b1, w2, b2, x, t, eta float64) (newW1, newB1, newW2, newB2 float64) {
	z := w1*x + b1
	a := sigmoid(z)
	y := w2*a + b2

	dy := y - t
	dz := dy * w2 * a * (1 - a)

	newW1 = w1 - eta*dz*x
	newB1 = b1 - eta*dz
	newW2 = w2 - eta*dy*a
	newB2 = b2 - eta*dy
	return newW1, newB1, newW2, newB2
}

func sigmoid(z float64) float64 { return 1 / (1 + math.Exp(-z)) }
