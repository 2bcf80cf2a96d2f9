package compile

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/gradus-go/gradus"
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
		Later bool
	}
	for _, tt := range []struct {
		name    string
		times   int
		options Options
		want    []steps
	}{
		{"four and the first", 5, Options{}, []steps{{}, {4, false}, {0, true}, {0, true}, {0, true}}},
		{"three are too few", 4, Options{}, []steps{{}, {}, {}, {}}},
		{"switched off", 5, Options{Without: Deferred}, []steps{{}, {}, {}, {}, {}}},
	} {
		p := Compile(graphOf(nil, w, unrolled(tt.times)), tt.options)
		var got []steps
		for i := range p.Code {
			if in := &p.Code[i]; in.HasMatrix() {
				got = append(got, steps{in.Steps, in.Later})
			}
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s\n%v", tt.name, diff, linesOf(p))
		}
	}
}
