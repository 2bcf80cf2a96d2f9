package model

import (
	"math"

	"github.com/gradus-go/gradus/bench/internal/plain"
)

// The widths of a query, a key and a value side by side.
const triple = 3 * width

// gptState has what the forward pass computes, position after position, and, with a d in front, the
// derivatives of the loss with respect to it.
type gptState struct {
	e, x, h    [positions * width]float64 // the embedding, its norm, and the norm of that
	qkv        [positions * triple]float64
	a          [positions][heads][positions]float64
	o, y, m, z [positions * width]float64 // heads, first residual sum, its norm, second residual sum
	u          [positions * hidden]float64
	t          [positions * vocabulary]float64 // logits, and then their derivatives

	fe, fx, fy [positions]float64 // the factors of the norms of e, x and y

	dqkv       [positions * triple]float64
	do, dy, dz [positions * width]float64
	du         [positions * hidden]float64
	d          [width]float64
}

// none are the biases for [plain.Affine] of a matrix that has none.
var none [hidden]float64

// Step computes the loss of the next sample and its gradient.
func (n *GPT) Step() {
	tokens := &n.tokens[n.next]
	n.sample()
	n.Out = 0
	for p := range positions {
		n.Out += n.forward(p, tokens[p], tokens[p+1])
	}
	n.Out /= positions
	clear(n.g.token)
	clear(n.state.dqkv[:])
	for p := positions - 1; p >= 0; p-- {
		n.backward(p, tokens[p])
	}
	s := &n.state
	plain.Outers(n.g.out, s.t[:], s.z[:], vocabulary)
	plain.Outers(n.g.second, s.dz[:], s.u[:], width)
	plain.Outers(n.g.first, s.du[:], s.m[:], hidden)
	plain.Outers(n.g.o, s.dy[:], s.o[:], width)
	plain.Outers(n.g.qkv, s.dqkv[:], s.h[:], triple)
}

// at returns the numbers of position p.
func at(x []float64, p int) *[width]float64 { return (*[width]float64)(x[p*width:]) }

// forward computes position p and returns its loss.
func (n *GPT) forward(p, token, next int) float64 {
	s := &n.state
	e, x, h, y, z := at(s.e[:], p), at(s.x[:], p), at(s.h[:], p), at(s.y[:], p), at(s.z[:], p)
	u, t := s.u[p*hidden:][:hidden], s.t[p*vocabulary:][:vocabulary]
	for i, v := range at(n.w.token, token) {
		e[i] = v + n.w.position[p*width+i]
	}
	s.fe[p] = norm(x, e)
	s.fx[p] = norm(h, x)
	plain.Affine(s.qkv[p*triple:][:triple], n.w.qkv, h[:], none[:])
	s.attend(p)
	plain.Affine(y[:], n.w.o, s.o[p*width:][:width], x[:])
	s.fy[p] = norm(at(s.m[:], p), y)
	plain.Affine(u, n.w.first, s.m[p*width:][:width], none[:])
	relu(u)
	plain.Affine(z[:], n.w.second, u, y[:])
	plain.Affine(t, n.w.out, z[:], none[:])
	return crossEntropy(t, next, positions)
}

// norm sets y to x divided by the root of its mean square, and returns the factor.
func norm(y, x *[width]float64) float64 {
	var s0, s1, s2, s3 float64
	for i := 0; i < width; i += 4 {
		s0 += x[i] * x[i]
		s1 += x[i+1] * x[i+1]
		s2 += x[i+2] * x[i+2]
		s3 += x[i+3] * x[i+3]
	}
	f := 1 / math.Sqrt(((s0+s1)+(s2+s3))/width+epsilon)
	for i, v := range x {
		y[i] = v * f
	}
	return f
}

// normBack adds to dx the derivative with respect to x of the norm y = f·x, whose own is dy.
func normBack(dx, dy, y *[width]float64, f float64) {
	var s0, s1, s2, s3 float64
	for i := 0; i < width; i += 4 {
		s0 += dy[i] * y[i]
		s1 += dy[i+1] * y[i+1]
		s2 += dy[i+2] * y[i+2]
		s3 += dy[i+3] * y[i+3]
	}
	mean := ((s0 + s1) + (s2 + s3)) / width
	for i, d := range dy {
		dx[i] += f * (d - y[i]*mean)
	}
}

// attend computes the heads of position p.
func (s *gptState) attend(p int) {
	o := at(s.o[:], p)
	for h := range heads {
		q := (*[headWidth]float64)(s.qkv[p*triple+h*headWidth:])
		a := s.a[p][h][:p+1]
		for t := range a {
			k := (*[headWidth]float64)(s.qkv[t*triple+width+h*headWidth:])
			a[t] = ((q[0]*k[0] + q[1]*k[1]) + (q[2]*k[2] + q[3]*k[3])) * 0.5
		}
		softmax(a)
		var o0, o1, o2, o3 float64
		for t, f := range a {
			v := (*[headWidth]float64)(s.qkv[t*triple+2*width+h*headWidth:])
			o0 += f * v[0]
			o1 += f * v[1]
			o2 += f * v[2]
			o3 += f * v[3]
		}
		*(*[headWidth]float64)(o[h*headWidth:]) = [headWidth]float64{o0, o1, o2, o3}
	}
}

// attendBack adds the derivatives of position p with respect to its query, and to all keys and values.
func (s *gptState) attendBack(p int) {
	for h := range heads {
		i := h * headWidth
		q := (*[headWidth]float64)(s.qkv[p*triple+i:])
		d := (*[headWidth]float64)(s.do[p*width+i:])
		o := (*[headWidth]float64)(s.o[p*width+i:])
		mean := (d[0]*o[0] + d[1]*o[1]) + (d[2]*o[2] + d[3]*o[3]) // Σ aₜ·∂L/∂aₜ
		var d0, d1, d2, d3 float64
		for t, f := range s.a[p][h][:p+1] {
			row, drow := s.qkv[t*triple+width+i:], s.dqkv[t*triple+width+i:]
			k, dk := (*[headWidth]float64)(row), (*[headWidth]float64)(drow)
			v, dv := (*[headWidth]float64)(row[width:]), (*[headWidth]float64)(drow[width:])
			c := ((d[0]*v[0] + d[1]*v[1]) + (d[2]*v[2] + d[3]*v[3]) - mean) * f * 0.5
			dv[0] += f * d[0]
			dv[1] += f * d[1]
			dv[2] += f * d[2]
			dv[3] += f * d[3]
			d0 += c * k[0]
			d1 += c * k[1]
			d2 += c * k[2]
			d3 += c * k[3]
			dk[0] += c * q[0]
			dk[1] += c * q[1]
			dk[2] += c * q[2]
			dk[3] += c * q[3]
		}
		*(*[headWidth]float64)(s.dqkv[p*triple+i:]) = [headWidth]float64{d0, d1, d2, d3}
	}
}

// backward goes backward through position p, after those that attend to it.
func (n *GPT) backward(p, token int) {
	s := &n.state
	dz, dy, do := at(s.dz[:], p), at(s.dy[:], p), at(s.do[:], p)
	u, du := s.u[p*hidden:][:hidden], s.du[p*hidden:][:hidden]
	plain.Transposed(dz[:], n.w.out, s.t[p*vocabulary:][:vocabulary])
	plain.Transposed(du, n.w.second, dz[:])
	reluBack(du, u)
	plain.Transposed(s.d[:], n.w.first, du)
	*dy = *dz
	normBack(dy, &s.d, at(s.m[:], p), s.fy[p])
	plain.Transposed(do[:], n.w.o, dy[:])
	s.attendBack(p)
	plain.Transposed(s.d[:], n.w.qkv, s.dqkv[p*triple:][:triple])
	dx := *dy
	normBack(&dx, &s.d, at(s.h[:], p), s.fx[p])
	de := at(n.g.position, p)
	*de = [width]float64{}
	normBack(de, &dx, at(s.x[:], p), s.fe[p])
	dtoken := at(n.g.token, token)
	for i, d := range de {
		dtoken[i] += d
	}
}
