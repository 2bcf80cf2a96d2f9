package compile_test

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/nn/layer"
	"github.com/gradus-go/gradus/replay"
	"github.com/gradus-go/gradus/replay/internal/graphs"
)

type value = *gradus.Value

// apply returns f(x, y) of each x, with the y that belongs to it or the only one.
func apply(f func(x, y value) value, x []value, y ...value) (z []value) {
	for i, v := range x {
		z = append(z, f(v, y[i%len(y)]))
	}
	return z
}

func plus(x, y value) value  { return x.Add(y) }
func minus(x, y value) value { return x.Sub(y) }
func times(x, y value) value { return x.Mul(y) }
func over(x, y value) value  { return x.Div(y) }

// chain returns Σ x², written one by one.
func chain(x []value) value {
	sum := x[0].Mul(x[0])
	for _, v := range x[1:] {
		sum = sum.Add(v.Mul(v))
	}
	return sum
}

func dot(x []value) value { return gradus.Dot(x, x) }

// rms divides x by the root of its mean square.
func rms(x []value) []value { return apply(times, x, dot(x).Div(len(x)).Pow(-0.5)) }

// centered divides the differences of x and a mean by their norm.
func centered(x []value, mean value) []value {
	d := apply(minus, x, mean)
	return apply(times, d, dot(d).Pow(-0.5))
}

// A row that is divided by its norm is one instruction, however that is written, and so are several rows.
func TestNorms(t *testing.T) {
	x, w := graphs.Values(12), graphs.Values(8)
	row, gain, bias, one := x[:4], w[:4], w[4:], gradus.Const(1)
	squares := func(x []value) []value {
		return apply(func(x, _ value) value { return x.Square() }, x, x...)
	}
	differences := apply(minus, row, gradus.Mean(row...))
	first, second := layer.NewRMSNorm(4), layer.NewLayerNorm(4)
	first.Gain, second.Gain, second.Bias = gain, gain, bias
	divisor := dot(row).Pow(-0.5)
	const root, ofMean = "t[0:4] = norm(x[0:4], Σx²)", "t[0:4] = norm(x[0:4], Σx²/4)"
	copied := func(i int) string { // four copies of a weight
		return "t[0:4] = " + strings.Repeat(fmt.Sprintf("w[%d], ", i), 3) + fmt.Sprintf("w[%d]\n", i)
	}
	const ofDifferences = "t[0:4] = norm(x[0:4], Σ(x−μ)²"
	for _, tt := range []struct {
		name string
		z    []value
		want string
	}{
		{"the mean of a Dot", rms(row), ofMean},
		{"without a mean", apply(times, row, dot(row).Pow(-0.5)), root},
		{"rows", slices.Concat(rms(x[:4]), rms(x[4:8]), rms(x[8:])), "t[0:12] = norm(3 rows of x[0:12], Σx²/4)"},
		{"rows with a gap", slices.Concat(rms(row), rms(x[5:9])), "t[0:8] = norm(2 rows of x[0:9], Σx²/4)"},
		{
			"one after the other", rms(rms(row)),
			"t[0:4] = norm(x[0:4], Σx²/4)\nt[4:8] = norm(t[0:4], Σx²/4)",
		},
		{
			"one by one", apply(times, row, chain(row).Mul(0.25).Add(1e-5).Pow(-0.5)),
			"t[0:4] = norm(x[0:4], Σx²·0.25 + 1e-05)",
		},
		{
			"all factors exchanged",
			apply(func(x, s value) value { return s.Mul(x) }, row,
				gradus.Const(1e-5).Add(gradus.Const(0.25).Mul(gradus.Sum(squares(row)...))).Pow(-0.5)),
			"t[0:4] = norm(x[0:4], Σx²·0.25 + 1e-05)",
		},
		{"Mean", apply(times, row, gradus.Mean(squares(row)...).Pow(-0.5)), ofMean},
		{"Mean of products", apply(times, row, gradus.Mean(apply(times, row, row...)...).Pow(-0.5)), ofMean},
		{
			"ε in the Sum", apply(times, row, gradus.Sum(append(squares(row), gradus.Const(0.5))...).Pow(-0.5)),
			"t[0:4] = norm(x[0:4], Σx² + 0.5)",
		},
		{"by the root", apply(over, row, dot(row).Sqrt()), root},
		{"by the root, as a power", apply(over, row, dot(row).Pow(0.5)), root},
		{"times 1 by the root", apply(times, row, one.Div(dot(row).Sqrt())), root},
		{"differences", centered(row, gradus.Mean(row...)), ofDifferences + ")"},
		{"differences of a sum by 4", centered(row, gradus.Sum(row...).Div(4)), ofDifferences + ")"},
		{"differences of a quarter of a sum", centered(row, graphs.Tree(row).Mul(0.25)), ofDifferences + ")"},
		{
			"differences, with Square",
			apply(times, differences, gradus.Sum(squares(differences)...).Pow(-0.5)), ofDifferences + ")",
		},
		{
			"differences and Mean",
			apply(over, differences, gradus.Mean(squares(differences)...).Sqrt()), ofDifferences + "/4)",
		},
		{"gains", apply(times, rms(row), gain...), ofMean + " · w[0:4]"},
		{
			"gains and biases", apply(plus, apply(times, gain, rms(row)...), bias...),
			"t[0:4] = norm(x[0:4], Σx²/4) · w[0:4] + w[4:8]",
		},
		{
			"layer.RMSNorm", first.Forward(x...),
			"t[0:12] = norm(3 rows of x[0:12], Σx²/4 + 2.22e-16) · w[0:4]",
		},
		{
			"layer.LayerNorm", second.Forward(x...),
			"t[0:12] = norm(3 rows of x[0:12], Σ(x−μ)²/4 + 1e-05) · w[0:4] + w[4:8]",
		},
		{"one gain, as of a batch", apply(times, rms(row), w[1]), ofMean + "\nt[4:8] = t[0:4] · w[1]"},
		{
			"one gain and one bias", apply(plus, apply(times, rms(row), w[1]), w[6]),
			ofMean + "\nt[4:8] = t[0:4]·w[0] + w[1]",
		},
		{
			"one gain and several biases", apply(plus, apply(times, rms(row), w[1]), bias...),
			copied(1) + "t[4:8] = norm(x[0:4], Σx²/4) · t[0:4] + w[4:8]",
		},
		{
			"several gains and one bias", apply(plus, apply(times, rms(row), gain...), w[6]),
			copied(6) + "t[4:8] = norm(x[0:4], Σx²/4) · w[0:4] + t[0:4]",
		},
		{
			"one gain, and each product in another order",
			apply(times, row, apply(times, []value{divisor, divisor, divisor, divisor}, w[1])...),
			copied(1) + "t[4:8] = norm(x[0:4], Σx²) · t[0:4]",
		},
		{
			"rows with gains of their own",
			slices.Concat(apply(times, rms(x[:4]), gain...), apply(times, rms(x[4:8]), bias...)),
			"t[0:4] = norm(x[0:4], Σx²/4) · w[0:4]\nt[4:8] = norm(x[4:8], Σx²/4) · w[4:8]",
		},
		{
			"a row that is not side by side", rms([]value{x[3], x[0], x[7], x[5]}),
			"t[0:4] = x[3], x[0], x[7], x[5]\nt[4:8] = norm(t[0:4], Σx²/4)",
		},
	} {
		checkRecorded(t, tt.name, x, w, tt.z, tt.want)
	}
}

// checkRecorded records z and compares all that comes before the last instruction, and then results and
// gradients with those of the graph.
func checkRecorded(t *testing.T, name string, x, w, z []value, want string) {
	t.Helper()
	out := gradus.LogSumExp(z...)
	r := replay.Recorder{Inputs: x, Params: w, InputGrads: true}
	got, _, _ := strings.Cut(linesOf(t, r, out), "= logsumexp")
	if diff := cmp.Diff(want, got[:strings.LastIndex(got, "\n")]); diff != "" {
		t.Errorf("%s (-want +got):\n%s", name, diff)
	}
	for _, leaf := range slices.Concat(x, w) {
		leaf.ZeroGrad()
	}
	out.Backward()
	p, err := r.Record(out)
	if err != nil {
		t.Fatal(err)
	}
	in := make([]float64, len(x))
	for i, v := range x {
		in[i] = v.Data
	}
	if got := p.Forward(in...); !near(got, out.Data) {
		t.Errorf("%s: %v, want %v", name, got, out.Data)
	}
	p.Backward()
	for i, v := range w {
		if got := p.Grad(v); !near(got, v.Grad) {
			t.Errorf("%s: gradient of parameter %d is %v, want %v", name, i, got, v.Grad)
		}
	}
	for i, v := range x {
		if got := p.InputGrad()[i]; !near(got, v.Grad) {
			t.Errorf("%s: gradient of input %d is %v, want %v", name, i, got, v.Grad)
		}
	}
}

func near(x, y float64) bool {
	return x == y || x != x && y != y || math.Abs(x-y) <= 1e-13*(1+math.Abs(y))
}

// What is no norm is not one, nor what something else uses a part of.
func TestNoNorms(t *testing.T) {
	x, w := graphs.Values(12), graphs.Values(8)
	row, two := x[:4], []value{x[0], x[0], x[1]}
	root, scale, sum := dot(row).Sqrt(), dot(row).Pow(-0.5), dot(row)
	for _, tt := range []struct {
		name string
		r    replay.Recorder
		z    []value
		want bool
	}{
		{"a norm", replay.Recorder{}, rms(row), true},
		{"without the pass", replay.Recorder{Without: replay.Rows}, rms(row), false},
		{"exact", replay.Recorder{Exact: true}, rms(row), false},
		{"of another row", replay.Recorder{}, apply(times, x[1:5], dot(row).Pow(-0.5)), false},
		{"of a part of the row", replay.Recorder{}, apply(times, x[:3], dot(row).Pow(-0.5)), false},
		{"of the same number twice", replay.Recorder{}, apply(times, two, dot(two).Pow(-0.5)), false},
		{"a power", replay.Recorder{}, apply(times, row, dot(row).Pow(-0.25)), false},
		{"times the root", replay.Recorder{}, apply(times, row, dot(row).Sqrt()), false},
		{"by the inverse root", replay.Recorder{}, apply(over, row, dot(row).Pow(-0.5)), false},
		{"the root by a number", replay.Recorder{}, apply(over, slices.Repeat([]value{root}, 4), row...), false},
		{"products of two", replay.Recorder{}, apply(times, row, gradus.Dot(row, x[4:8]).Pow(-0.5)), false},
		{"a negative factor", replay.Recorder{}, apply(times, row, dot(row).Mul(-1).Add(5).Pow(-0.5)), false},
		{"a negative ε", replay.Recorder{}, apply(times, row, dot(row).Add(-0.1).Pow(-0.5)), false},
		{"ε is a parameter", replay.Recorder{}, apply(times, row, dot(row).Add(w[7]).Pow(-0.5)), false},
		{"the exponent is a parameter", replay.Recorder{}, apply(times, row, dot(row).Pow(w[7])), false},
		{"a factor behind ε", replay.Recorder{}, apply(times, row, dot(row).Add(0.5).Mul(3).Pow(-0.5)), false},
		{"the norm is used", replay.Recorder{}, append(apply(times, row, scale), scale), false},
		{"the sum is used", replay.Recorder{}, append(apply(times, row, sum.Pow(-0.5)), sum), false},
	} {
		tt.r.Inputs, tt.r.Params = x, w
		got := linesOf(t, tt.r, gradus.LogSumExp(tt.z...))
		if strings.Contains(got, "norm(") != tt.want {
			t.Errorf("%s: want a norm: %t, got\n%s", tt.name, tt.want, got)
		}
	}
}

// A norm of differences that are used elsewhere, or of others than those from the mean, is one of these
// differences. A gain that is not a leaf stays outside, as do gains of which there is not one for each.
func TestNormsOfDifferences(t *testing.T) {
	x, w := graphs.Values(12), graphs.Values(8)
	row, gain := x[:4], w[:4]
	d := apply(minus, row, gradus.Mean(row...))
	biased := apply(times, rms(row), gain...)
	shifted := apply(minus, row, gradus.Mean(x[1:5]...))
	some := rms(row)
	some[3] = some[3].Exp()
	copy(some, apply(times, some[:3], gain[:3]...))
	for _, tt := range []struct {
		name string
		z    []value
		want string
	}{
		{
			"a difference is used", append(apply(times, d, dot(d).Pow(-0.5)), d[0]),
			"t[0] = mean(x[0:4])\nt[1:5] = x[0:4] − t[0]\nt[5:9] = norm(t[1:5], Σx²)\nt[9:14] = t[5:9], t[1]",
		},
		{
			"of another mean", apply(times, shifted, dot(shifted).Pow(-0.5)),
			"t[0] = mean(x[1:5])\nt[1:5] = x[0:4] − t[0]\nt[5:9] = norm(t[1:5], Σx²)",
		},
		{
			"of a number that is no mean", centered(row, x[9]),
			"t[0:4] = x[0:4] − x[9]\nt[4:8] = norm(t[0:4], Σx²)",
		},
		{
			"of a sum by another number", centered(row, gradus.Sum(row...).Div(5)),
			"t[0] = sum(x[0:4])\nt[1] = t[0] / c[0]\nt[2:6] = x[0:4] − t[1]\nt[6:10] = norm(t[2:6], Σx²)",
		},
		{
			"gains that are computed", apply(times, rms(row), x[4].Sin(), x[5].Sin(), x[6].Sin(), x[7].Sin()),
			"t[0:4] = norm(x[0:4], Σx²/4)\nt[4:8] = sin(x[4:8])\nt[8:12] = t[0:4] · t[4:8]",
		},
		{
			"too few gains", some,
			"t[0:4] = norm(x[0:4], Σx²/4)\nt[4:7] = t[0:3] · w[0:3]\nt[7] = exp(t[3])",
		},
		{
			"a bias for some", append(apply(plus, biased[:3], w[4:]...), biased[3]),
			"t[0:4] = norm(x[0:4], Σx²/4)\nt[4:7] = w[3:6] · t[0:3] + w[0:3]\nt[7] = t[3] · w[6]",
		},
	} {
		checkRecorded(t, tt.name, x, w, tt.z, tt.want)
	}
}
