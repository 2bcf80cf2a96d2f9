package torch_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/internal/torchrun"
	"github.com/gradus-go/gradus/replay"
)

// A grower makes a random graph. What it does depends on its seed, and not on any number in the
// graph. Numbers stay of moderate size.
type grower struct {
	*rand.Rand
	pool    []*gradus.Value // inputs, parameters, results
	weights []*gradus.Value // parameters
}

// one returns any number, at times a constant.
func (g *grower) one() *gradus.Value {
	if g.IntN(12) == 0 {
		return gradus.Const([]float64{0.5, -0.25, 2, 1}[g.IntN(4)])
	}
	return g.pool[g.IntN(len(g.pool))]
}

// some returns n numbers: side by side, in steps, one for all or anywhere.
func (g *grower) some(list []*gradus.Value, n int) []*gradus.Value {
	at, step := g.IntN(len(list)), g.IntN(4)
	x := make([]*gradus.Value, n)
	for i := range x {
		x[i] = list[(at+i*step)%len(list)]
		if step == 3 {
			x[i] = g.one()
		}
	}
	return x
}

// keep adds results to the pool, each as a number from −1 to 1.
func (g *grower) keep(z ...*gradus.Value) {
	for i, v := range z {
		if g.IntN(3) > 0 {
			v = v.Tanh()
		} else {
			v = v.Mul(0.25).Sin()
		}
		if g.IntN(8) == 0 {
			labels := []string{"h_%d", "h[%d]", "σ%d", "lambda%.0d", "µ%.0d", "x'%.0d", "1%d", "π·%d"}
			v.As(fmt.Sprintf(labels[g.IntN(len(labels))], i))
		}
		g.pool = append(g.pool, v)
	}
}

// functions have safe operands: numbers from −1 to 1.
var functions = []func(x, y *gradus.Value) *gradus.Value{
	func(x, y *gradus.Value) *gradus.Value { return x.Add(y) },
	func(x, y *gradus.Value) *gradus.Value { return x.Sub(y) },
	func(x, y *gradus.Value) *gradus.Value { return x.Mul(y) },
	func(x, y *gradus.Value) *gradus.Value { return x.Div(y.Add(2)) },
	func(x, y *gradus.Value) *gradus.Value { return x.Add(3).Pow(y) },
	func(x, y *gradus.Value) *gradus.Value { return x.Add(2).Pow(-0.5).Add(gradus.Const(2).Pow(y)) },
	func(x, y *gradus.Value) *gradus.Value { return x.Max(y) },
	func(x, y *gradus.Value) *gradus.Value { return x.Min(y).Add(y.Max(0.125)) },
	func(x, y *gradus.Value) *gradus.Value { return x.SigmoidCrossEntropy(y.Sigmoid()) },
	func(x, y *gradus.Value) *gradus.Value { return gradus.Where(x, y, x.Square()) },
	func(x, y *gradus.Value) *gradus.Value { return gradus.Pick(op("step").Apply(x), y, x, y.Neg()) },
	func(x, _ *gradus.Value) *gradus.Value { return x.Neg().Exp().Add(x.Add(2).Sqrt()) },
	func(x, _ *gradus.Value) *gradus.Value { return x.Add(3).Log().Sub(x.Square().Log1p()) },
	func(x, _ *gradus.Value) *gradus.Value { return x.Expm1().Add(x.Erf()) },
	func(x, _ *gradus.Value) *gradus.Value { return x.Sin().Add(x.Cos()).Add(x.Tan()) },
	func(x, _ *gradus.Value) *gradus.Value { return x.Mul(0.5).Asin().Add(x.Mul(-0.5).Acos()).Add(x.Atan()) },
	func(x, _ *gradus.Value) *gradus.Value { return x.Sinh().Add(x.Cosh()).Mul(0.5) },
	func(x, _ *gradus.Value) *gradus.Value { return x.Sigmoid().Add(x.Mul(30).Softplus()) },
	func(x, _ *gradus.Value) *gradus.Value { return x.ELU().Add(x.SiLU()).Add(x.GELU()) },
	func(x, _ *gradus.Value) *gradus.Value { return x.Abs().Add(x.ReLU()).Add(x.LeakyReLU()) },
	func(x, _ *gradus.Value) *gradus.Value { return steep.Apply(x).Mul(op("sign").Apply(x)) },
}

// op returns the op of package gradus with that name.
func op(name string) *gradus.Op {
	ops := gradus.Ops()
	return ops[slices.IndexFunc(ops, func(op *gradus.Op) bool { return op.Name() == name })]
}

var steep = gradus.LeakyReLU(0.25)

// grow makes n steps. Many elements in a row, or a layer, become vectors and matrices of the
// program.
func (g *grower) grow(n int) {
	for range n {
		k := 1 + g.IntN(6)
		switch g.IntN(9) {
		case 0, 1:
			g.layer(k)
		case 2, 3:
			f, x, y := functions[g.IntN(len(functions))], g.some(g.pool, k), g.some(g.pool, k)
			z := make([]*gradus.Value, k)
			for i := range z {
				z[i] = f(x[i], y[i])
			}
			g.keep(z...)
		case 4:
			x := g.some(g.pool, k)
			z := []*gradus.Value{gradus.Sum(x...), gradus.Mean(x...), gradus.LogSumExp(x...)}
			g.keep(z[g.IntN(3)])
		case 5:
			g.keep(gradus.Softmax(g.some(g.pool, k)...)...)
		case 6:
			g.keep(gradus.SoftmaxCrossEntropy(g.some(g.pool, k), g.some(g.pool, k)))
		case 7:
			g.keep(gradus.Dot(g.some(g.pool, k), g.some(g.pool, k)))
		case 8:
			g.chain(k)
		}
	}
}

// layer adds a layer of k neurons, for several vectors at times, some with biases.
func (g *grower) layer(k int) {
	n, vectors := 1+g.IntN(5), 1+g.IntN(3)/2*2
	w, b := g.some(g.weights, n*k), g.some(g.weights, k)
	for range vectors {
		x := g.some(g.pool, n)
		z := make([]*gradus.Value, k)
		for i := range z {
			if z[i] = gradus.Dot(w[i*n:][:n], x); n%2 == 0 {
				z[i] = z[i].Add(b[i])
			}
		}
		g.keep(z...)
	}
}

// chain adds the results of a loop.
func (g *grower) chain(k int) {
	z := g.one()
	for i, x := range g.some(g.pool, 3*k) {
		switch k % 3 {
		case 0:
			z = z.Mul(x.Add(1.5).Mul(0.5))
		case 1:
			z = z.Sub(x)
		default:
			z = z.Mul(0.5).Add(x)
		}
		if i%4 == 0 {
			g.keep(z)
		}
	}
	g.keep(z)
}

// randomModel returns a random graph of one to three outputs.
func randomModel(seed uint64) torchrun.Model {
	g := grower{Rand: rand.New(rand.NewPCG(seed, 1))}
	m := torchrun.Model{Name: fmt.Sprintf("random%d", seed)}
	for i := range 1 + g.IntN(60) {
		m.Params = append(m.Params, g.NormFloat64()/2)
		labels := []string{"w%d", "class%.0d", "type%.0d", "θ_%d", "W[%d]"}
		m.Labels = append(m.Labels, fmt.Sprintf(labels[g.IntN(len(labels))], i))
	}
	if g.IntN(3) == 0 {
		m.Labels = nil
	}
	n := 1 + g.IntN(8)
	for range 3 {
		m.Inputs = append(m.Inputs, nil)
		for range n {
			s := len(m.Inputs) - 1
			m.Inputs[s] = append(m.Inputs[s], 2*g.Float64()-1)
		}
	}
	steps, outputs := 1+g.IntN(20), 1+g.IntN(3)/2*2
	if g.IntN(4) == 0 {
		m.Recorder.Without = replay.Pass(g.IntN(int(2 * replay.Deferred)))
	}
	m.Recorder.Exact = g.IntN(8) == 0
	again := g.Uint64()
	m.Build = func(p, x []*gradus.Value) (out []*gradus.Value) {
		g := grower{Rand: rand.New(rand.NewPCG(again, 2)), weights: p}
		g.pool = append(append(g.pool, x...), p...)
		g.grow(steps)
		for k := range outputs {
			z := gradus.Mean(g.pool[g.IntN(len(g.pool)-k):]...)
			out = append(out, z.Add(g.one().Square()))
		}
		return out
	}
	return m
}

// PyTorch computes the values and gradients of 100 random graphs. In the last two, a matrix begins
// in the middle of a row of another, and the addends of two vectors lie in reverse order.
func TestTorchRandom(t *testing.T) {
	var models []torchrun.Model
	for seed := range uint64(98) {
		models = append(models, randomModel(seed))
	}
	models = append(models, randomModel(1112), randomModel(1703))
	torchrun.Check(t, models...)
}
