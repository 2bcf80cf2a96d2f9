package formula_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/formula"
	"github.com/gradus-go/gradus/internal/slow"
)

// randomGraph returns the root of a graph over all ops, LeakyReLU of several slopes among them, with
// constants, shared nodes, and names of all kinds: none, good ones, such as occur twice, and such as are no
// names.
func randomGraph(r *rand.Rand) *gradus.Value {
	names := []string{
		"", "", "", "a", "z", "w⁽³⁾₁₂", "x′", "dL/dw", "exp", "v1", "p2", "input", "π", "W_2", "a b",
	}
	var nodes []*gradus.Value
	add := func(v *gradus.Value) {
		if name := names[r.IntN(len(names))]; name != "" {
			v.As(name)
		}
		nodes = append(nodes, v)
	}
	numbers := []float64{0, math.Copysign(0, -1), 1, 2, -2, 0.5, 1e-300, -1e300, math.Pi, 1. / 3, inf, -inf}
	for range 1 + r.IntN(4) {
		add(gradus.New(r.NormFloat64()))
		add(gradus.New(numbers[r.IntN(len(numbers))]))
		add(gradus.Const(numbers[r.IntN(len(numbers))]))
	}
	ops := append(gradus.Ops(), gradus.LeakyReLU(0.2), gradus.LeakyReLU(-1e-20), gradus.LeakyReLU(inf))
	for range 1 + r.IntN(30) {
		op := ops[r.IntN(len(ops))]
		n := op.Arity()
		if n < 0 {
			n = 2 + 2*r.IntN(3)
		}
		x := make([]*gradus.Value, n)
		for i := range x {
			x[i] = nodes[max(r.IntN(len(nodes)), r.IntN(len(nodes)))]
			if r.IntN(5) == 0 {
				x[i] = gradus.Const(numbers[r.IntN(len(numbers))])
			}
		}
		add(op.Apply(x...))
	}
	return nodes[len(nodes)-1]
}

var inf = math.Inf(1)

// A node is what is compared of a Value. A constant is a part of the nodes that use it: whether two of
// them use one constant or two equal ones makes no difference.
type node struct {
	Data, Grad uint64
	Op         string
	Parents    []any
}

func describe(root *gradus.Value) (nodes []node) {
	root.ZeroGrad()
	root.Backward()
	place := map[*gradus.Value]int{}
	for _, v := range gradus.Topo(root) {
		if v.IsConst() {
			continue
		}
		place[v] = len(nodes)
		n := node{Data: math.Float64bits(v.Data), Grad: math.Float64bits(v.Grad)}
		if v.Op() != nil {
			n.Op = v.Op().Name()
		}
		for _, p := range v.Parents() {
			if p.IsConst() {
				n.Parents = append(n.Parents, math.Float64bits(p.Data))
			} else {
				n.Parents = append(n.Parents, place[p])
			}
		}
		nodes = append(nodes, n)
	}
	return nodes
}

// randomTree returns the root of a graph of ops that are written with signs, which has names for leaves
// alone: it becomes one formula, with all brackets that it needs.
func randomTree(r *rand.Rand, depth int) *gradus.Value {
	if depth == 0 || r.IntN(8) == 0 {
		if r.IntN(4) == 0 {
			return gradus.Const([]float64{2, -2, 0.5, -1e-9, inf, -inf, 0, math.Copysign(0, -1)}[r.IntN(8)])
		}
		return gradus.New(r.NormFloat64()).As(fmt.Sprint("x", r.Uint32()))
	}
	x, second := randomTree(r, depth-1), func() *gradus.Value { return randomTree(r, depth-1) }
	switch r.IntN(9) {
	case 0:
		return x.Add(second())
	case 1:
		return x.Sub(second())
	case 2:
		return x.Mul(second())
	case 3:
		return x.Div(second())
	case 4:
		return x.Pow(second())
	case 5:
		return x.Square()
	case 6:
		return x.Sqrt()
	case 7:
		return x.Abs()
	}
	return x.Neg()
}

// What Text writes of a graph, Read reads as the same graph, and its text is the same text.
func TestRoundTrip(t *testing.T) {
	graphs := uint64(2000)
	if slow.Wanted() {
		graphs = 20_000
	}
	for seed := range graphs {
		for _, root := range []*gradus.Value{
			randomGraph(rand.New(rand.NewPCG(seed, 1))),
			randomTree(rand.New(rand.NewPCG(seed, 2)), 4).Add(gradus.New(1).As("x")),
		} {
			if root.Op() != nil {
				mustReadAgain(t, seed, root)
			}
		}
	}
}

func mustReadAgain(t *testing.T, seed uint64, root *gradus.Value) {
	t.Helper()
	text, err := formula.Text(root)
	if err != nil {
		t.Fatal(err)
	}
	g, err := formula.Read(text)
	if err != nil {
		t.Fatalf("seed %d: %v\n%s", seed, err, text)
	}
	if len(g.Results) != 1 {
		t.Fatalf("seed %d: %d results, want 1\n%s", seed, len(g.Results), text)
	}
	if diff := cmp.Diff(describe(root), describe(g.Results[0])); diff != "" {
		t.Fatalf("seed %d (-graph +what was read):\n%s\n%s", seed, diff, text)
	}
	if diff := cmp.Diff(text, g.String()); diff != "" {
		t.Fatalf("seed %d: the text of what was read (-written +read):\n%s", seed, diff)
	}
}

// Graphs are read as they were written whose text is easily read as that of another graph, or refused.
func TestRoundTripOfSpecialGraphs(t *testing.T) {
	x, one := gradus.New(2).As("x"), gradus.Const(1)
	chain, constants := x, one
	steps := 10_000
	if slow.Wanted() {
		steps = 100_000
	}
	for range steps {
		chain, constants = chain.Neg(), constants.Sin()
	}
	for what, root := range map[string]*gradus.Value{
		"a long chain":               chain,
		"a long chain of a constant": constants,
		"a name like an exponent":    gradus.New(1e-7).As("e").Mul(2e-8).Add(gradus.New(3).As("e06")).Mul(1e30),
		"a slope beside e":           gradus.LeakyReLU(1e-9).Apply(gradus.New(-5e-324).As("e")),
		"a name like a constant":     gradus.New(3).As("NaN").Add(math.NaN()),
		"a long name":                gradus.New(3).As(strings.Repeat("a", 101)).Add(x),
		"the longest name":           gradus.New(3).As(strings.Repeat("a", 100)).Add(x),
	} {
		text, err := formula.Text(root)
		if err != nil {
			t.Errorf("%s: %v", what, err)
			continue
		}
		g, err := formula.Read(text)
		if err != nil || len(g.Results) != 1 {
			t.Errorf("%s: %v\n%.200s", what, err, text)
			continue
		}
		if diff := cmp.Diff(describe(root), describe(g.Results[0])); diff != "" {
			t.Errorf("%s (-graph +what was read):\n%.1000s\n%.200s", what, diff, text)
		}
	}
	for want, roots := range map[string][]*gradus.Value{
		"const c1 = 1\n": {one},
		"const c1 = 1\nx = 2\nv1 = sin(x) + c1\n": {one, x.Sin().Add(one)},
		"x = 2\n": {x},
		"":        nil,
	} {
		if text, err := formula.Text(roots...); text != want || err != nil {
			t.Errorf("the text is %q (%v), want %q", text, err, want)
		}
	}
	_, err := formula.Text(gradus.Sum().As("y"))
	if err == nil || !strings.Contains(err.Error(), "the op sum has no operands") {
		t.Errorf("a sum of nothing has the error %v", err)
	}
}

// A formula is written as one would write it by hand, with brackets where they are needed.
func TestText(t *testing.T) {
	a, b := gradus.New(2).As("a"), gradus.New(-0.5).As("b")
	long := a
	for range 60 {
		long = long.Add(b)
	}
	for want, v := range map[string]*gradus.Value{
		"a − (−b)":           a.Sub(b.Neg()),
		"−a·b":               a.Neg().Mul(b),
		"−(a·b)":             a.Mul(b).Neg(),
		"a·(−b)":             a.Mul(b.Neg()),
		"a/(b·a)":            a.Div(b.Mul(a)),
		"a·(b·a)":            a.Mul(b.Mul(a)),
		"a·(b/a)":            a.Mul(b.Div(a)),
		"a/(b/a)":            a.Div(b.Div(a)),
		"a + (b + a)":        a.Add(b.Add(a)),
		"a − (b − a)":        a.Sub(b.Sub(a)),
		"(a + b)²":           a.Add(b).Square(),
		"(√a)²":              a.Sqrt().Square(),
		"√(a²)":              a.Square().Sqrt(),
		"−a²":                a.Square().Neg(),
		"a^(b^a)":            a.Pow(b.Pow(a)),
		"a^(−2)":             a.Pow(-2),
		"−2·a":               gradus.Const(-2).Mul(a),
		"|a − |b||":          a.Sub(b.Abs()).Abs(),
		"max(a + b, 1e-300)": a.Add(b).Max(1e-300),
	} {
		text, err := formula.Text(v)
		if _, got, _ := strings.Cut(text, "v1 = "); err != nil || strings.TrimSpace(got) != want {
			t.Errorf("%q, %v, want %q", got, err, want)
		}
	}
	text, err := formula.Text(long)
	for _, line := range strings.Split(text, "\n") {
		if err != nil || len(line) > 150 {
			t.Errorf("a line has %d bytes (%v), want a long formula in parts:\n%s", len(line), err, text)
		}
	}
	cube := gradus.Func1("cube",
		func(x float64) float64 { return x * x * x }, func(x float64) float64 { return 3 * x * x })
	_, err = formula.Text(cube.Apply(a))
	if err == nil || !strings.Contains(err.Error(), "the op cube is none of") {
		t.Errorf("a graph with an op of its own has the error %v", err)
	}
}

// Definitions of numbers share lines of at most 80 columns, which are as full as they can be.
func TestLineWidth(t *testing.T) {
	widest := 0
	for length := range 30 {
		var all []*gradus.Value
		for i := range 40 {
			all = append(all, gradus.New(1).As(fmt.Sprintf("w%s%d", strings.Repeat("ö", length), i)))
		}
		text, err := formula.Text(gradus.Sum(all...).As("y"))
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(text) {
			n := utf8.RuneCountInString(line) - 1
			if widest = max(widest, n); n > 80 && !strings.HasPrefix(line, "y = ") {
				t.Errorf("a line has %d columns: %s", n, line)
			}
		}
	}
	if widest < 80 {
		t.Errorf("the widest line has %d columns, want 80", widest)
	}
}
