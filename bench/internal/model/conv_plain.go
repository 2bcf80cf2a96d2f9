package model

import "github.com/gradus-go/gradus/bench/internal/plain"

// convState has what the forward pass computes, and, with a d in front, the derivatives of the loss with
// respect to it. There is an image for each filter.
type convState struct {
	a1, d1 [filters1 * side1 * side1]float64
	a2, d2 [flat]float64
	d3     [classes]float64
}

// Step computes the loss of the next sample and its gradient.
func (n *Conv) Step() {
	class := n.class[n.next]
	x, s := n.sample(), &n.state
	for f := range filters1 {
		w := (*[kernel * kernel]float64)(n.w.first[f*kernel*kernel:])
		for i := range side1 {
			r := (*[side1]float64)(s.a1[(f*side1+i)*side1:])
			*r = [side1]float64{}
			for k := range kernel {
				w, x := (*[kernel]float64)(w[k*kernel:]), (*[side]float64)(x[(i+k)*side:])
				for j := range r {
					r[j] += (w[0]*x[j] + w[1]*x[j+1]) + w[2]*x[j+2]
				}
			}
			for j, z := range r {
				r[j] = max(z+n.w.bias1[f], 0)
			}
		}
	}
	for f := range filters2 {
		for i := range side2 {
			z := n.w.second[f*patch2:][:patch2]
			s0, s1, s2, s3 := n.w.bias2[f], n.w.bias2[f], n.w.bias2[f], n.w.bias2[f]
			for c := range filters1 {
				for k := range kernel {
					w, x := (*[kernel]float64)(z), (*[side1]float64)(s.a1[(c*side1+i+k)*side1:])
					s0 += (w[0]*x[0] + w[1]*x[1]) + w[2]*x[2]
					s1 += (w[0]*x[1] + w[1]*x[2]) + w[2]*x[3]
					s2 += (w[0]*x[2] + w[1]*x[3]) + w[2]*x[4]
					s3 += (w[0]*x[3] + w[1]*x[4]) + w[2]*x[5]
					z = z[kernel:]
				}
			}
			r := (*[side2]float64)(s.a2[(f*side2+i)*side2:])
			*r = [side2]float64{max(s0, 0), max(s1, 0), max(s2, 0), max(s3, 0)}
		}
	}
	plain.Affine(s.d3[:], n.w.out, s.a2[:], n.w.bias3)
	n.Out = crossEntropy(s.d3[:], class, 1)
	n.backward(x)
}

func (n *Conv) backward(x []float64) {
	s := &n.state
	plain.Outer(n.g.out, s.d3[:], s.a2[:])
	copy(n.g.bias3, s.d3[:])
	plain.Transposed(s.d2[:], n.w.out, s.d3[:])
	reluBack(s.d2[:], s.a2[:])
	n.secondBack()
	reluBack(s.d1[:], s.a1[:])
	n.firstBack(x)
}

// secondBack sets the gradient of the second filters, and the derivatives of what the first computed.
func (n *Conv) secondBack() {
	s := &n.state
	clear(s.d1[:])
	for f := range filters2 {
		d := (*[side2 * side2]float64)(s.d2[f*side2*side2:])
		n.g.bias2[f] = sum(d[:])
		for c := range filters1 {
			for k := range kernel {
				at := f*patch2 + (c*kernel+k)*kernel
				w, g := (*[kernel]float64)(n.w.second[at:]), (*[kernel]float64)(n.g.second[at:])
				w0, w1, w2 := w[0], w[1], w[2]
				var g0, g1, g2 float64
				for i := range side2 {
					d, at := (*[side2]float64)(d[i*side2:]), (c*side1+i+k)*side1
					x, dx := (*[side1]float64)(s.a1[at:]), (*[side1]float64)(s.d1[at:])
					d0, d1, d2, d3 := d[0], d[1], d[2], d[3]
					g0 += (d0*x[0] + d1*x[1]) + (d2*x[2] + d3*x[3])
					g1 += (d0*x[1] + d1*x[2]) + (d2*x[3] + d3*x[4])
					g2 += (d0*x[2] + d1*x[3]) + (d2*x[4] + d3*x[5])
					dx[0] += w0 * d0
					dx[1] += w0*d1 + w1*d0
					dx[2] += (w0*d2 + w1*d1) + w2*d0
					dx[3] += (w0*d3 + w1*d2) + w2*d1
					dx[4] += w1*d3 + w2*d2
					dx[5] += w2 * d3
				}
				g[0], g[1], g[2] = g0, g1, g2
			}
		}
	}
}

// firstBack sets the gradient of the first filters.
func (n *Conv) firstBack(x []float64) {
	s := &n.state
	for f := range filters1 {
		d := (*[side1 * side1]float64)(s.d1[f*side1*side1:])
		n.g.bias1[f] = sum(d[:])
		for k := range kernel {
			var g0, g1, g2 float64
			for i := range side1 {
				d, x := (*[side1]float64)(d[i*side1:]), (*[side]float64)(x[(i+k)*side:])
				for j, v := range d {
					g0 += v * x[j]
					g1 += v * x[j+1]
					g2 += v * x[j+2]
				}
			}
			*(*[kernel]float64)(n.g.first[(f*kernel+k)*kernel:]) = [kernel]float64{g0, g1, g2}
		}
	}
}

func relu(a []float64) {
	for i, v := range a {
		a[i] = max(v, 0)
	}
}

// reluBack clears the derivatives d of those a that are 0.
func reluBack(d, a []float64) {
	d = d[:len(a)]
	for i, v := range a {
		if v <= 0 {
			d[i] = 0
		}
	}
}

func sum(d []float64) (s float64) {
	for _, v := range d {
		s += v
	}
	return s
}
