package replay_test

import (
	"math"
	"slices"
	"testing"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/internal/slow"
	"github.com/gradus-go/gradus/replay"
)

// exactly is a flag, beside those of the passes, that stands for Recorder.Exact. With it a set of
// passes says all about how a graph is compiled.
const exactly = replay.Deferred << 1

// allPasses is every pass and the flag.
const allPasses = exactly<<1 - 1

// inexact are the passes that do nothing if the numbers must be exact.
const inexact = replay.Common | replay.Dots | replay.Matrices | replay.Constants | replay.Order |
	replay.Join | replay.MulAdds | replay.Rows | replay.Gather | replay.Repeats | replay.Deferred

// sets returns the sets of passes, without the flag or with it, in which every set that compiles a graph in a
// way of its own is once.
func sets(exact bool) (all []replay.Pass) {
	for set := replay.Pass(0); set <= allPasses; set++ {
		if set&exactly != 0 == exact && (!exact || set&inexact == 0) {
			all = append(all, set)
		}
	}
	return all
}

// without returns the recorder with a set of passes switched off, and Exact if the flag is in it.
func without(r replay.Recorder, set replay.Pass) replay.Recorder {
	r.Without, r.Exact = set&^exactly, set&exactly != 0
	return r
}

// An expectation is what a sample's graph says of gradients, and how far a program may be off.
type expectation struct {
	*sample
	ofParams, ofInputs []float64
	bound              func(*gradus.Value) (data, grad float64)
	sum                func(*gradus.Value) (terms, size float64) // of which a gradient is the sum; nil if wild
}

// expect differentiates a node that depends on both outputs, or on the first. It returns nil if there
// are no bounds: at a kink, or where the graph is so ill-conditioned that nothing can be said.
func (s *sample) expect(out *gradus.Value) *expectation {
	e := &expectation{sample: s}
	for _, v := range slices.Concat(s.params, s.inputs) {
		v.ZeroGrad()
	}
	out.ZeroGrad()
	out.Backward()
	for _, v := range s.params {
		e.ofParams = append(e.ofParams, v.Grad)
	}
	for _, v := range s.inputs {
		e.ofInputs = append(e.ofInputs, v.Grad)
	}
	if s.wild {
		e.bound = func(*gradus.Value) (float64, float64) { return toTheBit, toTheBit }
		return e
	}
	b, ok := newBounds(out)
	if !ok {
		return nil
	}
	e.bound, e.sum = b.of, func(v *gradus.Value) (terms, size float64) { return b.pushes[v], b.pushed[v] }
	return e
}

// output compares an output.
func (e *expectation) output(t *testing.T, p *replay.Program, what string, got float64, v *gradus.Value) {
	t.Helper()
	off, _ := e.bound(v)
	equal(t, p, what, got, v.Data, off)
}

// gradients compares the gradients of n samples that are this one. If those of the inputs are
// wanted, inputGrad returns them.
func (e *expectation) gradients(t *testing.T, p *replay.Program, inputGrad func() []float64, n float64) {
	t.Helper()
	for i, v := range e.params {
		_, off := e.bound(v)
		added := 0.0
		if n > 1 && !e.wild { // the terms of all samples are one sum, in any order
			terms, size := e.sum(v)
			added = n * terms * unit * n * size
		}
		equal(t, p, "gradient of a parameter", p.Grad(v), n*e.ofParams[i], n*off+added)
	}
	if !e.inputGrads {
		return
	}
	for i, g := range inputGrad() {
		k := i % len(e.inputs)
		_, off := e.bound(e.inputs[k])
		equal(t, p, "gradient of an input", g, e.ofInputs[k], off)
	}
}

// checkSample records a sample's graph with each set of passes, and compares the program, and a batch,
// with the graph: bit by bit if the sample is wild, and the programs exact, or else within the
// rounding bounds. It returns the programs, or none if there are no bounds.
func checkSample(t *testing.T, s *sample, sets ...replay.Pass) (all []*replay.Program) {
	t.Helper()
	first := s.expect(s.out)
	if first == nil {
		return nil
	}
	outputs, both := []*gradus.Value{s.out}, (*expectation)(nil)
	if !s.wild { // of several outputs, gradients are not promised to the bit
		outputs = append(outputs, s.other)
		both = s.expect(s.out.Mul(2).Add(s.other.Mul(-4)))
	}
	x := numbers(s.inputs)
	for _, set := range sets {
		p := record(t, without(s.recorder(), set), outputs...)
		for range 2 { // the second run finds the memory used
			first.output(t, p, "output", p.Forward(x...), s.out)
			p.Backward()
			first.gradients(t, p, p.InputGrad, 1)
		}
		if both != nil {
			both.output(t, p, "second output", p.Output(1), s.other)
			p.Backward(2, -4)
			both.gradients(t, p, p.InputGrad, 1)
			p.Backward()
		}
		if !s.wild {
			checkDescend(t, p, x, first.bound, first.sum)
		}
		b := p.Batch(2, 1)
		for k, y := range b.GradSum(slices.Concat(x, x)) {
			if k%len(outputs) == 0 {
				first.output(t, p, "output of a batch", y, s.out)
			} else if both != nil {
				both.output(t, p, "second output of a batch", y, s.other)
			}
		}
		first.gradients(t, p, b.InputGrad, 2)
		all = append(all, p)
	}
	return all
}

// toTheBit is the bound of numbers that must be the same, the sign of a zero included.
const toTheBit = -1

func equal(t *testing.T, p *replay.Program, what string, got, want, bound float64) {
	t.Helper()
	if math.IsNaN(got) && math.IsNaN(want) || math.Float64bits(got) == math.Float64bits(want) {
		return
	}
	if !(math.Abs(got-want) <= bound) {
		t.Fatalf("%s is %v, want %v ± %g of\n%v", what, got, want, bound, p)
	}
}

// Every set of passes computes what the graph does. The random graphs have every form of every
// instruction.
func TestPasses(t *testing.T) {
	samples, all := uint64(300), slow.Wanted()
	if testing.Short() {
		samples, all = 60, false
	}
	sets := map[bool][]replay.Pass{false: sets(false), true: sets(true)}
	const most = 3000
	seen, seed, compared := formCounts{}, uint64(0), uint64(0)
	missing := seen.missing()
	for ; seed < samples || seed < most && all && len(missing) > 0; seed++ {
		size := []int{1, 2, 3, 4, 12, 24}[seed%6] // small graphs have forms that large ones lack
		want := form{}
		if seed >= samples { // a grower that knows nothing of forms would need several thousand graphs
			want = missing[seed/6%uint64(len(missing))]
		}
		for wild, sets := range sets {
			programs := checkSample(t, newSampleFor(want, seed, size, wild), someOf(sets, seed/6)...)
			if !wild && len(programs) > 0 {
				compared++
			}
			for _, p := range programs {
				if all {
					seen.add(p.Code())
				}
			}
		}
		missing = seen.missing()
	}
	if compared < seed*3/4 {
		t.Errorf("%d of %d graphs have bounds, want most", compared, seed)
	}
	if all {
		seen.check(t)
		t.Logf("%d graphs", seed)
	}
}

// someOf returns the first of many sets, and about 16 others: another choice for each k, so that all have
// their turn.
func someOf(sets []replay.Pass, k uint64) []replay.Pass {
	some, step := sets[:1:1], uint64(len(sets))/16|1 // odd, so that every pass is in some of them
	for i := 1 + k%step; i < uint64(len(sets)); i += step {
		some = append(some, sets[i])
	}
	return some
}

func FuzzPasses(f *testing.F) {
	f.Add(uint64(1), uint8(10), uint16(0))
	f.Add(uint64(2), uint8(20), uint16(exactly))
	f.Fuzz(func(t *testing.T, seed uint64, size uint8, without uint16) {
		set := replay.Pass(without) & allPasses
		checkSample(t, newSample(seed, int(size)%40, set&exactly != 0), set)
	})
}
