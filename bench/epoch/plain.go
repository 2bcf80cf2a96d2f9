package main

import (
	"math"
	"slices"
	"time"

	"gonum.org/v1/gonum/floats"

	"github.com/gradus-go/gradus/bench/internal/plain"
)

// A byHand is the network in plain Go loops. The matrices are stored row by row.
type byHand struct {
	w1, b1, w2, b2 []float64
	x, a           [][]float64 // for each sample of a batch, the inputs of the two layers
	d1, d2         [][]float64 // for each sample, ∂L/∂z of the two layers
}

// newByHand copies parameters that are in the order of package nn: neuron by neuron, each with its
// bias last.
func newByHand(params []float64, batch int) *byHand {
	n := &byHand{x: make([][]float64, batch)}
	for range hidden {
		n.w1, n.b1 = append(n.w1, params[:inputs]...), append(n.b1, params[inputs])
		params = params[inputs+1:]
	}
	for range classes {
		n.w2, n.b2 = append(n.w2, params[:hidden]...), append(n.b2, params[hidden])
		params = params[hidden+1:]
	}
	for range batch {
		n.a, n.d1 = append(n.a, make([]float64, hidden)), append(n.d1, make([]float64, hidden))
		n.d2 = append(n.d2, make([]float64, classes))
	}
	return n
}

// plain trains the network for an epoch in plain Go loops.
func (s *session) plain(w way) outcome {
	n := newByHand(s.params, w.batch)
	begin, sum := time.Now(), 0.0
	for rows := range slices.Chunk(s.order, w.batch) {
		for k, row := range rows {
			n.x[k] = s.data.X[row]
			sum += n.sample(k, int(s.images.labels[row]))
		}
		rate := w.rate / float64(len(rows))
		descend(n.w1, n.b1, n.d1[:len(rows)], n.x, rate)
		descend(n.w2, n.b2, n.d2[:len(rows)], n.a, rate)
	}
	return outcome{
		time: time.Since(begin),
		loss: sum / float64(len(s.order)),
		norm: floats.Norm(slices.Concat(n.w1, n.b1, n.w2, n.b2), 2),
	}
}

// sample computes sample k of a batch forward and backward, and returns its loss.
func (n *byHand) sample(k, label int) float64 {
	a, d1, d2 := n.a[k], n.d1[k], n.d2[k]
	plain.Affine(a, n.w1, n.x[k], n.b1)
	for j, z := range a {
		a[j] = max(z, 0)
	}
	plain.Affine(d2, n.w2, a, n.b2)
	loss := softmax(d2, label)
	plain.Transposed(d1, n.w2, d2)
	for j, aj := range a {
		if aj == 0 {
			d1[j] = 0
		}
	}
	return loss
}

// softmax replaces the logits y by ∂L/∂y = softmax(y) − t and returns L = −ln softmax(y)ₜ.
func softmax(y []float64, label int) float64 {
	largest, sum, right := slices.Max(y), 0.0, y[label]
	for i := range y {
		y[i] = math.Exp(y[i] - largest)
		sum += y[i]
	}
	for i := range y {
		y[i] /= sum
	}
	y[label]--
	return math.Log(sum) + largest - right
}

// descend updates a layer, row by row, with the sum of the gradients d⊗x of all samples.
func descend(w, b []float64, d, x [][]float64, rate float64) {
	for j := range b {
		row := w[j*len(x[0]):][:len(x[0])]
		k := 0
		for ; k <= len(d)-4; k += 4 {
			c := [4]float64{rate * d[k][j], rate * d[k+1][j], rate * d[k+2][j], rate * d[k+3][j]}
			plain.Descend4(row, c, x[k], x[k+1], x[k+2], x[k+3])
			b[j] -= c[0] + c[1] + c[2] + c[3]
		}
		for ; k < len(d); k++ {
			plain.Descend(row, x[k], rate*d[k][j])
			b[j] -= rate * d[k][j]
		}
	}
}
