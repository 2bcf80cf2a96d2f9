package replay_test

import (
	"math"
	"testing"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/replay"
)

// exactly is a flag, beside those of the passes, that stands for Recorder.Exact. With it a set of
// passes says all about how a graph is compiled.
const exactly = replay.Vectors << 1

// allPasses is every pass and the flag.
const allPasses = replay.Fold | replay.Dots | replay.Matrices | replay.Vectors | exactly

// without returns the recorder with a set of passes switched off, and Exact if the flag is in it.
func without(r replay.Recorder, set replay.Pass) replay.Recorder {
	r.Without, r.Exact = set&^exactly, set&exactly != 0
	return r
}

// checkSample records a random graph and compares the program with the graph: bit by bit if it
// is to be exact, or else within the rounding bounds. It reports whether there are bounds.
func checkSample(t *testing.T, seed uint64, size int, set replay.Pass) bool {
	t.Helper()
	exact := set&exactly != 0
	s := newSample(seed, size, exact)
	r := without(replay.Recorder{Inputs: s.inputs, Params: s.params, InputGrads: true}, set)
	p, err := r.Record(s.out)
	if err != nil {
		t.Fatal(err)
	}
	s.out.Backward()
	bound := func(*gradus.Value) (float64, float64) { return toTheBit, toTheBit }
	if !exact {
		b, ok := newBounds(s.out)
		if !ok {
			return false // at a kink, or so ill-conditioned that nothing can be said
		}
		bound = b.of
	}
	x := make([]float64, len(s.inputs))
	for range 2 { // the second run finds the memory used
		for i, v := range s.inputs {
			x[i] = v.Data
		}
		value := p.Forward(x...)
		p.Backward()
		e, _ := bound(s.out)
		equal(t, p, "output", value, s.out.Data, e)
		for i, v := range p.Params() {
			_, e := bound(v)
			equal(t, p, "gradient of a parameter", p.Grad()[i], v.Grad, e)
		}
		for i, v := range s.inputs {
			_, e := bound(v)
			equal(t, p, "gradient of an input", p.InputGrad()[i], v.Grad, e)
		}
	}
	return true
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

// Every set of passes computes what the graph does.
func TestPasses(t *testing.T) {
	samples := uint64(200)
	if testing.Short() {
		samples = 20
	}
	for set := replay.Pass(0); set <= allPasses; set++ {
		compared := uint64(0)
		for seed := range samples {
			if checkSample(t, seed, int(seed)%30, set) {
				compared++
			}
		}
		if compared < samples*3/4 {
			t.Errorf("without %05b: %d of %d graphs have bounds, want most", set, compared, samples)
		}
	}
}

func FuzzPasses(f *testing.F) {
	f.Add(uint64(1), uint8(10), uint8(0))
	f.Add(uint64(2), uint8(20), uint8(exactly))
	f.Fuzz(func(t *testing.T, seed uint64, size, without uint8) {
		checkSample(t, seed, int(size)%40, replay.Pass(without)&allPasses)
	})
}
