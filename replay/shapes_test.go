package replay_test

import (
	"fmt"
	"maps"
	"math"
	"runtime"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/replay"
	"github.com/gradus-go/gradus/replay/internal/graphs"
)

// shapes are graphs of which a pass once was, or easily would be, wrong. c are constants.
var shapes = map[string]func(x, w, c []*gradus.Value) *gradus.Value{
	"a sum of one": func(x, w, _ []*gradus.Value) *gradus.Value {
		return gradus.Sum(x[0]).Add(w[0])
	},
	"SiLU where it is least": func(_, w, _ []*gradus.Value) *gradus.Value {
		w[0].Data = -1.25
		return w[0].SiLU().Add(w[1])
	},
	"cross-entropies, each the logit of the next": func(x, w, _ []*gradus.Value) *gradus.Value {
		z := x[0]
		for i := range 5 {
			z = z.SigmoidCrossEntropy(w[i])
		}
		return z
	},
	"sums of none": func(x, _, _ []*gradus.Value) *gradus.Value {
		return gradus.Sum().Add(x[0]).Add(gradus.Dot(nil, nil))
	},
	"windows that overlap": func(x, w, _ []*gradus.Value) *gradus.Value {
		return gradus.Dot(w[:2], x[:2]).Exp().Add(gradus.Dot(w[1:3], x[:2]).Sin())
	},
	"a convolution": func(x, w, _ []*gradus.Value) *gradus.Value {
		var z []*gradus.Value
		for i := range 3 {
			z = append(z, gradus.Dot(w[:2], x[i:i+2]).Tanh())
		}
		return graphs.Tree(z).Add(gradus.Dot(w[2:4], x[:2]))
	},
	"a row of constants and parameters": func(x, w, c []*gradus.Value) *gradus.Value {
		return c[0].Mul(x[0]).Add(w[0].Mul(x[1])).Exp()
	},
	"rows of constants and of parameters": func(x, w, c []*gradus.Value) *gradus.Value {
		return gradus.Dot(c[:2], x[:2]).Mul(gradus.Dot(w[:2], x[:2]))
	},
	"weights on both sides": func(x, w, _ []*gradus.Value) *gradus.Value {
		return gradus.Dot(w[:3], w[3:6]).Add(gradus.Dot(w[3:6], x[:3]).Tanh())
	},
	"addends in several stretches": func(x, w, _ []*gradus.Value) *gradus.Value {
		var z []*gradus.Value
		for i := range 20 {
			z = append(z, w[i].Sin(), x[i%4].Mul(w[i]).Cos())
		}
		return gradus.Sum(z...)
	},
	"several addends": func(x, w, c []*gradus.Value) *gradus.Value {
		a := c[0].Add(gradus.Dot(w[:2], x[:2])).Add(w[4].Sin()).Add(x[0])
		b := c[1].Add(gradus.Dot(w[2:4], x[:2])).Add(w[5].Sin()).Add(x[1])
		return a.Mul(b)
	},
	"a weight that is also summed": func(x, w, _ []*gradus.Value) *gradus.Value {
		return gradus.Dot(w[:3], x[:3]).Add(w[1]).Add(w[2].Square())
	},
	"a long product with a factor used twice": func(x, w, _ []*gradus.Value) *gradus.Value {
		return product(x[0], w[:100]).Mul(w[40])
	},
	"a long product with a result used twice": func(x, w, _ []*gradus.Value) *gradus.Value {
		z := product(x[0], w[:90])
		return product(z, w[90:99]).Add(z)
	},
	"a long product that begins with its own factor": func(_, w, _ []*gradus.Value) *gradus.Value {
		return product(w[3], w[:80])
	},
	"two long products in turn": func(x, w, _ []*gradus.Value) *gradus.Value {
		a, b := x[0], x[1]
		for i := range 70 {
			a, b = a.Mul(w[i]), b.Mul(w[70+i])
		}
		return a.Sub(b)
	},
	"functions of their own results": func(x, w, _ []*gradus.Value) *gradus.Value {
		z := x[0].Mul(w[0])
		for range 5 {
			z = z.Softplus().Sigmoid().Softplus().Softplus()
		}
		return z
	},
	"a parameter": func(_, w, _ []*gradus.Value) *gradus.Value { return w[0] },
	"an input":    func(x, _, _ []*gradus.Value) *gradus.Value { return x[0] },
	"a constant":  func(_, _, c []*gradus.Value) *gradus.Value { return c[0] },
}

// product is z·w₀·w₁·…, from left to right.
func product(z *gradus.Value, w []*gradus.Value) *gradus.Value {
	for _, v := range w {
		z = z.Mul(v)
	}
	return z
}

// shape builds one of the shapes, with factors around 1.
func shape(name string) (out *gradus.Value, x, w []*gradus.Value) {
	x, w = graphs.Values(4), graphs.Values(140)
	for i, v := range w {
		v.Data = 1 + float64(i%5-2)/8
	}
	return shapes[name](x, w, graphs.Values(3)), x, w
}

// Every shape, with every set of passes, is the graph; and Descend is Backward and a loop,
// which leaves constants alone. In short runs, each shape takes some of the sets.
func TestShapes(t *testing.T) {
	all := slices.Concat(sets(false), sets(true))
	for k, name := range slices.Sorted(maps.Keys(shapes)) {
		t.Run(name, func(t *testing.T) {
			sets := all
			if testing.Short() {
				sets = someOf(all, uint64(k))
			}
			out, x, w := shape(name)
			out.Backward()
			bounds, ok := newBounds(out)
			if !ok {
				t.Fatal("the graph has no bounds")
			}
			for _, set := range sets {
				r := without(replay.Recorder{Inputs: x, Params: w}, set)
				checkShape(t, record(t, r, out), bounds, out, nil)
				r.InputGrads = true
				outputs := []*gradus.Value{out, w[1], x[1], out}
				p := record(t, r, outputs...)
				checkShape(t, p, bounds, out, x)
				for k, v := range outputs {
					e, _ := bounds.of(v)
					equal(t, p, "output", p.Output(k), v.Data, e)
				}
			}
		})
	}
}

// If numbers must be exact, the inexact passes do nothing, so that no set has them.
func TestInexactPasses(t *testing.T) {
	for seed := range uint64(60) {
		s := newSample(seed, 8, true)
		for _, set := range sets(true) {
			want := record(t, without(s.recorder(), set), s.out).String()
			for pass := replay.Pass(1); pass < exactly; pass <<= 1 {
				if pass&inexact == 0 {
					continue
				}
				if got := record(t, without(s.recorder(), set|pass), s.out).String(); got != want {
					t.Fatalf("without %013b it is\n%v\nwithout %013b\n%v", set|pass, got, set, want)
				}
			}
		}
	}
}

// checkShape compares a program with its graph. x are the inputs whose gradients it has.
func checkShape(t *testing.T, p *replay.Program, bounds *bounds, out *gradus.Value, x []*gradus.Value) {
	t.Helper()
	inputs := numbers(graphs.Values(4))
	e, _ := bounds.of(out)
	equal(t, p, "output", p.Forward(inputs...), out.Data, e)
	p.Backward()
	for i, v := range p.Params() {
		_, e := bounds.of(v)
		equal(t, p, "gradient", p.Gradient()[i], v.Grad, e)
	}
	for i, v := range x {
		_, e := bounds.of(v)
		equal(t, p, "gradient of an input", p.InputGrad()[i], v.Grad, e)
	}
	none := func(*gradus.Value) (float64, float64) { return 0, 0 }
	checkDescend(t, p, inputs, none, none)
}

// checkDescend compares a step with a loop over Data and Grad, and takes it back. Gradients may be
// off by a bound and a rounding.
func checkDescend(
	t *testing.T, p *replay.Program, x []float64, bound func(*gradus.Value) (data, grad float64),
	sum func(*gradus.Value) (terms, size float64),
) {
	t.Helper()
	const rate = 0.25
	was, want, grad, first := clone(p.Numbers()), clone(p.Numbers()), clone(p.Gradient()), p.Output(0)
	for i, g := range p.Gradient() {
		want[i] -= float64(rate * g)
	}
	p.Forward(x...)
	p.Descend(rate)
	if panicOf(func() { p.Backward() }) == nil {
		t.Error("Backward runs after Descend, want a Forward between")
	}
	for i, got := range p.Numbers() {
		_, e := bound(p.Params()[i])
		terms, size := sum(p.Params()[i]) // which may be added to the parameter one after the other
		size = math.Abs(was[i]) + rate*max(size, math.Abs(grad[i]))
		if !(math.Abs(got-want[i]) <= rate*e+max(terms+1, 2)*unit*size) {
			t.Fatalf("Descend: parameter %d is %v, want %v, of\n%v", i, got, want[i], p)
		}
	}
	copy(p.Numbers(), was) // constants are as they were
	if got := p.Forward(x...); got != first {
		t.Errorf("Descend: with the parameters of before the output is %v, want %v, of\n%v", got, first, p)
	}
}

// A part of a long product may be too large, or too small, where the whole is not.
func TestLongProductsStayFinite(t *testing.T) {
	for _, sizes := range [][2]float64{{1e-15, 1e15}, {1e15, 1e-15}, {1e-3, 1e3}, {0, 1}} {
		w := graphs.Values(81)
		for i, v := range w {
			v.Data = 1
			if 10 <= i && i < 30 {
				v.Data = sizes[0]
			} else if 30 <= i && i < 50 {
				v.Data = sizes[1]
			}
		}
		z := product(w[0], w[1:])
		z.Backward()
		p := record(t, replay.Recorder{Params: w}, z)
		for range 2 {
			if got := p.Forward(); math.Abs(got-z.Data) > 200*unit*math.Abs(z.Data) {
				t.Errorf("%v: product %v, want %v", sizes, got, z.Data)
			}
			p.Backward()
			for i, v := range p.Params() {
				if got := p.Gradient()[i]; math.Abs(got-v.Grad) > 200*unit*math.Abs(v.Grad) {
					t.Errorf("%v: gradient %d is %v, want %v", sizes, i, got, v.Grad)
				}
			}
		}
	}
}

// What only another output depends on cannot turn a gradient of the first into NaN.
func TestOtherOutputs(t *testing.T) {
	x := gradus.Values([]float64{1, 2})
	for _, bad := range []float64{math.Inf(1), math.NaN()} {
		w := gradus.Values([]float64{1, 2, bad, 3})
		r := replay.Recorder{Inputs: x, Params: w, InputGrads: true}
		p := record(t, r, gradus.Dot(w[:2], x), gradus.Dot(w[2:], x))
		p.Forward(1, 2)
		for _, seeds := range [][]float64{nil, {1, 0}} {
			p.Backward(seeds...)
			if diff := cmp.Diff([]float64{1, 2}, p.InputGrad()); diff != "" {
				t.Errorf("seeds %v (-want +got):\n%s", seeds, diff)
			}
		}
	}
}

// A panic leaves nothing behind that a later call would take for a result.
func TestAfterPanic(t *testing.T) {
	trap := false
	f := gradus.Func1("f", func(x float64) float64 {
		if trap && x == 2 {
			panic("forward")
		}
		return x
	}, func(x float64) float64 {
		if trap && x == 3 {
			panic("backward")
		}
		return 1
	})
	x, w := gradus.New(1), gradus.New(1).As("w")
	p := record(t, replay.Recorder{Inputs: []*gradus.Value{x}}, f.Apply(x.Mul(w)))
	trap = true
	p.Forward(1)
	if got := panicOf(func() { p.Forward(2) }); got != "forward" {
		t.Errorf("got panic %v", got)
	}
	if panicOf(func() { p.Backward() }) == nil || panicOf(func() { p.Output(0) }) == nil {
		t.Error("Backward or Output after a Forward that panicked does not")
	}
	p.Forward(3)
	if got := panicOf(func() { p.Descend(1) }); got != "backward" {
		t.Errorf("got panic %v", got)
	}
	p.Forward(4)
	if p.Backward(); p.Numbers()[0] != 1 || p.Gradient()[0] != 4 {
		t.Errorf("w = %v with gradient %v, want 1 and 4", p.Numbers()[0], p.Gradient()[0])
	}
}

// A function that ends its goroutine ends the call, in a worker or in the caller's.
func TestGoexit(t *testing.T) {
	x := gradus.New(0)
	armed := false
	f := gradus.Func1("f", func(x float64) float64 {
		if armed && x == 40 {
			time.Sleep(5 * time.Millisecond)
			runtime.Goexit()
		}
		if armed {
			time.Sleep(50 * time.Microsecond)
		}
		return x
	}, func(float64) float64 { return 1 })
	p := record(t, replay.Recorder{Inputs: []*gradus.Value{x}}, f.Apply(x))
	armed = true
	b, inputs := p.JoinAlways().Batch(100, 4), make([]float64, 100)
	for i := range inputs {
		inputs[i] = float64(i)
	}
	for range 5 {
		ended := make(chan any)
		go func() {
			defer func() { ended <- recover() }()
			b.GradSum(inputs)
		}()
		if got := fmt.Sprint(<-ended); got != "<nil>" &&
			got != "replay: Batch: a function called runtime.Goexit, or FailNow of a test" {
			t.Errorf("got panic %v", got)
		}
	}
	armed = false
	if got := b.GradSum(inputs)[99]; got != 99 {
		t.Errorf("afterwards the batch returns %v, want 99", got)
	}
}
