package gradus

import (
	"fmt"
	"math"
	"slices"
)

// An Op is a differentiable function of one, two or any number of real numbers.
//
// It is the one place where a function is defined. Evaluating a graph, differentiating
// it, printing and drawing it, replaying it and testing it all ask the Op.
type Op struct {
	name string
	back func(*Value) // the local-derivative closure of the op's nodes
	// One of these is set: the op's value, its partial derivatives and their formulas.
	unary  unary
	binary binary
	nary   nary
}

// A unary is a function z = f(x).
type unary interface {
	value(x float64) float64
	partial(x, z float64) float64
	formula(x, z *Value) (f, dx *Value)
}

// A binary is a function z = f(x, y).
type binary interface {
	value(x, y float64) float64
	partials(x, y, z float64) (dx, dy float64)
	formula(x, y, z *Value) (f, dx, dy *Value)
}

// An nary is a function z = f(x₀, x₁, …).
type nary interface {
	value(x operands) float64
	partials(x operands, z float64)
	formula(x []*Value, z *Value) (f *Value, dx []*Value)
}

// operands presents the operands of an n-ary function, be they plain numbers or nodes,
// and takes its partial derivatives: to dst, or times grad to the nodes' Grad.
type operands struct {
	x, dst []float64
	nodes  []*Value
	grad   float64
}

func (o operands) len() int { return max(len(o.x), len(o.nodes)) }

func (o operands) at(i int) float64 {
	if o.nodes != nil {
		return o.nodes[i].Data
	}
	return o.x[i]
}

func (o operands) put(i int, dx float64) {
	if o.nodes != nil {
		o.nodes[i].Grad += float64(o.grad * dx)
		return
	}
	o.dst[i] = dx
}

func newUnary(name string, f unary) *Op   { return &Op{name: name, back: backward1, unary: f} }
func newBinary(name string, f binary) *Op { return &Op{name: name, back: backward2, binary: f} }
func newNary(name string, f nary) *Op     { return &Op{name: name, back: backwardN, nary: f} }

// Name returns the op's symbol or name, as formulas show it: "+", "σ", "max".
func (op *Op) Name() string { return op.name }

// Arity returns 1 or 2, or -1 if the op takes any number of operands.
func (op *Op) Arity() int {
	switch {
	case op.unary != nil:
		return 1
	case op.binary != nil:
		return 2
	}
	return -1
}

// Eval returns the op's value at x.
//
// It panics if len(x) is not the op's arity. Given a slice it does not allocate.
func (op *Op) Eval(x ...float64) float64 {
	op.checkArity(len(x))
	switch {
	case op.unary != nil:
		return op.unary.value(x[0])
	case op.binary != nil:
		return op.binary.value(x[0], x[1])
	}
	return op.nary.value(operands{x: x})
}

// Partials sets dst[i] to the partial derivative ∂z/∂x[i], given the operands x and the
// op's value z there.
//
// It panics if len(x) is not the op's arity or if dst and x differ in length. It does not
// allocate. dst and x must not overlap.
func (op *Op) Partials(dst, x []float64, z float64) {
	op.checkArity(len(x))
	if len(dst) != len(x) {
		panic(message(op.name, "Partials has %d operands and room for %d derivatives, want as many",
			len(x), len(dst)))
	}
	switch {
	case op.unary != nil:
		dst[0] = op.unary.partial(x[0], z)
	case op.binary != nil:
		dst[0], dst[1] = op.binary.partials(x[0], x[1], z)
	default:
		op.nary.partials(operands{x: x, dst: dst}, z)
	}
}

// Formula returns the op's definition and its partial derivatives as expressions in the
// operands x and the result z, for a reader to print, simplify or evaluate. An expression
// is a graph: its Data is its number, and it can be differentiated again.
//
// The definition f is in terms of more elementary ops, or z itself if the op is
// elementary. For the sigmoid function, f is 1/(1 + exp(−x)) and dx[0] is z·(1 − z).
//
// It panics if len(x) is not the op's arity.
func (op *Op) Formula(z *Value, x ...*Value) (f *Value, dx []*Value) {
	op.checkArity(len(x))
	switch {
	case op.unary != nil:
		f, dx0 := op.unary.formula(x[0], z)
		return f, []*Value{dx0}
	case op.binary != nil:
		f, dx0, dx1 := op.binary.formula(x[0], x[1], z)
		return f, []*Value{dx0, dx1}
	}
	return op.nary.formula(x, z)
}

// Apply returns the op's value at x as a new node of the graph. The methods and functions
// of this package are short for it: a.Add(b) is the op "+" applied to a and b.
//
// It panics if len(x) is not the op's arity or if an operand is nil.
func (op *Op) Apply(x ...*Value) *Value {
	op.checkArity(len(x))
	switch {
	case op.unary != nil:
		return op.apply1(x[0])
	case op.binary != nil:
		return op.apply2(x[0], x[1])
	}
	return op.applyN(x, nil)
}

func (op *Op) apply1(x *Value) *Value {
	if x == nil {
		panic(op.nilOperand(x))
	}
	z := op.unary.value(x.Data)
	if x.index != 0 {
		return x.more.tape.record(op, op.back, z, x, nil)
	}
	return &Value{Data: z, op: op, back: op.back, parents: [2]*Value{x}}
}

func (op *Op) apply2(x, y *Value) *Value {
	if x == nil || y == nil {
		panic(op.nilOperand(x, y))
	}
	z := op.binary.value(x.Data, y.Data)
	if x.index != 0 {
		return x.more.tape.record(op, op.back, z, x, y)
	}
	if y.index != 0 {
		return y.more.tape.record(op, op.back, z, x, y)
	}
	return &Value{Data: z, op: op, back: op.back, parents: [2]*Value{x, y}}
}

// applyN applies op to the operands w and then x. It copies the slices: they stay the
// caller's.
func (op *Op) applyN(w, x []*Value) *Value {
	tape := op.tapeOf(w)
	if t := op.tapeOf(x); tape == nil {
		tape = t
	}
	if tape != nil {
		return tape.recordN(op, w, x)
	}
	node := &struct {
		Value
		more
	}{Value{op: op, back: op.back}, more{operands: slices.Concat(w, x)}}
	node.Value.more = &node.more
	node.Data = op.nary.value(operands{nodes: node.operands})
	return &node.Value
}

// tapeOf returns the tape of the first operand in x that lives on one, or nil.
func (op *Op) tapeOf(x []*Value) (t *Tape) {
	for i, v := range x {
		if v == nil {
			panic(message(op.name, "operand %d of %d is nil, want a Value", i+1, len(x)))
		}
		if t == nil {
			t = v.tape()
		}
	}
	return t
}

// Func1 returns an op of the caller's own, a function of one number: z = f(x), with its
// derivative df = dz/dx. Apply it with [Op.Apply]:
//
//	cube := gradus.Func1("cube",
//		func(x float64) float64 { return x * x * x },
//		func(x float64) float64 { return 3 * x * x })
//	z := cube.Apply(x)
//
// It works everywhere a built-in op does. f and df must depend on nothing but x.
//
// It panics if f or df is nil.
func Func1(name string, f, df func(x float64) float64) *Op {
	if f == nil || df == nil {
		panic(message("Func1", "%s needs a function and its derivative, and one is nil", name))
	}
	return newUnary(name, func1{name, f, df})
}

type func1 struct {
	name  string
	f, df func(x float64) float64
}

func (op func1) value(x float64) float64      { return op.f(x) }
func (op func1) partial(x, _ float64) float64 { return op.df(x) }
func (op func1) formula(x, z *Value) (f, dx *Value) {
	return z, Func1(op.name+"′", op.df, unknown1).Apply(x)
}

// unknown1 is the second derivative of a function given with its first.
func unknown1(float64) float64 { return math.NaN() }

// Func2 returns an op of the caller's own, a function of two numbers: z = f(x, y), with
// its partial derivatives dfdx = ∂z/∂x and dfdy = ∂z/∂y. It is like [Func1] in all else.
//
// It panics if f, dfdx or dfdy is nil.
func Func2(name string, f, dfdx, dfdy func(x, y float64) float64) *Op {
	if f == nil || dfdx == nil || dfdy == nil {
		panic(message("Func2", "%s needs a function and two partial derivatives, and one is nil", name))
	}
	return newBinary(name, func2{name, f, dfdx, dfdy})
}

type func2 struct {
	name          string
	f, dfdx, dfdy func(x, y float64) float64
}

func (op func2) value(x, y float64) float64 { return op.f(x, y) }

func (op func2) partials(x, y, _ float64) (dx, dy float64) { return op.dfdx(x, y), op.dfdy(x, y) }

func (op func2) formula(x, y, z *Value) (f, dx, dy *Value) {
	return z, Func2("∂"+op.name+"/∂x", op.dfdx, unknown2, unknown2).Apply(x, y),
		Func2("∂"+op.name+"/∂y", op.dfdy, unknown2, unknown2).Apply(x, y)
}

// unknown2 is unknown1 for functions of two numbers.
func unknown2(_, _ float64) float64 { return math.NaN() }

// Ops returns every op that this package defines, in the order in which the README lists
// them. LeakyReLU is there with the slope of the method.
func Ops() []*Op {
	return []*Op{
		add, sub, mul, div, neg, pow, square, sqrt,
		exp, log, sin, cos, tan, tanh, sigmoid, softplus,
		abs, relu, leakyReLU, maximum, minimum, step, sign,
		sum, mean, dot, logSumExp,
	}
}

// backward1 is the local-derivative closure of functions of one number.
func backward1(v *Value) {
	x := v.parents[0]
	x.Grad += float64(v.Grad * v.op.unary.partial(x.Data, v.Data))
}

// backward2 is the local-derivative closure of functions of two numbers.
func backward2(v *Value) {
	x, y := v.parents[0], v.parents[1]
	v.push(v.op.binary.partials(x.Data, y.Data, v.Data))
}

// backwardAdd and backwardMul are backward2 for the two ops that networks are made of.
// They name the op, which saves a call through an interface: 2 of 15 ns on a tape.
func backwardAdd(v *Value) {
	x, y := v.parents[0], v.parents[1]
	v.push(addOp{}.partials(x.Data, y.Data, v.Data))
}

func backwardMul(v *Value) {
	x, y := v.parents[0], v.parents[1]
	v.push(mulOp{}.partials(x.Data, y.Data, v.Data))
}

// push adds v.Grad, times its partial derivatives, to its two parents.
func (v *Value) push(dx, dy float64) {
	v.parents[0].Grad += float64(v.Grad * dx)
	v.parents[1].Grad += float64(v.Grad * dy)
}

// backwardN is the local-derivative closure of every function of any number of numbers.
func backwardN(v *Value) {
	v.op.nary.partials(operands{nodes: v.more.operands, grad: v.Grad}, v.Data)
}

func (op *Op) checkArity(n int) {
	if want := op.Arity(); want >= 0 && n != want {
		panic(message(op.name, "got %d operands, want %d", n, want))
	}
}

func (op *Op) nilOperand(x ...*Value) string {
	for i, v := range x {
		if v == nil {
			return message(op.name, "operand %d is nil, want a Value", i+1)
		}
	}
	return ""
}

// message returns the sentence with which a programmer's mistake panics.
func message(where, format string, args ...any) string {
	return "gradus: " + where + ": " + fmt.Sprintf(format, args...)
}
