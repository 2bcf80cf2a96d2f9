package gradus

import (
	"fmt"
	"strconv"

	"golang.org/x/exp/constraints"
)

// A Value is a number that remembers how it was computed.
//
// A leaf, made by [New], [Values] or [Tape.New], is an input, a parameter or a constant.
// Every operation on Values returns a new Value, which records the operation, its operands
// (its parents in the graph) and the closure that hands its gradient on to them.
//
// Data is the number and Grad, once [Value.Backward] has run, the derivative of the root
// with respect to it. Both are free to write, by these rules:
//
//   - Backward differentiates the graph as it was computed. After changing the Data of a
//     leaf, build the graph again.
//   - What Backward reports when that was forgotten is defined all the same: it never
//     computes a Data, and takes each local derivative at the Data that it finds in the
//     operands and in the result. The new number therefore enters the local derivatives of
//     the nodes that have the changed leaf as an operand, and nothing else.
//   - Backward sets the Grad of interior nodes and adds to the Grad of leaves.
//
// A graph belongs to one goroutine at a time. Graphs that share no node may be built and
// differentiated concurrently.
type Value struct {
	Data float64 // the number
	Grad float64 // d root / d this, as of the last Backward

	op      *Op          // nil for a leaf
	back    func(*Value) // the local-derivative closure: parent.Grad += Grad·∂this/∂parent
	parents [2]*Value    // the operands of a function of one or two numbers, in order
	more    *more        // what most nodes lack; nil if this one lacks it
	index   uint32       // 1 + the position on the tape; 0 off it
	state   uint32       // gradFlag, and below it the count that sorting uses
}

// more holds what only few nodes need, so that the others stay within a cache line.
type more struct {
	label    string
	operands []*Value // of a function of any number of numbers
	tape     *Tape
}

// gradFlag in Value.state says that Backward has set or added to Grad.
const gradFlag = 1 << 31

// New returns a leaf: a graph of one node that holds x.
func New(x float64) *Value {
	return &Value{Data: x}
}

// Values returns one leaf for each number in x. The leaves lie side by side in memory,
// so that [Dot] and an update of all parameters walk it in order.
func Values[T constraints.Integer | constraints.Float](x []T) []*Value {
	leaves := make([]Value, len(x))
	v := make([]*Value, len(x))
	for i := range x {
		leaves[i].Data = float64(x[i])
		v[i] = &leaves[i]
	}
	return v
}

// As names v and returns it, so that a name can be given at the end of an expression.
// Names appear in whatever is printed or drawn of the graph; they need not be unique.
//
// It panics if v was recorded on a tape before the last Reset and its place is empty.
func (v *Value) As(label string) *Value {
	switch {
	case v.index != 0:
		tape := v.more.tape
		tape.mustHold(v)
		if v.more == &tape.unnamed {
			v.more = tape.newMore(0)
		}
	case v.more == nil:
		v.more = new(more)
	}
	v.more.label = label
	return v
}

// Label returns the name given with [Value.As], or "".
func (v *Value) Label() string {
	if v.more == nil {
		return ""
	}
	return v.more.label
}

// Op returns the operation that computed v, or nil if v is a leaf.
func (v *Value) Op() *Op {
	return v.op
}

// Parents returns the operands from which v was computed, in order: a.Mul(a) has a twice.
// A leaf has none. The slice is the node's own: read it only.
func (v *Value) Parents() []*Value {
	switch {
	case v.op == nil:
		return nil
	case v.op.unary != nil:
		return v.parents[:1:1]
	case v.op.binary != nil:
		return v.parents[:]
	}
	return v.more.operands
}

// HasGrad reports whether Grad is a derivative: false until Backward has reached v, and
// again after ZeroGrad. It tells a derivative that is 0 from one not computed yet. To write
// Grad by hand makes no difference to it.
func (v *Value) HasGrad() bool {
	return v.state&gradFlag != 0
}

// String returns v as one line for debugging: its name, number and operation, and its
// gradient if it has one.
func (v *Value) String() string {
	s := strconv.FormatFloat(v.Data, 'g', -1, 64)
	if label := v.Label(); label != "" {
		s = label + " = " + s
	}
	if v.op != nil {
		s += ", by " + v.op.name
	}
	if v.HasGrad() {
		s += fmt.Sprintf(", grad %v", v.Grad)
	}
	return s
}

// Backward computes the derivative of v with respect to every Value that it was computed
// from, and leaves it in their Grad.
//
// It sorts the graph topologically and then runs the local-derivative closure of each
// node, results before operands:
//
//	v.Grad = 1,    parent.Grad += node.Grad · ∂node/∂parent
//
// Interior nodes are set afresh and leaves are added to, as in PyTorch: a second Backward
// doubles the Grad of every leaf and changes nothing else. Clear them with
// [Value.ZeroGrad]. So if v itself is a leaf, its Grad grows by 1. A graph of which a part
// was differentiated before is no special case.
//
// On a [Tape] the order of recording is already topological, and one reverse scan takes
// the place of the sort.
//
// It panics if v is nil, or was recorded on a tape before the last Reset and its place is
// empty.
func (v *Value) Backward() {
	if v == nil {
		panic(message("Backward", "the Value is nil, want the root of a graph"))
	}
	if v.index != 0 && v.more.tape.backward(v) {
		return
	}
	order := topo([]*Value{v}, true)
	for _, u := range order {
		u.Grad, u.state = 0, gradFlag
	}
	v.Grad++
	for i := len(order) - 1; i >= 0; i-- {
		order[i].back(order[i])
	}
}

// ZeroGrad sets the Grad of v, and of every Value that it was computed from, to 0.
func (v *Value) ZeroGrad() {
	if v.op == nil { // the usual call, for each parameter: nothing to sort
		v.Grad, v.state = 0, v.state&^gradFlag
		return
	}
	for _, u := range Topo(v) {
		u.Grad, u.state = 0, u.state&^gradFlag
	}
}
