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
	n.first(x)
	n.second()
	plain.Affine(s.d3[:], n.w.out, s.a2[:], n.w.bias3)
	n.Out = crossEntropy(s.d3[:], class, 1)
	n.backward(x)
}

// first applies the first filters, to a row of the image at once.
func (n *Conv) first(x []float64) {
	for f, b := range n.w.bias1 {
		w := (*[patch1]float64)(n.w.first[f*patch1:])
		for i := range side1 {
			x := (*[kernel * side]float64)(x[i*side:])
			r := (*[side1]float64)(n.state.a1[(f*side1+i)*side1:])
			for j := range r {
				x := (*[2*side + kernel]float64)(x[j:])
				r[j] = b + ((w[0]*x[0] + w[1]*x[1]) + w[2]*x[2]) +
					((w[3]*x[side] + w[4]*x[side+1]) + w[5]*x[side+2]) +
					((w[6]*x[2*side] + w[7]*x[2*side+1]) + w[8]*x[2*side+2])
			}
		}
	}
	relu(n.state.a1[:])
}

// second applies the second filters, to a row of the images at once.
func (n *Conv) second() {
	for f, b := range n.w.bias2 {
		for i := range side2 {
			s0, s1, s2, s3 := b, b, b, b
			for c := range filters1 {
				w := (*[patch1]float64)(n.w.second[(f*filters1+c)*patch1:])
				x := (*[kernel * side1]float64)(n.state.a1[(c*side1+i)*side1:])
				s0 += (w[0]*x[0] + w[1]*x[1]) + w[2]*x[2]
				s1 += (w[0]*x[1] + w[1]*x[2]) + w[2]*x[3]
				s2 += (w[0]*x[2] + w[1]*x[3]) + w[2]*x[4]
				s3 += (w[0]*x[3] + w[1]*x[4]) + w[2]*x[5]
				s0 += (w[3]*x[6] + w[4]*x[7]) + w[5]*x[8]
				s1 += (w[3]*x[7] + w[4]*x[8]) + w[5]*x[9]
				s2 += (w[3]*x[8] + w[4]*x[9]) + w[5]*x[10]
				s3 += (w[3]*x[9] + w[4]*x[10]) + w[5]*x[11]
				s0 += (w[6]*x[12] + w[7]*x[13]) + w[8]*x[14]
				s1 += (w[6]*x[13] + w[7]*x[14]) + w[8]*x[15]
				s2 += (w[6]*x[14] + w[7]*x[15]) + w[8]*x[16]
				s3 += (w[6]*x[15] + w[7]*x[16]) + w[8]*x[17]
			}
			*(*[side2]float64)(n.state.a2[(f*side2+i)*side2:]) = [side2]float64{s0, s1, s2, s3}
		}
	}
	relu(n.state.a2[:])
}

// backward sets the gradient for the image x.
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
		var g0, g1, g2, g3, g4, g5, g6, g7, g8 float64
		for i := range side1 {
			x := (*[kernel * side]float64)(x[i*side:])
			for j, v := range (*[side1]float64)(d[i*side1:]) {
				x := (*[2*side + kernel]float64)(x[j:])
				g0 += v * x[0]
				g1 += v * x[1]
				g2 += v * x[2]
				g3 += v * x[side]
				g4 += v * x[side+1]
				g5 += v * x[side+2]
				g6 += v * x[2*side]
				g7 += v * x[2*side+1]
				g8 += v * x[2*side+2]
			}
		}
		*(*[patch1]float64)(n.g.first[f*patch1:]) = [patch1]float64{g0, g1, g2, g3, g4, g5, g6, g7, g8}
	}
}
