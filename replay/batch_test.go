package replay_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/replay"
	"github.com/gradus-go/gradus/replay/internal/graphs"
)

// nets are the graphs that batches are tested with: the loss, the inputs, the parameters.
var nets = map[string]func() (out *gradus.Value, x, w []*gradus.Value){
	"layers": func() (*gradus.Value, []*gradus.Value, []*gradus.Value) {
		x, w := graphs.Values(9), graphs.Values(7*5+6*3)
		h := graphs.Layer(5, w, x[:6], graphs.Writers["Sum"], (*gradus.Value).Tanh)
		y := graphs.Layer(3, w[35:], h, graphs.Writers["balanced tree"], (*gradus.Value).Sigmoid)
		var loss []*gradus.Value
		for i := range y {
			loss = append(loss, y[i].Sub(x[6+i]).Square())
		}
		return gradus.Sum(loss...), x, w
	},
	"layers that share a matrix": func() (*gradus.Value, []*gradus.Value, []*gradus.Value) {
		x, w := graphs.Values(4), graphs.Values(20)
		h := graphs.Layer(4, w, x, graphs.Writers["Sum"], (*gradus.Value).Tanh)
		h = graphs.Layer(4, w, h, graphs.Writers["Sum"], (*gradus.Value).Sigmoid)
		return graphs.Tree(h), x, w
	},
	"six layers that share a matrix": func() (*gradus.Value, []*gradus.Value, []*gradus.Value) {
		h, w := graphs.Values(4), graphs.Values(20)
		x := h
		for range 6 {
			h = graphs.Layer(4, w, h, graphs.Writers["Sum"], (*gradus.Value).Tanh)
		}
		return graphs.Tree(h), x, w
	},
	"a penalty on the weights": func() (*gradus.Value, []*gradus.Value, []*gradus.Value) {
		x, w := graphs.Values(4), graphs.Values(10)
		h := graphs.Layer(2, w, x, graphs.Writers["Sum"], (*gradus.Value).Tanh)
		return graphs.Tree(h).Add(gradus.New(0.5).Mul(gradus.Dot(w, w))), x, w
	},
	"a penalty on products of weights": func() (*gradus.Value, []*gradus.Value, []*gradus.Value) {
		x, w := graphs.Values(4), graphs.Values(10)
		h := graphs.Layer(2, w, x, graphs.Writers["Sum"], (*gradus.Value).Tanh)
		return graphs.Tree(h).Add(gradus.Dot(w[:4], w[5:9])).Add(w[0].Mul(w[9]).Sin()), x, w
	},
	"a layer that reads inputs and what is computed": func() (*gradus.Value, []*gradus.Value, []*gradus.Value) {
		x, w := graphs.Values(8), graphs.Values(4*9+13*3)
		h := graphs.Layer(4, w, x, graphs.Writers["Sum"], (*gradus.Value).Tanh)
		for i := range h {
			h[i] = h[i].Exp()
		}
		both := append(append([]*gradus.Value{}, h...), x...)
		return graphs.Tree(graphs.Layer(3, w[36:], both, graphs.Writers["Sum"], (*gradus.Value).Sigmoid)), x, w
	},
	"scattered operands": func() (*gradus.Value, []*gradus.Value, []*gradus.Value) {
		x, w := graphs.Values(6), graphs.Values(24)
		rng := rand.New(rand.NewPCG(1, 2))
		pick := func(from []*gradus.Value) []*gradus.Value {
			p := make([]*gradus.Value, 9)
			for i := range p {
				p[i] = from[rng.IntN(len(from))]
			}
			return p
		}
		a, b := gradus.Dot(pick(w), pick(x)), gradus.Dot(pick(w), pick(w))
		return gradus.LogSumExp(a, b, a.Mul(b), x[0]).Max(w[3]), x, w
	},
	"a wide layer": func() (*gradus.Value, []*gradus.Value, []*gradus.Value) {
		x, w := graphs.Values(9), graphs.Values(10*20+21)
		h := graphs.Layer(20, w, x, graphs.Writers["Sum"], (*gradus.Value).Tanh)
		return graphs.Writers["Dot, bias last"](w[200:220], h, w[220]).Softplus(), x, w
	},
	"a product of many factors": func() (*gradus.Value, []*gradus.Value, []*gradus.Value) {
		x, w := graphs.Values(3), graphs.Values(150)
		z := x[0].Exp()
		for i, v := range w {
			v.Data = 1 + float64(i%5-2)/8
			z = v.Mul(z)
		}
		return z.Mul(x[1]), x, w
	},
	"no inputs": func() (*gradus.Value, []*gradus.Value, []*gradus.Value) {
		w := graphs.Values(12)
		return gradus.Dot(w[:6], w[6:]).Sin(), nil, w
	},
	"no parameters": func() (*gradus.Value, []*gradus.Value, []*gradus.Value) {
		x := graphs.Values(3)
		return gradus.Sum(x...).Sin(), x, []*gradus.Value{}
	},
}

func record(t *testing.T, r replay.Recorder, outputs ...*gradus.Value) *replay.Program {
	t.Helper()
	p, err := r.Record(outputs...)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func randomInputs(n int) []float64 {
	rng := rand.New(rand.NewPCG(3, 4))
	x := make([]float64, n)
	for i := range x {
		x[i] = rng.NormFloat64()
	}
	return x
}

// A batch computes what Forward and Backward do, sample by sample, and the same bits on any
// number of goroutines. A call that is too short for a second goroutine has one chunk of 32 samples.
func TestBatch(t *testing.T) {
	for name, build := range nets {
		out, x, w := build()
		p := record(t, replay.Recorder{Inputs: x, Params: w, InputGrads: true}, out, out.Neg())
		if len(x) == 0 {
			continue // a batch needs inputs
		}
		short := randomInputs(32 * len(x))
		compareBatch(t, oneByOne(p, short, 32), whole(t, p, p.Batch(32, 1), short), 32)
		p.JoinAlways()
		for _, samples := range []int{1, 15, 16, 17, 33, 129, 300} {
			t.Run(fmt.Sprintf("%s/%d samples", name, samples), func(t *testing.T) {
				inputs := randomInputs(samples * len(x))
				want := oneByOne(p, inputs, samples)
				var first [][]float64
				for _, workers := range []int{1, 2, 3, 0} {
					b := p.Batch(300, workers)
					for range 2 {
						got := whole(t, p, b, inputs)
						if first == nil {
							first = got
							compareBatch(t, want, got, samples)
						}
						if !equalLists(first, got) {
							t.Errorf("%d workers differ from 1 (-1 +%d):\n%s", workers, workers, cmp.Diff(first, got))
						}
					}
				}
			})
		}
	}
}

// The numbers of a sample depend neither on the other samples of a call nor on how many there are.
func TestBatchSamples(t *testing.T) {
	for name, build := range nets {
		out, x, w := build()
		if len(x) == 0 {
			continue // a batch needs inputs
		}
		const most = 65 // the last one is a chunk of its own
		p := record(t, replay.Recorder{Inputs: x, Params: w, InputGrads: true}, out)
		b, inputs := p.Batch(most, 1), randomInputs(most*len(x))
		outputs, inputGrad := clone(b.GradSum(inputs)), clone(b.InputGrad())
		for _, samples := range []int{1, 2, 32, 33} {
			for _, first := range []int{0, 1, 30, most - samples} {
				got := b.GradSum(inputs[first*len(x):][:samples*len(x)])
				if !slices.Equal(got, outputs[first:][:samples]) {
					t.Errorf("%s: %d samples from the one with index %d on have other outputs than among %d",
						name, samples, first, most)
				}
				if !slices.Equal(b.InputGrad(), inputGrad[first*len(x):][:samples*len(x)]) {
					t.Errorf("%s: %d samples from the one with index %d on have other gradients than among %d",
						name, samples, first, most)
				}
			}
		}
	}
}

// whole returns what a batch of a program computes: the outputs, the sum of the gradients and the gradients
// of the inputs, then the same for the mean, and the outputs of Forward.
func whole(t *testing.T, p *replay.Program, b *replay.Batch, inputs []float64) [][]float64 {
	t.Helper()
	all := [][]float64{clone(b.GradSum(inputs)), clone(p.Gradient()), clone(b.InputGrad())}
	mean := [][]float64{clone(b.GradMean(inputs)), clone(p.Gradient()), clone(b.InputGrad())}
	n := len(all[0]) / 2 // samples
	each := len(inputs) / n
	outputs := b.GradMeanFunc(n, func(s int, x []float64) { copy(x, inputs[s*each:][:each]) })
	if meanFunc := [][]float64{outputs, p.Gradient(), b.InputGrad()}; !equalLists(mean, meanFunc) {
		t.Errorf("GradMeanFunc differs from GradMean (-GradMean +GradMeanFunc):\n%s", cmp.Diff(mean, meanFunc))
	}
	return append(append(all, mean...), clone(b.Forward(inputs)))
}

// equalLists reports whether all numbers are equal, a hundred times as fast as package cmp.
func equalLists(a, b [][]float64) bool { return slices.EqualFunc(a, b, slices.Equal[[]float64]) }

func clone(x []float64) []float64 { return append([]float64{}, x...) }

// oneByOne returns the outputs, the sum of the gradients of the parameters, the gradients of
// the inputs, and for every sum of gradients the number that its rounding depends on.
func oneByOne(p *replay.Program, inputs []float64, samples int) [][]float64 {
	n := len(inputs) / samples
	grad, size := make([]float64, len(p.Params())), make([]float64, len(p.Params()))
	var outputs, inputGrad []float64
	for s := range samples {
		p.Forward(inputs[s*n : (s+1)*n]...)
		p.Backward()
		outputs = append(outputs, p.Output(0), p.Output(1))
		inputGrad = append(inputGrad, p.InputGrad()...)
		for i, g := range p.Gradient() {
			grad[i] += g
			size[i] += math.Abs(g)
		}
	}
	return [][]float64{outputs, grad, inputGrad, size}
}

// compareBatch allows for the roundings of sums of at most a hundred terms of size 10.
func compareBatch(t *testing.T, want, got [][]float64, samples int) {
	t.Helper()
	const near = 100 * 10 * unit
	outputs, grad, inputGrad, size := want[0], want[1], want[2], want[3]
	for i := range outputs {
		for _, g := range []float64{got[0][i], got[3][i], got[6][i]} {
			if !(math.Abs(g-outputs[i]) <= near) {
				t.Errorf("output %d is %v, want %v", i, g, outputs[i])
			}
		}
	}
	for i := range grad {
		bound := near + float64(samples+100)*unit*size[i]
		mean := grad[i] / float64(samples)
		if math.Abs(got[1][i]-grad[i]) > bound || math.Abs(got[4][i]-mean) > bound {
			t.Errorf("gradient %d is %v, mean %v, want %v, %v", i, got[1][i], got[4][i], grad[i], mean)
		}
	}
	for i := range inputGrad {
		for _, g := range []float64{got[2][i], got[5][i]} {
			if !(math.Abs(g-inputGrad[i]) <= near) {
				t.Errorf("gradient %d of the inputs is %v, want %v", i, g, inputGrad[i])
			}
		}
	}
}

// The graph itself is the reference for the program that TestBatch takes for one.
func TestNets(t *testing.T) {
	for name, build := range nets {
		t.Run(name, func(t *testing.T) {
			out, x, w := build()
			p := record(t, replay.Recorder{Inputs: x, Params: w}, out)
			out.Backward()
			inputs := make([]float64, len(x))
			for i := range x {
				inputs[i] = x[i].Data
			}
			bounds, ok := newBounds(out)
			if !ok {
				t.Fatal("the graph has no bounds")
			}
			p.Forward(inputs...)
			p.Backward()
			for i, v := range p.Params() {
				_, e := bounds.of(v)
				equal(t, p, "gradient", p.Gradient()[i], v.Grad, e)
			}
		})
	}
}

// There are no more goroutines than chunks.
func TestBatchWorkers(t *testing.T) {
	out, x, w := nets["layers"]()
	p := record(t, replay.Recorder{Inputs: x, Params: w}, out)
	tests := []struct{ samples, short, long int }{
		{1, 1, 1},
		{16, 1, 1},
		{17, 1, 2},
		{32, 1, 2},
		{33, 2, 2},
		{65, 3, 3},
		{128, 4, 4},
		{129, 3, 3},
		{640, 5, 5},
	}
	var short []int
	for _, tt := range tests {
		short = append(short, p.Batch(tt.samples, 5).Workers())
	}
	p.JoinAlways()
	for i, tt := range tests {
		if long := p.Batch(tt.samples, 5).Workers(); short[i] != tt.short || long != tt.long {
			t.Errorf("%d samples: %d goroutines in short calls and %d in long ones, want %d and %d",
				tt.samples, short[i], long, tt.short, tt.long)
		}
	}
}

// A Batch whose full calls are long, and others not, has memory for both.
func TestBatchOfLongAndShortCalls(t *testing.T) {
	out, x, w := nets["layers"]()
	p := record(t, replay.Recorder{Inputs: x, Params: w, InputGrads: true}, out, out.Neg())
	for _, most := range []int{32, 40, 130} {
		b := p.JoinFrom(most).Batch(most, 2)
		for _, samples := range []int{1, 16, 17, 31, 32, most} {
			inputs := randomInputs(samples * len(x))
			compareBatch(t, oneByOne(p, inputs, samples), whole(t, p, b, inputs), samples)
		}
	}
}

// A chunk waits for its turn to add its gradients, even if it is ready long before.
func TestBatchOrder(t *testing.T) {
	out, inputs, w := nets["layers"]()
	p := record(t, replay.Recorder{Inputs: inputs, Params: w}, out).JoinAlways()
	all := randomInputs(64 * len(inputs))
	slowly := func(sample int, x []float64) {
		if sample == 0 {
			time.Sleep(20 * time.Millisecond)
		}
		copy(x, all[sample*len(x):])
	}
	p.Batch(64, 1).GradMeanFunc(64, slowly)
	want := clone(p.Gradient())
	if p.Batch(64, 2).GradMeanFunc(64, slowly); !slices.Equal(p.Gradient(), want) {
		t.Errorf("on two goroutines the gradients are %v, want %v, those on one", p.Gradient(), want)
	}
}

// No goroutine is woken for a call that is too short.
func TestShortCall(t *testing.T) {
	x, w := gradus.New(1), gradus.New(2).As("w")
	p := record(t, replay.Recorder{Inputs: []*gradus.Value{x}}, x.Mul(w))
	var others atomic.Int64
	inputs := func(_ int, x []float64) {
		x[0] = 1
		if time.Sleep(time.Millisecond); !strings.Contains(string(debug.Stack()), "Batch).GradMeanFunc(") {
			others.Add(1)
		}
	}
	b := p.Batch(64, 2)
	if b.GradMeanFunc(64, inputs); others.Load() > 0 {
		t.Errorf("%d of 64 samples of a short call ran on another goroutine, want none", others.Load())
	}
	p.JoinAlways()
	if b.GradMeanFunc(64, inputs); others.Load() == 0 {
		t.Error("all samples of a long call ran on one goroutine, want two")
	}
}

func TestEmptyBatch(t *testing.T) {
	out, x, w := nets["layers"]()
	p := record(t, replay.Recorder{Inputs: x, Params: w}, out)
	p.Gradient()[0] = 1
	if got := p.Batch(10, 2).GradSum(nil); len(got) != 0 || p.Gradient()[0] != 0 {
		t.Errorf("no samples: got outputs %v and gradient %v, want none and 0", got, p.Gradient()[0])
	}
	if got := p.Batch(10, 2).GradMean(nil); len(got) != 0 || !math.IsNaN(p.Gradient()[0]) {
		t.Errorf("no samples: got outputs %v and a mean gradient of %v, want none and NaN", got, p.Gradient()[0])
	}
}

// A panic in a function of the caller's is one in the call, whatever goroutine it was in.
func TestBatchPanic(t *testing.T) {
	x := gradus.New(1)
	armed := false
	f := gradus.Func1("trap", func(x float64) float64 {
		if armed && x == 65 {
			panic("trapped")
		}
		return x
	}, func(float64) float64 { return 1 })
	p := record(t, replay.Recorder{Inputs: []*gradus.Value{x}, InputGrads: true}, f.Apply(x))
	b := p.JoinAlways().Batch(100, 4)
	inputs := make([]float64, 100)
	b.GradSum(inputs)
	armed = true
	for i := range inputs {
		inputs[i] = float64(i)
	}
	if got := panicOf(func() { b.GradSum(inputs) }); got != "trapped" {
		t.Errorf("got panic %v, want that of the function", got)
	}
	if got := b.InputGrad(); len(got) > 0 {
		t.Errorf("after a panic there are the gradients %v of the inputs, want none", got)
	}
	if got := b.GradSum(inputs[:50])[49]; got != 49 {
		t.Errorf("after a panic the batch returns %v, want 49", got)
	}
}

// However a call of a batch ends, none of its goroutines is running any more, and none ends unnoticed:
// neither one that panics when the caller's own has finished, nor one that still works when the
// caller's is ended.
func TestBatchWaits(t *testing.T) {
	for _, goexit := range []bool{false, true} {
		var both sync.WaitGroup
		var worked atomic.Bool
		armed, ended := false, make(chan any)
		f := gradus.Func1("f", func(x float64) float64 {
			if !armed || x != 0 {
				return x
			}
			both.Done()
			both.Wait() // each of two goroutines has one of two chunks
			mine := strings.Contains(string(debug.Stack()), "Batch).Forward(")
			switch {
			case mine && goexit:
				runtime.Goexit()
			case !mine:
				time.Sleep(20 * time.Millisecond)
				if worked.Store(true); !goexit {
					panic("late")
				}
			}
			return x
		}, func(float64) float64 { return 1 })
		x := gradus.New(1)
		p := record(t, replay.Recorder{Inputs: []*gradus.Value{x}}, f.Apply(x))
		b, inputs := p.JoinAlways().Batch(32, 2), make([]float64, 32)
		for i := range inputs {
			inputs[i] = float64(i % 16)
		}
		both.Add(2)
		armed = true
		go func() {
			defer func() { ended <- recover() }()
			b.Forward(inputs)
		}()
		got := <-ended
		if !worked.Load() {
			t.Errorf("the caller's goroutine is ended: %t: another still works", goexit)
		}
		if want := map[bool]any{false: "late", true: nil}[goexit]; got != want {
			t.Errorf("the caller's goroutine is ended: %t: panic %v, want %v", goexit, got, want)
		}
	}
}

func panicOf(f func()) (value any) {
	defer func() { value = recover() }()
	f()
	return nil
}

// InputGrad has the gradients of the last batch, whatever its size and whatever ran since.
func TestBatchInputGrad(t *testing.T) {
	x, w := gradus.New(1), gradus.New(2).As("w")
	r := replay.Recorder{Inputs: []*gradus.Value{x}, InputGrads: true}
	p := record(t, r, x.Square().Mul(w))
	b := p.Batch(3, 1)
	b.GradSum([]float64{1, 2, 3})
	b.GradSum([]float64{4, 5})
	b.Forward([]float64{1})
	if diff := cmp.Diff([]float64{16, 20}, b.InputGrad()); diff != "" {
		t.Errorf("gradients of the inputs (-want +got):\n%s", diff)
	}
}

// A function of the caller's cannot run the program that is running it.
func TestBatchWithinItself(t *testing.T) {
	var b *replay.Batch
	x := gradus.New(1)
	f := gradus.Func1("f", func(x float64) float64 {
		if b != nil {
			b.Forward([]float64{1})
		}
		return x
	}, func(float64) float64 { return 1 })
	p := record(t, replay.Recorder{Inputs: []*gradus.Value{x}}, f.Apply(x))
	b = p.Batch(1, 1)
	got, ok := panicOf(func() { b.Forward([]float64{1}) }).(string)
	if !ok || !strings.HasPrefix(got, "replay: ") || !strings.Contains(got, "running") {
		t.Errorf("panic %q, want one that says that the program is running already", got)
	}
}
