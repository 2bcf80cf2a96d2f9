package compile

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/replay/internal/machine"
)

// The steps of a network with the same weights leave the gradient of these to the first of at least four
// whose operands lie at constant distances. The first step of all has another operand, a constant state, and
// is alone.
func TestDeferGradients(t *testing.T) {
	const n = 6
	w := gradus.Values(make([]float64, n*n))
	unrolled := func(times int) *gradus.Value {
		h := []*gradus.Value{}
		for i := range n {
			h = append(h, gradus.Const(float64(i)))
		}
		for range times {
			next := []*gradus.Value{}
			for r := range n {
				next = append(next, gradus.Dot(w[r*n:][:n], h).Tanh())
			}
			h = next
		}
		return gradus.LogSumExp(h...)
	}
	type steps struct {
		Steps int32
		GradY bool
	}
	own := steps{GradY: true} // a step that hands on its own part of the gradient
	for _, tt := range []struct {
		name    string
		times   int
		options Options
		want    []steps
	}{
		{"four and the first", 5, Options{}, []steps{own, {4, true}, {}, {}, {}}},
		{"three are too few", 4, Options{}, []steps{own, own, own, own}},
		{"switched off", 5, Options{Without: Deferred}, []steps{own, own, own, own, own}},
	} {
		p := Compile(graphOf(nil, w, unrolled(tt.times)), tt.options)
		var got []steps
		for i := range p.Code {
			if in := &p.Code[i]; in.HasMatrix() {
				got = append(got, steps{in.Steps, in.GradY})
			}
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s\n%v", tt.name, diff, linesOf(p))
		}
	}
}

// Steps are columns of two matrices if their x lie at equal distances, from left to right, and so do their z.
func TestDeferredDistances(t *testing.T) {
	for _, tt := range []struct {
		name string
		x, z []int32
		want []int32 // Steps
	}{
		{"equal", []int32{0, 4, 8, 12, 16}, []int32{0, 5, 10, 15, 20}, []int32{5, 0, 0, 0, 0}},
		{"one x", []int32{4, 4, 4, 4}, []int32{0, 5, 10, 15}, []int32{0, 0, 0, 0}},
		{"from right to left", []int32{12, 8, 4, 0}, []int32{0, 5, 10, 15}, []int32{0, 0, 0, 0}},
		{"another z", []int32{0, 4, 8, 12}, []int32{0, 5, 10, 16}, []int32{0, 0, 0, 0}},
		{"two distances", []int32{0, 4, 8, 9, 10, 11}, []int32{0, 5, 10, 15, 20, 25}, []int32{0, 0, 4, 0, 0, 0}},
	} {
		l := &lowering{}
		for k, x := range tt.x {
			l.code = append(l.code, machine.Inst{
				Code: machine.Dense, M: 4, N: 4, LDA: 4, MatY: true, Active: true, GradY: true, X: x, Z: 100 + tt.z[k],
			})
		}
		l.deferGradients()
		var got []int32
		for _, in := range l.code {
			steps := int32(0)
			if in.More != nil {
				steps = in.Steps
			}
			got = append(got, steps)
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, diff)
		}
	}
}
