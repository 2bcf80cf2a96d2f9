package gradus_test

import (
	"bytes"
	"math"
	"testing"

	"gonum.org/v1/gonum/num/dual"

	"github.com/gradus-go/gradus"
)

// addSeeds adds a program for every move, alone and after all others.
func addSeeds(f *testing.F) {
	f.Helper()
	var all []byte
	for i := range moves {
		m := byte(i)
		f.Add([]byte{3, 20, 40, 250, 9, m, 0, 1, 2})
		all = append(all, m, m, 3*m+1, 7*m+2)
		f.Add(append([]byte{3, 20, 40, 250, 9}, all...))
	}
	f.Add([]byte{0, 16, 0, 0, 0, 0, 0, 1, 1, 0}) // b = a + a, c = b + b
	f.Add(bytes.Repeat([]byte{2}, 200))          // products of products
}

// FuzzBackward compares Backward on random graphs, with sharing, with dual numbers in
// forward mode, a leaf at a time. The dual numbers take their real parts from the graph,
// so that what differs is the derivatives alone.
func FuzzBackward(f *testing.F) {
	addSeeds(f)
	f.Fuzz(func(t *testing.T, data []byte) {
		p := newProgram(data)
		leaves := gradus.Values(p.leaves)
		nodes := p.run(leaves, nil)
		root := nodes[len(nodes)-1]
		root.Backward()
		// A local derivative is a few roundings off; where exp or ln is part of it, those of
		// their argument count; and 1 − z², z(1 − z) cancel, which leaves an absolute error.
		bounds := errorBounds(root, func(x, z, dx float64) float64 {
			return (16+2*math.Abs(x)+2*math.Abs(z))*u*dx + 4*u
		})
		for i, leaf := range leaves {
			want := p.forward(t, nodes, i)
			// 1e-160: what may have underflowed, magnified by the steps after it
			if bound := 2*bounds[leaf] + 1e-160; !(math.Abs(leaf.Grad-want) <= bound) {
				t.Errorf("Grad of leaf %d = %v, dual numbers say %v, and %g is the bound\n%v",
					i, leaf.Grad, want, bound, nodes)
			}
		}
	})
}

// forward returns the derivative of the last node with respect to a leaf.
func (p program) forward(t *testing.T, nodes []*gradus.Value, leaf int) float64 {
	t.Helper()
	d := make([]dual.Number, len(nodes))
	for i, v := range nodes {
		if i < len(p.leaves) {
			d[i] = dual.Number{Real: v.Data}
			if i == leaf {
				d[i].Emag = 1
			}
			continue
		}
		m, at := p.operands(p.steps[i-len(p.leaves)], i)
		if v.Op() == nodes[0].Sin().Op() {
			m = sine
		}
		x := make([]dual.Number, len(at))
		for j := range at {
			x[j] = d[at[j]]
		}
		d[i] = m.dual(x)
		if off := math.Abs(d[i].Real - v.Data); !(off <= 64*u*(1+math.Abs(v.Data))) {
			t.Errorf("%v = %v, dual numbers say %v", v.Op().Name(), v.Data, d[i].Real)
		}
		d[i].Real = v.Data
	}
	return d[len(d)-1].Emag
}

// FuzzTopo checks the order of random graphs by its definition.
func FuzzTopo(f *testing.F) {
	addSeeds(f)
	f.Fuzz(func(t *testing.T, data []byte) {
		p := newProgram(data)
		nodes := p.run(gradus.Values(p.leaves), nil)
		roots := []*gradus.Value{nodes[len(nodes)-1], nodes[len(nodes)/2]}
		order := gradus.Topo(roots...)
		place := map[*gradus.Value]int{}
		for i, v := range order {
			if first, twice := place[v]; twice {
				t.Errorf("node %d is node %d again", i, first)
			}
			place[v] = i
			for _, p := range v.Parents() {
				if _, before := place[p]; !before {
					t.Errorf("node %d (%v) comes before its parent (%v)", i, v, p)
				}
			}
		}
		reachable := map[*gradus.Value]bool{}
		var visit func(v *gradus.Value)
		visit = func(v *gradus.Value) {
			if reachable[v] {
				return
			}
			reachable[v] = true
			if _, ok := place[v]; !ok {
				t.Errorf("%v is missing", v)
			}
			for _, p := range v.Parents() {
				visit(p)
			}
		}
		for _, r := range roots {
			visit(r)
		}
		if len(order) != len(reachable) {
			t.Errorf("%d nodes in order, want the %d that the roots depend on", len(order), len(reachable))
		}
	})
}

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
