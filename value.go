package gradus

import (
	"fmt"
	"slices"

	"golang.org/x/exp/constraints"

	"github.com/gradus-go/gradus/internal/sorting"
)

// A Value is a number that remembers how it was computed.
//
// A leaf holds a number that was given, not computed. [New], [Values] and [Tape.New] make
// leaves that are inputs or parameters; [Const] makes a constant. Every operation on Values
// returns a new Value, which records the operation, its operands (its parents in the graph)
// and the closure that hands its gradient on to them.
//
// Data is the number. Grad is the derivative of the root with respect to it, once [Value.Backward]
// has run; the root is the Value on which it was called. In a leaf Grad is the sum over all
// Backwards since ZeroGrad. Both are free to write, by these rules:
//
//   - Backward differentiates the graph as it was computed. After you change the Data of a
//     leaf, build the graph again.
//   - If you forget to, the result is still defined. Backward never computes a Data: it takes
//     each local derivative at the Data that it finds in the operands and in the result. So
//     the new number enters the local derivatives of the nodes that have the changed leaf as
//     an operand, and nothing else.
//   - Backward sets the Grad of interior nodes, those that are not leaves, and adds to the Grad of
//     leaves.
//
// Hand on a *Value, and do not copy what it points to: a copy is another node, to which no gradient
// of the first one comes.
//
// A graph belongs to one goroutine at a time, and so do graphs that share a node, such as a parameter:
// Backward and [Topo] mark nodes. So a derivative of your own, of [Func1] say, must not call them for the
// graph that Backward is at. Graphs that share no node may be built and differentiated
// concurrently. So let each goroutine have leaves of its own with the numbers of the parameters, and add
// up their gradients, as Example_goroutines does.
type Value struct {
	Data float64 // the number
	Grad float64 // d root / d this, by the last Backward; of a leaf, the sum since ZeroGrad

	op      *Op          // nil for a leaf
	back    func(*Value) // the local-derivative closure: parent.Grad += Grad·∂this/∂parent
	parents [2]*Value    // the operands of a function of one or two numbers, in order
	more    *more        // rarely needed fields; nil if there are none
	index   uint32       // 1 + the position on the tape; 0 off it
	state   uint32       // flags, and below them the count that sorting uses
}

// more holds what only a few nodes need, so that a Value fits into a cache line.
type more struct {
	name     string
	operands []*Value // of a function of any number of numbers
	tape     *Tape

	// The end of the tape, where the next node goes, in the more that its plain nodes share. It is here
	// and not in Tape so that one pointer leads from an operand to the place of the result.
	block *[blockLen]Value // the block that is being filled
	nodes uint32           // how many there are since Reset; the lowest byte is the next place in block
}

// The flags in Value.state.
const (
	gradFlag  = 1 << 31 // Backward has set Grad or added to it
	constFlag = 1 << 30 // the leaf is a constant
	leafFlag  = 1 << 29 // the scan of a tape has added to the Grad of the leaf
	flags     = ^uint32(sorting.Counts)
)

// New returns a leaf that holds x: an input or a parameter.
func New(x float64) *Value { return &Value{Data: x} }

// Const returns a leaf that holds x and is a constant: package replay does not train it,
// package show draws it as a number, package gradcheck does not move it, and [Value.HasGrad]
// is false for it. What Backward leaves in its Grad has no meaning.
//
// A number that is an operand becomes such a leaf: x.Mul(2) is x.Mul(Const(2)).
func Const(x float64) *Value { return &Value{Data: x, state: constFlag} }

// Values returns one leaf for each number in x, as [New] does. The leaves lie side by side in
// memory, so that [Dot] and an update of all parameters read memory in order.
func Values[T constraints.Integer | constraints.Float](x []T) []*Value {
	leaves := make([]Value, len(x))
	v := make([]*Value, len(x))
	for i := range x {
		leaves[i].Data = float64(x[i])
		v[i] = &leaves[i]
	}
	return v
}

// As names v and returns it, so that a name can be given at the end of an expression:
//
//	z := w.Mul(x).Add(b).As("z")
//
// Names appear in whatever is printed or drawn of the graph; they need not be unique. The
// empty name takes a name away.
//
// It panics if v is nil, or was recorded on a tape before the last Reset and its place is
// empty.
func (v *Value) As(name string) *Value {
	v.mustBe("As")
	switch {
	case v.index != 0:
		tape := v.more.tape
		tape.mustHold(v)
		if v.more == &tape.plain {
			tape.newMore(v, nil)
			tape.named = append(tape.named, v)
		}
	case v.more == nil:
		v.more = new(more)
	}
	v.more.name = name
	return v
}

// Name returns the name that [Value.As] gave, or "".
//
// It panics if v is nil.
func (v *Value) Name() string {
	v.mustBe("Name")
	if v.more == nil {
		return ""
	}
	return v.more.name
}

// Op returns the operation that computed v, or nil if v is a leaf.
//
// It panics if v is nil.
func (v *Value) Op() *Op {
	v.mustBe("Op")
	return v.op
}

// IsConst reports whether v is a constant, made by [Const] or from a number that was an
// operand.
//
// It panics if v is nil.
func (v *Value) IsConst() bool {
	v.mustBe("IsConst")
	return v.state&constFlag != 0
}

// Parents returns the operands from which v was computed, in order: a.Mul(a) has a twice.
// A leaf has none. The slice is the node's own: read it only.
//
// It panics if v is nil.
func (v *Value) Parents() []*Value {
	v.mustBe("Parents")
	return v.parentList()
}

// parentList is Parents for a Value that is not nil.
func (v *Value) parentList() []*Value {
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

// HasGrad reports whether Grad is a derivative. It is false until Backward has reached v,
// again after ZeroGrad, and always for a constant. So it tells a derivative that is 0 from
// one that was not computed. Writing Grad by hand makes no difference to it.
//
// It panics if v is nil.
func (v *Value) HasGrad() bool {
	v.mustBe("HasGrad")
	return v.state&(gradFlag|constFlag) == gradFlag
}

// String returns v as one line for debugging: its name, number and operation, and its
// gradient if it has one. A nil Value is "<nil>".
func (v *Value) String() string {
	if v == nil {
		return "<nil>"
	}
	s := fmt.Sprint(v.Data)
	if name := v.Name(); name != "" {
		s = name + " = " + s
	}
	switch {
	case v.op != nil:
		s += ", by " + v.op.name
	case v.IsConst():
		s += ", a constant"
	}
	if v.HasGrad() {
		s += fmt.Sprintf(", grad %v", v.Grad)
	}
	return s
}

// mustBeValues panics if a Value is nil. The function calls each of them what.
func mustBeValues(function, what string, v []*Value) {
	if i := slices.Index(v, nil); i >= 0 {
		panic(message(function, "%s %d of %d is nil, want a Value", what, i+1, len(v)))
	}
}

// mustBe panics if v is nil. It does not call message, so that the compiler puts methods such as Op in line.
func (v *Value) mustBe(method string) {
	if v == nil {
		panic("gradus: " + method + ": the Value is nil, want a Value")
	}
}
