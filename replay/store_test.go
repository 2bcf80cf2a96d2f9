package replay_test

import (
	"math/rand/v2"
	"slices"
	"testing"
	"unsafe"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/internal/slow"
	"github.com/gradus-go/gradus/replay"
	"github.com/gradus-go/gradus/replay/internal/graphs"
	"github.com/gradus-go/gradus/replay/internal/machine"
)

// firstGraph returns a graph whose program puts the parameters of a sample where those of others find them:
// it is the sample's other output, or reads them as a matrix, or one by one, or reads some of them.
func (s *sample) firstGraph(rng *rand.Rand) *gradus.Value {
	switch rng.IntN(4) {
	case 0:
		return s.other
	case 1:
		columns := 1 + rng.IntN(len(s.inputs))
		all := []*gradus.Value{}
		for row := range slices.Chunk(s.params, columns) {
			all = append(all, gradus.Dot(row, s.inputs[:len(row)]).Tanh())
		}
		return gradus.Mean(all...)
	case 2:
		return gradus.Mean(s.params...)
	}
	return gradus.Dot(s.params[:len(s.params)/2], s.params[:len(s.params)/2]).Sqrt()
}

// checkShared records two graphs of the same parameters, the second to share those of the first, and compares
// both programs, run in turn, with the graphs. It reports false if there are no bounds.
func checkShared(t *testing.T, seed uint64, size int, set, next replay.Pass) bool {
	t.Helper()
	wild := set&next&exactly != 0
	s, rng := newSample(seed, size, wild), rand.New(rand.NewPCG(seed, 3))
	outs := []*gradus.Value{s.firstGraph(rng), s.out}
	want := []*expectation{s.expect(outs[0]), s.expect(outs[1])}
	if want[0] == nil || want[1] == nil {
		return false
	}
	p := record(t, without(s.recorder(), set), outs[0])
	shares := without(s.recorder(), next)
	shares.Params, shares.Share = nil, p
	q := record(t, shares, outs[1])
	x := numbers(s.inputs)
	for turn := range 2 { // one after the other, and both forward before both backward
		for k, p := range []*replay.Program{p, q} {
			want[k].output(t, p, "output", p.Forward(x...), outs[k])
			if turn == 0 {
				p.Backward()
				want[k].gradients(t, p, p.InputGrad, 1)
			}
		}
	}
	for k, p := range []*replay.Program{p, q} {
		p.Backward()
		want[k].gradients(t, p, p.InputGrad, 1)
	}
	for k, p := range []*replay.Program{p, q} {
		b := p.Batch(20, 1)
		for _, y := range b.GradSum(slices.Repeat(x, 20)) {
			want[k].output(t, p, "output of a batch", y, outs[k])
		}
		if !wild {
			want[k].gradients(t, p, b.InputGrad, 20)
			p.Forward(x...)
			p.Backward()
			checkDescend(t, p, x, want[k].bound, want[k].sum)
		}
	}
	return true
}

// Programs that share their parameters compute what the graphs do, whichever was recorded first.
func TestShared(t *testing.T) {
	samples, compared := 300, 0
	switch {
	case testing.Short():
		samples = 60
	case slow.Wanted():
		samples = 3000
	}
	rng := rand.New(rand.NewPCG(5, 6))
	for seed := range samples {
		set, next := replay.Pass(0), replay.Pass(0)
		if seed%3 == 0 {
			set, next = replay.Pass(rng.IntN(int(allPasses)+1)), replay.Pass(rng.IntN(int(allPasses)+1))
		}
		if checkShared(t, uint64(seed), 1+seed%20, set, next) {
			compared++
		}
	}
	if compared < samples*3/4 {
		t.Errorf("%d of %d graphs have bounds, want most", compared, samples)
	}
}

func FuzzShared(f *testing.F) {
	f.Add(uint64(1), uint8(10), uint16(0), uint16(0))
	f.Add(uint64(2), uint8(20), uint16(exactly), uint16(exactly))
	f.Fuzz(func(t *testing.T, seed uint64, size uint8, set, next uint16) {
		checkShared(t, seed, 1+int(size)%40, replay.Pass(set)&allPasses, replay.Pass(next)&allPasses)
	})
}

// shared returns the program of a layer of four parameters and a bias, and one that shares them, but does not
// use the last two.
func shared(t *testing.T) (w []*gradus.Value, p, q *replay.Program) {
	t.Helper()
	x, w := gradus.Values([]float64{1, 10}), gradus.Values([]float64{2, 3, 4, 5, 6})
	out := gradus.Dot(w[:2], x).Mul(gradus.Dot(w[2:4], x)).Add(w[4])
	p = record(t, replay.Recorder{Inputs: x, Params: w}, out)
	q, err := p.Record(w[0].Mul(w[1]).Sub(w[2].Square().Neg()), x[0])
	if err != nil {
		t.Fatal(err)
	}
	return w, p, q
}

// Whatever is said of the parameters of one program is said of those that share them.
func TestStore(t *testing.T) {
	w, p, q := shared(t)
	if &p.Numbers()[0] != &q.Numbers()[0] || &p.Gradient()[0] != &q.Gradient()[0] ||
		p.Index(w[3]) != q.Index(w[3]) {
		t.Error("the programs have parameters of their own")
	}
	grad := func(v *gradus.Value) float64 { return p.Grad(v) }
	p.Forward(1, 10)
	q.Forward(0)
	p.Backward()
	if got := p.Output(0); got != 32*54+6 || grad(w[3]) != 320 || grad(w[4]) != 1 {
		t.Errorf("%v with the gradients %v, want 1734 with 320 and 1", got, p.Gradient())
	}
	q.Backward()
	got := []float64{q.Output(0), grad(w[0]), grad(w[1]), grad(w[2]), grad(w[3]), grad(w[4])}
	if !slices.Equal(got, []float64{22, 3, 2, 8, 0, 0}) {
		t.Errorf("got the output and gradients %v, want 22 and 3, 2, 8, 0, 0", got)
	}
	b := q.Batch(2, 1)
	p.Numbers()[p.Index(w[2])] = 7
	if got := b.Forward([]float64{0})[0]; got != 55 {
		t.Errorf("with a new number of a parameter a batch gives %v, want 55", got)
	}
	w[2].Data = 1
	q.Load()
	if got := p.Forward(1, 10); got != 32*51+6 {
		t.Errorf("after Load of the other program Forward returns %v, want 1638", got)
	}
	q.Forward(0)
	q.Descend(0.5) // 2 − ½·3, 3 − ½·2, 1 − ½·2, and 5 and 6 as they are
	p.Store()
	if got := numbers(w); !slices.Equal(got, []float64{0.5, 2, 0, 5, 6}) {
		t.Errorf("after Descend the parameters are %v, want [0.5 2 0 5 6]", got)
	}
	if panicOf(func() { p.Backward() }) == nil {
		t.Error("Backward runs after Descend of another program, want a Forward between")
	}
}

// Programs that share parameters count as one: none runs while another does.
func TestStoreIsBusy(t *testing.T) {
	x, w := gradus.New(1), gradus.New(2).As("w")
	p := record(t, replay.Recorder{Inputs: []*gradus.Value{x}}, x.Mul(w))
	f := gradus.Func1("f", func(x float64) float64 { return p.Forward(x) }, func(float64) float64 { return 1 })
	q, err := p.Record(f.Apply(w))
	if err != nil {
		t.Fatal(err)
	}
	const want = "replay: Forward: the program is running already, want one goroutine at a time"
	if got := panicOf(func() { q.Forward() }); got != want {
		t.Errorf("got panic %v, want %v", got, want)
	}
	if got := p.Forward(4); got != 8 {
		t.Errorf("after a panic Forward returns %v, want 8", got)
	}
}

// A program is recorded as the one was whose parameters it shares.
func TestShareKeepsOptions(t *testing.T) {
	x, w := gradus.New(1), gradus.New(2).As("w")
	p := record(t, replay.Recorder{Inputs: []*gradus.Value{x}, InputGrads: true, Exact: true}, x.Mul(w))
	q, err := p.Record(x.Mul(w).Add(x.Square()), x)
	if err != nil {
		t.Fatal(err)
	}
	if q.Forward(3); q.String() != "1 input, 1 parameter, 0 constants, 3 instructions\n"+
		"t[0] = x[0] · w[0]\nt[1] = square(x[0])\nt[2] = t[0] + t[1]\nreturn t[2]\n" {
		t.Errorf("the program is not exact:\n%v", q)
	}
	if q.Backward(); q.InputGrad()[0] != 8 {
		t.Errorf("the gradient of the input is %v, want 8", q.InputGrad())
	}
}

// A parameter that lies in a matrix is copied where something else reads it, and only there.
func TestShareCopies(t *testing.T) {
	_, _, q := shared(t)
	const want = "1 input, 5 parameters, 0 constants, 5 instructions\nt[0:3] = w[0], w[1], w[2]\n" +
		"t[3] = t[0] · t[1]\nt[4] = square(t[2])\nt[5] = neg(t[4])\nt[6] = t[3] − t[5]\nreturn t[6]\n"
	if got := q.String(); got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
}

func TestShareErrors(t *testing.T) {
	x, w := gradus.New(1).As("x"), gradus.New(2).As("w")
	p := record(t, replay.Recorder{Inputs: []*gradus.Value{x}}, x.Mul(w))
	for _, tt := range []struct {
		recorder replay.Recorder
		out      *gradus.Value
		want     string
	}{
		{replay.Recorder{Share: new(replay.Program)}, w, "Share is a zero Program, want one that Record returned"},
		{
			replay.Recorder{Share: p, Params: []*gradus.Value{w}},
			w,
			"there are both Params and Share, want one of them",
		},
		{
			replay.Recorder{Share: p, Inputs: []*gradus.Value{x}},
			w.Mul(x).Add(gradus.New(3).As("b")),
			"the leaf (b = 3) is neither an input, a constant nor a parameter of Share: list all parameters " +
				"in Recorder.Params of the first program, or make a constant with Const",
		},
		{
			replay.Recorder{Share: p, Inputs: []*gradus.Value{w}},
			w.Square(),
			"parameter 1 of 1 (w = 2) is also input 1, want each leaf once",
		},
	} {
		if _, err := tt.recorder.Record(tt.out); err == nil || err.Error() != "replay: "+tt.want {
			t.Errorf("got error %v, want %v", err, tt.want)
		}
		checkUnmarked(t, x, w, tt.out)
	}
}

// What lies behind the matrices of parameters begins in a cache line where they end, whether the program has
// matrices of its own or shares them.
func TestMemoryAligned(t *testing.T) {
	x, w := graphs.Values(81), graphs.Values(3*82)
	out := gradus.Sum(graphs.Layer(3, w, x, graphs.Writers["Sum"], (*gradus.Value).Tanh)...)
	p := record(t, replay.Recorder{Inputs: x, Params: w}, out)
	shared, err := p.Record(out, x...)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range []*replay.Program{p, shared} {
		v, g := p.Memory()
		want := int(p.Code().Layout.MatLen()) % machine.CacheLine
		for _, memory := range [][]float64{v, g} {
			if got := int(uintptr(unsafe.Pointer(&memory[0]))/8) % machine.CacheLine; got != want || want == 0 {
				t.Errorf("the memory begins at number %d of a cache line, want %d, other than 0", got, want)
			}
		}
	}
}
