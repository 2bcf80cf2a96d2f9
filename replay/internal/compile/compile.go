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
	Place   []int32        // the slots of the parameters
	Stale   []machine.Span // the parts of Mat whose gradients no instruction sets
	Kept    []machine.Span // what Descend does not update in Mat, counted from the start of MatParams
}

// The ops that the passes treat in a way of their own.
var (
	add, mul, square = builtin.Add.Op(), builtin.Mul.Op(), builtin.Square.Op()
	sumOf, dotOf     = builtin.Sum.Op(), builtin.Dot.Op()
)

// A role says what a node is. Passes change it.
type role uint8

const (
	param role = iota
	constant
	input
	computed // an instruction applies its op
	summed   // it is computed as a sum of products
	gone     // nothing uses it, or it is a part of a sum of products or of a softmax
	// Of a softmax, see softmax.go.
	normalizer
	share
)

// A rewrite is a graph that is being compiled. What the passes find out is in its own fields: the
// recorded graph stays as it is.
type rewrite struct {
	*Graph
	Options
	role   []role
	uses   []int32   // how often a node is an operand or an output
	data   []float64 // the numbers of leaves and of folded nodes
	active []bool    // a gradient is wanted: the node is, or depends on, a parameter
	main   []bool    // the first output depends on the node
	level  []int32   // a node is computed after all those of lower levels
	sums   []sum
	sumAt  []int32         // the sum that computes a node
	groups [][]int32       // sums that are computed together
	stack  []int32         // of terms, to be used again
	same   map[int32]int32 // of a constant, the equal one that takes its place

	softmaxes map[int32]softmax // by normalizer
}

// Compile runs the passes and lays out the program.
func Compile(g *Graph, o Options) *Program {
	w := &rewrite{
		Graph: g, Options: o, data: g.Data, same: map[int32]int32{}, softmaxes: map[int32]softmax{},
	}
	w.assignRoles()
	if w.on(Fold) {
		w.fold()
	}
	w.countUses()
	if w.on(Dots) && !w.Exact {
		w.dots()
	}
	if w.on(Rows) && !w.Exact {
		w.findSoftmaxes()
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

func (w *rewrite) assignRoles() {
	w.role = make([]role, len(w.Ops))
	for i, op := range w.Ops {
		switch {
		case i < w.Inputs:
			w.role[i] = input
		case i < w.Inputs+w.Params:
			w.role[i] = param
		case op == nil:
			w.role[i] = constant
		default:
			w.role[i] = computed
		}
	}
}

// eachOperand calls f for every number that a node is computed from, after the passes so far.
func (w *rewrite) eachOperand(i int32, f func(a int32)) {
	switch w.role[i] {
	case computed:
		for _, a := range w.Operands(i) {
			f(a)
		}
	case summed:
		s := &w.sums[w.sumAt[i]]
		for _, p := range s.pairs {
			f(p.row)
			f(p.shared)
		}
		for _, a := range s.addends {
			f(a)
		}
	case normalizer:
		for _, a := range w.softmaxes[i].x {
			f(a)
		}
	case share:
		f(w.Operands(i)[1])
	}
}

// findActiveAndLevels finds the nodes whose gradients are wanted: the parameters, the inputs if the options
// say so, and what is computed from them. It also finds, for each node, the length of the longest path
// down to a leaf. Nodes of one level do not depend on each other.
func (w *rewrite) findActiveAndLevels() {
	w.active, w.level = make([]bool, len(w.Ops)), make([]int32, len(w.Ops))
	for i := range w.active {
		switch w.role[i] {
		case param:
			w.active[i] = true
		case input:
			w.active[i] = w.InputGrads
		default:
			w.eachOperand(int32(i), func(a int32) {
				w.active[i], w.level[i] = w.active[i] || w.active[a], max(w.level[i], w.level[a]+1)
			})
			w.active[i] = w.active[i] && !builtin.Of(w.Ops[i]).IsConstant()
		}
	}
}

// findMain finds the nodes that the first output depends on.
func (w *rewrite) findMain() {
	if len(w.Outputs) == 1 { // nodes that it does not depend on have no use
		w.main = slices.Repeat([]bool{true}, len(w.Ops))
		return
	}
	w.main = make([]bool, len(w.Ops))
	w.main[w.Outputs[0]] = true
	for i := w.Outputs[0]; i >= 0; i-- {
		if w.main[i] {
			w.eachOperand(i, func(a int32) { w.main[a] = true })
		}
	}
}
