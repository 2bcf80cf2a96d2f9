package compile_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/replay"
	"github.com/gradus-go/gradus/replay/internal/graphs"
)

// The rows of a matrix lie in the order in which they are listed, although the graph has them in another.
func TestOrder(t *testing.T) {
	x, w := graphs.Values(2), graphs.Values(7)
	rows := func(at ...int) (z []*gradus.Value) {
		for _, i := range at {
			z = append(z, gradus.Dot(w[i:i+2], x))
		}
		return z
	}
	z := rows(0, 2, 4)
	columns := []*gradus.Value{
		gradus.Dot([]*gradus.Value{w[1], w[3], w[5]}, z), gradus.Dot([]*gradus.Value{w[0], w[2], w[4]}, z),
	}
	apart := rows(0, 2, 5)
	biased := rows(0, 2)
	for i := range biased {
		biased[i] = biased[i].Add(w[5+i])
	}
	scattered := gradus.Dot([]*gradus.Value{w[4], w[0], w[2]}, []*gradus.Value{x[0], x[1], x[0]})
	for _, tt := range []struct {
		name    string
		without replay.Pass
		output  *gradus.Value
		want    string
	}{
		{
			"the last row is met first", 0, gradus.LogSumExp(z[2], z[0], z[1]),
			"t[0:3] = w[0:6]·x[0:2]\nt[3] = logsumexp(t[2], t[0], t[1])\nreturn t[3]",
		},
		{
			"the same, if switched off", replay.Order, gradus.LogSumExp(z[2], z[0], z[1]),
			"t[0:3] = w[0:6]·x[0:2]\nt[3] = logsumexp(t[0], t[1], t[2])\nreturn t[3]",
		},
		{
			"rows and columns of one matrix", 0, gradus.LogSumExp(z[2], columns[0], columns[1]),
			"t[0:3] = w[0:6]·x[0:2]\nt[3:5] = w[0:6]ᵀ·t[0:3]\nt[5] = logsumexp(t[2], t[4], t[3])\nreturn t[5]",
		},
		{
			"their addends follow them", 0, gradus.LogSumExp(biased[1], biased[0]),
			"t[0:2] = w[0:4]·x[0:2] + w[4:6]\nt[2] = logsumexp(t[1], t[0])\nreturn t[2]",
		},
		{
			"other parameters are between the rows", 0, gradus.LogSumExp(append(apart, w[4])...),
			"t[0:3] = w[0:6]·x[0:2]\nt[3] = logsumexp(t[0], t[1], t[2], w[6])\nreturn t[3]",
		},
		{
			"even of the same block: the order of the graph stays", 0,
			gradus.LogSumExp(append(slices.Clone(apart), gradus.Dot([]*gradus.Value{w[0], w[4]}, apart[:2]))...),
			"t[0:3] = w[0:6]·x[0:2]\nt[3:5] = w[2], w[6]\nt[5] = t[3:5]·t[1:3]\n" +
				"t[6] = logsumexp(t[1], t[2], t[0], t[5])\nreturn t[6]",
		},
		{
			"a row that is multiplied by numbers apart", 0, scattered,
			"t[0:3] = x[1], x[0], x[0]\nt[3] = w[0:3]·t[0:3]\nreturn t[3]",
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := linesOf(t, replay.Recorder{Inputs: x, Params: w, Without: tt.without | replay.Rows}, tt.output)
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}
