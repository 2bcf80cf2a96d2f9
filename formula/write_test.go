package formula_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/formula"
)

// randomGraph returns the root of a graph over all ops, with constants, shared nodes, and names of all
// kinds: none, good ones, such as occur twice, and such as are no names.
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
	ops := gradus.Ops()
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

// What Text writes of a graph, Read reads as the same graph, and its text is the same text.
func TestRoundTrip(t *testing.T) {
	for seed := range uint64(20_000) {
		root := randomGraph(rand.New(rand.NewPCG(seed, 1)))
		if root.Op() == nil {
			continue
		}
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
}
