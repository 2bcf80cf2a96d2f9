package compile_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/replay"
	"github.com/gradus-go/gradus/replay/internal/graphs"
)

// linesOf records out and returns the instructions.
func linesOf(t *testing.T, r replay.Recorder, outputs ...*gradus.Value) string {
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
	for name, write := range graphs.Writers {
		x, w := graphs.Values(3), graphs.Values(11)
		h := graphs.Layer(2, w, x, write, (*gradus.Value).Sigmoid)
		out := write(w[8:10], h, w[10])
		got := linesOf(t, replay.Recorder{Inputs: x, Params: w}, out)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

// A function that selects is a vector, too: between −1 and 1, and the largest number of each of two squares.
// An element is never computed from another of its instruction, but in the largest of many numbers.
func TestSelections(t *testing.T) {
	x := graphs.Values(6)
	var between, largest []*gradus.Value
	for _, v := range x[:4] {
		between = append(between, gradus.Where(v.Add(1), gradus.Where(gradus.Const(1).Sub(v), v, 1), -1))
	}
	var twice []*gradus.Value
	for _, v := range x[:2] {
		twice = append(twice, v.Sin().Max(x[5]).Max(x[5]))
	}
	all, last, chosen, kept, chooses := x[0], x[0], x[0], x[0], x[5]
	for i := range 2 {
		largest = append(largest, x[i].Max(x[2+i]).Max(x[4+i]))
	}
	for i, v := range x[1:] {
		all, last = all.Max(v), v.Min(last)
		chosen, kept = gradus.Where(v, chosen, x[i]), gradus.Where(v, x[i], kept)
		chooses = gradus.Where(chooses, v, x[i])
	}
	var signs, mixed []*gradus.Value
	w := graphs.Values(3)
	for i := range 2 {
		signs = append(signs, gradus.Where(x[i], 1, -1))
		mixed = append(mixed, gradus.Where(x[i], w[i], []*gradus.Value{w[2], gradus.Const(5)}[i]))
	}
	for _, tt := range []struct {
		name   string
		output *gradus.Value
		want   string
	}{
		{"between", gradus.Sum(between...), `
t[0:4] = x[0:4] + c[0]
t[4:8] = c[0] − x[0:4]
t[8:12] = where(t[4:8], x[0:4], c[0])
t[12:16] = where(t[0:4], t[8:12], c[1])
t[16] = sum(t[12:16])
return t[16]`},
		{"largest of squares", gradus.Sum(largest...), `
t[0:2] = max(x[0:2], x[2:4])
t[2:4] = max(t[0:2], x[4:6])
t[4] = t[2] + t[3]
return t[4]`},
		{"of each, twice", gradus.Sum(twice...), `
t[0:2] = sin(x[0:2])
t[2:4] = max(t[0:2], x[5])
t[4:6] = max(t[2:4], x[5])
t[6] = t[4] + t[5]
return t[6]`},
		{"largest of all", all, `
t[0] = max(x[0], x[1])
t[1:5] = max(t[0:4], x[2:6])
return t[4]`},
		{"smallest of all", last, `
t[0] = min(x[1], x[0])
t[1:5] = min(t[0:4], x[2:6])
return t[4]`},
		{"results that are chosen", chosen, `
t[0] = where(x[1], x[0], x[0])
t[1] = where(x[2], t[0], x[1])
t[2] = where(x[3], t[1], x[2])
t[3] = where(x[4], t[2], x[3])
t[4] = where(x[5], t[3], x[4])
return t[4]`},
		{"results that are chosen otherwise", kept, `
t[0] = where(x[1], x[0], x[0])
t[1] = where(x[2], x[1], t[0])
t[2] = where(x[3], x[2], t[1])
t[3] = where(x[4], x[3], t[2])
t[4] = where(x[5], x[4], t[3])
return t[4]`},
		{"results that choose", chooses, `
t[0] = where(x[5], x[1], x[0])
t[1] = where(t[0], x[2], x[1])
t[2] = where(t[1], x[3], x[2])
t[3] = where(t[2], x[4], x[3])
t[4] = where(t[3], x[5], x[4])
return t[4]`},
		{"two constants", gradus.Sum(signs...), `
t[0:2] = where(x[0:2], c[0], c[1])
t[2] = t[0] + t[1]
return t[2]`},
		{"a parameter and a constant", gradus.Sum(mixed...), `
t[0] = where(x[0], w[0], w[2])
t[1] = where(x[1], w[1], c[0])
t[2] = t[0] + t[1]
return t[2]`},
	} {
		got := linesOf(t, replay.Recorder{Inputs: x, Params: w}, tt.output)
		if diff := cmp.Diff(strings.TrimSpace(tt.want), got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, diff)
		}
	}
}

// Each pass does what its name says, and nothing if it is switched off.
func TestListings(t *testing.T) {
	x, w := graphs.Values(4), graphs.Values(12)
	two := func() *gradus.Value { return gradus.New(2) }
	dot := func(w, x []*gradus.Value) *gradus.Value {
		return graphs.Writers["balanced tree"](w, x, gradus.New(1))
	}
	chain := w[0]
	for _, v := range w[1:5] {
		chain = chain.Mul(v)
	}
	var squares, sines, cosines, exps, walk []*gradus.Value
	for i := range 4 {
		squares = append(squares, x[i].Sub(w[i]).Square())
		sines = append(sines, x[i].Sin())
		cosines = append(cosines, x[i].Cos())
		exps = append(exps, x[i].Sin().Exp())
	}
	for i := range 3 {
		walk = append(walk, x[(3*i+1)%4].Sin().Mul(x[i]))
	}
	backwards := x[0].Sin()
	for _, v := range w[:4] {
		backwards = v.Mul(backwards)
	}
	var scattered []*gradus.Value
	for i := range 2 {
		scattered = append(scattered, gradus.Dot(w[3*i:3*i+3], []*gradus.Value{x[0], x[2], sines[3]}).Tanh())
	}
	there := graphs.Layer(2, w, x[:3], func(w, x []*gradus.Value, _ *gradus.Value) *gradus.Value {
		return gradus.Dot(w, x)
	}, (*gradus.Value).Tanh)
	var back, outer []*gradus.Value
	for i := range 3 {
		back = append(back, gradus.Dot([]*gradus.Value{w[i], w[4+i]}, there))
	}
	for _, v := range sines[:2] {
		for i := range 3 {
			outer = append(outer, v.Mul(cosines[i]))
		}
	}
	lambda := two()
	var outerPlus, multiples, linear []*gradus.Value
	for i, v := range outer {
		outerPlus = append(outerPlus, v.Add(w[i].Mul(lambda)))
	}
	for i := range 6 {
		multiples = append(multiples, w[6+i].Mul(x[3]))
	}
	for i := range 2 {
		linear = append(linear, gradus.Sum(w[3*i].Mul(x[0]), w[3*i+1].Mul(x[1]), w[3*i+2].Mul(x[2])))
	}
	hidden := graphs.Layer(2, w, x[:1], graphs.Writers["Sum"], (*gradus.Value).Tanh)
	for _, tt := range []struct {
		name     string
		recorder replay.Recorder
		outputs  []*gradus.Value
		want     string
	}{
		{
			"constants are folded",
			replay.Recorder{},
			[]*gradus.Value{two().Mul(two()).Exp().Mul(x[0])},
			"t[0] = c[0] · x[0]\nreturn t[0]",
		},
		{
			"or computed each time",
			replay.Recorder{Without: replay.Fold},
			[]*gradus.Value{two().Mul(two()).Exp().Mul(x[0])},
			"t[0] = c[0] · c[1]\nt[1] = exp(t[0])\nt[2] = t[1] · x[0]\nreturn t[2]",
		},
		{
			"a folded output needs no instruction",
			replay.Recorder{},
			[]*gradus.Value{two().Exp()},
			"return c[0]",
		},
		{
			"a sum of squares is a dot product",
			replay.Recorder{},
			[]*gradus.Value{gradus.Sum(squares[:3]...)},
			"t[0:3] = x[0:3] − w[0:3]\nt[3] = t[0:3]·t[0:3]\nreturn t[3]",
		},
		{
			"without Dots it is a sum",
			replay.Recorder{Without: replay.Dots},
			[]*gradus.Value{graphs.Tree(squares[:2])},
			"t[0:2] = x[0:2] − w[0:2]\nt[2:4] = square(t[0:2])\nt[4] = t[2] + t[3]\nreturn t[4]",
		},
		{
			"a sum of other terms",
			replay.Recorder{},
			[]*gradus.Value{gradus.Sum(sines[:3]...)},
			"t[0:3] = sin(x[0:3])\nt[3] = sum(t[0:3])\nreturn t[3]",
		},
		{
			"terms of both kinds",
			replay.Recorder{},
			[]*gradus.Value{graphs.Tree([]*gradus.Value{sines[0], squares[0], sines[1], squares[1], sines[2]})},
			"t[0:3] = sin(x[0:3])\nt[3:5] = x[0:2] − w[0:2]\nt[5] = sum(t[0:3])\n" +
				"t[6] = t[3:5]·t[3:5] + t[5]\nreturn t[6]",
		},
		{
			"neurons of one input",
			replay.Recorder{},
			[]*gradus.Value{graphs.Tree(hidden)},
			"t[0:2] = w[0:2]·x[0] + w[2:4]\nt[2:4] = tanh(t[0:2])\nt[4] = t[2] + t[3]\nreturn t[4]",
		},
		{
			"without Matrices",
			replay.Recorder{Without: replay.Matrices},
			[]*gradus.Value{graphs.Tree(hidden)},
			"t[0:2] = w[2:4] · x[0] + w[0:2]\nt[2:4] = tanh(t[0:2])\nt[4] = t[2] + t[3]\nreturn t[4]",
		},
		{
			"without Vectors",
			replay.Recorder{Without: replay.Vectors},
			[]*gradus.Value{graphs.Tree(hidden)},
			"t[0:2] = w[0:2]·x[0] + w[2:4]\nt[2] = tanh(t[0])\nt[3] = tanh(t[1])\n" +
				"t[4] = t[2] + t[3]\nreturn t[4]",
		},
		{
			"exactly",
			replay.Recorder{Exact: true},
			[]*gradus.Value{dot(w[:2], x[:2])},
			"t[0] = w[0] · x[0]\nt[1] = x[1] · w[1]\nt[2] = t[1] + c[0]\nt[3] = t[0] + t[2]\nreturn t[3]",
		},
		{
			"a product of many is one run, each result the operand of the next",
			replay.Recorder{},
			[]*gradus.Value{chain},
			"t[0] = w[0] · w[1]\nt[1:4] = t[0:3] · w[2:5]\nreturn t[3]",
		},
		{
			"whichever factor is written first",
			replay.Recorder{},
			[]*gradus.Value{backwards},
			"t[0] = sin(x[0])\nt[1] = t[0] · w[0]\nt[2:5] = t[1:4] · w[1:4]\nreturn t[4]",
		},
		{
			"scattered operands are no run",
			replay.Recorder{},
			[]*gradus.Value{gradus.LogSumExp(walk...)},
			"t[0:2] = sin(x[0:2])\nt[2] = sin(x[3])\nt[3] = t[0] · x[1]\nt[4] = t[1] · x[0]\n" +
				"t[5] = t[2] · x[2]\nt[6:9] = t[4], t[3], t[5]\nt[9] = logsumexp(t[6:9])\nreturn t[9]",
		},
		{
			"functions of many operands",
			replay.Recorder{},
			[]*gradus.Value{gradus.LogSumExp(x[2], x[0]), gradus.Mean(x...)},
			"t[0:2] = x[2], x[0]\nt[2] = logsumexp(t[0:2])\nt[3] = mean(x[0:4])\nreturn t[2], t[3]",
		},
		{
			"inputs and what is computed first lie side by side",
			replay.Recorder{},
			[]*gradus.Value{dot(w[:8], append(append([]*gradus.Value{}, x...), sines...))},
			"t[0:4] = sin(x[0:4])\nt[4] = w[0:8]·(x[0:4], t[0:4]) + c[0]\nreturn t[4]",
		},
		{
			"few stretches of a vector are a product each",
			replay.Recorder{},
			[]*gradus.Value{dot(w[:8], append(append([]*gradus.Value{}, x...), exps...))},
			"t[0:4] = sin(x[0:4])\nt[4:8] = exp(t[0:4])\nt[8] = w[0:4]·x[0:4] + c[0]\n" +
				"t[9] = w[4:8]·t[4:8] + t[8]\nreturn t[9]",
		},
		{
			"many are copied side by side",
			replay.Recorder{},
			[]*gradus.Value{dot(w[:6], []*gradus.Value{x[0], x[2], x[0], x[2], x[0], x[2]})},
			"t[0:6] = x[0], x[2], x[0], x[2], x[0], x[2]\nt[6] = w[0:6]·t[0:6] + c[0]\nreturn t[6]",
		},
		{
			"for the rows of a matrix, too",
			replay.Recorder{},
			[]*gradus.Value{graphs.Tree(scattered)},
			"t[0] = sin(x[3])\nt[1:4] = x[0], x[2], t[0]\nt[4:6] = w[0:6]·t[1:4]\nt[6:8] = tanh(t[4:6])\n" +
				"t[8] = t[6] + t[7]\nreturn t[8]",
		},
		{
			"the transpose of a matrix",
			replay.Recorder{},
			[]*gradus.Value{gradus.LogSumExp(back...)},
			"t[0:2] = w[0:6]·x[0:3]\nt[2:4] = tanh(t[0:2])\nt[4:7] = w[0:6]ᵀ·t[2:4]\n" +
				"t[7] = logsumexp(t[4:7])\nreturn t[7]",
		},
		{
			"matrices of inputs and of parameters are two",
			replay.Recorder{},
			[]*gradus.Value{gradus.LogSumExp(
				gradus.Dot(w[:2], cosines[:2]), gradus.Dot(x[:2], cosines[:2]),
				gradus.Dot(w[2:4], cosines[:2]), gradus.Dot(x[2:], cosines[:2]),
			)},
			"t[0:2] = cos(x[0:2])\nt[2:4] = w[0:4]·t[0:2]\nt[4:6] = x[0:4]·t[0:2]\n" +
				"t[6:10] = t[2], t[4], t[3], t[5]\nt[10] = logsumexp(t[6:10])\nreturn t[10]",
		},
		{
			"common factors are taken out",
			replay.Recorder{},
			[]*gradus.Value{gradus.Dot(outer, w[:6])},
			"t[0:2] = sin(x[0:2])\nt[2:5] = cos(x[0:3])\nt[5:7] = w[0:6]·t[2:5]\nt[7] = t[0:2]·t[5:7]\nreturn t[7]",
		},
		{
			"in whatever order the products come",
			replay.Recorder{},
			[]*gradus.Value{gradus.Dot(
				[]*gradus.Value{w[0], cosines[0].Mul(x[0])}, []*gradus.Value{cosines[0].Mul(exps[1]), w[1]},
			)},
			"t[0] = cos(x[0])\nt[1] = sin(x[1])\nt[2] = exp(t[1])\nt[3:5] = t[2], x[0]\nt[5] = w[0:2]·t[3:5]\n" +
				"t[6] = t[5] · t[0]\nreturn t[6]",
		},
		{
			"not of a product that something else uses",
			replay.Recorder{},
			[]*gradus.Value{gradus.Dot(outer[:2], w[:2]), outer[0], outer[1]},
			"t[0] = sin(x[0])\nt[1:3] = cos(x[0:2])\nt[3:5] = t[0] · t[1:3]\nt[5] = w[0:2]·t[3:5]\n" +
				"return t[5], t[3], t[4]",
		},
		{
			"nor of one product of a number and itself",
			replay.Recorder{},
			[]*gradus.Value{gradus.Dot([]*gradus.Value{sines[0].Mul(sines[0]), sines[1].Mul(sines[1])}, w[:2])},
			"t[0:2] = sin(x[0:2])\nt[2:4] = t[0:2] · t[0:2]\nt[4] = w[0:2]·t[2:4]\nreturn t[4]",
		},
		{
			"nor where the other factor is known later",
			replay.Recorder{},
			[]*gradus.Value{gradus.Dot(outer[:2], cosines[2:])},
			"t[0] = sin(x[0])\nt[1:5] = cos(x[0:4])\nt[5:7] = t[0] · t[1:3]\nt[7] = t[5:7]·t[3:5]\nreturn t[7]",
		},
		{
			"sums of products with common factors are multiplied out",
			replay.Recorder{},
			[]*gradus.Value{gradus.Dot(outerPlus, w[6:])},
			"t[0] = w[6:12]·w[0:6]\nt[1:3] = sin(x[0:2])\nt[3:6] = cos(x[0:3])\nt[6:8] = w[0:6]·t[3:6]\n" +
				"t[8] = t[0] · c[0]\nt[9] = t[1:3]·t[6:8] + t[8]\nreturn t[9]",
		},
		{
			"by factors that were computed before",
			replay.Recorder{},
			[]*gradus.Value{gradus.Dot(multiples, outerPlus)},
			"t[0:6] = w[6:12] · x[3]\nt[6:8] = sin(x[0:2])\nt[8:11] = cos(x[0:3])\nt[11:13] = t[0:6]·t[8:11]\n" +
				"t[13] = w[0:6]·t[0:6]\nt[14] = t[6:8]·t[11:13]\nt[15] = c[0] · t[13] + t[14]\nreturn t[15]",
		},
		{
			"but not those of a layer",
			replay.Recorder{},
			[]*gradus.Value{gradus.Dot(linear, w[6:8])},
			"t[0:2] = w[0:6]·x[0:3]\nt[2] = w[6:8]·t[0:2]\nreturn t[2]",
		},
		{
			"a function of the caller's own",
			replay.Recorder{},
			[]*gradus.Value{gradus.Func1("cube", cube, dcube).Apply(x[1])},
			"t[0] = cube(x[1])\nreturn t[0]",
		},
		{"nothing to compute", replay.Recorder{}, []*gradus.Value{x[1], w[0]}, "return x[1], w[0]"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			tt.recorder.Inputs, tt.recorder.Params = x, w
			got := linesOf(t, tt.recorder, tt.outputs...)
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
	w, x := graphs.Values(3), graphs.Values(4)
	var losses []*gradus.Value
	for i := range 5 {
		sample := gradus.Values([]float64{float64(i), -2})
		losses = append(losses, gradus.Dot(w[:2], sample).Add(w[2]).Softplus())
	}
	want := "t[0:5] = c[0:10]·w[0:2] + w[2]\nt[5:10] = softplus(t[0:5])\nt[10] = sum(t[5:10])\nreturn t[10]"
	got := linesOf(t, replay.Recorder{Params: w}, gradus.Sum(losses...))
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("constants (-want +got):\n%s", diff)
	}
	z := gradus.Dot(w[:2], x[:2]).Mul(gradus.Dot(w[:2], x[2:]))
	want = "t[0:2] = x[0:4]·w[0:2]\nt[2] = t[0] · t[1]\nreturn t[2]"
	if diff := cmp.Diff(want, linesOf(t, replay.Recorder{Inputs: x, Params: w}, z)); diff != "" {
		t.Errorf("inputs (-want +got):\n%s", diff)
	}
	named := graphs.Values(6)
	for i, v := range named {
		v.As(fmt.Sprintf("w%d", i))
	}
	two := graphs.Layer(2, named, x[:2], graphs.Writers["Sum"], (*gradus.Value).Tanh)
	got = linesOf(t, replay.Recorder{Inputs: x}, graphs.Tree(two), two[0])
	if !strings.Contains(got, "w[0:4]·x[0:2]") {
		t.Errorf("parameters are the leaves with a name that are no inputs: got\n%s", got)
	}
}

// The program of a Hessian-vector product has as many instructions for wide layers as for narrow ones. Of
// these, five compute a single number.
func TestHessianVectorProduct(t *testing.T) {
	for _, tt := range []struct {
		name string
		f    func(*gradus.Value) *gradus.Value
		all  int // the instructions
	}{
		{"tanh", (*gradus.Value).Tanh, 32},
		{"sigmoid", (*gradus.Value).Sigmoid, 32},
		{"softplus", (*gradus.Value).Softplus, 30},
	} {
		for _, width := range []int{4, 20} {
			x, w := graphs.Values(5), graphs.Values(6*width+(width+1)*width+(width+1)*3)
			h := graphs.Layer(width, w, x, graphs.Writers["Dot, bias last"], tt.f)
			h = graphs.Layer(width, w[6*width:], h, graphs.Writers["left chain, bias first"], tt.f)
			y := graphs.Layer(3, w[(7+width)*width:], h, graphs.Writers["Sum"], (*gradus.Value).Neg)
			target, direction := graphs.Values(3), graphs.Values(len(w))
			loss := gradus.SoftmaxCrossEntropy(y, target)
			r := replay.Recorder{Inputs: slices.Concat(x, target, direction), Params: w}
			lines := strings.Split(linesOf(t, r, gradus.Dot(gradus.Gradient(loss, w...), direction)), "\n")
			one := 0
			for _, line := range lines {
				if result, _, ok := strings.Cut(line, " = "); ok && !strings.Contains(result, ":") {
					one++
				}
			}
			// The sum of the targets, logsumexp, what it has lost by rounding (two), and the result.
			if all := len(lines) - 1; all != tt.all || one != 5 {
				t.Errorf("%s, width %d: %d instructions, %d of them with a single result, want %d and 5:\n%s",
					tt.name, width, all, one, tt.all, strings.Join(lines, "\n"))
			}
		}
	}
}

// The program of a Hessian-vector product has no instruction for every weight if the loss is the mean of
// those of several samples, or if it has the squares of the weights in it.
func TestHessianVectorProductOfSums(t *testing.T) {
	for _, tt := range []struct {
		name    string
		samples int
		squares bool
		all     [2]int // the instructions, for either width
	}{
		{"samples", 4, false, [2]int{46, 46}},
		{"squares", 1, true, [2]int{26, 26}},
		{"both", 4, true, [2]int{43, 43}},
	} {
		for i, width := range []int{20, 40} {
			w := graphs.Values(6*width + (width+1)*3)
			var inputs, losses []*gradus.Value
			for range tt.samples {
				x, target := graphs.Values(5), graphs.Values(3)
				h := graphs.Layer(width, w, x, graphs.Writers["Dot, bias last"], (*gradus.Value).Tanh)
				y := graphs.Layer(3, w[6*width:], h, graphs.Writers["Dot, bias last"], (*gradus.Value).Neg)
				inputs, losses = slices.Concat(inputs, x, target), append(losses, gradus.SoftmaxCrossEntropy(y, target))
			}
			loss := gradus.Mean(losses...)
			if tt.squares {
				loss = loss.Add(gradus.Dot(w, w).Mul(0.01))
			}
			direction := graphs.Values(len(w))
			r := replay.Recorder{Inputs: append(inputs, direction...), Params: w}
			got := linesOf(t, r, gradus.Dot(gradus.Gradient(loss, w...), direction))
			if all := strings.Count(got, "\n"); all != tt.all[i] {
				t.Errorf("%s, width %d: %d instructions for %d weights, want %d:\n%s",
					tt.name, width, all, len(w), tt.all[i], got)
			}
		}
	}
}
