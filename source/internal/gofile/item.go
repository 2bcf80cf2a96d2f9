package gofile

import (
	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/internal/builtin"
	"github.com/gradus-go/gradus/internal/listing"
)

// An item is what the file computes in one place: a single number or, in loops, several. Leaves are items,
// too.
type item struct {
	kind  itemKind
	op    *gradus.Op // of a value
	n     int        // how many numbers it has; 0 if it is a single one
	nodes []int32    // these
	args  []ref      // the operands; of products: W, x and, if start says so, what the sum begins with
	terms int        // of each sum
	start start

	last   int32 // the last of the nodes
	at     int   // the place in the order in which items are computed
	active bool
	label  string // of the first node
}

type itemKind uint8

const (
	params itemKind = iota
	inputs
	numbers  // constants in an array
	values   // op, of single numbers or lane by lane
	products // Σ W·x, for each row of W
	total    // Σ x
)

// A start says with what a sum begins.
type start uint8

const (
	fromFirst start = iota // its first term
	fromZero
	fromValue
)

// A ref is an operand: for lane i it is number off + i·step of the item.
type ref struct {
	*item         // nil for a constant
	off, step int // of W, from row to row
	c         float64
}

// aligned reports whether the lanes of an item read all numbers of the operand, each lane one of them.
func (r ref) aligned(n int) bool {
	return r.item != nil && r.off == 0 && r.n == n && (n == 0 || r.step == 1)
}

// A graph is a recorded program, with what the generator finds out about it.
type graph struct {
	*listing.Program
	constant []bool    // nodes that depend on constants alone
	data     []float64 // their numbers
	live     []bool    // the output depends on the node
	active   []bool    // a gradient is wanted
	uses     []int     // as an operand of nodes that are live and no constants
	refused  map[int32]bool
	inArray  bool // the inputs are an array
}

// A function of a small graph has at most so many inputs as single parameters. Loops read arrays.
const (
	fewInputs = 4
	smallSize = 200
)

func newGraph(p *listing.Program) *graph {
	n := len(p.Ops)
	g := &graph{
		Program: p, constant: make([]bool, n), data: append([]float64(nil), p.Data...), live: make([]bool, n),
		active: make([]bool, n), uses: make([]int, n), refused: map[int32]bool{},
		inArray: p.Inputs > fewInputs || p.Inputs > 0 && n > smallSize,
	}
	for i := range p.Ops {
		op := p.Op(int32(i))
		g.constant[i] = i >= p.Inputs+p.Params
		g.active[i] = i >= p.Inputs && i < p.Inputs+p.Params
		var x []float64
		for k, a := range p.Operands(int32(i)) {
			g.constant[i] = g.constant[i] && g.constant[a]
			g.active[i] = g.active[i] || g.active[a] && !ignored(op, k)
			x = append(x, g.data[a])
		}
		if op != nil && g.constant[i] {
			g.data[i] = op.Eval(x...)
		}
	}
	g.live[p.Outputs[0]] = true
	for i := n - 1; i >= 0; i-- {
		if !g.live[i] || g.constant[i] {
			continue
		}
		for _, a := range p.Operands(int32(i)) {
			g.live[a] = true
			g.uses[a]++
		}
	}
	return g
}

// computes reports whether the file has to compute a node.
func (g *graph) computes(i int32) bool { return g.live[i] && !g.constant[i] && !g.IsLeaf(i) }

// hidden reports whether a node is of a kind, and one term of one sum alone needs it.
func (g *graph) hidden(i int32, k builtin.Kind) bool {
	return g.computes(i) && g.Kind(i) == k && g.uses[i] == 1 && g.Names[i] == "" && i != g.Outputs[0]
}
