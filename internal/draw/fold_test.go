package draw

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/gradus-go/gradus"
)

// blocks returns the names of nodes, as a fold draws them, each with what comes in.
func blocks(root *gradus.Value, f Fold) (lines []string) {
	d := newDrawing(root, f)
	in := make([][]string, len(d.nodes))
	for _, l := range d.links {
		in[l.to] = append(in[l.to], d.nodes[l.from].text[0])
	}
	for i, n := range d.nodes {
		line := n.text[0]
		if n.block {
			line += ": " + n.text[1]
		}
		if in[i] != nil {
			line += " ← " + strings.Join(in[i], " ")
		}
		lines = append(lines, sortedOperands(line))
	}
	slices.Sort(lines)
	return lines
}

func TestFoldLayers(t *testing.T) {
	for _, test := range []struct {
		name string
		root *gradus.Value
		want []string
	}{
		{"indices in brackets", graphs["net"](), []string{
			"L ← a3[#] t[#]", "a1[#]: 3 values ← z1[#]", "a2[#]: 3 values ← z2[#]",
			"a3[#]: 2 values ← z3[#]", "b1[#]: 3 values", "b2[#]: 3 values", "b3[#]: 2 values",
			"t[#]: 2 values", "w1[#,#]: 6 values", "w2[#,#]: 9 values", "w3[#,#]: 6 values",
			"x[#]: 2 values", "z1[#]: 3 values ← b1[#] w1[#,#] x[#]",
			"z2[#]: 3 values ← b2[#] w2[#,#] a1[#]", "z3[#]: 2 values ← b3[#] w3[#,#] a2[#]",
		}},
		{"words before a dot", net("layer%[2]d.neuron%[3]d.%[1]s", "layer%d.neuron%d.w%d"), []string{
			"L ← layer3 t[#]", "layer1: 15 values ← x[#]", "layer2: 18 values ← layer1",
			"layer3: 12 values ← layer2", "t[#]: 2 values", "x[#]: 2 values",
		}},
		{"each computed from the other, so by depth", recurrent(3), []string{
			"h0", "h1 ← z1", "h2 ← z2", "h3 ← z3", "w", "x#: 3 values", "y ← h3",
			"z1 ← w h0 x#", "z2 ← w h1 x#", "z3 ← w h2 x#",
		}},
		{"each computed from the one before", powers(4), []string{"p#: 5 values", "y ← p#"}},
		{"a few", tutorial(), []string{
			"L ← t y", "W#: 2 values", "a ← z", "b#: 2 values", "t", "x", "y ← W# b# a", "z ← W# b# x",
		}},
	} {
		for i, line := range test.want {
			test.want[i] = sortedOperands(line)
		}
		slices.Sort(test.want)
		if diff := cmp.Diff(test.want, blocks(test.root, FoldLayers)); diff != "" {
			t.Errorf("%s: -want +got:\n%s", test.name, diff)
		}
	}
}

func sortedOperands(line string) string {
	head, tail, _ := strings.Cut(line, " ← ")
	operands := strings.Fields(tail)
	slices.Sort(operands)
	return head + " ← " + strings.Join(operands, " ")
}

// powers is pᵢ = 2pᵢ₋₁.
func powers(n int) *gradus.Value {
	p := gradus.New(1).As("p0")
	for i := range n {
		p = p.Mul(2).As(fmt.Sprint("p", i+1))
	}
	return p.Neg().As("y")
}

// recurrent is hᵢ = tanh(zᵢ), with zᵢ = w·hᵢ₋₁ + xᵢ.
func recurrent(n int) *gradus.Value {
	w, h := gradus.New(0.5).As("w"), gradus.New(0).As("h0")
	for i := range n {
		x := gradus.New(float64(i)).As(fmt.Sprint("x", i+1))
		z := w.Mul(h).Add(x).As(fmt.Sprint("z", i+1))
		h = z.Tanh().As(fmt.Sprint("h", i+1))
	}
	return h.Square().As("y")
}

func TestBlock(t *testing.T) {
	var w []*gradus.Value
	for i, x := range []float64{0.5, -2, 1} {
		w = append(w, gradus.New(x).As(fmt.Sprintf("w[%d]", i)))
	}
	c := []*gradus.Value{gradus.Const(1).As("c[0]"), gradus.Const(2).As("c[1]")}
	mixed := []*gradus.Value{gradus.Const(7).As("m.c"), gradus.New(3).As("m.w")}
	L := gradus.Sum(w[0], w[1].Mul(-3), w[2], c[0], c[1], mixed[0].Mul(5), mixed[1].Mul(4)).As("L")
	for _, test := range []struct {
		name   string
		before func()
		block  int
		want   drawn
	}{
		{"before Backward", func() {}, 0, drawn{
			"n0", leaf, [4]string{"w[#]", "3 values", "data -2 … 1", pendingText}, true, true, false, 0,
		}},
		{"constants before it", func() {}, 1, drawn{
			"n5", constant, [4]string{"c[#]", "2 values", "data 1 … 2", ""}, false, true, false, 0,
		}},
		{"a constant and a parameter before it", func() {}, 2, drawn{
			"n7", leaf, [4]string{"m", "2 values", "data 3 … 7", pendingText}, true, true, false, 0,
		}},
		{"after Backward", L.Backward, 0, drawn{
			"n0", leaf, [4]string{"w[#]", "3 values", "data -2 … 1", "max |grad| 3"}, false, true, false, 0,
		}},
		{"constants after it", func() {}, 1, drawn{
			"n5", constant, [4]string{"c[#]", "2 values", "data 1 … 2", ""}, false, true, false, 0,
		}},
		// The gradient of the constant, which nobody asks for, is 5.
		{"a constant and a parameter after it", func() {}, 2, drawn{
			"n7", leaf, [4]string{"m", "2 values", "data 3 … 7", "max |grad| 4"}, false, true, false, 0,
		}},
		{"without the gradient of one of three", w[1].ZeroGrad, 0, drawn{
			"n0", leaf, [4]string{"w[#]", "3 values", "data -2 … 1", pendingText}, true, true, false, 0,
		}},
	} {
		test.before()
		got := newDrawing(L, FoldLayers).nodes[test.block]
		if diff := cmp.Diff(test.want, got, cmp.AllowUnexported(drawn{})); diff != "" {
			t.Errorf("%s: -want +got:\n%s", test.name, diff)
		}
	}
}

func TestFoldAuto(t *testing.T) {
	for _, test := range []struct {
		name string
		root *gradus.Value
		want Fold
	}{
		{"15 nodes", tutorial(), FoldNothing},
		{"90 nodes, 50 names", graphs["net"](), FoldNames},
		{"more names", recurrent(40), FoldLayers},
	} {
		if diff := cmp.Diff(DOT(test.root, test.want), DOT(test.root, FoldAuto)); diff != "" {
			t.Errorf("%s: not drawn as by fold %d:\n%s", test.name, test.want, diff)
		}
	}
}

// What is too large to look at is folded, and at last refused with advice.
func TestTooLarge(t *testing.T) {
	v := gradus.New(0.5).As("x")
	for range 2500 {
		v = v.Sin()
	}
	if got := len(newDrawing(v, FoldNothing).nodes); got != 2 {
		t.Errorf("%d nodes are drawn of 2,501 without names, want x and the root", got)
	}
	if got, want := newDrawing(v, FoldNothing).nodes[1].text[1], "= … of 2500 values"; got != want {
		t.Errorf("the formula is %q, want %q", got, want)
	}
	many := make([]*gradus.Value, 2500)
	for i := range many {
		many[i] = gradus.New(1).As(string([]rune{'a' + rune(i)/50, 'a' + rune(i)%50}))
	}
	want := "2501 values are too many to draw. " +
		"Give those that belong together names such as w[1] and w[2]."
	for name, s := range map[string]string{
		"dot": DOT(gradus.Sum(many...), FoldNothing), "svg": string(SVG(gradus.Sum(many...), FoldAuto)),
	} {
		if !strings.Contains(s, want) || len(s) > 3000 {
			t.Errorf("%s: %.300s…, want the sentence %q", name, s, want)
		}
	}
}
