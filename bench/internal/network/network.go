// Package network has the networks of package bench, and computes them layer by layer, forward
// and backward derived by hand.
package network

import (
	"math"
	"math/rand/v2"
)

// A Network is a fully connected net with its numbers: a layer is a = act(scale·(W·x + b)).
type Network struct {
	Widths []int
	Acts   []Activation // of each layer
	Scale  float64
	Loss   float64 // L = loss·Σ(y − t)²; 0 if the output itself is differentiated
	Rate   float64 // of the gradient descent after each step; 0 if there is none
	Batch  int

	P    []float64 // parameters, by layer and neuron: its weights, then its bias
	X, T []float64 // inputs and targets, by sample
}

// New draws the numbers. Weights have the scale that keeps sums near 1, but for the
// net of tutorial C, whose weights are from 0 to 1.
func New(n Network) *Network {
	r := rand.New(rand.NewPCG(1, 2))
	n.Batch = max(n.Batch, 1)
	for k, act := range n.Acts {
		in, w := n.Widths[k], 1.0
		if n.Scale == 1 {
			w = 1 / math.Sqrt(float64(in))
		}
		for range n.Widths[k+1] * (in + 1) {
			v := r.Float64()
			if n.Scale == 1 && act != None {
				v = 2*v - 1
			}
			n.P = append(n.P, w*v)
		}
	}
	for range n.Batch * n.Widths[0] {
		n.X = append(n.X, r.Float64())
	}
	if n.Loss != 0 {
		for range n.Batch * n.Widths[len(n.Acts)] {
			n.T = append(n.T, r.Float64())
		}
	}
	return &n
}

// Uniform returns a network whose layers all have one activation.
func Uniform(act Activation, widths ...int) Network {
	n := Network{Widths: widths, Scale: 1, Loss: 1}
	for range widths[1:] {
		n.Acts = append(n.Acts, act)
	}
	return n
}

// Sample returns input and target of sample i.
func (n *Network) Sample(i int) (x, t []float64) {
	in := n.Widths[0]
	x = n.X[i*in : (i+1)*in]
	if n.Loss != 0 {
		out := n.Widths[len(n.Acts)]
		t = n.T[i*out : (i+1)*out]
	}
	return x, t
}

// MultiplyAdds returns how many there are: W·x and the gradient of W for each layer, and Wᵀ·d
// for all but the first.
func (n *Network) MultiplyAdds() (sum int) {
	for k := range n.Acts {
		weights := n.Widths[k] * n.Widths[k+1]
		sum += 2 * weights
		if k > 0 {
			sum += weights
		}
	}
	return sum
}
