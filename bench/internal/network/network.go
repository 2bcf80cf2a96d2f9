package network

import (
	"math"
	"math/rand/v2"
)

// A Network is a fully connected network with its parameters and its samples. A layer computes
// a = act(Scale·(W·x + b)).
type Network struct {
	Widths []int        // the number of inputs, then the number of neurons of each layer
	Acts   []Activation // of each layer
	Scale  float64
	Loss   float64 // the factor in L = Loss·Σ(y − t)²; 0 if the output itself is differentiated
	Rate   float64 // of the gradient descent after each step; 0 if there is none
	Batch  int     // the number of samples

	P    []float64 // parameters layer by layer, and for each neuron its weights, then its bias
	X, T []float64 // inputs and targets, sample by sample
}

// New returns n with random numbers, the same in every call. Inputs and targets are from [0, 1).
// If Scale is not 1, the parameters are from [0, 1) too, as in the tutorial with the wide network.
// If it is, those of a layer with an activation are from [−1, 1), those of a layer without one
// from [0, 1), and both are divided by the square root of the number of the layer's inputs, which
// keeps the sums near 1.
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

// Uniform returns a network without numbers whose layers all have the same activation, and whose
// loss is Σ(y − t)².
func Uniform(act Activation, widths ...int) Network {
	n := Network{Widths: widths, Scale: 1, Loss: 1}
	for range widths[1:] {
		n.Acts = append(n.Acts, act)
	}
	return n
}

// Sample returns the inputs and the targets of sample i.
func (n *Network) Sample(i int) (x, t []float64) {
	in := n.Widths[0]
	x = n.X[i*in : (i+1)*in]
	if n.Loss != 0 {
		out := n.Widths[len(n.Acts)]
		t = n.T[i*out : (i+1)*out]
	}
	return x, t
}

// MultiplyAdds returns the number of multiply-adds that a sample takes: one a weight for W·x, one
// for the gradient of W and, in all layers but the first, one for the gradient of the inputs.
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
