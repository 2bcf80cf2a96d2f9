package main

import "math"

// A matrix holds the weights of a layer, a row for each neuron. The last column is the bias.
type matrix [][]float64

// forwardPhase is the text's: it returns its x_s, the inputs and what each layer makes of them.
// The 1 that the bias multiplies is at the end of all but the last.
func forwardPhase(weights []matrix, x []float64, sigmoid func(z float64) float64) (xs [][]float64) {
	for _, w := range weights {
		x = append(x[:len(x):len(x)], 1) // add bias
		xs = append(xs, x)
		next := make([]float64, len(w))
		for i, row := range w {
			next[i] = sigmoid(dot(row, x))
		}
		x = next
	}
	return append(xs, x)
}

// backwardPhase is the text's, in its three steps: ψ of the last layer, whose gradient is
// ψ·x, and then, layer by layer, ψ and gradient of the one before.
//
//	ψ = ∂E/∂z = −2(t − y)·y(1 − y),    then  ψ = (W·x(1 − x))ᵀψ  without the bias
func backwardPhase(
	weights []matrix, xs [][]float64, yTrue []float64,
) (psis [][]float64, gradients []matrix) {
	last := len(weights)
	psi := make([]float64, len(yTrue))
	for i, t := range yTrue {
		output := xs[last][i]
		psi[i] = -2 * (t - output) * output * (1 - output)
	}
	psis, gradients = make([][]float64, last), make([]matrix, last)
	psis[last-1], gradients[last-1] = psi, outer(psi, xs[last-1])
	for i := last - 1; i > 0; i-- {
		before := make([]float64, len(xs[i])-1)
		for k := range before {
			x := xs[i][k]
			for j, p := range psi {
				before[k] += float64(weights[i][j][k] * x * (1 - x) * p)
			}
		}
		psi = before
		psis[i-1], gradients[i-1] = psi, outer(psi, xs[i-1])
	}
	return psis, gradients
}

// update is the text's step of gradient descent.
func update(weights, gradients []matrix, rate float64) {
	for i, w := range weights {
		for j, row := range w {
			for k := range row {
				row[k] -= float64(rate * gradients[i][j][k])
			}
		}
	}
}

func sigmoid(z float64) float64 { return 1 / (1 + math.Exp(-z)) }

func dot(w, x []float64) (sum float64) {
	for i := range w {
		sum += float64(w[i] * x[i])
	}
	return sum
}

func outer(psi, x []float64) matrix {
	m := make(matrix, len(psi))
	for i, p := range psi {
		for _, v := range x {
			m[i] = append(m[i], p*v)
		}
	}
	return m
}
