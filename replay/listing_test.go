package replay_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/replay"
)

// layer returns f of w·x + b for each of n neurons, whose parameters are taken from w.
func layer(n int, w []*gradus.Value, x []*gradus.Value, write writer,
	f func(*gradus.Value) *gradus.Value,
) []*gradus.Value {
	out := make([]*gradus.Value, n)
	for j := range out {
		row := w[j*(len(x)+1):]
		out[j] = f(write(row[:len(x)], x, row[len(x)]))
	}
	return out
}

func values(n int) []*gradus.Value {
	x := make([]float64, n)
	for i := range x {
		x[i] = float64(i%7)/4 - 0.5
	}
	return gradus.Values(x)
}

// listing records out and returns the instructions.
func listing(t *testing.T, r replay.Recorder, outputs ...*gradus.Value) string {
	t.Helper()
	p, err := r.Record(outputs...)
	if err != nil {
		t.Fatal(err)
	}
	_, code, _ := strings.Cut(p.String(), "\n")
	return strings.TrimSuffix(code, "\n")
}

// However a layer is written, it is one matrix-vector product and one run of its function.
func TestEveryWayToWriteALayer(t *testing.T) {
	want := strings.TrimSpace(`
t[0:2] = w[0:6]·x[0:3] + w[8:10]
t[2:4] = σ(t[0:2])
t[4] = w[6:8]·t[2:4] + w[10]
return t[4]`)
	for name, write := range writers {
		x, w := values(3), values(11)
		h := layer(2, w, x, write, (*gradus.Value).Sigmoid)
		out := write(w[8:10], h, w[10])
		got := listing(t, replay.Recorder{Inputs: x, Params: w}, out)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

// Each pass does what its name says, and nothing if it is switched off.
func TestListings(t *testing.T) {
	x, w := values(4), values(12)
	two := func() *gradus.Value { return gradus.New(2) }
	dot := func(w, x []*gradus.Value) *gradus.Value { return writers["balanced tree"](w, x, gradus.New(1)) }
	chain := w[0]
	for _, v := range w[1:5] {
		chain = chain.Mul(v)
	}
	var squares, sines, exps, walk []*gradus.Value
	for i := range 4 {
		squares = append(squares, x[i].Sub(w[i]).Square())
		sines = append(sines, x[i].Sin())
		exps = append(exps, x[i].Sin().Exp())
	}
	for i := range 3 {
		walk = append(walk, x[(3*i+1)%4].Sin().Mul(x[i]))
	}
	hidden := layer(2, w, x[:1], writers["Sum"], (*gradus.Value).Tanh)
	for _, tt := range []struct {
		name    string
		without replay.Pass
		outputs []*gradus.Value
		want    string
	}{
		{
			"constants are folded", 0,
			[]*gradus.Value{two().Mul(two()).Exp().Mul(x[0])},
			"t[0] = c[0] · x[0]\nreturn t[0]",
		},
		{
			"or computed each time", replay.Fold,
			[]*gradus.Value{two().Mul(two()).Exp().Mul(x[0])},
			"t[0] = c[0] · c[1]\nt[1] = exp(t[0])\nt[2] = t[1] · x[0]\nreturn t[2]",
		},
		{
			"a folded output needs no instruction", 0,
			[]*gradus.Value{two().Exp()},
			"return c[0]",
		},
		{
			"a sum of squares is a dot product", 0,
			[]*gradus.Value{gradus.Sum(squares[:3]...)},
			"t[0:3] = x[0:3] − w[0:3]\nt[3] = t[0:3]·t[0:3]\nreturn t[3]",
		},
		{
			"without Dots it is a sum", replay.Dots,
			[]*gradus.Value{tree(squares[:2])},
			"t[0:2] = x[0:2] − w[0:2]\nt[2:4] = square(t[0:2])\nt[4] = t[2] + t[3]\nreturn t[4]",
		},
		{
			"a sum of other terms", 0,
			[]*gradus.Value{gradus.Sum(sines[:3]...)},
			"t[0:3] = sin(x[0:3])\nt[3] = sum(t[0:3])\nreturn t[3]",
		},
		{
			"terms of both kinds", 0,
			[]*gradus.Value{tree([]*gradus.Value{sines[0], squares[0], sines[1], squares[1], sines[2]})},
			"t[0:3] = sin(x[0:3])\nt[3:5] = x[0:2] − w[0:2]\nt[5] = sum(t[0:3])\n" +
				"t[6] = t[3:5]·t[3:5] + t[5]\nreturn t[6]",
		},
		{
			"neurons of one input", 0,
			[]*gradus.Value{tree(hidden)},
			"t[0:2] = w[0:2]·x[0] + w[2:4]\nt[2:4] = tanh(t[0:2])\nt[4] = t[2] + t[3]\nreturn t[4]",
		},
		{
			"without Matrices", replay.Matrices,
			[]*gradus.Value{tree(hidden)},
			"t[0:2] = w[2:4] · x[0] + w[0:2]\nt[2:4] = tanh(t[0:2])\nt[4] = t[2] + t[3]\nreturn t[4]",
		},
		{
			"without Vectors", replay.Vectors,
			[]*gradus.Value{tree(hidden)},
			"t[0:2] = w[0:2]·x[0] + w[2:4]\nt[2] = tanh(t[0])\nt[3] = tanh(t[1])\n" +
				"t[4] = t[2] + t[3]\nreturn t[4]",
		},
		{
			"exactly", exactly,
			[]*gradus.Value{dot(w[:2], x[:2])},
			"t[0] = w[0] · x[0]\nt[1] = x[1] · w[1]\nt[2] = t[1] + c[0]\nt[3] = t[0] + t[2]\nreturn t[3]",
		},
		{
			"a product of many is one run, each result the operand of the next", 0,
			[]*gradus.Value{chain},
			"t[0] = w[0] · w[1]\nt[1:4] = t[0:3] · w[2:5]\nreturn t[3]",
		},
		{
			"scattered operands are no run", 0,
			[]*gradus.Value{gradus.LogSumExp(walk...)},
			"t[0:2] = sin(x[0:2])\nt[2] = sin(x[3])\nt[3] = t[0] · x[1]\nt[4] = t[1] · x[0]\n" +
				"t[5] = t[2] · x[2]\nt[6] = logsumexp(t[4], t[3], t[5])\nreturn t[6]",
		},
		{
			"functions of many operands", 0,
			[]*gradus.Value{gradus.LogSumExp(x[2], x[0]), gradus.Mean(x...)},
			"t[0] = logsumexp(x[2], x[0])\nt[1] = mean(x[0], x[1], x[2], x[3])\nreturn t[0], t[1]",
		},
		{
			"inputs and what is computed first lie side by side", 0,
			[]*gradus.Value{dot(w[:8], append(append([]*gradus.Value{}, x...), sines...))},
			"t[0:4] = sin(x[0:4])\nt[4] = w[0:8]·(x[0:4], t[0:4]) + c[0]\nreturn t[4]",
		},
		{
			"few stretches of a vector are a product each", 0,
			[]*gradus.Value{dot(w[:8], append(append([]*gradus.Value{}, x...), exps...))},
			"t[0:4] = sin(x[0:4])\nt[4:8] = exp(t[0:4])\nt[8] = w[0:4]·x[0:4] + c[0]\n" +
				"t[9] = w[4:8]·t[4:8] + t[8]\nreturn t[9]",
		},
		{
			"many are copied side by side", 0,
			[]*gradus.Value{dot(w[:6], []*gradus.Value{x[0], x[2], x[0], x[2], x[0], x[2]})},
			"t[0:6] = x[0], x[0], x[0], x[2], x[2], x[2]\n" + //nolint:dupword // of a listing
				"t[6] = w[0:6]·t[0:6] + c[0]\nreturn t[6]",
		},
		{
			"a function of the caller's own", 0,
			[]*gradus.Value{gradus.Func1("cube", cube, dcube).Apply(x[1])},
			"t[0] = cube(x[1])\nreturn t[0]",
		},
		{"nothing to compute", 0, []*gradus.Value{x[1], w[0]}, "return x[1], w[0]"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := listing(t, without(replay.Recorder{Inputs: x, Params: w}, tt.without), tt.outputs...)
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func cube(x float64) float64  { return x * x * x }
func dcube(x float64) float64 { return 3 * x * x }

// The samples of a logistic regression, and of a whole batch in one graph, are matrices too.
func TestMatricesOfData(t *testing.T) {
	w, x := values(3), values(4)
	var losses []*gradus.Value
	for range 5 {
		sample := gradus.Values([]float64{1, -2})
		losses = append(losses, gradus.Dot(w[:2], sample).Add(w[2]).Softplus())
	}
	want := "t[0:5] = c[0:10]·w[0:2] + w[2]\nt[5:10] = softplus(t[0:5])\nt[10] = sum(t[5:10])\nreturn t[10]"
	got := listing(t, replay.Recorder{Params: w}, gradus.Sum(losses...))
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("constants (-want +got):\n%s", diff)
	}
	z := gradus.Dot(w[:2], x[:2]).Mul(gradus.Dot(w[:2], x[2:]))
	want = "t[0:2] = x[0:4]·w[0:2]\nt[2] = t[0] · t[1]\nreturn t[2]"
	if diff := cmp.Diff(want, listing(t, replay.Recorder{Inputs: x, Params: w}, z)); diff != "" {
		t.Errorf("inputs (-want +got):\n%s", diff)
	}
	named := values(6)
	for i, v := range named {
		v.As(fmt.Sprintf("w%d", i))
	}
	two := layer(2, named, x[:2], writers["Sum"], (*gradus.Value).Tanh)
	got = listing(t, replay.Recorder{Inputs: x}, tree(two), two[0])
	if !strings.Contains(got, "w[0:4]·x[0:2]") {
		t.Errorf("parameters are the leaves with a name that are no inputs: got\n%s", got)
	}
}
