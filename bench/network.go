package bench

import (
	"math"
	"math/rand/v2"
)

// A network is a fully connected net with its numbers: a layer is a = act(scale·(W·x + b)).
type network struct {
	widths []int
	acts   []activation // of each layer
	scale  float64
	loss   float64 // L = loss·Σ(y − t)²; 0 if the output itself is differentiated
	rate   float64 // of the gradient descent after each step; 0 if there is none
	batch  int

	p    []float64 // parameters, by layer and neuron: its weights, then its bias
	x, t []float64 // inputs and targets, by sample
}

// newNetwork draws the numbers. Weights have the scale that keeps sums near 1, but for the
// net of tutorial C, whose weights are from 0 to 1.
func newNetwork(n network) *network {
	r := rand.New(rand.NewPCG(1, 2))
	n.batch = max(n.batch, 1)
	for k, act := range n.acts {
		in, w := n.widths[k], 1.0
		if n.scale == 1 {
			w = 1 / math.Sqrt(float64(in))
		}
		for range n.widths[k+1] * (in + 1) {
			v := r.Float64()
			if n.scale == 1 && act != none {
				v = 2*v - 1
			}
			n.p = append(n.p, w*v)
		}
	}
	for range n.batch * n.widths[0] {
		n.x = append(n.x, r.Float64())
	}
	if n.loss != 0 {
		for range n.batch * n.widths[len(n.acts)] {
			n.t = append(n.t, r.Float64())
		}
	}
	return &n
}

// uniform returns a network whose layers all have one activation.
func uniform(act activation, widths ...int) network {
	n := network{widths: widths, scale: 1, loss: 1}
	for range widths[1:] {
		n.acts = append(n.acts, act)
	}
	return n
}

// sample returns input and target of sample i.
func (n *network) sample(i int) (x, t []float64) {
	in := n.widths[0]
	x = n.x[i*in : (i+1)*in]
	if n.loss != 0 {
		out := n.widths[len(n.acts)]
		t = n.t[i*out : (i+1)*out]
	}
	return x, t
}

// multiplyAdds returns how many there are: W·x and the gradient of W for each layer, and Wᵀ·d
// for all but the first.
func (n *network) multiplyAdds() (sum int) {
	for k := range n.acts {
		weights := n.widths[k] * n.widths[k+1]
		sum += 2 * weights
		if k > 0 {
			sum += weights
		}
	}
	return sum
}

// An activation is what a layer does to its sums.
type activation int

const (
	none activation = iota
	sigmoid
	tanh
)

// names are what the Python program calls the activations.
var names = [...]string{none: "none", sigmoid: "sigmoid", tanh: "tanh"}

// apply replaces the sums in a by act(scale·a).
func (f activation) apply(a []float64, scale float64) {
	switch f {
	case none:
	case sigmoid:
		for i, z := range a {
			a[i] = 1 / (1 + math.Exp(-scale*z))
		}
	case tanh:
		for i, z := range a {
			a[i] = math.Tanh(scale * z)
		}
	}
}

// chain multiplies d by the derivative of act(scale·z), given its results a.
func (f activation) chain(d, a []float64, scale float64) {
	a = a[:len(d)]
	switch f {
	case none:
	case sigmoid:
		for i, y := range a {
			d[i] *= scale * y * (1 - y)
		}
	case tanh:
		for i, y := range a {
			d[i] *= scale * (1 - y*y)
		}
	}
}
