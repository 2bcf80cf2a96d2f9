package network

import (
	"gonum.org/v1/gonum/floats"

	"github.com/gradus-go/gradus/bench/internal/plain"
)

// A Layered is a network whose numbers are laid out for loops over vectors: each matrix is stored
// row by row, and the biases are not among the weights but in an array of their own.
type Layered struct {
	*Network
	Kernels
	Layers []Layer
	Out    float64 // the loss of the last step, or the output if there is no loss

	data, grad []float64
	next       int // the sample that the next step takes
}

// A Layer has the weights W and the biases B of a layer, and their gradients GW and GB. GB is also
// the gradient of the sums W·x + b.
type Layer struct {
	W, B, GW, GB []float64

	a []float64 // results
}

// Kernels are the two functions that plain Go and gonum implement each in its own way.
type Kernels struct {
	// Affine sets z = W·x + b.
	Affine func(z, w, x, b []float64)
	// Backward sets l.GW, the gradient of W, from l.GB, that of the sums. Unless e is nil, it
	// sets e to the gradient of x. If rate is not 0, it then updates l.W and l.B.
	Backward func(l *Layer, e, x []float64, rate float64)
}

// Plain computes in plain Go and leaves the gradient in memory, as all other variants do.
var Plain = Kernels{plain.Affine, plainBackward}

func plainBackward(l *Layer, e, x []float64, rate float64) {
	switch {
	case rate == 0:
		plain.Outer(l.GW, l.GB, x)
		if e != nil {
			plain.Transposed(e, l.W, l.GB)
		}
		return
	case e == nil:
		plain.Outer(l.GW, l.GB, x)
		plain.Descend(l.W, l.GW, rate)
	default:
		plain.OuterDescend(e, l.GW, l.W, l.GB, x, rate)
	}
	plain.Descend(l.B, l.GB, rate)
}

// Fused updates each weight without writing its gradient to memory. That suffices for whoever
// needs the gradient for the update alone. The first layer is computed as in Plain.
var Fused = Kernels{plain.Affine, func(l *Layer, e, x []float64, rate float64) {
	if e == nil {
		plainBackward(l, e, x, rate)
		return
	}
	plain.TransposedDescend(e, l.W, l.GB, x, rate)
	plain.Descend(l.B, l.GB, rate)
}}

// NewLayered copies the parameters of n into the other layout.
func NewLayered(n *Network, k Kernels) *Layered {
	l := &Layered{Network: n, Kernels: k, Layers: make([]Layer, len(n.Acts))}
	l.data, l.grad = make([]float64, len(n.P)), make([]float64, len(n.P))
	data, grad := l.data, l.grad
	take := func(p *[]float64, n int) (head []float64) {
		head, *p = (*p)[:n:n], (*p)[n:]
		return head
	}
	for k := range l.Layers {
		in, out := n.Widths[k], n.Widths[k+1]
		l.Layers[k] = Layer{
			W: take(&data, in*out), B: take(&data, out),
			GW: take(&grad, in*out), GB: take(&grad, out),
			a: make([]float64, out),
		}
	}
	l.each(func(i int, at *float64) { *at = n.P[i] }, l.data)
	return l
}

// each calls f for every number of flat, which is laid out as data is, in the order of Network.P:
// i counts them in that order.
func (n *Layered) each(f func(i int, at *float64), flat []float64) {
	i, start := 0, 0
	for k := range n.Layers {
		in, out := n.Widths[k], n.Widths[k+1]
		for j := range out {
			for c := range in {
				f(i+c, &flat[start+j*in+c])
			}
			f(i+in, &flat[start+in*out+j])
			i += in + 1
		}
		start += (in + 1) * out
	}
}

// ordered returns the numbers of flat, which is laid out as data is, in the order of Network.P.
func (n *Layered) ordered(flat []float64) []float64 {
	v := make([]float64, len(flat))
	n.each(func(i int, at *float64) { v[i] = *at }, flat)
	return v
}

// Step computes the next sample forward and backward, and updates the parameters if the network
// has a rate. After the last sample comes the first again.
func (n *Layered) Step() {
	x, t := n.Sample(n.next)
	if n.next++; n.next == n.Batch {
		n.next = 0
	}
	a := x
	for k := range n.Layers {
		l := &n.Layers[k]
		n.Affine(l.a, l.W, a, l.B)
		n.Acts[k].Apply(l.a, n.Scale)
		a = l.a
	}
	last := len(n.Layers) - 1
	d := n.Layers[last].GB
	n.Out = n.Seed(d, a, t)
	for k := last; k >= 0; k-- {
		l := &n.Layers[k]
		n.Acts[k].Chain(l.GB, l.a, n.Scale)
		if k == 0 {
			n.Backward(l, nil, x, n.Rate)
			break
		}
		below := &n.Layers[k-1]
		n.Backward(l, below.GB, below.a, n.Rate)
	}
}

// Seed sets d to the derivative of the loss with respect to the outputs y, and returns the loss.
// Without a loss, it sets d to 1 and returns the output.
func (n *Network) Seed(d, y, t []float64) (loss float64) {
	if n.Loss == 0 {
		d[0] = 1
		return y[0]
	}
	t, d = t[:len(y)], d[:len(y)]
	for j, yj := range y {
		e := yj - t[j]
		loss += n.Loss * e * e
		d[j] = 2 * n.Loss * e
	}
	return loss
}

// Gradient returns the gradient of the last step, in the order of Network.P.
func (n *Layered) Gradient() []float64 { return n.ordered(n.grad) }

// Result makes one step with each sample, and returns the sum of the losses, that of the gradients,
// and the updated parameters, or nil if the network has no rate.
func (n *Layered) Result() (out float64, grad, params []float64) {
	grad = make([]float64, len(n.P))
	for n.next = 0; ; {
		n.Step()
		out += n.Out
		floats.Add(grad, n.Gradient())
		if n.next == 0 {
			break
		}
	}
	if n.Rate != 0 {
		params = n.ordered(n.data)
	}
	return out, grad, params
}
