package replay_test

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/replay"
)

// move gives the leaves other numbers, and computes the graphs under the outputs with them.
func move(rng *rand.Rand, leaves, outputs []*gradus.Value) {
	for _, v := range leaves {
		v.Data += rng.NormFloat64() / 8
	}
	for _, v := range gradus.Topo(outputs...) {
		if v.Op() != nil {
			v.Data = v.Op().Eval(numbers(v.Parents())...)
		}
	}
}

// checkGradient records the derivatives of a random graph and, as the first output, their dot product with
// a direction. It compares the programs with these graphs at other numbers than those that were
// recorded. It returns the programs, or none if there are no bounds.
func checkGradient(t *testing.T, seed uint64, size int, sets ...replay.Pass) (all []*replay.Program) {
	t.Helper()
	s, rng := newSample(seed, size, false), rand.New(rand.NewPCG(seed, 2))
	dy := gradus.Gradient(s.out, slices.Concat(s.params, s.inputs)...)
	direction := leaves(rng, len(dy))
	switch rng.IntN(3) { // or else it is constant
	case 0:
		s.params = append(s.params, direction...)
	case 1:
		s.inputs = append(s.inputs, direction...)
	}
	outputs := append([]*gradus.Value{gradus.Dot(dy, direction)}, dy...)
	for _, set := range sets {
		all = append(all, record(t, without(s.recorder(), set), outputs...))
	}
	move(rng, slices.Concat(s.params, s.inputs), outputs)
	seeds := leaves(rng, len(outputs))
	first, both := s.expect(outputs[0]), s.expect(gradus.Dot(outputs, seeds))
	if first == nil || both == nil {
		return nil
	}
	for _, p := range all {
		p.Load()
		p.Forward(numbers(s.inputs)...)
		for k, v := range outputs {
			both.output(t, p, "output", p.Output(k), v)
		}
		p.Backward()
		first.gradients(t, p, p.InputGrad, 1)
		p.Backward(numbers(seeds)...)
		both.gradients(t, p, p.InputGrad, 1)
	}
	return all
}

// Derivatives, and derivatives of derivatives, are those of the graphs that Gradient returns.
func TestGradients(t *testing.T) {
	graphs, compared := uint64(400), uint64(0)
	if testing.Short() {
		graphs = 160
	}
	for seed := range graphs {
		size := []int{1, 2, 3, 4, 8, 16}[seed%6]
		if len(checkGradient(t, seed, size, 0, replay.Matrices, replay.Vectors, exactly)) > 0 {
			compared++
		}
	}
	t.Logf("%d of %d graphs compared", compared, graphs)
	if compared < graphs*3/4 {
		t.Errorf("%d of %d graphs have bounds, want most", compared, graphs)
	}
}

func FuzzGradients(f *testing.F) {
	f.Add(uint64(1), uint8(4), uint16(0))
	f.Add(uint64(2), uint8(10), uint16(exactly))
	f.Fuzz(func(t *testing.T, seed uint64, size uint8, without uint16) {
		checkGradient(t, seed, int(size)%20, replay.Pass(without)&allPasses)
	})
}
