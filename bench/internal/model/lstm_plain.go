package model

import (
	"math"

	"github.com/gradus-go/gradus/bench/internal/plain"
)

// lstmState has what the forward pass computes, step after step, and the derivatives of the loss with
// respect to it.
type lstmState struct {
	x  [(steps + 1) * operands]float64 // what the gates read: inputs, and the state before the step
	z  [steps * gates]float64          // the gates i, f, g and o of all units, after their functions
	c  [steps + 1][units]float64       // the cells before the step
	th [steps][units]float64           // tanh of the cells after the step
	dz [steps * gates]float64
	dc [units]float64
	dx [operands]float64
}

// Step computes the loss of the next sample and its gradient.
func (n *LSTM) Step() {
	in, s := n.sample(), &n.state
	for t := range steps {
		x := s.x[t*operands:]
		copy(x[:features], in[t*features:])
		plain.Affine(s.z[t*gates:][:gates], n.w.gates, x[:operands], n.w.bias)
		s.forward(t)
	}
	h := s.x[steps*operands+features:][:units]
	e := -in[steps*features]
	for i, w := range n.w.out {
		e += w * h[i]
	}
	n.Out = e * e
	plain.Outer(n.g.out, []float64{2 * e}, h)
	dh := s.dx[features:]
	for i, w := range n.w.out {
		dh[i] = 2 * e * w
	}
	clear(s.dc[:])
	for t := steps - 1; t >= 0; t-- {
		s.backward(t)
		plain.Transposed(s.dx[:], n.w.gates, s.dz[t*gates:][:gates])
	}
	plain.Outers(n.g.gates, s.dz[:], s.x[:steps*operands], gates)
	sums(n.g.bias, s.dz[:])
}

// forward computes the cells and the state of step t from the sums of the gates.
func (s *lstmState) forward(t int) {
	z := (*[gates]float64)(s.z[t*gates:])
	for j := range 2 * units {
		z[j] = plain.Sigmoid(z[j])
	}
	for j := 2 * units; j < 3*units; j++ {
		z[j] = math.Tanh(z[j])
	}
	for j := 3 * units; j < gates; j++ {
		z[j] = plain.Sigmoid(z[j])
	}
	c, next := &s.c[t], &s.c[t+1]
	for i := range units {
		next[i] = z[units+i]*c[i] + z[i]*z[2*units+i]
	}
	th, h := &s.th[t], (*[units]float64)(s.x[(t+1)*operands+features:])
	for i, v := range next {
		th[i] = math.Tanh(v)
	}
	for i, v := range th {
		h[i] = z[3*units+i] * v
	}
}

// backward computes the derivatives of the gates of step t from those of the cells and of the state.
func (s *lstmState) backward(t int) {
	z, dz := (*[gates]float64)(s.z[t*gates:]), (*[gates]float64)(s.dz[t*gates:])
	dh, th, c := (*[units]float64)(s.dx[features:]), &s.th[t], &s.c[t]
	for i, d := range dh {
		in, forget, g, o := z[i], z[units+i], z[2*units+i], z[3*units+i]
		dc := s.dc[i] + d*o*(1-th[i]*th[i])
		dz[i] = dc * g * in * (1 - in)
		dz[units+i] = dc * c[i] * forget * (1 - forget)
		dz[2*units+i] = dc * in * (1 - g*g)
		dz[3*units+i] = d * th[i] * o * (1 - o)
		s.dc[i] = dc * forget
	}
}
