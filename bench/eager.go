package bench

import (
	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/bench/internal/network"
	"github.com/gradus-go/gradus/bench/internal/plain"
)

// An expression is a row as a user of gradus writes it: one scalar at a time, with Mul and Add.
type expression struct {
	p      []*gradus.Value // the parameters, in the order of Network.P
	inputs []float64       // those of the first sample, then those of the second, and so on
	each   int             // the number of inputs of one sample, targets included
	rate   float64         // of the gradient descent after each step; 0 if there is none

	// build returns the root of the graph for the inputs x of one sample.
	build func(constant maker, x []*gradus.Value) *gradus.Value
}

// A maker makes leaves, on a tape or without one.
type maker func(float64) *gradus.Value

// newExpression returns the expression of a network. Its inputs are x and then t.
func newExpression(n *network.Network) *expression {
	e := &expression{p: gradus.Values(n.P), rate: n.Rate}
	for s := range n.Batch {
		x, t := n.Sample(s)
		e.inputs = append(append(e.inputs, x...), t...)
		e.each = len(x) + len(t)
	}
	// The slices of layers are made once, as in a training loop. Only the graph is built anew.
	out := make([][]*gradus.Value, len(n.Acts))
	for k := range out {
		out[k] = make([]*gradus.Value, n.Widths[k+1])
	}
	e.build = func(constant maker, x []*gradus.Value) *gradus.Value {
		y, t := e.network(n, out, constant, x[:n.Widths[0]]), x[n.Widths[0]:]
		if n.Loss == 0 {
			return y[0]
		}
		loss := y[0].Sub(t[0]).Square()
		for j := 1; j < len(y); j++ {
			loss = loss.Add(y[j].Sub(t[j]).Square())
		}
		if n.Loss != 1 {
			loss = loss.Mul(constant(n.Loss))
		}
		return loss
	}
	return e
}

// network returns the last layer. It puts the neurons of layer k into out[k].
func (e *expression) network(
	n *network.Network, out [][]*gradus.Value, constant maker, x []*gradus.Value,
) []*gradus.Value {
	p, scale := e.p, (*gradus.Value)(nil)
	if n.Scale != 1 {
		scale = constant(n.Scale)
	}
	for k, a := range out {
		for j := range a {
			z := p[len(x)]
			for i := range x {
				z = z.Add(p[i].Mul(x[i]))
			}
			if scale != nil {
				z = z.Mul(scale)
			}
			switch n.Acts[k] {
			case network.None:
			case network.Sigmoid:
				z = z.Sigmoid()
			case network.Tanh:
				z = z.Tanh()
			}
			a[j], p = z, p[len(x)+1:]
		}
		x = a
	}
	return x
}

// product multiplies all parameters. It begins with a constant because parameters are not on the
// tape: a product of theirs would not be either.
func (e *expression) product(constant maker, _ []*gradus.Value) *gradus.Value {
	y := constant(1)
	for _, x := range e.p {
		y = y.Mul(x)
	}
	return y
}

// logistic returns the loss of the logistic regression. Its samples are constants.
func (e *expression) logistic(d *plain.Regression, constant maker) *gradus.Value {
	sum := constant(0)
	for k := range d.X {
		z := e.p[plain.Features]
		for j, x := range d.X[k] {
			z = z.Add(constant(x).Mul(e.p[j]))
		}
		sum = sum.Add(z.Mul(constant(-d.S[k])).Softplus())
	}
	return sum
}

// samples returns the number of samples: 1 if there are no inputs.
func (e *expression) samples() int { return max(len(e.inputs)/max(e.each, 1), 1) }

// nodes returns the number of interior nodes of the graph of one sample.
func (e *expression) nodes() (n int) {
	for _, v := range gradus.Topo(e.build(gradus.Const, gradus.Values(e.inputs[:e.each]))) {
		if v.Op() != nil {
			n++
		}
	}
	return n
}

// eager returns the variant that builds the graph anew for each sample: on the tape, or without
// one if tape is nil.
func (e *expression) eager(name string, tape *gradus.Tape) variant {
	input, constant := maker(gradus.New), maker(gradus.Const)
	if tape != nil {
		input, constant = tape.New, tape.New
	}
	x := make([]*gradus.Value, e.each)
	var out float64
	step := func() {
		out = 0
		for _, p := range e.p {
			p.ZeroGrad()
		}
		for s := range e.samples() {
			if tape != nil {
				tape.Reset()
			}
			for i := range x {
				x[i] = input(e.inputs[s*e.each+i])
			}
			y := e.build(constant, x)
			y.Backward()
			out += y.Data
		}
		if e.rate != 0 {
			for _, p := range e.p {
				p.Data -= e.rate * p.Grad
			}
		}
	}
	return variant{name: name, step: step, samples: e.samples(), result: func() (result, error) {
		step()
		return e.result(out), nil
	}}
}

// result returns the gradients, and the parameters if there was an update, that the leaves hold.
func (e *expression) result(out float64) result {
	r := result{out: out, grad: make([]float64, len(e.p))}
	for i, p := range e.p {
		r.grad[i] = p.Grad
	}
	if e.rate != 0 {
		r.params = make([]float64, len(e.p))
		for i, p := range e.p {
			r.params[i] = p.Data
		}
	}
	return r
}
