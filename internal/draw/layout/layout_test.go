package layout

import (
	"fmt"
	"math"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/gradus-go/gradus/internal/cputime"
)

// boxes returns the sizes of n nodes, which differ a little from one to the next.
func boxes(n int) []Size {
	sizes := make([]Size, n)
	for i := range sizes {
		sizes[i] = Size{Width: 100 + float64(i*7%50), Height: 40 + float64(i*5%30)}
	}
	return sizes
}

// edges reads edges written as a string of pairs, one letter for each node: "ac bc".
func edges(pairs ...string) (all [][2]int) {
	for _, p := range pairs {
		all = append(all, [2]int{int(p[0] - 'a'), int(p[1] - 'a')})
	}
	return all
}

// tree returns a binary tree of the given depth, with its root last.
func tree(depth int) Graph {
	var g Graph
	var grow func(depth int) int
	grow = func(depth int) int {
		var operands []int
		if depth > 0 {
			operands = []int{grow(depth - 1), grow(depth - 1)}
		}
		v := len(g.Sizes)
		g.Sizes = boxes(v + 1)
		for _, u := range operands {
			g.Edges = append(g.Edges, [2]int{u, v})
		}
		return v
	}
	grow(depth)
	return g
}

// addNode adds a node to a graph, with an edge from each operand, and returns its number.
func addNode(g *Graph, operands ...int) int {
	v := len(g.Sizes)
	g.Sizes = boxes(v + 1)
	for _, u := range operands {
		g.Edges = append(g.Edges, [2]int{u, v})
	}
	return v
}

// network returns the graph of a dense network with a loss. Each neuron is a node, and so are its
// bias and each of its weights.
func network(layers ...int) (g Graph) {
	add := func(operands ...int) int { return addNode(&g, operands...) }
	var below []int
	for range layers[0] {
		below = append(below, add())
	}
	for _, n := range layers[1:] {
		var layer []int
		for range n {
			operands := []int{add()}
			for _, u := range below {
				operands = append(operands, add(), u)
			}
			layer = append(layer, add(add(operands...)))
		}
		below = layer
	}
	add(below...)
	return g
}

// complete returns the complete bipartite graph K(m, n).
func complete(m, n int) Graph {
	g := Graph{Sizes: boxes(m + n)}
	for i := range m {
		for j := range n {
			g.Edges = append(g.Edges, [2]int{i, m + j})
		}
	}
	return g
}

// chain returns n nodes in a row. Each is computed from the one before it and from node 0.
func chain(n int) Graph {
	g := Graph{Sizes: boxes(n)}
	for v := 1; v < n; v++ {
		g.Edges = append(g.Edges, [2]int{v - 1, v}, [2]int{0, v})
	}
	return g
}

func star(n int) Graph { return complete(n, 1) }

func TestPlace(t *testing.T) {
	for _, test := range []struct {
		name      string
		g         Graph
		crossings int
		why       string
	}{
		{"empty", Graph{}, 0, ""},
		{"one node", Graph{Sizes: boxes(1)}, 0, ""},
		{"no edges", Graph{Sizes: boxes(5)}, 0, ""},
		{"tree", tree(5), 0, "a tree is planar, and the first order already has it so"},
		{
			// x W1 · b1 z a W2 · b2 y t − ² ½ L
			"tutorial A", Graph{boxes(15), edges("ac", "bc", "ce", "de", "ef", "fh", "gh", "hj", "ij",
				"jl", "kl", "lm", "mo", "no")}, 0, "each value is used once",
		},
		{"a·a", Graph{boxes(2), edges("ab", "ab")}, 0, "parallel edges run side by side"},
		{"diamond", Graph{boxes(4), edges("ab", "ac", "bd", "cd")}, 0, ""},
		{"diamond with a short cut", Graph{boxes(4), edges("ab", "ac", "bd", "cd", "ad")}, 0, ""},
		{"crossed as given", Graph{boxes(6), edges("ae", "bd", "cd", "df", "ef")}, 0, ""},
		{"two graphs", Graph{boxes(4), edges("ab", "cd")}, 0, ""},
		{"K(2,2)", complete(2, 2), 1, "C(2,2)·C(2,2), whatever the order"},
		{"K(3,3)", complete(3, 3), 9, "C(3,2)·C(3,2), whatever the order"},
		{"K(4,3)", complete(4, 3), 18, "C(4,2)·C(3,2), whatever the order"},
		{
			// Each neuron has a node for its bias and one for each weight, in the column of its
			// inputs. The nodes of an outer neuron stand outside. Each node of the middle neuron
			// crosses as many edges as there are inputs, wherever it stands.
			"2-3-3-2", network(2, 3, 3, 2), 33,
			"the least: K(2,3) + K(3,3) + K(3,2) have 3 + 9 + 3, and 3·2 + 4·3 more",
		},
		{"deep", chain(200), 0, "one line with branches runs beside the chain"},
		{"wide", star(300), 0, ""},
		{"tangle of 60", tangle(60, 9), 71, "as found; 80 without exchange"},
		{"tangle of 100", tangle(100, 9), 155, "as found; 169 without exchange"},
	} {
		t.Run(test.name, func(t *testing.T) {
			d := Place(test.g)
			if err := check(test.g, d); err != nil {
				t.Error(err)
			}
			if got := crossings(d); got != test.crossings {
				t.Errorf("%d crossings, want %d: %s", got, test.crossings, test.why)
			}
			if diff := cmp.Diff(d, Place(test.g)); diff != "" {
				t.Errorf("placed again it is different:\n%s", diff)
			}
		})
	}
}

// The plan's count of crossings, which guides the order, is right for the drawing.
func TestCrossingsCounted(t *testing.T) {
	for _, g := range []Graph{network(2, 3, 3, 2), complete(4, 5), network(3, 7, 5), tangle(60, 9)} {
		p := newPlan(g)
		before := p.crossings()
		p.reduceCrossings()
		after := p.crossings()
		p.align()
		if got := crossings(p.draw(g)); got != after {
			t.Errorf("the drawing has %d crossings, counted %d", got, after)
		}
		if after > before {
			t.Errorf("%d crossings, more than the %d before", after, before)
		}
	}
}

// The two edges of a·a arrive at different heights.
func TestParallelEdgesApart(t *testing.T) {
	d := Place(Graph{boxes(2), edges("ab", "ab")})
	first, second := d.Edges[0], d.Edges[1]
	if gap := second[len(second)-1].Y - first[len(first)-1].Y; gap < 8 {
		t.Errorf("the two edges arrive %v apart, want at least 8", gap)
	}
}

// A leaf stands in the column before the first one in which its value is used.
func TestLeafBesideItsUse(t *testing.T) {
	d := Place(Graph{boxes(5), edges("ab", "bc", "ce", "de")})
	if d.Nodes[3].X < d.Nodes[1].X {
		t.Errorf("the leaf is at x = %v, far from its result at %v", d.Nodes[3].X, d.Nodes[4].X)
	}
}

// A chain, and the edge that runs beside it, are straight.
func TestStraight(t *testing.T) {
	g := Graph{Sizes: make([]Size, 6)}
	for v := range g.Sizes {
		g.Sizes[v] = Size{100, 50}
		if v > 0 {
			g.Edges = append(g.Edges, [2]int{v - 1, v})
		}
	}
	for v, p := range Place(g).Nodes {
		if math.Abs(p.Y-25) > 1e-6 {
			t.Errorf("node %d of a chain is at y = %v, want 25", v, p.Y)
		}
	}
	g.Edges = append(g.Edges, [2]int{0, 5})
	long := Place(g).Edges[5]
	for i := 3; i < len(long)-2; i++ {
		if turn := math.Abs(long[i].Y - long[i-1].Y); turn != 0 {
			t.Errorf("the long edge turns by %v at point %d: %v", turn, i, long)
		}
	}
}

// recurrent returns the graph of a chain of n steps. Each adds up three products, two of them with the
// same nodes in all steps, and a third of these nodes: three lines run beside the chain.
func recurrent(n int) (g Graph) {
	add := func(operands ...int) int { return addNode(&g, operands...) }
	w, u, b, h := add(), add(), add(), add()
	for range n {
		h = add(add(add(add(w, h), add(u, add())), b))
	}
	return g
}

// A node that is used all along a chain has a straight line beside it, and the chain is level: edges have
// few bends, however long the chain is.
func TestHub(t *testing.T) {
	for _, test := range []struct {
		name  string
		graph func(n int) Graph
		steps int
		bends float64 // of an edge, on average
	}{
		{"chain", chain, 300, 2},
		{"recurrent", recurrent, 100, 3},
	} {
		g := test.graph(test.steps)
		d := Place(g)
		if err := overlap(g, d); err != nil {
			t.Error(err)
		}
		bends := 0
		for _, points := range d.Edges {
			for i := 2; i < len(points); i += 2 {
				if points[i].Y != points[i-1].Y {
					bends++
				}
			}
		}
		if got := float64(bends) / float64(len(d.Edges)); got > test.bends {
			t.Errorf("%s: %.2f bends an edge, want at most %v", test.name, got, test.bends)
		}
		if want := 400.0; d.Height > want {
			t.Errorf("%s: the drawing is %.0f high, want at most %v", test.name, d.Height, want)
		}
	}
}

// Of two climbs of the same weight all heights between them are medians.
func TestMedian(t *testing.T) {
	for _, test := range []struct {
		climbs []climb
		want   float64
	}{
		{nil, 0},
		{[]climb{{7, 1}}, 7},
		{[]climb{{5, 1}, {-3, 1}}, 0},
		{[]climb{{5, 1}, {3, 1}}, 3},
		{[]climb{{-5, 8}, {-3, 8}}, -3},
		{[]climb{{9, 1}, {-2, 1}, {4, 1}}, 4},
		{[]climb{{1, 1}, {-2, 8}, {40, 1}, {3, 1}}, -2},
		{[]climb{{1, 1}, {1, 1}, {-2, 1}, {4, 1}}, 1},
	} {
		if got := median(test.climbs, 0); got != test.want {
			t.Errorf("the median of %v that is nearest to 0 is %v, want %v", test.climbs, got, test.want)
		}
	}
}

// Edges that pass columns are almost straight there: all together they move up and down by 928
// pixels in this drawing of 60 nodes. With a weight of 1 in place of 8 it is 1,307, and without
// straighten 1,391.
func TestEdgesHardlyTurn(t *testing.T) {
	turns := 0.0
	for _, points := range Place(tangle(60, 9)).Edges {
		for i := 4; i < len(points)-3; i += 2 {
			turns += math.Abs(points[i].Y - points[i-1].Y)
		}
	}
	if turns > 1000 {
		t.Errorf("edges turn by %.0f, want at most 1,000", turns)
	}
}

// The memory of a plan is linear in the graph, however long its edges are.
func TestBends(t *testing.T) {
	g := Graph{Sizes: boxes(500)}
	for v := 100; v < 499; v++ { // each of 100 leaves is used all along a chain
		g.Edges = append(g.Edges, [2]int{v, v + 1}, [2]int{v % 100, v + 1})
	}
	want := 11 * (len(g.Sizes) + len(g.Edges))
	if p := newPlan(g); len(p.stops) > want {
		t.Errorf("%d stops, want at most %d", len(p.stops), want)
	}
	if err := overlap(g, Place(g)); err != nil {
		t.Error(err)
	}
}

func TestBackwardEdgePanics(t *testing.T) {
	defer func() {
		want := "layout: edge 1 leads from node 1 to node 0, want it to lead to a greater number"
		if got := recover(); got != want {
			t.Errorf("panics with %v, want %q", got, want)
		}
	}()
	Place(Graph{boxes(2), edges("ab", "ba")})
}

// 2,000 nodes take a tenth of the time of the processor that is allowed here.
func TestLargeGraphs(t *testing.T) {
	for _, test := range []struct {
		name string
		g    Graph
	}{
		{"network", network(10, 30, 30, 20)},
		{"chain", chain(2000)},
		{"tangle", tangle(2000, 100)},
	} {
		start := cputime.Used()
		d := Place(test.g)
		took := cputime.Used() - start
		t.Logf("%s: %d nodes, %d edges, %d crossings, %v", test.name, len(d.Nodes), len(d.Edges),
			crossings(d), took)
		if took > 20*time.Second {
			t.Errorf("%s took %v", test.name, took)
		}
		if err := overlap(test.g, d); err != nil {
			t.Errorf("%s: %v", test.name, err)
		}
	}
}

// tangle returns n nodes. Each is computed from two of the nodes that are at most reach before it.
func tangle(n, reach int) Graph {
	g := Graph{Sizes: boxes(n)}
	state := uint32(1)
	for v := 1; v < n; v++ {
		for range 2 {
			state = state*1664525 + 1013904223 // Numerical Recipes' generator
			g.Edges = append(g.Edges, [2]int{max(0, v-1-int(state>>16)%reach), v})
		}
	}
	g.Edges = slices.Compact(g.Edges) // two parallel edges run together and count as one
	return g
}

func FuzzPlace(f *testing.F) {
	f.Add([]byte{3, 0x21, 0x31})
	f.Add([]byte{9, 0x10, 0x20, 0x30, 0x41, 0x51, 0x62, 0x73, 0x84})
	f.Add([]byte{200, 1, 7, 3, 9, 4, 4, 4, 100})
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) == 0 || len(data) > 200 {
			return // larger graphs show nothing new
		}
		g := Graph{Sizes: boxes(int(data[0])%60 + 1)}
		for i, b := range data[1:] {
			to := (i*7 + int(b)) % len(g.Sizes)
			if to > 0 {
				g.Edges = append(g.Edges, [2]int{int(b) % to, to})
			}
		}
		if err := check(g, Place(g)); err != nil {
			t.Error(err)
		}
	})
}

const rounding = 1e-6

// check returns a sentence about each promise of Drawing that a drawing does not keep.
func check(g Graph, d Drawing) error {
	if len(d.Nodes) != len(g.Sizes) || len(d.Edges) != len(g.Edges) {
		return fmt.Errorf("%d nodes and %d edges, want %d and %d",
			len(d.Nodes), len(d.Edges), len(g.Sizes), len(g.Edges))
	}
	if err := overlap(g, d); err != nil {
		return err
	}
	for e, points := range d.Edges {
		if err := checkEdge(g, d, e, points); err != nil {
			return fmt.Errorf("edge %d, %v: %w", e, g.Edges[e], err)
		}
	}
	return nil
}

func overlap(g Graph, d Drawing) error {
	for i, p := range d.Nodes {
		w, h := g.Sizes[i].Width/2, g.Sizes[i].Height/2
		if p.X-w < -rounding || p.Y-h < -rounding || p.X+w > d.Width+rounding ||
			p.Y+h > d.Height+rounding {
			return fmt.Errorf("node %d at %v is not within %v × %v", i, p, d.Width, d.Height)
		}
		for j, q := range d.Nodes[:i] {
			if math.Abs(p.X-q.X) < w+g.Sizes[j].Width/2 && math.Abs(p.Y-q.Y) < h+g.Sizes[j].Height/2 {
				return fmt.Errorf("nodes %d and %d overlap, at %v and %v", i, j, p, q)
			}
		}
	}
	return nil
}

func checkEdge(g Graph, d Drawing, e int, points []Point) error {
	from, to := g.Edges[e][0], g.Edges[e][1]
	if first, last := points[0], points[len(points)-1]; len(points)%2 != 0 ||
		first.X != d.Nodes[from].X+g.Sizes[from].Width/2 || first.Y != d.Nodes[from].Y ||
		last.X != d.Nodes[to].X-g.Sizes[to].Width/2 ||
		math.Abs(last.Y-d.Nodes[to].Y) > 0.3*g.Sizes[to].Height {
		return fmt.Errorf("goes from %v to %v", first, last)
	}
	for i, p := range points[1:] {
		q := points[i]
		if p.X < q.X-rounding || i%2 == 0 && p.Y != q.Y {
			return fmt.Errorf("goes from %v to %v", q, p)
		}
		for v, c := range d.Nodes {
			w, h := g.Sizes[v].Width/2, g.Sizes[v].Height/2
			if v != from && v != to && p.X > c.X-w+rounding && q.X < c.X+w-rounding &&
				max(p.Y, q.Y) > c.Y-h && min(p.Y, q.Y) < c.Y+h {
				return fmt.Errorf("passes node %d at %v from %v to %v", v, c, q, p)
			}
		}
	}
	return nil
}

// crossings counts the crossings of a drawing from its points alone. A piece that two edges share
// counts as one.
func crossings(d Drawing) (n int) {
	type piece struct{ a, b Point }
	var pieces []piece
	seen := map[piece]bool{}
	for _, points := range d.Edges {
		for i := 2; i < len(points); i += 2 {
			p := piece{points[i-1], points[i]}
			if !seen[p] {
				seen[p] = true
				pieces = append(pieces, p)
			}
		}
	}
	for i, p := range pieces {
		for _, q := range pieces[:i] {
			if p.a.X == q.a.X && (p.a.Y-q.a.Y)*(p.b.Y-q.b.Y) < 0 {
				n++
			}
		}
	}
	return n
}
