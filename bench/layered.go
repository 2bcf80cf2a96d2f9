package bench

import "github.com/gradus-go/gradus/bench/internal/plain"

// A layered is a network in the memory of vector code: the matrices row by row and the
// biases apart, in arrays of their own.
type layered struct {
	*network
	kernels
	layers     []layer
	data, grad []float64
	out        float64
	next       int // the sample that the next step takes
}

// A layer is the parameters of a layer, their gradients and its results. The gradient of
// the biases is that of the sums, so there is no other array for that.
type layer struct {
	w, b, gw, gb, a []float64
}

// kernels are what plain Go and gonum do each in its own way.
type kernels struct {
	// affine sets z = W·x + b.
	affine func(z, w, x, b []float64)
	// backward sets the gradient of W and, unless e is nil, that of x. Then, if rate is not
	// 0, it updates the layer.
	backward func(l *layer, e, x []float64, rate float64)
}

// plainKernels leave the gradient in memory, as all other variants do.
var plainKernels = kernels{plain.Affine, plainBackward}

func plainBackward(l *layer, e, x []float64, rate float64) {
	switch {
	case rate == 0:
		plain.Outer(l.gw, l.gb, x)
		if e != nil {
			plain.Transposed(e, l.w, l.gb)
		}
		return
	case e == nil:
		plain.Outer(l.gw, l.gb, x)
		plain.Descend(l.w, l.gw, rate)
	default:
		plain.OuterDescend(e, l.gw, l.w, l.gb, x, rate)
	}
	plain.Descend(l.b, l.gb, rate)
}

// fusedKernels update without leaving the gradient in memory, which is what one would write
// who needs no gradient but for the update.
var fusedKernels = kernels{plain.Affine, func(l *layer, e, x []float64, rate float64) {
	if e == nil {
		plainBackward(l, e, x, rate)
		return
	}
	plain.TransposedDescend(e, l.w, l.gb, x, rate)
	plain.Descend(l.b, l.gb, rate)
}}

func newLayered(n *network, k kernels) *layered {
	l := &layered{network: n, kernels: k, layers: make([]layer, len(n.acts))}
	l.data, l.grad = make([]float64, len(n.p)), make([]float64, len(n.p))
	data, grad := l.data, l.grad
	take := func(p *[]float64, n int) (head []float64) {
		head, *p = (*p)[:n:n], (*p)[n:]
		return head
	}
	for k := range l.layers {
		in, out := n.widths[k], n.widths[k+1]
		l.layers[k] = layer{
			w: take(&data, in*out), b: take(&data, out),
			gw: take(&grad, in*out), gb: take(&grad, out),
			a: make([]float64, out),
		}
	}
	l.each(func(i int, at *float64) { *at = n.p[i] }, l.data)
	return l
}

// each calls f for each place in flat, which is laid out as data, in the order of network.p.
func (n *layered) each(f func(i int, at *float64), flat []float64) {
	i, start := 0, 0
	for k := range n.layers {
		in, out := n.widths[k], n.widths[k+1]
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

// ordered returns flat in the order of network.p.
func (n *layered) ordered(flat []float64) []float64 {
	v := make([]float64, len(flat))
	n.each(func(i int, at *float64) { v[i] = *at }, flat)
	return v
}

// step is forward and backward, and update if the network has a rate.
func (n *layered) step() {
	x, t := n.sample(n.next)
	if n.next++; n.next == n.batch {
		n.next = 0
	}
	a := x
	for k := range n.layers {
		l := &n.layers[k]
		n.affine(l.a, l.w, a, l.b)
		n.acts[k].apply(l.a, n.scale)
		a = l.a
	}
	last := len(n.layers) - 1
	d := n.layers[last].gb
	n.out = n.seed(d, a, t)
	for k := last; k >= 0; k-- {
		l := &n.layers[k]
		n.acts[k].chain(l.gb, l.a, n.scale)
		if k == 0 {
			n.backward(l, nil, x, n.rate)
			break
		}
		below := &n.layers[k-1]
		n.backward(l, below.gb, below.a, n.rate)
	}
}

// seed sets d to the derivative of the loss with respect to the output y, and returns it.
func (n *network) seed(d, y, t []float64) (loss float64) {
	if n.loss == 0 {
		d[0] = 1
		return y[0]
	}
	t, d = t[:len(y)], d[:len(y)]
	for j, yj := range y {
		e := yj - t[j]
		loss += n.loss * e * e
		d[j] = 2 * n.loss * e
	}
	return loss
}

// result returns loss and gradient, summed over the batch.
func (n *layered) result() result {
	r := result{grad: make([]float64, len(n.p))}
	for n.next = 0; ; {
		n.step()
		r.out += n.out
		for i, g := range n.ordered(n.grad) {
			r.grad[i] += g
		}
		if n.next == 0 {
			break
		}
	}
	if n.rate != 0 {
		r.params = n.ordered(n.data)
	}
	return r
}
