package gradus_test

import (
	"math"
	"testing"

	"gonum.org/v1/gonum/num/dual"

	"github.com/gradus-go/gradus"
)

// FuzzBackward compares Backward on random graphs, with sharing, with dual numbers in
// forward mode, a leaf at a time. The dual numbers take their real parts from the graph,
// so that what differs is the derivatives alone.
func FuzzBackward(f *testing.F) {
	addSeeds(f)
	f.Fuzz(func(t *testing.T, data []byte) {
		p := newProgram(data)
		leaves, nodes := p.graph()
		root := nodes[len(nodes)-1]
		root.Backward()
		bounds := errorBounds(root, localError)
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

// localError bounds the rounding error of a local derivative dx, of a function z of an operand x. It is a
// few roundings off; where exp or ln is part of it, those of their argument count; and 1 − z², z(1 − z)
// cancel, which leaves an absolute error.
func localError(x, z, dx float64) float64 {
	return (16+2*math.Abs(x)+2*math.Abs(z))*u*dx + 4*u
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
