package gofile

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/internal/builtin"
	"github.com/gradus-go/gradus/internal/shapes"
	"github.com/gradus-go/gradus/nn"
)

func leaves(r *rand.Rand, n int, scale float64) []*gradus.Value {
	x := make([]float64, n)
	for i := range x {
		x[i] = math.Round(r.NormFloat64()*scale*1e3) / 1e3
	}
	return gradus.Values(x)
}

// special are numbers at which ops have edges.
var special = []float64{
	0, math.Copysign(0, -1), 1, -1, 0.5, 800, -800, math.Inf(1), math.Inf(-1),
	math.NaN(), 5e-324, 1e300,
}

// randomGraph applies random ops to random operands: leaves, constants and results, some of them named.
// Numbers are of moderate size, or special ones if the graph is wild.
func randomGraph(r *rand.Rand, size int, wild bool) *sample {
	s := &sample{inputs: leaves(r, 1+r.IntN(7), 1), params: leaves(r, 1+r.IntN(12), 1)}
	pool := slices.Concat(s.inputs, s.params)
	if wild {
		for _, v := range pool {
			if r.IntN(2) == 0 {
				v.Data = special[r.IntN(len(special))]
			}
		}
	}
	pool = append(pool, gradus.Const(0.3), gradus.Const(-2), gradus.Const(float64(r.IntN(4))))
	if wild {
		for _, x := range special {
			if r.IntN(4) == 0 {
				pool = append(pool, gradus.Const(x))
			}
		}
	}
	ops := append(gradus.Ops(), gradus.LeakyReLU(0.2))
	for range size {
		op := ops[r.IntN(len(ops))]
		n := op.Arity()
		if n < 0 {
			n = 2 * (1 + r.IntN(3))
		}
		if op == builtin.Where.Op() {
			n = 3
		}
		x := make([]*gradus.Value, n)
		for i := range x {
			x[i] = pool[len(pool)-1-r.IntN(min(len(pool), 12))]
		}
		z := op.Apply(x...)
		if !wild && !(math.Abs(z.Data) < 1e3) {
			z = x[0].Tanh()
		}
		if r.IntN(4) == 0 {
			z.As(fmt.Sprint("v", r.IntN(9)))
		}
		pool = append(pool, z)
	}
	s.out = gradus.Sum(pool[len(pool)-min(len(pool), 6):]...).As("L")
	return s
}

// layered is a graph that loops compute: layers, written in several ways, with activations of all kinds,
// weights that are shared or penalised, sums over samples.
func layered(r *rand.Rand) *sample {
	in := 1 + r.IntN(12)
	s := &sample{inputs: leaves(r, in, 1)}
	x := s.inputs
	functions := []func(*gradus.Value) *gradus.Value{
		(*gradus.Value).Tanh, (*gradus.Value).Sigmoid, (*gradus.Value).Softplus, (*gradus.Value).ReLU,
		(*gradus.Value).Square,
		func(v *gradus.Value) *gradus.Value { return v.Mul(0.1).Sub(1) },
		func(v *gradus.Value) *gradus.Value { return v },
	}
	for l := range 1 + r.IntN(3) {
		n, way, f := 1+r.IntN(14), r.IntN(6), functions[r.IntN(len(functions))]
		w := leaves(r, n*(len(x)+1), 0.4)
		if l > 0 && n == len(x) && r.IntN(2) == 0 && len(s.params) >= len(w) {
			w = s.params[:len(w)] // shared with an earlier layer
		} else {
			s.params = append(s.params, w...)
		}
		next := make([]*gradus.Value, n)
		for i := range next {
			row := w[i*(len(x)+1):][:len(x)+1]
			next[i] = f(weighted(way, row[:len(x)], x, row[len(x)]))
		}
		if r.IntN(3) == 0 { // a residual
			for i := range min(n, len(x)) {
				next[i] = next[i].Add(x[i])
			}
		}
		x = next
	}
	t := leaves(r, len(x), 1)
	s.inputs = append(s.inputs, t...)
	s.out = x[0].Sub(t[0]).Square()
	for i := 1; i < len(x); i++ {
		s.out = s.out.Add(x[i].Sub(t[i]).Square())
	}
	switch r.IntN(4) {
	case 0:
		s.out = s.out.Add(gradus.Dot(s.params, s.params).Mul(0.01))
	case 1:
		squares := make([]*gradus.Value, len(s.params))
		for i, w := range s.params {
			squares[i] = w.Square()
		}
		s.out = s.out.Add(gradus.Sum(squares...).Mul(0.01))
	case 2:
		s.out = gradus.LogSumExp(append(x, s.out)...)
	}
	s.out.As("L")
	return s
}

// weighted is Σ w·x + b, written in a way.
func weighted(way int, w, x []*gradus.Value, b *gradus.Value) *gradus.Value {
	z := b
	switch way {
	case 0:
		return gradus.Dot(w, x).Add(b)
	case 1:
		return b.Add(gradus.Dot(x, w))
	case 2:
		z = w[0].Mul(x[0])
		for i := 1; i < len(w); i++ {
			z = z.Add(x[i].Mul(w[i]))
		}
		return z.Add(b)
	case 3:
		terms := []*gradus.Value{b}
		for i := range w {
			terms = append(terms, w[i].Mul(x[i]))
		}
		return gradus.Sum(terms...)
	case 4:
		var terms []*gradus.Value
		for i := range w {
			terms = append(terms, w[i].Mul(x[i]))
		}
		return gradus.Sum(terms...)
	}
	for i := range w {
		z = z.Add(w[i].Mul(x[i]))
	}
	return z
}

// regression is a sum over samples that are constants.
func regression(r *rand.Rand, samples, features int) *sample {
	s := &sample{params: leaves(r, features+1, 1)}
	s.out = gradus.Const(0)
	for range samples {
		z := s.params[features]
		for j := range features {
			z = z.Add(gradus.Const(r.NormFloat64()).Mul(s.params[j]))
		}
		s.out = s.out.Add(z.Mul(gradus.Const(float64(2*r.IntN(2) - 1))).Softplus())
	}
	s.out.As("L")
	return s
}

func TestBits(t *testing.T) {
	var all []*sample
	for seed := range uint64(120) {
		r := rand.New(rand.NewPCG(seed, 7))
		for _, s := range []struct {
			kind string
			*sample
		}{
			{"tame", randomGraph(r, 3+r.IntN(20), false)},
			{"wild", randomGraph(r, 3+r.IntN(12), true)},
			{"layers", layered(r)},
			{"regression", regression(r, 1+r.IntN(20), 1+r.IntN(5))},
		} {
			s.name = fmt.Sprint(s.kind, " of seed ", seed)
			all = append(all, s.sample)
		}
	}
	for _, shape := range shapes.All {
		s := &sample{name: shape.Name, out: shape.Make(60)}
		for _, v := range gradus.Topo(s.out) {
			if v.Op() == nil && !v.IsConst() {
				s.params = append(s.params, v)
			}
		}
		all = append(all, s)
	}
	r := rand.New(rand.NewPCG(1, 2))
	m := nn.NewMLP(r, 7, nn.Dense{Units: 9, Activation: nn.GELU}, nn.Dense{Units: 4})
	x, y := leaves(r, 7, 1), leaves(r, 4, 1)
	all = append(all, &sample{
		name: "MLP", params: m.Params(), inputs: append(x, y...), out: nn.SoftmaxCrossEntropy(m.Forward(x...), y),
	})
	losses := []nn.Loss{
		nn.MeanAbsoluteError, nn.Huber(0.5), nn.LogCosh, nn.Quantile(0.9), nn.PoissonNLL, nn.KLDivergence,
		nn.MultiClassHinge, nn.Focal(2, nn.SoftmaxCrossEntropy), nn.LabelSmoothing(0.1, nn.SoftmaxCrossEntropy),
		nn.Weighted([]float64{0.25, 4}, nn.MeanSquaredError),
	}
	for i, a := range nn.Activations() {
		m := nn.NewMLP(r, 3, nn.Dense{Units: 5, Activation: a, Init: nn.Normal(0, 2)}, nn.Dense{Units: 2})
		x, y := leaves(r, 3, 2), gradus.Values(nn.OneHot(2, i%2))
		out := losses[i%len(losses)](m.Forward(x...), y)
		all = append(all, &sample{name: a.Name(), params: m.Params(), inputs: append(x, y...), out: out})
	}
	mustAgree(t, all)
}

// Every op at special numbers and at others, with each of its operands.
func TestOps(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	var all []*sample
	for _, op := range append(gradus.Ops(), gradus.LeakyReLU(0.25)) {
		n := max(op.Arity(), 0)
		if n == 0 {
			n = 4
		}
		if op == builtin.Where.Op() {
			n = 3
		}
		for k := range 40 {
			s := &sample{name: fmt.Sprint(op.Name(), " number ", k), params: leaves(r, n, 2)}
			if k < 20 {
				for _, v := range s.params {
					v.Data = special[r.IntN(len(special))]
				}
			}
			s.out = op.Apply(s.params...).Mul(gradus.Const(3)).As("L")
			all = append(all, s)
		}
	}
	mustAgree(t, all)
}
