package compile

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/internal/builtin"
	"github.com/gradus-go/gradus/internal/listing"
	"github.com/gradus-go/gradus/replay/internal/machine"
)

// graphOf numbers the nodes of a graph as package replay does.
func graphOf(inputs, params []*gradus.Value, outputs ...*gradus.Value) *Graph {
	g := &Graph{Inputs: len(inputs), Params: len(params), Table: listing.TableOf(nil)}
	number := map[*gradus.Value]int32{}
	add := func(v *gradus.Value) {
		if _, known := number[v]; known {
			return
		}
		number[v] = int32(len(g.Ops))
		g.Ops, g.Data = append(g.Ops, numberOf(g, v.Op())), append(g.Data, v.Data)
		g.First = append(g.First, int32(len(g.Args)))
		for _, p := range v.Parents() {
			g.Args = append(g.Args, number[p])
		}
	}
	for _, v := range slices.Concat(inputs, params, gradus.Topo(outputs...)) {
		add(v)
	}
	g.First = append(g.First, int32(len(g.Args)))
	for _, v := range outputs {
		g.Outputs = append(g.Outputs, number[v])
	}
	return g
}

// numberOf returns the number of an op in the Table of a graph, to which it adds an op that is not there.
func numberOf(g *Graph, op *gradus.Op) int32 {
	if i := slices.Index(g.Table, op); i >= 0 {
		return int32(i)
	}
	g.Table = append(g.Table, op)
	return int32(len(g.Table) - 1)
}

func linesOf(p *Program) (lines []string) {
	for i := range p.Code {
		lines = append(lines, p.Code[i].Format(p.Layout.Name))
	}
	return lines
}

// A product that adds to the gradients of several vectors of parameters is the first of Backward to
// contribute to these. So no other product writes over them.
func TestSettersOfVectors(t *testing.T) {
	w, x := gradus.Values([]float64{1, 2, 3, 4, 5, 6}), gradus.Values([]float64{1, 1, 1, 1})
	out := gradus.Const(1)
	for _, row := range [][]*gradus.Value{w[:2], w[2:4]} {
		out = out.Mul(gradus.Dot(row, x[:2]).Exp()).Mul(gradus.Dot(row, x[2:]).Exp())
	}
	for _, row := range [][]*gradus.Value{w[:2], w[2:4]} {
		out = out.Mul(gradus.Dot(w[4:], row).Exp())
	}
	p := Compile(graphOf(x, w, out), Options{Without: Matrices})
	code := []string{
		"t[0:2] = w[0:2]·[x[0:2] x[2:4]]", "t[2:4] = w[2:4]·[x[0:2] x[2:4]]", "t[4:6] = w[4:6]·[w[0:2] w[2:4]]",
	}
	if diff := cmp.Diff(code, linesOf(p)[:3]); diff != "" {
		t.Fatalf("code (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]machine.Span{{Start: 0, End: 6}}, p.Stale); diff != "" {
		t.Errorf("to clear (-want +got):\n%s", diff)
	}
}

// Of a program that must be exact all numbers lie in V, so that a batch adds up the gradients of a sample
// first.
func TestMatOfExact(t *testing.T) {
	w, x := gradus.Values([]float64{1, 2}), gradus.Values([]float64{1})
	for exact, want := range map[bool]int32{false: 2, true: 0} {
		p := Compile(graphOf(x, w, gradus.Pick(x[0], w...)), Options{Exact: exact})
		if got := p.Layout.MatLen(); got != want {
			t.Errorf("exact %t: %d numbers of a table lie in Mat, want %d", exact, got, want)
		}
	}
}

// Backward does not hand gradients on to copies of numbers whose gradients nobody wants.
func TestActiveCopies(t *testing.T) {
	w, x := gradus.Values(make([]float64, 8)), gradus.Values(make([]float64, 8))
	var z []*gradus.Value
	for i := range 4 {
		z = append(z, w[2*i].Div(x[2*i]))
	}
	var active []bool
	for _, in := range Compile(graphOf(x, w, gradus.LogSumExp(z...)), Options{}).Code {
		if in.Code == machine.Pack {
			active = append(active, in.Active)
		}
	}
	if diff := cmp.Diff([]bool{true, false}, active); diff != "" {
		t.Errorf("of w and of x (-want +got):\n%s", diff)
	}
}

// If one product reads a matrix, Backward writes the gradients of it and clears nothing, and
// Descend updates it at once. What several instructions read is cleared and kept.
func TestSetters(t *testing.T) {
	w, x := gradus.Values([]float64{1, 2, 3, 4, 5, 6}), gradus.Values([]float64{1, 1})
	a, b := gradus.Dot(w[:2], x).Exp(), gradus.Dot(w[2:4], x).Exp()
	picked := []*gradus.Value{gradus.Pick(x[0], w[0], w[2]), gradus.Pick(x[0], w[1], w[3])}
	product := func(c1, c2 float64) *gradus.Value {
		return gradus.Dot([]*gradus.Value{gradus.Const(c1), gradus.Const(c2)}, []*gradus.Value{a, b})
	}
	for _, tt := range []struct {
		name        string
		out         *gradus.Value
		stale, kept []machine.Span
	}{
		{"every weight once", gradus.Dot(w[:2], x).Exp(), nil, nil},
		{"one product of four", gradus.Dot(w[:2], x).Add(gradus.Dot(w[2:4], x)).Exp(), nil, nil},
		{"two rows", a.Mul(b), nil, nil},
		{
			"a row and a penalty on it", a.Add(gradus.Dot(w[:2], w[:2])),
			[]machine.Span{{Start: 0, End: 2}},
			[]machine.Span{{Start: 0, End: 2}},
		},
		{
			"a row in two products", a.Mul(gradus.Dot(w[:2], []*gradus.Value{a, b})),
			[]machine.Span{{Start: 2, End: 4}},
			[]machine.Span{{Start: 0, End: 4}},
		},
		{
			"a table", gradus.Pick(x[0], w[0], w[2], w[4]).Exp(),
			[]machine.Span{{Start: 0, End: 3}},
			[]machine.Span{{Start: 0, End: 3}},
		},
		{
			"a matrix, and then a table, that adds first", a.Mul(b).Add(gradus.Pick(a, w[0], w[2])),
			[]machine.Span{{Start: 0, End: 4}},
			[]machine.Span{{Start: 0, End: 4}},
		},
		{
			"a table, and then a matrix, that writes first",
			gradus.Dot(w[:2], picked).Exp().Mul(gradus.Dot(w[2:4], picked)),
			nil,
			[]machine.Span{{Start: 0, End: 4}},
		},
		{"a matrix of constants", product(7, 8).Exp().Mul(product(9, 10).Exp()), nil, nil},
	} {
		p := Compile(graphOf(x, w, tt.out), Options{})
		if diff := cmp.Diff(tt.stale, p.Stale); diff != "" {
			t.Errorf("%s: to clear (-want +got):\n%s\n%v", tt.name, diff, linesOf(p))
		}
		if diff := cmp.Diff(tt.kept, p.Kept); diff != "" {
			t.Errorf("%s: to keep (-want +got):\n%s\n%v", tt.name, diff, linesOf(p))
		}
	}
}

// Two neurons and a softplus: where each kind of number lies, and which part of the code a batch
// runs for all samples together.
func TestLink(t *testing.T) {
	x, w := gradus.Values([]float64{1, 2}), gradus.Values([]float64{1, 2, 3, 4, 5, 6})
	h := func(row, bias int) *gradus.Value { return gradus.Dot(w[row:row+2], x).Add(w[bias]).Softplus() }
	g := graphOf(x, w, h(0, 4).Mul(h(2, 5)).Add(3))
	p := Compile(g, Options{})
	want := []string{
		"t[0:2] = w[0:4]·x[0:2] + w[4:6]", "t[2:4] = softplus(t[0:2])", "t[4] = t[2] · t[3] + c[0]",
	}
	if diff := cmp.Diff(want, linesOf(p)); diff != "" {
		t.Errorf("code (-want +got):\n%s", diff)
	}
	layout := machine.Layout{
		MatConsts: machine.Span{Start: 0, End: 0}, MatParams: machine.Span{Start: 0, End: 4},
		Params: machine.Span{Start: 0, End: 2}, Consts: machine.Span{Start: 2, End: 3},
		Inputs: machine.Span{Start: 10, End: 12}, Computed: machine.Span{Start: 12, End: 17}, // 16 numbers before
		Kept: machine.Span{Start: 17, End: 19}, // of the softplus
	}
	if diff := cmp.Diff(layout, p.Layout); diff != "" {
		t.Errorf("layout (-want +got):\n%s", diff)
	}
	parts := []Part{{Start: 0, End: 1, Together: true}, {Start: 1, End: 3}}
	if diff := cmp.Diff(parts, p.Parts); diff != "" {
		t.Errorf("parts (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]int32{0, 1, 2, 3, 4, 5}, p.Slots[2:8]); diff != "" {
		t.Errorf("slots of the parameters (-want +got):\n%s", diff)
	}
	if got := p.Memory[p.Layout.MatLen()+2]; got != 3 {
		t.Errorf("the constant is %v in memory, want 3", got)
	}
	if got, want := p.Outputs, []int32{16}; !cmp.Equal(got, want) {
		t.Errorf("outputs at %v, want %v", got, want)
	}
}

// What is constant by definition has no gradient, and no instruction of Backward.
func TestConstantByDefinition(t *testing.T) {
	w := gradus.Values([]float64{1, 2})
	p := Compile(graphOf(nil, w, builtin.Step.Op().Apply(w[0]).Mul(w[1])), Options{})
	if step, product := p.Code[0].Active, p.Code[1].Active; step || !product {
		t.Errorf("active: the step %t, the product %t; want the product alone", step, product)
	}
}

// What grows is what does the same to the operands that come next.
func TestGrow(t *testing.T) {
	of := func(z, x, y slot) *instruction {
		return &instruction{Code: machine.Mul, Op: builtin.Mul.Op(), N: 1, Z: z, X: x, Y: y, C: machine.None}
	}
	unary := func(z, x slot) *instruction {
		return &instruction{Code: machine.Unary, N: 1, Z: z, X: x, Y: machine.None, C: machine.None}
	}
	dense := of(9, 1, 2)
	dense.Code = machine.Dense
	inactive := of(11, 2, 6)
	inactive.Active = true
	for _, tt := range []struct {
		name         string
		in           []*instruction // the first grows by the others
		n            int32          // of the first in the end
		xStep, yStep int8
	}{
		{"both operands go on", []*instruction{of(10, 1, 5), of(11, 2, 6), of(12, 3, 7)}, 3, 1, 1},
		{"the first stays", []*instruction{of(10, 1, 5), of(11, 1, 6)}, 2, 0, 1},
		{"both stay", []*instruction{of(10, 1, 5), of(11, 1, 5)}, 2, 0, 0},
		{"the third does not go on", []*instruction{of(10, 1, 5), of(11, 2, 6), of(12, 2, 7)}, 2, 1, 1},
		{"a step of two", []*instruction{of(10, 1, 5), of(11, 3, 6)}, 1, 0, 0},
		{"the result lies elsewhere", []*instruction{of(10, 1, 5), of(12, 2, 6)}, 1, 0, 0},
		{"each the operand of the next", []*instruction{of(10, 9, 5), of(11, 10, 6)}, 2, 1, 1},
		{"of one number", []*instruction{unary(10, 1), unary(11, 2)}, 2, 1, 0},
		{"of one number, of the one before", []*instruction{unary(10, 9), unary(11, 10)}, 1, 0, 0},
		{"another gradient", []*instruction{of(10, 1, 5), inactive}, 1, 0, 0},
		{"not element by element", []*instruction{dense, dense}, 1, 0, 0},
	} {
		first := *tt.in[0]
		for _, next := range tt.in[1:] {
			first.grow(next)
		}
		got := []int32{first.N, int32(first.XStep), int32(first.YStep)}
		want := []int32{tt.n, int32(tt.xStep), int32(tt.yStep)}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: elements and steps (-want +got):\n%s", tt.name, diff)
		}
	}
}

// Lists of slots are split where one of them does not go on, or changes the memory.
func TestRuns(t *testing.T) {
	l := &lowering{layout: machine.Layout{MatParams: machine.Span{Start: 0, End: 4}}}
	for _, tt := range []struct {
		lists [][]slot
		want  []int
	}{
		{[][]slot{{}}, []int{0}},
		{[][]slot{{5, 6, 7}}, []int{0, 3}},
		{[][]slot{{5, 7, 8}}, []int{0, 1, 3}},
		{[][]slot{{2, 3, 4, 5}}, []int{0, 2, 4}}, // from Mat to V
		{[][]slot{{5, 6, 7, 8}, {10, 11, 20, 21}}, []int{0, 2, 4}},
	} {
		if diff := cmp.Diff(tt.want, l.runs(tt.lists...)); diff != "" {
			t.Errorf("%v (-want +got):\n%s", tt.lists, diff)
		}
	}
}

// A product of many factors is a scan if nothing else uses the products before the last: Backward does not
// compute their gradients then. The first factor, which is a product, too, may have other uses.
func TestOnce(t *testing.T) {
	for used, want := range map[int]bool{0: true, 1: true, 2: false, 3: false, 4: true} {
		x := gradus.Values([]float64{1, 2, 3, 4, 5})
		products := []*gradus.Value{x[0]}
		for i, v := range x[1:] {
			products = append(products, products[i].Mul(v))
		}
		p := Compile(graphOf(x, nil, gradus.LogSumExp(products[4], products[used])), Options{})
		if in := &p.Code[1]; in.Code != machine.Mul || in.N != 3 || in.Once != want {
			t.Errorf("product %d is used: %d products, once %t, want 3 and %t", used, in.N, in.Once, want)
		}
	}
}

// Equal nodes have one slot, and the graph stays as it was recorded.
func TestEqualNodes(t *testing.T) {
	x := gradus.Values([]float64{1, 2})
	terms := []*gradus.Value{x[0].Exp(), x[1].Exp(), x[0].Exp(), x[0].Exp().Sin()}
	g := graphOf(x, nil, terms...)
	before := *g
	before.Args, before.Outputs = slices.Clone(g.Args), slices.Clone(g.Outputs)
	p := Compile(g, Options{})
	if diff := cmp.Diff(before, *g, cmp.Comparer(func(a, b *gradus.Op) bool { return a == b })); diff != "" {
		t.Errorf("Compile has changed the graph (-before +after):\n%s", diff)
	}
	var slots []slot
	for _, i := range g.Outputs {
		slots = append(slots, p.Slots[i])
	}
	if want := []slot{2, 3, 2, 4}; !slices.Equal(slots, want) {
		t.Errorf("the outputs are in slots %d, want %d", slots, want)
	}
}

// The weights of cells lie beside what they are multiplied by, not in Mat, if they are few, are used in
// several, and are not the row of a matrix as well.
func TestCells(t *testing.T) {
	x, w := gradus.Values(make([]float64, 8)), gradus.Values(make([]float64, 8))
	// cells returns the last of some cells with n weights, the last of which is multiplied by the cell before.
	cells := func(n, steps int) *gradus.Value {
		h := x[7]
		for range steps {
			h = gradus.Dot(w[:n], slices.Concat(x[:n-1], []*gradus.Value{h.Tanh()}))
		}
		return h
	}
	rollout := func(weights []*gradus.Value) *gradus.Value {
		y := slices.Clone(x[:2])
		for range 6 {
			y = append(y, gradus.Dot(weights, y[len(y)-2:]))
		}
		return y[len(y)-1]
	}
	layer := gradus.Dot(w[:2], x[:2]).Tanh().Add(gradus.Dot(w[2:4], x[:2]).Tanh())
	for _, tt := range []struct {
		name    string
		without Pass
		out     *gradus.Value
		want    int // weights in Mat
	}{
		{"four weights", 0, cells(fewTerms, 4), 0},
		{"two weights", 0, cells(2, 4), 0},
		{"five weights", 0, cells(fewTerms+1, 4), 5},
		{"three steps", 0, cells(2, fewCells-1), 2},
		{"the pass is off", MulAdds, cells(2, 4), 2},
		{"the row of a matrix, too", 0, cells(2, 4).Add(layer), 4},
		{"a rollout reads numbers side by side", 0, rollout(w[:2]), 2},
		{"but not in the other order", 0, rollout([]*gradus.Value{w[1], w[0]}), 0},
	} {
		p := Compile(graphOf(x, w, tt.out), Options{Without: tt.without})
		if got := p.Layout.MatParams.Len(); int(got) != tt.want {
			t.Errorf("%s: %d weights are in Mat, want %d\n%s", tt.name, got, tt.want, strings.Join(linesOf(p), "\n"))
		}
	}
	w = []*gradus.Value{gradus.Const(0.5), gradus.Const(2)}
	p := Compile(graphOf(x, nil, cells(2, 4)), Options{Without: Constants})
	if got := p.Layout.MatConsts.Len(); got != 2 {
		t.Errorf("of two constants %d are in Mat, want both", got)
	}
}
