package gradus_test

import (
	"math"
	"testing"

	"github.com/gradus-go/gradus"
)

// FuzzTape compares a graph on a tape, over many Resets, with the same graph off it: the
// numbers to the bit, the gradients within the rounding of their sums. The first byte says
// which leaves are on the tape. With two leaves off it, there are interior nodes off the
// tape under those on it.
func FuzzTape(f *testing.F) {
	for i := range moves {
		f.Add(byte(0xff), []byte{3, 20, 40, 250, 9, byte(i), 0, 1, 2, 2, 4, 1, 0})
		f.Add(byte(0b0101), []byte{3, 20, 40, 250, 9, byte(i), 1, 3, 1, 2, 0, 4, 0, byte(i), 5, 4, 2})
		f.Add(byte(0b0001), []byte{1, 20, 40, byte(i), 0, 1, 1, byte(i), 2, 2, 0})
	}
	f.Fuzz(func(t *testing.T, onTape byte, data []byte) {
		var tape gradus.Tape
		leaves := func(p program, onTape byte) []*gradus.Value {
			leaves := gradus.Values(p.leaves)
			for i, x := range p.leaves {
				if onTape>>i&1 == 1 {
					leaves[i] = tape.New(x)
				}
			}
			return leaves
		}
		// What another graph has left on the tape must not matter.
		before := newProgram(data[len(data)/2:])
		nodes := before.run(leaves(before, 0xff), nil)
		nodes[len(nodes)-1].As("before").Backward()

		p := newProgram(data)
		heap := p.run(gradus.Values(p.leaves), nil)
		root := heap[len(heap)-1]
		root.Backward()
		bounds := errorBounds(root, func(_, _, _ float64) float64 { return 0 })
		for range 3 {
			tape.Reset()
			operands := leaves(p, onTape)
			// Nodes that are not used, infinite or NaN, must not matter.
			taped := p.run(operands, func() {
				zero := tape.New(0).As("unused")
				zero.Log().Mul(zero).Add(operands[0]).Div(zero)
				gradus.Dot([]*gradus.Value{zero.Log()}, operands[:1])
			})
			taped[len(taped)-1].Backward()
			for i := range heap {
				compareNodes(t, i, taped[i], heap[i], 2*bounds[heap[i]])
			}
		}
	})
}

func compareNodes(t *testing.T, i int, got, want *gradus.Value, bound float64) {
	t.Helper()
	if math.Float64bits(got.Data) != math.Float64bits(want.Data) {
		t.Errorf("node %d is %v on the tape, %v off it", i, got.Data, want.Data)
	}
	if got.HasGrad() != want.HasGrad() {
		t.Errorf("node %d has a gradient on the tape: %t, off it: %t", i, got.HasGrad(), want.HasGrad())
	}
	if !(math.Abs(got.Grad-want.Grad) <= bound) {
		t.Errorf("node %d has Grad %v on the tape, %v off it, and %g is the bound",
			i, got.Grad, want.Grad, bound)
	}
}
