package replay_test

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/internal/doccheck"
	"github.com/gradus-go/gradus/internal/sorting"
	"github.com/gradus-go/gradus/replay"
	"github.com/gradus-go/gradus/replay/internal/graphs"
)

func TestEverySymbolHasAnExample(t *testing.T) {
	doccheck.TestExamples(t, ".")
}

const advice = "name a parameter with As, make a constant with Const, or list the parameters in " +
	"Recorder.Params"

func TestRecordErrors(t *testing.T) {
	x, w := gradus.New(1).As("x"), gradus.New(2).As("w")
	z := x.Mul(w).As("z")
	v := func(v ...*gradus.Value) []*gradus.Value { return v }
	for _, tt := range []struct {
		name     string
		recorder replay.Recorder
		outputs  []*gradus.Value
		want     string
	}{
		{"no output", replay.Recorder{}, nil, "there is no output, want one or more"},
		{"nil output", replay.Recorder{}, v(z, nil), "output 2 of 2 is nil, want a Value"},
		{"nil input", replay.Recorder{Inputs: v(x, nil)}, v(z), "input 2 of 2 is nil, want a leaf"},
		{"nil parameter", replay.Recorder{Params: v(nil)}, v(z), "parameter 1 of 1 is nil, want a leaf"},
		{
			"computed input",
			replay.Recorder{Inputs: v(z)},
			v(z),
			"input 1 of 1 (z = 2, by ·) was computed, want a leaf",
		},
		{
			"computed parameter",
			replay.Recorder{Params: v(w, z)},
			v(z),
			"parameter 2 of 2 (z = 2, by ·) was computed, want a leaf",
		},
		{
			"an input twice",
			replay.Recorder{Inputs: v(x, w, x)},
			v(z),
			"input 3 of 3 (x = 1) is also input 1, want each leaf once",
		},
		{
			"an input that is a parameter",
			replay.Recorder{Inputs: v(x), Params: v(w, x)},
			v(z),
			"parameter 2 of 2 (x = 1) is also input 1, want each leaf once",
		},
		{
			"a parameter twice",
			replay.Recorder{Params: v(w, w)},
			v(z),
			"parameter 2 of 2 (w = 2) is also parameter 1, want each leaf once",
		},
		{
			"a constant input",
			replay.Recorder{Inputs: v(gradus.Const(2))},
			v(z),
			"input 1 of 1 (2, a constant) cannot change, want a leaf made with New",
		},
		{
			"a constant parameter",
			replay.Recorder{Params: v(w, gradus.Const(9.81).As("g"))},
			v(z),
			"parameter 2 of 2 (g = 9.81, a constant) cannot change, want a leaf made with New",
		},
		{
			"one leaf without a name",
			replay.Recorder{Inputs: v(x)},
			v(z.Mul(gradus.New(0.5)).Exp().As("L")),
			"1 leaf is neither an input nor a constant and has no name: (0.5, an operand of · in L): " + advice,
		},
		{
			"many leaves without a name, one of them an output",
			replay.Recorder{},
			v(gradus.New(7), gradus.Sum(gradus.Values([]float64{1, 2, 2, 2, 3, 4})...)),
			"7 leaves are neither inputs nor constants and have no name: (7), (1, an operand of sum), " +
				"(2, an operand of sum), (3, an operand of sum) and others: " + advice,
		},
		{
			"many leaves that look the same",
			replay.Recorder{},
			v(gradus.Sum(gradus.Values(make([]float64, 100))...)),
			"100 leaves are neither inputs nor constants and have no name: (0, an operand of sum): " + advice,
		},
		{
			"a computed input, and leaves without a name",
			replay.Recorder{Inputs: v(gradus.New(1).Exp())},
			v(gradus.New(1).Exp()),
			"input 1 of 1 (2.718281828459045, by exp) was computed, want a leaf",
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			p, err := tt.recorder.Record(tt.outputs...)
			if p != nil || err == nil || err.Error() != "replay: "+tt.want {
				t.Errorf("got error %q, want %q", err, "replay: "+tt.want)
			}
			checkUnmarked(t, slices.Concat(v(x, w, z), tt.recorder.Inputs, tt.recorder.Params, tt.outputs)...)
		})
	}
}

// checkUnmarked checks that recording has left no numbers in the nodes under the Values, in the bits that
// Topo counts in.
func checkUnmarked(t *testing.T, values ...*gradus.Value) {
	t.Helper()
	for _, v := range values {
		if v == nil {
			continue
		}
		if n := *sorting.State(v) & sorting.Counts; n != 0 {
			t.Errorf("%v has the number %d still", v, n)
		}
		checkUnmarked(t, v.Parents()...)
	}
}

// Graphs that share parameters and functions of the caller may be recorded at the same time.
func TestRecordAtTheSameTime(t *testing.T) {
	w := graphs.Values(100)
	var ops []*gradus.Op // op k adds k
	for k := range 5 {
		f := func(x float64) float64 { return x + float64(k) }
		ops = append(ops, gradus.Func1(fmt.Sprint("plus", k), f, func(float64) float64 { return 1 }))
	}
	for first := range ops {
		t.Run("", func(t *testing.T) {
			t.Parallel()
			for range 100 {
				x := graphs.Values(100)
				y, want := gradus.Dot(w, x).Exp(), 0.0
				for k := range 3 {
					y, want = ops[(first+k)%len(ops)].Apply(y), want+float64((first+k)%len(ops))
				}
				p := record(t, replay.Recorder{Inputs: x, Params: w}, y)
				got := p.Forward(make([]float64, len(x))...)
				if len(p.Params()) != 100 || got != 1+want {
					t.Errorf("got %d parameters and the output %v, want 100 and %v", len(p.Params()), got, 1+want)
				}
			}
		})
	}
}

// Recording leaves the nodes as they were, with what they know of gradients and constants.
func TestRecordLeavesNoMarks(t *testing.T) {
	x, w, c := gradus.New(1).As("x"), gradus.New(2).As("w"), gradus.Const(3)
	z, y, v := x.Mul(w).Add(c), gradus.New(4), gradus.New(5) // nothing uses y and v
	z.Backward()
	x.ZeroGrad()
	record(t, replay.Recorder{Inputs: []*gradus.Value{x, y}, Params: []*gradus.Value{w, v}}, z)
	checkUnmarked(t, z, y, v)
	if x.HasGrad() || !w.HasGrad() || !z.HasGrad() || x.IsConst() || !c.IsConst() {
		t.Errorf("x = %v, w = %v, c = %v, z = %v", x, w, c, z)
	}
}

func TestPanics(t *testing.T) {
	x, w, foreign := gradus.New(1), gradus.New(2).As("w"), gradus.New(3).As("v")
	p := record(t, replay.Recorder{Inputs: []*gradus.Value{x}}, x.Mul(w), w)
	var again *replay.Program
	f := gradus.Func1("f", func(x float64) float64 {
		if again != nil {
			again.Forward(1)
		}
		return x
	}, func(float64) float64 { return 1 })
	self := record(t, replay.Recorder{Inputs: []*gradus.Value{x}}, f.Apply(x))
	four := gradus.Values(make([]float64, 4)) // times 2⁶² is 0
	ofFour := record(t, replay.Recorder{Inputs: four}, gradus.Sum(four...))
	for _, tt := range []struct {
		want string
		f    func()
	}{
		{
			"Backward: there is nothing to differentiate, call Forward first, on the same goroutine",
			func() { p.Backward() },
		},
		{"Forward: got 2 inputs, want 1", func() { p.Forward(1, 2) }},
		{"Backward: got 1 seeds, want none or 2, one for each output", func() { p.Backward(1) }},
		{"Output: there is no output 2, want 0 to 1", func() { p.Output(2) }},
		{"Output: there is no output -1, want 0 to 1", func() { p.Output(-1) }},
		{"Output: there is no output, call Forward first", func() { p.Output(1) }},
		{"InputGrad: the program was recorded without it, want Recorder.InputGrads", func() { p.InputGrad() }},
		{
			"InputGrad: the program was recorded without it, want Recorder.InputGrads",
			func() { p.Batch(1, 1).InputGrad() },
		},
		{
			"Index: the Value (v = 3) is not one of the program's 1 parameters",
			func() { p.Index(foreign) },
		},
		{
			"Data: the Value (v = 3) is not one of the program's 1 parameters",
			func() { p.Data(foreign) },
		},
		{
			"Grad: the Value (v = 3) is not one of the program's 1 parameters",
			func() { p.Grad(foreign) },
		},
		{"Batch: got 0 samples and 1 worker, want from 1 to 2³⁰, and at least 0", func() { p.Batch(0, 1) }},
		{
			"Batch: got 2147483647 samples and 1 worker, want from 1 to 2³⁰, and at least 0",
			func() { p.Batch(1<<31-1, 1) },
		},
		{
			"Batch.GradSum: got 3 numbers for 3 samples, want 1 for each of at most 2",
			func() { p.Batch(2, 1).GradSum([]float64{1, 2, 3}) },
		},
		{
			"Batch.GradMeanFunc: got 3 samples, want from 0 to 2",
			func() { p.Batch(2, 1).GradMeanFunc(3, func(int, []float64) {}) },
		},
		{
			"Batch.GradMeanFunc: got -1 samples, want from 0 to 2",
			func() { p.Batch(2, 1).GradMeanFunc(-1, func(int, []float64) {}) },
		},
		{
			fmt.Sprintf("Batch.GradMeanFunc: got %d samples, want from 0 to 2", uint(math.MaxInt/2+1)),
			func() { ofFour.Batch(2, 1).GradMeanFunc(math.MaxInt/2+1, func(int, []float64) {}) },
		},
		{
			"Batch.GradMeanFunc: the function is nil, want one that writes the inputs of a sample",
			func() { p.Batch(2, 1).GradMeanFunc(2, nil) },
		},
		{
			"Batch: trapped",
			func() { p.Batch(2, 1).GradMeanFunc(1, func(int, []float64) { panic("replay: Batch: trapped") }) },
		},
		{
			"Forward: the program is running already, want one goroutine at a time",
			func() { again = self; self.Forward(1) },
		},
	} {
		t.Run(tt.want, func(t *testing.T) {
			if got := panicOf(tt.f); got != "replay: "+tt.want {
				t.Errorf("got panic %v, want %v", got, "replay: "+tt.want)
			}
		})
	}
	again = nil
	if got := self.Forward(5); got != 5 {
		t.Errorf("after a panic Forward returns %v, want 5", got)
	}
}

// There is a gradient from Backward, or that of a Batch, on until Descend, for all programs that share it.
func TestGradOfOne(t *testing.T) {
	w := gradus.New(3).As("w")
	x := gradus.New(1)
	p := record(t, replay.Recorder{Inputs: []*gradus.Value{x}}, w.Square().Mul(x))
	q, err := p.Record(w.Mul(x), x)
	if err != nil {
		t.Fatal(err)
	}
	none := func(after string) {
		t.Helper()
		for _, p := range []*replay.Program{p, q} {
			const want = "replay: Grad: there is no gradient, call Backward first; Descend leaves none"
			if got := panicOf(func() { p.Grad(w) }); got != want {
				t.Errorf("after %s: panic %v, want %v", after, got, want)
			}
		}
	}
	is := func(after string, want float64) {
		t.Helper()
		for _, p := range []*replay.Program{p, q} {
			if got := p.Grad(w); got != want {
				t.Errorf("after %s: the gradient is %v, want %v", after, got, want)
			}
		}
	}
	none("Record")
	p.Forward(2)
	none("Forward")
	p.Backward()
	is("Backward", 12)
	q.Forward(5)
	is("Forward of the other", 12)
	q.Backward()
	is("Backward of the other", 5)
	q.Descend(0)
	none("Descend")
	p.Batch(2, 1).GradSum([]float64{1, 2})
	is("GradSum", 18)
	p.Forward(1)
	p.Descend(1)
	none("Descend")
	if got := q.Data(w); got != -3 || w.Data != 3 {
		t.Errorf("Data is %v in the program and %v in the Value, want −3 and 3", got, w.Data)
	}
	p.Batch(2, 1).GradSum(nil)
	is("GradSum of nothing", 0)
}

// A Backward that does not run to its end leaves no gradient.
func TestGradAfterPanic(t *testing.T) {
	fails := false
	slope := func(float64) float64 {
		if fails {
			panic("no derivative today")
		}
		return 1
	}
	w, x := gradus.New(3).As("w"), gradus.New(1)
	y := gradus.Func1("id", func(x float64) float64 { return x }, slope).Apply(w).Mul(x)
	p := record(t, replay.Recorder{Inputs: []*gradus.Value{x}}, y)
	b := p.Batch(1, 1)
	for name, backward := range map[string]func(){
		"Backward": func() { p.Forward(2); p.Backward() },
		"GradSum":  func() { b.GradSum([]float64{2}) },
	} {
		fails = false
		backward()
		if got := p.Grad(w); got != 2 {
			t.Errorf("%s: the gradient is %v, want 2", name, got)
		}
		fails = true
		if panicOf(backward) == nil || panicOf(func() { p.Grad(w) }) == nil {
			t.Errorf("%s: there is a gradient after a panic", name)
		}
	}
}

// A later output cannot turn the gradient of the first into NaN.
func TestSeeds(t *testing.T) {
	x, w := gradus.New(0), gradus.New(3).As("w")
	y := x.Mul(w)
	p := record(t, replay.Recorder{Inputs: []*gradus.Value{x}}, y, y.Log(), w.Square(), y)
	for _, tt := range []struct {
		seeds []float64
		want  float64
	}{
		{nil, 2},
		{[]float64{1, 0, 0, 0}, 2},
		{[]float64{10, 0, 0, 0}, 20},
		{[]float64{0, 1, 0, 0}, 1.0 / 3},
		{[]float64{0, 0, 1, 0}, 6},
		{[]float64{1, 0, -1, 2}, 2 - 6 + 4},
	} {
		p.Forward(0)
		if p.Backward(); p.Gradient()[0] != 0 {
			t.Errorf("at x = 0 the gradient is %v, want 0", p.Gradient()[0])
		}
		p.Forward(2)
		if p.Backward(tt.seeds...); math.Abs(p.Gradient()[0]-tt.want) > unit {
			t.Errorf("seeds %v: gradient %v, want %v", tt.seeds, p.Gradient()[0], tt.want)
		}
	}
}

// A gradient that Backward does not reach is 0, whatever it was before.
func TestUnreachedGradients(t *testing.T) {
	x, w := graphs.Values(2), graphs.Values(8)
	first := graphs.Layer(1, w[6:], x[:1], graphs.Writers["Sum"], (*gradus.Value).Tanh)[0]
	second := graphs.Tree(graphs.Layer(2, w, x, graphs.Writers["Sum"], (*gradus.Value).Tanh))
	p := record(t, replay.Recorder{Inputs: x, Params: w}, first, second)
	p.Forward(1, 2)
	p.Backward(0, 1)
	p.Backward()
	for i, v := range p.Params() {
		if reached := v == w[6] || v == w[7]; reached != (p.Gradient()[i] != 0) {
			t.Errorf("gradient of parameter %d is %v, reached: %v", i, p.Gradient()[i], reached)
		}
	}
}

func TestLoadAndStore(t *testing.T) {
	x, unused := gradus.New(1), gradus.New(7)
	w := graphs.Values(2)
	params := []*gradus.Value{unused, w[1], w[0]}
	p := record(t, replay.Recorder{Inputs: []*gradus.Value{x}, Params: params}, x.Mul(w[0]).Add(w[1]).Sin())
	for i, v := range p.Params() {
		if p.Index(v) != i || p.Numbers()[i] != v.Data {
			t.Errorf("parameter %d has index %d and the number %v, want %v", i, p.Index(v), p.Numbers()[i], v.Data)
		}
	}
	w[0].Data, w[1].Data = 3, 4
	if p.Load(); p.Forward(2) != math.Sin(10) {
		t.Errorf("after Load: Forward(2) = %v, want sin 10", p.Forward(2))
	}
	p.Numbers()[p.Index(w[0])] = 5
	if got := p.Forward(2); got != math.Sin(14) {
		t.Errorf("after writing Data: Forward(2) = %v, want sin 14", got)
	}
	if p.Store(); w[0].Data != 5 || w[1].Data != 4 || unused.Data != 7 {
		t.Errorf("after Store: %v, %v, %v, want 5, 4, 7", w[0].Data, w[1].Data, unused.Data)
	}
	if p.Backward(); p.Grad(unused) != 0 || p.Grad(w[1]) != math.Cos(14) {
		t.Errorf("gradients %v, want cos 14 for w[1], 0 for a parameter that is unused", p.Gradient())
	}
}

// Descend is Backward and an update, up to the rounding of each.
func TestDescend(t *testing.T) {
	const rate = 0.5
	for name, build := range nets {
		out, x, w := build()
		r := replay.Recorder{Inputs: x, Params: w, InputGrads: true}
		p, q := record(t, r, out, out.Neg()), record(t, r, out, out.Neg())
		for step := range 3 {
			inputs := randomInputs(len(x) * 3)[step*len(x):][:len(x)]
			p.Forward(inputs...)
			p.Descend(rate)
			q.Forward(inputs...)
			q.Backward()
			for i, g := range q.Gradient() {
				was := q.Numbers()[i]
				q.Numbers()[i] -= rate * g
				bound := 2 * unit * (math.Abs(was) + rate*math.Abs(g))
				if got, want := p.Numbers()[i], q.Numbers()[i]; !(math.Abs(got-want) <= bound) {
					t.Errorf("%s: parameter %d is %v, want %v ± %g", name, i, got, want, bound)
				}
			}
			copy(q.Numbers(), p.Numbers())
			if diff := cmp.Diff(q.InputGrad(), p.InputGrad(), cmpopts.EquateApprox(0, 100*unit)); diff != "" {
				t.Errorf("%s: gradients of the inputs (-Backward +Descend):\n%s", name, diff)
			}
		}
		p.Forward(make([]float64, len(x))...)
		p.Backward() // and afterwards all is as before
		q.Forward(make([]float64, len(x))...)
		q.Backward()
		if diff := cmp.Diff(q.Gradient(), p.Gradient()); diff != "" {
			t.Errorf("%s: Backward after Descend (-want +got):\n%s", name, diff)
		}
	}
}

func TestCheck(t *testing.T) {
	w, scale := gradus.New(2).As("w"), 1.0
	build := func(x float64) (out, in *gradus.Value) {
		in = gradus.New(x).As("x")
		switch {
		case x < 0:
			return in.Mul(w).Sin(), in
		case x == 0:
			return in.Mul(w).Exp().Add(in), in
		case x > 50:
			return w.Mul(in).Exp(), in
		}
		return in.Mul(w).As("z").Exp().Mul(gradus.New(scale * math.Min(x, 10))), in
	}
	out, in := build(20)
	p := record(t, replay.Recorder{Inputs: []*gradus.Value{in}, Params: []*gradus.Value{w}}, out)
	for _, tt := range []struct {
		x    float64
		want string
	}{
		{30, ""},
		{
			5, "the graph has node 4, the constant 5, want node 4, the constant 10 as recorded" +
				"; a leaf that is not a parameter of the program counts as a constant",
		},
		{-1, "the graph has node 3 = sin(node 2), want node 3 = exp(z) as recorded"},
		{0, "the graph has node 4 = +(node 3, x), want node 4, the constant 10 as recorded"},
		{99, "the graph has node 2 = ·(w, x), want z = ·(x, w) as recorded"},
	} {
		out, in := build(tt.x)
		err := p.Check([]*gradus.Value{out}, in)
		if got := fmt.Sprint(err); got != "replay: Check: "+tt.want && (err != nil || tt.want != "") {
			t.Errorf("x = %v: %q, want %q", tt.x, got, tt.want)
		}
	}
	out, in = build(30)
	err := p.Check([]*gradus.Value{out})
	if err == nil || !strings.Contains(err.Error(), "got 0 inputs and 1 outputs") {
		t.Errorf("without inputs: %v", err)
	}
	if err := p.Check([]*gradus.Value{out.Neg()}, in); err == nil ||
		err.Error() != "replay: Check: the graph has node 6 = neg(node 5) in addition, want no more "+
			"nodes than were recorded" {
		t.Errorf("one node more: %v", err)
	}
	if err := p.Check([]*gradus.Value{out.Parents()[0]}, in); err == nil {
		t.Error("another output: no error")
	}
	if err := p.Check([]*gradus.Value{out}, out); err == nil {
		t.Error("an input that is no leaf: no error")
	}
}

func TestNoAllocation(t *testing.T) {
	for name, build := range nets {
		out, x, w := build()
		p := record(t, replay.Recorder{Inputs: x, Params: w, InputGrads: true}, out, out.Exp())
		inputs := randomInputs(40 * len(x))
		one := inputs[:len(x)]
		p.Forward(one...)
		calls := map[string]func(){
			"Forward, Backward": func() { p.Forward(one...); p.Backward(); p.Backward(1, 2); p.Descend(0) },
			"Load, Store":       func() { p.Load(); p.Store(); p.Output(0) },
		}
		if len(x) > 0 {
			b := p.JoinAlways().Batch(40, 2)
			calls["Batch"] = func() { b.GradSum(inputs); b.GradMean(inputs); b.Forward(inputs) }
			calls["Batch"]()
		}
		for what, f := range calls {
			if n := testing.AllocsPerRun(100, f); n != 0 {
				t.Errorf("%s: %s allocates %v times, want 0", name, what, n)
			}
		}
	}
}

// A graph of a million nodes one upon the other is recorded without recursion.
func TestDeepChain(t *testing.T) {
	n := 500_000
	if testing.Short() {
		n = 50_000
	}
	x := gradus.New(0.5)
	z := x
	for range n {
		z = z.Neg().Add(x)
	}
	for _, set := range []replay.Pass{0, allPasses} {
		p := record(t, without(replay.Recorder{Params: []*gradus.Value{x}}, set), z)
		p.Forward()
		p.Backward()
		if diff := cmp.Diff([]float64{z.Data, 0}, []float64{p.Output(0), p.Gradient()[0] - 1}); diff != "" {
			t.Errorf("without %05b (-want +got):\n%s", set, diff)
		}
	}
}

// Constants stay constants. The ½ of this loss was once trained with the weights: after 50 steps
// the loss was −Inf, without an error. The exponent of a power was, too.
func TestRecordConstants(t *testing.T) {
	for name, write := range map[string]func(y, t *gradus.Value) *gradus.Value{
		"a number as an operand": func(y, t *gradus.Value) *gradus.Value { return y.Sub(t).Square().Mul(0.5) },
		"Const": func(y, t *gradus.Value) *gradus.Value {
			return gradus.Const(0.5).Mul(y.Sub(t).Pow(gradus.Const(2)))
		},
		"a constant with a name": func(y, t *gradus.Value) *gradus.Value {
			return gradus.Const(0.5).As("half").Mul(y.Sub(t).Pow(2))
		},
	} {
		x, target := gradus.New(1).As("x"), gradus.New(0).As("t")
		w1, b1 := gradus.New(0.5).As("W1"), gradus.New(0).As("b1")
		w2, b2 := gradus.New(-1).As("W2"), gradus.New(0).As("b2")
		y := w2.Mul(w1.Mul(x).Add(b1).Sigmoid()).Add(b2)
		p, err := replay.Record(write(y, target), x, target)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if n := len(p.Params()); n != 4 {
			t.Fatalf("%s: %d parameters %v, want W1, b1, W2, b2", name, n, p.Params())
		}
		first := p.Forward(1, 0)
		for range 50 {
			p.Forward(1, 0)
			p.Descend(0.1)
		}
		last := p.Forward(1, 0)
		wantFirst, wantLast := byHand(50, 0.1)
		if math.Abs(first-wantFirst) > 1e-15 || math.Abs(last-wantLast) > 1e-15 {
			t.Errorf("%s: the loss goes from %v to %v, by hand from %v to %v", name, first, last, wantFirst, wantLast)
		}
	}
}

// byHand returns the losses of the 1-1-1 network of examples/backprop before and after some steps of gradient
// descent, with its derivatives by hand.
func byHand(steps int, rate float64) (first, last float64) {
	w1, b1, w2, b2 := 0.5, 0.0, -1.0, 0.0
	for step := range steps + 1 {
		a := 1 / (1 + math.Exp(-(w1 + b1)))
		y := w2*a + b2
		if last = y * y / 2; step == 0 {
			first = last
		}
		dz := y * w2 * a * (1 - a)
		w1, b1, w2, b2 = w1-rate*dz, b1-rate*dz, w2-rate*y*a, b2-rate*y
	}
	return first, last
}

// Check compares which nodes are the outputs, and a NaN is the same constant as a NaN.
func TestCheckOutputs(t *testing.T) {
	x, w := gradus.New(1), gradus.New(2).As("w")
	y := x.Mul(w)
	z := y.Add(math.NaN())
	p := record(t, replay.Recorder{Inputs: []*gradus.Value{x}}, z, y)
	if err := p.Check([]*gradus.Value{z, y}, x); err != nil {
		t.Errorf("the same graph: %v", err)
	}
	if err := p.Check([]*gradus.Value{z, z}, x); err == nil {
		t.Error("another output: no error")
	}
	again := x.Mul(w)
	if err := p.Check([]*gradus.Value{again.Add(math.NaN()), again}, x); err != nil {
		t.Errorf("another NaN: %v", err)
	}
	if err := p.Check([]*gradus.Value{again.Add(3), again}, x); err == nil {
		t.Error("3 in place of NaN: no error")
	}
}

// The Program has its own list of parameters.
func TestRecordCopiesParams(t *testing.T) {
	x, w, v := gradus.New(1), gradus.New(2), gradus.New(3)
	params := []*gradus.Value{w, v}
	p := record(t, replay.Recorder{Inputs: []*gradus.Value{x}, Params: params}, x.Mul(w).Add(v))
	params[0], params[1] = nil, nil
	p.Numbers()[p.Index(w)] = 5
	p.Store()
	if w.Data != 5 || p.Params()[p.Index(v)] != v {
		t.Errorf("w = %v, and the parameters are %v", w, p.Params())
	}
}

// An error about leaves without a name takes time in proportion to the graph.
func TestRecordErrorOfAChain(t *testing.T) {
	v := gradus.New(0).As("w")
	for range 100_000 {
		v = v.Add(gradus.New(1))
	}
	_, err := replay.Record(v.As("L"))
	const want = "replay: 100000 leaves are neither inputs nor constants and have no name: " +
		"(1, an operand of + in L): "
	if err == nil || err.Error() != want+advice {
		t.Errorf("error %v, want %s", err, want+advice)
	}
}
