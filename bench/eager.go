package bench

import (
	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/bench/internal/network"
	"github.com/gradus-go/gradus/bench/internal/plain"
)

// An expression is a row written one scalar at a time, with Mul and Add.
type expression struct {
	p      []*gradus.Value // the parameters, in the order of network.P
	inputs []float64       // of each sample in turn
	each   int             // the number of inputs of a sample
	rate   float64

	// build returns the root for the inputs x. leaf makes constants.
	build func(leaf func(float64) *gradus.Value, x []*gradus.Value) *gradus.Value
}

func newExpression(n *network.Network) *expression {
	e := &expression{p: gradus.Values(n.P), rate: n.Rate}
	for s := range n.Batch {
		x, t := n.Sample(s)
		e.inputs = append(append(e.inputs, x...), t...)
		e.each = len(x) + len(t)
	}
	// As in a loop that trains, the slices stay and only the graph is built again.
	out := make([][]*gradus.Value, len(n.Acts))
	for k := range out {
		out[k] = make([]*gradus.Value, n.Widths[k+1])
	}
	e.build = func(leaf func(float64) *gradus.Value, x []*gradus.Value) *gradus.Value {
		y, t := e.network(n, out, leaf, x[:n.Widths[0]]), x[n.Widths[0]:]
		if n.Loss == 0 {
			return y[0]
		}
		loss := y[0].Sub(t[0]).Square()
		for j := 1; j < len(y); j++ {
			loss = loss.Add(y[j].Sub(t[j]).Square())
		}
		if n.Loss != 1 {
			loss = loss.Mul(leaf(n.Loss))
		}
		return loss
	}
	return e
}

// network returns the last layer and leaves every layer in out.
func (e *expression) network(
	n *network.Network, out [][]*gradus.Value, leaf func(float64) *gradus.Value, x []*gradus.Value,
) []*gradus.Value {
	p, scale := e.p, (*gradus.Value)(nil)
	if n.Scale != 1 {
		scale = leaf(n.Scale)
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

// product begins with a constant, so that on a tape all of it is on the tape.
func (e *expression) product(leaf func(float64) *gradus.Value, _ []*gradus.Value) *gradus.Value {
	y := leaf(1)
	for _, x := range e.p {
		y = y.Mul(x)
	}
	return y
}

func (e *expression) logistic(d *plain.Regression, leaf func(float64) *gradus.Value) *gradus.Value {
	sum := leaf(0)
	for k := range d.X {
		z := e.p[plain.Features]
		for j, x := range d.X[k] {
			z = z.Add(leaf(x).Mul(e.p[j]))
		}
		sum = sum.Add(z.Mul(leaf(-d.S[k])).Softplus())
	}
	return sum
}

// samples returns how many samples the inputs are.
func (e *expression) samples() int { return max(len(e.inputs)/max(e.each, 1), 1) }

// nodes returns the number of interior nodes of the graph of one sample.
func (e *expression) nodes() (n int) {
	for _, v := range gradus.Topo(e.build(gradus.New, gradus.Values(e.inputs[:e.each]))) {
		if v.Op() != nil {
			n++
		}
	}
	return n
}

// eager returns the variant that builds the graph for each sample, on the tape unless that is
// nil.
func (e *expression) eager(name string, tape *gradus.Tape) variant {
	leaf := gradus.New
	if tape != nil {
		leaf = tape.New
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
				x[i] = leaf(e.inputs[s*e.each+i])
			}
			y := e.build(leaf, x)
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
