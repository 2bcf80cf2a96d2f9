package compile_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/replay"
	"github.com/gradus-go/gradus/replay/internal/graphs"
)

// byHand returns exp(xᵢ)/Σ exp(xⱼ), added as a tree.
func byHand(x ...*gradus.Value) (z []*gradus.Value) {
	for _, v := range x {
		z = append(z, v.Exp())
	}
	sum := graphs.Tree(z)
	for i, e := range z {
		z[i] = e.Div(sum)
	}
	return z
}

// A softmax, and the logarithm of a sum of exponentials, is one instruction for all rows of a level.
func TestRows(t *testing.T) {
	x := graphs.Values(12)
	softmaxes := func(f func(x ...*gradus.Value) []*gradus.Value, rows ...[]*gradus.Value) (z []*gradus.Value) {
		for _, row := range rows {
			z = append(z, f(row...)...)
		}
		return z
	}
	logs := func(rows ...[]*gradus.Value) (z []*gradus.Value) {
		for _, row := range rows {
			z = append(z, gradus.LogSumExp(row...))
		}
		return z
	}
	m, e := gradus.Const(2), []*gradus.Value{x[0].Exp(), x[1].Exp()}
	sum, z := e[0].Add(e[1]), gradus.Softmax(x[:2]...)
	for _, tt := range []struct {
		name    string
		without replay.Pass
		outputs []*gradus.Value
		want    string
	}{
		{"a softmax", 0, softmaxes(gradus.Softmax, x[:4]), "t[0:4] = softmax(x[0:4])"},
		{"by hand", 0, softmaxes(byHand, x[:4]), "t[0:4] = exp(x[0:4])/Σ"},
		{"of two numbers", 0, softmaxes(byHand, x[:2]), "t[0:2] = exp(x[0:2])/Σ"},
		{
			"by hand, with a constant subtracted", 0, byHand(x[0].Sub(m), x[1].Sub(m), x[2].Sub(m)),
			"t[0:3] = x[0:3] − c[0]\nt[3:6] = exp(t[0:3])/Σ",
		},
		{"rows", 0, softmaxes(gradus.Softmax, x[:4], x[4:8], x[8:12]), "t[0:12] = softmax(3 rows of x[0:12])"},
		{"with gaps", 0, softmaxes(byHand, x[:3], x[4:7]), "t[0:6] = exp(2 rows of x[0:7])/Σ"},
		{
			"of several lengths", 0, softmaxes(gradus.Softmax, x[:3], x[3:5], x[5:8]),
			"t[0:6] = softmax(2 rows of x[0:8])\nt[6:8] = softmax(x[3:5])",
		},
		{
			"copied, as their numbers do not lie side by side", 0,
			softmaxes(gradus.Softmax, []*gradus.Value{x[4], x[0]}, []*gradus.Value{x[2], x[11]}),
			"t[0:4] = x[4], x[0], x[2], x[11]\nt[4:8] = softmax(2 rows of t[0:4])",
		},
		{
			"some of them copied", 0,
			softmaxes(gradus.Softmax, []*gradus.Value{x[4], x[0]}, x[2:4], []*gradus.Value{x[2], x[11]}, x[4:6]),
			"t[0:4] = x[4], x[0], x[2], x[11]\nt[4:8] = softmax(2 rows of x[2:6])\n" +
				"t[8:12] = softmax(2 rows of t[0:4])",
		},
		{
			"without the pass", replay.Rows, softmaxes(gradus.Softmax, x[:3]),
			"t[0] = shift(x[0], x[1], x[2])\nt[1:4] = x[0:3] − t[0]\nt[4:7] = exp(t[1:4])\nt[7] = sum(t[4:7])\n" +
				"t[8:11] = t[4:7] / t[7]",
		},
		{
			"something else uses an exponential", 0,
			[]*gradus.Value{e[0].Div(sum), e[1].Div(sum), e[0]},
			"t[0:2] = exp(x[0:2])\nt[2] = t[0] + t[1]\nt[3:5] = t[0:2] / t[2]",
		},
		{
			"something else uses a difference", 0,
			[]*gradus.Value{z[0], z[1], z[0].Parents()[0].Parents()[0]},
			"t[0] = shift(x[0], x[1])\nt[1:3] = x[0:2] − t[0]\nt[3:5] = exp(t[1:3])/Σ",
		},
		{"logarithms", 0, logs(x[:3], x[3:6], x[6:9]), "t[0:3] = logsumexp(3 rows of x[0:9])"},
		{"a logarithm without the pass", replay.Rows, logs(x[:3]), "t[0] = logsumexp(x[0], x[1], x[2])"},
	} {
		got := linesOf(t, replay.Recorder{Inputs: x, Without: tt.without}, gradus.Mean(tt.outputs...))
		got, _, _ = strings.Cut(got, " = mean")
		got = got[:strings.LastIndex(got, "\n")]
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, diff)
		}
	}
}

// Rows are apart if Backward runs some of them alone: if not all depend on a parameter, or if the first
// output does not depend on all.
func TestRowsApart(t *testing.T) {
	x, w := graphs.Values(6), graphs.Values(3)
	a, b, c := gradus.LogSumExp(x[:3]...), gradus.LogSumExp(x[3:]...), gradus.LogSumExp(w...)
	for _, tt := range []struct {
		name    string
		outputs []*gradus.Value
		want    string
	}{
		{"two rows", []*gradus.Value{a.Mul(b)}, "t[0:2] = logsumexp(2 rows of x[0:6])"},
		{"of parameters", []*gradus.Value{a.Mul(c)}, "t[0] = logsumexp(x[0:3])\nt[1] = logsumexp(w[0:3])"},
		{"of the second output", []*gradus.Value{a, b}, "t[0] = logsumexp(x[0:3])\nt[1] = logsumexp(x[3:6])"},
	} {
		var rows []string
		for _, line := range strings.Split(linesOf(t, replay.Recorder{Inputs: x, Params: w}, tt.outputs...), "\n") {
			if strings.Contains(line, "logsumexp") {
				rows = append(rows, line)
			}
		}
		if diff := cmp.Diff(tt.want, strings.Join(rows, "\n")); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, diff)
		}
	}
}
