package network

import (
	"gonum.org/v1/gonum/floats"

	"github.com/gradus-go/gradus/bench/internal/plain"
)

// A Layered is a network in the memory of vector code: the matrices row by row and the
// biases apart, in arrays of their own.
type Layered struct {
	*Network
	Kernels
	Layers []Layer
	Out    float64

	data, grad []float64
	next       int // the sample that the next step takes
}

// A Layer is the parameters of a layer, their gradients and its results. The gradient of
// the biases is that of the sums, so there is no other array for that.
type Layer struct {
	W, B, GW, GB, A []float64
}

// Kernels are what plain Go and gonum do each in its own way.
type Kernels struct {
	// Affine sets z = W·x + b.
	Affine func(z, w, x, b []float64)
	// Backward sets the gradient of W and, unless e is nil, that of x. Then, if rate is not
	// 0, it updates the layer.
	Backward func(l *Layer, e, x []float64, rate float64)
}

// Plain leaves the gradient in memory, as all other variants do.
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

// Fused updates without leaving the gradient in memory, which is what one would write who needs
// no gradient but for the update.
var Fused = Kernels{plain.Affine, func(l *Layer, e, x []float64, rate float64) {
	if e == nil {
		plainBackward(l, e, x, rate)
		return
	}
	plain.TransposedDescend(e, l.W, l.GB, x, rate)
	plain.Descend(l.B, l.GB, rate)
}}

// NewLayered takes the numbers of n.
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
			A: make([]float64, out),
		}
	}
	l.each(func(i int, at *float64) { *at = n.P[i] }, l.data)
	return l
}

// each calls f for each place in flat, which is laid out as data, in the order of Network.P.
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

// ordered returns flat in the order of Network.P.
func (n *Layered) ordered(flat []float64) []float64 {
	v := make([]float64, len(flat))
	n.each(func(i int, at *float64) { v[i] = *at }, flat)
	return v
}

// Step is forward and backward, and update if the network has a rate.
func (n *Layered) Step() {
	x, t := n.Sample(n.next)
	if n.next++; n.next == n.Batch {
		n.next = 0
	}
	a := x
	for k := range n.Layers {
		l := &n.Layers[k]
		n.Affine(l.A, l.W, a, l.B)
		n.Acts[k].Apply(l.A, n.Scale)
		a = l.A
	}
	last := len(n.Layers) - 1
	d := n.Layers[last].GB
	n.Out = n.Seed(d, a, t)
	for k := last; k >= 0; k-- {
		l := &n.Layers[k]
		n.Acts[k].Chain(l.GB, l.A, n.Scale)
		if k == 0 {
			n.Backward(l, nil, x, n.Rate)
			break
		}
		below := &n.Layers[k-1]
		n.Backward(l, below.GB, below.A, n.Rate)
	}
}

// Seed sets d to the derivative of the loss with respect to the output y, and returns it.
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

// Gradient returns it, in the order of Network.P.
func (n *Layered) Gradient() []float64 { return n.ordered(n.grad) }

// Result takes a step with each sample, and returns the sums of losses and gradients. The
// parameters are nil if there is no update.
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
