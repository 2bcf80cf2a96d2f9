package psi

import (
	"fmt"
	"math"
	"slices"

	"github.com/gradus-go/gradus/nn"
)

// A Matrix holds the weights of a layer, a row for each neuron. The last column is the bias.
type Matrix [][]float64

// Shape returns the shape of a matrix as NumPy prints it, as in (2, 4).
func (m Matrix) Shape() string { return fmt.Sprintf("(%d, %d)", len(m), len(m[0])) }

// Numbers returns the numbers of all matrices in one list, row by row.
func Numbers(ms []Matrix) (all []float64) {
	for _, m := range ms {
		all = append(all, slices.Concat(m...)...)
	}
	return all
}

// Weights returns the weights and biases of a network in the form that the text has them.
func Weights(net *nn.MLP) (weights []Matrix) {
	for _, l := range net.Layers {
		var m Matrix
		for _, n := range l.Neurons {
			var row []float64
			for _, v := range n.Params() {
				row = append(row, v.Data)
			}
			m = append(m, row)
		}
		weights = append(weights, m)
	}
	return weights
}

// Forward is the text's forward phase. It returns the list that the text calls x_s: the inputs and
// the outputs of each layer. Each but the last ends with the 1 that the biases multiply.
func Forward(weights []Matrix, x []float64, sigmoid func(z float64) float64) (xs [][]float64) {
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

// Backward is the text's backward phase. It computes ψ = ∂E/∂z of the last layer,
//
//	ψ = −2(t − y)·y(1 − y)
//
// and then, layer by layer, ψ of the layer before, where the column of the biases is left out of W:
//
//	ψ ← (W·x(1 − x))ᵀψ
//
// The gradient of the weights of each layer is the outer product of its ψ and its inputs x.
func Backward(
	weights []Matrix, xs [][]float64, yTrue []float64,
) (psis [][]float64, gradients []Matrix) {
	last := len(weights)
	psi := make([]float64, len(yTrue))
	for i, t := range yTrue {
		output := xs[last][i]
		psi[i] = -2 * (t - output) * output * (1 - output)
	}
	psis, gradients = make([][]float64, last), make([]Matrix, last)
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

// Update takes the text's step of gradient descent.
func Update(weights, gradients []Matrix, rate float64) {
	for i, w := range weights {
		for j, row := range w {
			for k := range row {
				row[k] -= float64(rate * gradients[i][j][k])
			}
		}
	}
}

// Sigmoid returns 1/(1 + exp(−z)).
func Sigmoid(z float64) float64 { return 1 / (1 + math.Exp(-z)) }

func dot(w, x []float64) (sum float64) {
	for i := range w {
		sum += float64(w[i] * x[i])
	}
	return sum
}

func outer(psi, x []float64) Matrix {
	m := make(Matrix, len(psi))
	for i, p := range psi {
		for _, v := range x {
			m[i] = append(m[i], p*v)
		}
	}
	return m
}

// Error returns the sum of squared errors of the outputs y.
func Error(y, yTrue []float64) (E float64) {
	for i, t := range yTrue {
		E += float64((t - y[i]) * (t - y[i]))
	}
	return E
}
