package main

import (
	"time"

	"github.com/gradus-go/gradus/examples/internal/regression"
	"github.com/gradus-go/gradus/gradcheck/numeric"
)

// weights holds w11 and w12 of the first neuron and w21 and w22 of the second.
type weights [4]float64

// A counter counts the steps of gradient descent and what their gradients take: calls, the
// evaluations of a neuron or an error, and back, the calls of Backward.
type counter struct{ steps, calls, back int }

// neuron takes a weight, a bias and an input. It has no activation function, as in the text.
func (n *counter) neuron(a ...float64) float64 {
	n.calls++
	return float64(a[0]*a[2]) + a[1]
}

// sqError takes an output and its target.
func (n *counter) sqError(a ...float64) float64 {
	n.calls++
	e := a[0] - a[1]
	return float64(e * e)
}

// errorNN takes w11, w12, w21, w22, x and the target.
func (n *counter) errorNN(a ...float64) float64 {
	h1 := n.neuron(a[0], a[1], a[4])
	o1 := n.neuron(a[2], a[3], h1)
	return n.sqError(o1, a[5])
}

// numeric is the text's first version: numeric derivatives of the whole network as one function.
func (n *counter) numeric(w weights, x, y float64) (dE weights) {
	for i := range dE {
		dE[i] = numeric.Diffp(n.errorNN, i, w[0], w[1], w[2], w[3], x, y)
	}
	return dE
}

// A fit is a trained network.
type fit struct {
	weights
	counter
	errors []float64 // the sum of squared errors before every epoch and after the last one
	took   time.Duration
}

// A pointGradient returns the derivatives of the error at one point by the weights.
type pointGradient func(n *counter, w weights, x, y float64) (dE weights)

// train takes a step of gradient descent for every point, in every epoch.
func train(p regression.Points, rate float64, epochs int, clock func() time.Time, by pointGradient) *fit {
	start, f := clock(), &fit{weights: weights{0.5, 0.5, 0.5, 0.5}}
	f.errors = append(f.errors, p.Error(f.line()))
	for range epochs {
		for i := range p.X {
			f.steps++
			dE := by(&f.counter, f.weights, p.X[i], p.Y[i])
			for k := range dE {
				f.weights[k] -= float64(rate * dE[k])
			}
		}
		f.errors = append(f.errors, p.Error(f.line()))
	}
	f.took = clock().Sub(start)
	return f
}

// line returns the straight line that the network computes, as it has no activation function.
func (w weights) line() regression.Line {
	return regression.Line{M: w[2] * w[0], C: float64(w[2]*w[1]) + w[3]}
}
