package replay_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/internal/builtin"
	"github.com/gradus-go/gradus/replay"
)

// ops are all functions, and some that have no opcode.
func ops() []*gradus.Op {
	return append(gradus.Ops(), gradus.LeakyReLU(0.2), gradus.Func1("cube", cube, dcube),
		gradus.Func2("x²y", func(x, y float64) float64 { return x * x * y },
			func(x, y float64) float64 { return 2 * x * y }, func(x, _ float64) float64 { return x * x }),
		spread)
}

// spread is Σ (xᵢ − x₀)³. Its functions spoil the numbers that they get.
var spread = gradus.FuncN("spread", func(x []float64) (z float64) {
	for _, v := range x {
		z += cube(v - x[0])
	}
	clear(x)
	return z
}, func(dx, x []float64) {
	for i, v := range x {
		dx[i] = dcube(v - x[0])
		dx[0] -= dx[i]
	}
	clear(x)
})

// byKernel are the ops that a program computes by kernels, unless it is exact.
var byKernel = []builtin.Kind{
	builtin.Exp, builtin.Log, builtin.Log1p, builtin.Expm1, builtin.Tanh, builtin.Sigmoid, builtin.Softplus,
	builtin.ELU, builtin.SiLU, builtin.GELU, builtin.SigmoidCrossEntropy,
}

// checkOp compares the code of a function, for one element and for a run of three, with its
// definition: to the bit, whatever the operands and the gradient of the result are. What kernels compute
// may differ by the rounding of the two.
func checkOp(t *testing.T, op *gradus.Op, x, y, gradient float64) {
	t.Helper()
	for _, n := range []int{1, 3} {
		operands, numbers := make([]*gradus.Value, 2*n), make([]float64, 2*n)
		for i := range n { // the operands of a run lie side by side
			numbers[i], numbers[n+i] = x, y
		}
		copy(operands, gradus.Values(numbers))
		var out []*gradus.Value
		for i := range n {
			switch op.Arity() {
			case 1:
				out = append(out, op.Apply(operands[i]))
			case 3:
				out = append(out, op.Apply(operands[i], operands[n+i], operands[i]))
			default:
				out = append(out, op.Apply(operands[i], operands[n+i]))
			}
		}
		// The first output depends on all, and hands on the gradient to each.
		last := out[0]
		for _, z := range out[1:] {
			last = last.Add(z)
		}
		outputs := append([]*gradus.Value{last.Mul(gradus.New(gradient))}, out...)
		r := replay.Recorder{Inputs: operands, Params: []*gradus.Value{}, InputGrads: true}
		for _, set := range []replay.Pass{exactly, replay.Dots | replay.Matrices | replay.Rows} {
			off := func(float64) float64 { return toTheBit }
			if set != exactly && slices.Contains(byKernel, builtin.Of(op)) {
				off = func(size float64) float64 { return kernelOff(op, x, y, size, gradient) }
			}
			p := record(t, without(r, set), outputs...)
			outputs[0].ZeroGrad()
			outputs[0].Backward()
			p.Forward(numbers...)
			p.Backward()
			for k, z := range outputs {
				equal(t, p, op.Name(), p.Output(k), z.Data, off(z.Data))
			}
			for i, v := range operands {
				equal(t, p, op.Name()+", gradient", p.InputGrad()[i], v.Grad, off(v.Grad))
			}
		}
	}
}

// kernelOff returns by how much a number of a size may be off: by less than three units in the last place
// of a function, kernel and package math taken together, and by as much of the gradient where it is
// multiplied by 1 − z² or z(1 − z). Subnormal results are off by a unit of theirs. Terms of the size of both
// operands cancel in a cross-entropy, and the op rounds x/√2 for GELU, which changes Φ(x) by up to 2x² units.
func kernelOff(op *gradus.Op, x, y, size, gradient float64) float64 {
	units := 8.0
	switch builtin.Of(op) {
	case builtin.SigmoidCrossEntropy:
		gradient = max(math.Abs(gradient), 1) * (1 + math.Abs(x)) * (1 + math.Abs(y))
	case builtin.GELU:
		units += 2 + 4*min(x*x, 2000) // a unit in the last place is up to twice the unit roundoff
	}
	switch {
	case math.IsInf(size, 0):
		return toTheBit
	case math.IsInf(gradient, 0):
		gradient = 0
	}
	return units*unit*max(math.Abs(size), math.Abs(gradient)) + 0x1p-1070
}

// special are the operands at which a function may behave in a way of its own.
var special = []float64{
	0, math.Copysign(0, -1), 1, -1, 0.3, 709.6, 0x1p-1023, -0.3, 2,
	40, -40, 800, -800, 1e-310, -1e-310, 1e300, -1e300,
	math.Inf(1), math.Inf(-1), math.NaN(),
}

func TestOps(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 0))
	for _, op := range ops() {
		for range 50 { // at most points, a kernel and package math differ in no bit
			checkOp(t, op, 3*r.NormFloat64(), 3*r.NormFloat64(), 2)
		}
		second := special
		if op.Arity() == 1 {
			second = special[:1] // which it does not read
		}
		for _, x := range special {
			for _, y := range second {
				checkOp(t, op, x, y, 2)
				checkOp(t, op, x, y, math.Inf(1))
			}
		}
	}
}

func FuzzOps(f *testing.F) {
	f.Add(uint8(0), 1.0, 2.0, 3.0)
	f.Fuzz(func(t *testing.T, k uint8, x, y, gradient float64) {
		all := ops()
		checkOp(t, all[int(k)%len(all)], x, y, gradient)
	})
}

func cube(x float64) float64  { return x * x * x }
func dcube(x float64) float64 { return 3 * x * x }

// What an op ignores gets no gradient, not even 0·∞, in a program and in a batch.
func TestIgnored(t *testing.T) {
	step, sign := builtin.Step.Op(), builtin.Sign.Op()
	for name, f := range map[string]func(x *gradus.Value) *gradus.Value{
		"√ReLU":        func(x *gradus.Value) *gradus.Value { return x.ReLU().Sqrt() },
		"√max":         func(x *gradus.Value) *gradus.Value { return x.Max(0).Sqrt() },
		"√max, second": func(x *gradus.Value) *gradus.Value { return gradus.Const(0).Max(x).Sqrt() },
		"√min, second": func(x *gradus.Value) *gradus.Value { return gradus.Const(0).Min(x.Neg()).Sqrt() },
		"√where":       func(x *gradus.Value) *gradus.Value { return gradus.Where(x, x, 0).Sqrt() },
		"√min":         func(x *gradus.Value) *gradus.Value { return x.Neg().Min(0).Sqrt() },
		"√(x⁰−1)":      func(x *gradus.Value) *gradus.Value { return x.Pow(0).Sub(1).Sqrt() },
		"√step":        func(x *gradus.Value) *gradus.Value { return step.Apply(x).Sqrt() },
		"√(sign+1)":    func(x *gradus.Value) *gradus.Value { return sign.Apply(x).Add(1).Sqrt() },
	} {
		for _, set := range slices.Concat(sets(false), sets(true)) {
			x, w := gradus.New(-1), gradus.New(1)
			r := replay.Recorder{Inputs: []*gradus.Value{x}, Params: []*gradus.Value{w}, InputGrads: true}
			p := record(t, without(r, set), f(x.Mul(w)))
			p.Forward(-1)
			p.Backward()
			if p.Gradient()[0] != 0 || p.InputGrad()[0] != 0 {
				t.Errorf("%s: gradients %v and %v, want 0", name, p.Gradient(), p.InputGrad())
			}
			b := p.Batch(3, 1)
			b.GradSum([]float64{-1, -2, -3})
			if p.Gradient()[0] != 0 {
				t.Errorf("%s: gradient %v of a batch, want 0", name, p.Gradient())
			}
		}
	}
}

// An exact program multiplies as the graph does, however many factors there are. In another order
// the products would be computed differently from 64 factors on.
func TestExactProducts(t *testing.T) {
	x := gradus.Values(randomInputs(200))
	for _, v := range x {
		v.Data = 1 + v.Data/100
	}
	z := x[0]
	for _, v := range x[1:] {
		z = z.Mul(v)
	}
	p := record(t, replay.Recorder{Params: x, Exact: true}, z)
	z.Backward()
	equal(t, p, "the product", p.Forward(), z.Data, toTheBit)
	p.Backward()
	for _, v := range x {
		equal(t, p, "a gradient", p.Grad(v), v.Grad, toTheBit)
	}
}

// A program of derivatives that Gradient returns, replayed with other numbers, computes what Gradient
// returns for a graph of these numbers: selecting ops select again.
func TestRecordGradient(t *testing.T) {
	graph := func(x, w *gradus.Value) []*gradus.Value {
		h := w.Mul(x).Add(0.1).Tanh()
		y := h.ReLU().Add(w.Max(x).Mul(h)).Add(gradus.Where(x, w.Square(), w.Exp())).Add(x.Pow(3).Softplus())
		y = gradus.LogSumExp(y, h, w).Add(y.Sigmoid())
		g := gradus.Gradient(y, w, x)
		return append(append([]*gradus.Value{y}, g...), gradus.Gradient(g[0], w, x)...)
	}
	x, w := gradus.New(0.3).As("x"), gradus.New(0.7).As("w")
	r := replay.Recorder{Inputs: []*gradus.Value{x}, Params: []*gradus.Value{w}, Exact: true}
	p := record(t, r, graph(x, w)...)
	for _, at := range []float64{0.3, -0.3, 2, -2, 0.7, 0} {
		p.Forward(at)
		for i, want := range graph(gradus.New(at), gradus.New(0.7)) {
			if got := p.Output(i); math.Abs(got-want.Data) > 1e-12*max(1, math.Abs(want.Data)) {
				t.Errorf("at %v: output %d is %v, want %v", at, i, got, want.Data)
			}
		}
	}
}

// A function of slices is replayed with other numbers than recorded, alone and in a batch, and so are its
// derivatives by Gradient. Workers call it at the same time.
func TestRecordFuncN(t *testing.T) {
	graph := func(x, w *gradus.Value) []*gradus.Value {
		y := spread.Apply(w.Mul(x), w.Tanh(), x.Add(w).Sin()).Add(w.Square())
		return append([]*gradus.Value{y}, gradus.Gradient(y, w, x)...)
	}
	x, w := gradus.New(0.3).As("x"), gradus.New(0.7).As("w")
	r := replay.Recorder{Inputs: []*gradus.Value{x}, Params: []*gradus.Value{w}}
	p := record(t, r, graph(x, w)...)
	alone := record(t, r, graph(x, w)[0])
	samples, sum := []float64{}, 0.0
	for i := range 500 {
		at := float64(i%9) / 3
		samples = append(samples, at)
		p.Forward(at)
		other := gradus.New(0.7)
		for k, want := range graph(gradus.New(at), other) {
			if got := p.Output(k); math.Abs(got-want.Data) > 1e-14*max(1, math.Abs(want.Data)) {
				t.Errorf("at %v: output %d is %v, want %v", at, k, got, want.Data)
			}
		}
		sum += p.Output(1)
		alone.Forward(at)
		if alone.Backward(); math.Abs(alone.Gradient()[0]-p.Output(1)) > 1e-14*max(1, math.Abs(p.Output(1))) {
			t.Errorf("at %v: Grad is %v, Gradient has %v", at, alone.Gradient()[0], p.Output(1))
		}
	}
	alone.Batch(len(samples), 4).GradSum(samples)
	if math.Abs(alone.Gradient()[0]-sum) > 1e-12*math.Abs(sum) {
		t.Errorf("Grad of a batch is %v, want %v", alone.Gradient()[0], sum)
	}
}
