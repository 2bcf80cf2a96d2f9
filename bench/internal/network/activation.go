package network

import "math"

// An Activation is the function that a layer applies to its sums.
type Activation int

// The activations: z, σ(z) and tanh z.
const (
	None Activation = iota
	Sigmoid
	Tanh
)

// String returns the name that the Python program knows.
func (f Activation) String() string {
	return [...]string{None: "none", Sigmoid: "sigmoid", Tanh: "tanh"}[f]
}

// Apply replaces each sum z in a by act(scale·z).
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

// Chain multiplies each d by the derivative of a = act(scale·z) with respect to z. It computes the
// derivative from a.
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
