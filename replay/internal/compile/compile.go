package compile

import (
	"slices"

	"github.com/gradus-go/gradus/internal/builtin"
	"github.com/gradus-go/gradus/replay/internal/machine"
)

// A Program is the code for a machine, and what its user must know of its memory.
type Program struct {
	Code    []machine.Inst
	Parts   []Part
	Layout  machine.Layout
	Memory  []float64      // Mat, unless it is another program's, and then V, with the constants in it
	Outputs []int32        // places in V
	Slots   []int32        // of the nodes, or machine.None
	Silent  []machine.Span // the parts of V whose gradients nobody reads, as Silent of instructions says
	Stale   []machine.Span // the parts of Mat whose gradients no instruction sets
	Kept    []machine.Span // what Descend does not update in Mat, counted from the start of MatParams

	Cost     float64 // of all instructions
	MayPanic bool    // some instruction may
}

// The numbers of ops that the passes treat in a way of their own.
const (
	add, mul, square = int32(builtin.Add), int32(builtin.Mul), int32(builtin.Square)
	sumOf, dotOf     = int32(builtin.Sum), int32(builtin.Dot)
)

// A role says what a node is. Passes change it.
type role uint8

const (
	param role = iota
	constant
	input
	computed // an instruction applies its op
	summed   // it is computed as a sum of products
	gone     // nothing uses it, or it is a part of a sum of products, a softmax or a norm
	// Of a softmax or a norm, see softmax.go and norms.go.
	normalizer
	share
)

// A rewrite is a graph that is being compiled. What the passes find out is in its own fields: the
// recorded graph stays as it is, but for the numbers of folded nodes.
type rewrite struct {
	*Graph
	Options
	role    []role
	leaves  []int32 // inputs, parameters, and the constants that are used, in order
	nodes   []int32 // those that are computed, in order
	uses    []int32 // how often a node is an operand or an output
	active  []bool  // a gradient is wanted: the node is, or depends on, a parameter
	main    []bool  // the first output depends on the node; nil if it is the only one
	level   []int32 // a node is computed after all those of lower levels
	highest int32   // the highest of these
	sums    []sum
	waiting []terms         // of sums to come
	sumAt   []int32         // the sum that computes a node
	grouped []int32         // the sums, group by group: those of one are computed together
	groups  []span          // of these
	pairs   []pair          // of all sums
	others  []int32         // the other terms of all sums
	stack   []int32         // of terms, to be used again
	numbers []float64       // of operands, likewise
	counted []int32         // the factors that countFactors has counted
	same    map[int32]int32 // of a constant, the equal one that takes its place
	equal   map[int32]int32 // of a node, likewise

	rowAt       map[int32]row     // by normalizer
	normalizers map[int32][]int32 // of each share, the only one
	hasRows     bool              // some node is computed from a row
}

// Compile runs the passes and lays out the program.
func Compile(g *Graph, o Options) *Program {
	w := &rewrite{Graph: g, Options: o, same: map[int32]int32{}}
	w.rowAt, w.normalizers = map[int32]row{}, map[int32][]int32{}
	w.assignRoles()
	if w.on(Common) && !w.Exact {
		w.shareCommon()
	}
	if w.on(Dots) && !w.Exact {
		w.dots()
	}
	w.listNodes()
	if w.on(Rows) && !w.Exact {
		w.findSoftmaxes()
		if !w.Listed {
			w.findNorms()
		}
		w.orientRows()
	}
	w.findActiveAndLevels()
	w.findMain()
	w.group()
	if w.on(Constants) && !w.Exact {
		w.shareConstants()
	}
	l := newLowering(w)
	l.lower()
	return l.link()
}

// on reports whether a pass is switched on.
func (w *rewrite) on(p Pass) bool { return w.Without&p == 0 }

// listNodes lists the nodes that are computed. It is called after dots, which leaves few of many.
func (w *rewrite) listNodes() {
	others := w.role[w.Inputs+w.Params:]
	for i, r := range others {
		if r == computed || r == summed {
			w.nodes = append(reserve(w.nodes, 1, i, len(others)), int32(w.Inputs+w.Params+i))
		}
	}
}

// operands returns all nodes that a node is computed from, after the passes so far: pairs and others.
func (w *rewrite) operands(i int32) (pairs []pair, others []int32) {
	switch w.role[i] {
	case computed:
		others = w.Operands(i)
	case summed:
		s := &w.sums[w.sumAt[i]]
		pairs, others = w.pairsOf(s), w.addendsOf(s)
	case normalizer:
		others = w.rowAt[i].operands()
	case share:
		others = w.normalizers[i]
	}
	return pairs, others
}

// findActiveAndLevels finds the nodes whose gradients are wanted: the parameters, the inputs if the options
// say so, and what is computed from them. It also finds, for each node, the length of the longest path
// down to a leaf. Nodes of one level do not depend on each other.
func (w *rewrite) findActiveAndLevels() {
	w.active = make([]bool, len(w.Ops))
	w.clearCounts() // they are in the same memory
	for i := range w.Inputs + w.Params {
		w.active[i] = i >= w.Inputs || w.InputGrads
	}
	for _, i := range w.nodes {
		active, level := false, int32(0)
		pairs, others := w.operands(i)
		for _, p := range pairs {
			active = active || w.active[p.row] || w.active[p.shared]
			level = max(level, w.level[p.row]+1, w.level[p.shared]+1)
		}
		for _, a := range others {
			active, level = active || w.active[a], max(level, w.level[a]+1)
		}
		w.active[i], w.level[i] = active && !w.Kind(i).IsConstant(), level
		w.highest = max(w.highest, level)
	}
}

// mark sets what a list says of the nodes in pairs and of other nodes.
func mark(list []bool, pairs []pair, others []int32) {
	for _, p := range pairs {
		list[p.row], list[p.shared] = true, true
	}
	for _, a := range others {
		list[a] = true
	}
}

// findMain finds the nodes that the first output depends on.
func (w *rewrite) findMain() {
	if len(w.Outputs) == 1 { // nodes that it does not depend on have no use
		return
	}
	w.main = make([]bool, len(w.Ops))
	w.main[w.Outputs[0]] = true
	for _, i := range slices.Backward(w.nodes) {
		if w.main[i] {
			pairs, others := w.operands(i)
			mark(w.main, pairs, others)
		}
	}
}

// isMain reports whether the first output depends on a node.
func (w *rewrite) isMain(i int32) bool { return w.main == nil || w.main[i] }
