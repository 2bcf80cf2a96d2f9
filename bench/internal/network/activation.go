package network

import "math"

// An Activation is what a layer does to its sums.
type Activation int

// The activations: z, σ(z) and tanh z.
const (
	None Activation = iota
	Sigmoid
	Tanh
)

// String returns what the Python program calls it.
func (f Activation) String() string {
	return [...]string{None: "none", Sigmoid: "sigmoid", Tanh: "tanh"}[f]
}

// Apply replaces the sums in a by act(scale·a).
func (f Activation) Apply(a []float64, scale float64) {
	switch f {
	case None:
	case Sigmoid:
		for i, z := range a {
			a[i] = 1 / (1 + math.Exp(-scale*z))
		}
	case Tanh:
		for i, z := range a {
			a[i] = math.Tanh(scale * z)
		}
	}
}

// Chain multiplies d by the derivative of act(scale·z), given its results a.
func (f Activation) Chain(d, a []float64, scale float64) {
	a = a[:len(d)]
	switch f {
	case None:
	case Sigmoid:
		for i, y := range a {
			d[i] *= scale * y * (1 - y)
		}
	case Tanh:
		for i, y := range a {
			d[i] *= scale * (1 - y*y)
		}
	}
}
