package gradus

import "fmt"

// An Op is a differentiable function of one, two or any number of real numbers.
//
// It is the one place where a function is defined: all code that evaluates, differentiates, prints,
// draws, replays or tests a graph asks its Ops. [Ops], [Value.Op], [Func1], [Func2], [FuncN] and
// [LeakyReLU] return Ops. The zero Op is not a function: its methods panic, except Name, which returns "".
type Op struct {
	name string
	back func(*Value)                        // the local-derivative closure of the op's nodes
	dx   func(x []*Value, z *Value) []*Value // what WithFormula got, or nil
	// One of the three is set. It defines the value, the partial derivatives and the formulas.
	unary  unary
	binary binary
	nary   nary

	number int32 // 1 + the place in Ops; of other ops 0, but while package sorting reads a graph
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

// A selecting function takes one of its operands, or of its branches, and ignores another one.
// Around an ignored operand the function is constant.
type selecting1 interface {
	ignores(x float64) bool
}

type selecting2 interface {
	ignores(x, y float64) (ignoresX, ignoresY bool)
}

type selectingN interface {
	ignores(i int, x operands) bool
}

// operands are the operands of an n-ary function, in one of two forms. So one definition of the
// function serves both Backward, which has nodes, and [Op.Partials], which has numbers:
//
//   - nodes: at(i) is the Data of node i, and put(i, dx) adds grad·dx to its Grad;
//   - numbers: at(i) is x[i], and put(i, dx) writes dx over it.
//
// For an operand that it ignores, a function calls skip in place of put: nothing is handed on.
//
// Since put may overwrite an operand, a function reads operand i before it puts derivative i.
type operands struct {
	nodes []*Value
	x     []float64
	grad  float64
}

func (o operands) len() int { return max(len(o.x), len(o.nodes)) }

func (o operands) at(i int) float64 {
	if i < len(o.nodes) {
		return o.nodes[i].Data
	}
	return o.x[i]
}

// numbers returns the numbers of the operands, for which it uses room if they are nodes.
func (o operands) numbers(room []float64) []float64 {
	if len(o.nodes) == 0 {
		return o.x
	}
	for _, v := range o.nodes {
		room = append(room, v.Data)
	}
	return room
}

// copied returns a copy of the numbers of the operands.
func (o operands) copied() []float64 {
	room := make([]float64, 0, o.len())
	return append(room, o.numbers(room)...)
}

func (o operands) put(i int, dx float64) {
	if i < len(o.nodes) {
		o.nodes[i].Grad += float64(o.grad * dx)
		return
	}
	o.x[i] = dx
}

func (o operands) skip(i int) {
	if i >= len(o.nodes) {
		o.x[i] = 0
	}
}

func newUnary(name string, f unary) *Op {
	if _, ok := f.(selecting1); ok {
		return &Op{name: name, back: backwardSelecting1, unary: f}
	}
	return &Op{name: name, back: backward1, unary: f}
}

func newBinary(name string, f binary) *Op {
	if _, ok := f.(selecting2); ok {
		return &Op{name: name, back: backwardSelecting2, binary: f}
	}
	return &Op{name: name, back: backward2, binary: f}
}

func newNary(name string, f nary) *Op { return &Op{name: name, back: backwardN, nary: f} }

// Name returns the symbol or name that formulas show: "+", "σ", "max". That of the zero Op is "".
//
// It panics if op is nil.
func (op *Op) Name() string {
	if op == nil {
		panic(message("Name", "the Op is nil, want an Op"))
	}
	return op.name
}

// Arity returns how many operands the op takes: 1, 2 or 3, or -1 for any number. The ops "dot"
// and "softmaxcrossentropy" take any even number: all of one kind and then as many of the other.
// The op "pick" takes an index and then any number.
//
// It panics if op is nil or the zero Op.
func (op *Op) Arity() int {
	switch {
	case op == nil || op.back == nil:
		panic(message("Op", "the Op is nil or zero, want one that Ops, Func1, Func2, FuncN or LeakyReLU returned"))
	case op.unary != nil:
		return 1
	case op.binary != nil:
		return 2
	case op == where:
		return 3
	}
	return -1
}

// Eval returns the op's value at x. It does not allocate if it is given a slice, as Eval(x...), unless
// [FuncN] made the op.
//
// It panics if len(x) is not the op's arity.
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

// Partials sets dst[i] to the partial derivative ∂z/∂x[i], for each operand x[i]. z must be the
// op's value at x. dst may be the same slice as x. Partials does not allocate, unless [FuncN] made the op.
//
// It panics if len(x) is not the op's arity or if dst and x differ in length.
func (op *Op) Partials(dst, x []float64, z float64) {
	op.checkArity(len(x))
	if len(dst) != len(x) {
		panic(message(op.name, "Partials got %d operands and room for %d derivatives, want the same number",
			len(x), len(dst)))
	}
	switch {
	case op.unary != nil:
		dst[0] = op.unary.partial(x[0], z)
	case op.binary != nil:
		dst[0], dst[1] = op.binary.partials(x[0], x[1], z)
	default:
		copy(dst, x)
		op.nary.partials(operands{x: dst}, z)
	}
}

// Ignores reports whether the op ignores operand i at x: whether it has selected another operand or
// branch, so that its value does not change with operand i. Max ignores the smaller operand, ReLU
// an operand ≤ 0. The partial derivative is then 0, and nothing is handed on to the operand: not
// even 0·∞, which is NaN. A smooth function whose derivative happens to be 0, as x² at 0, ignores
// nothing.
//
// It panics if len(x) is not the op's arity or if there is no operand i.
func (op *Op) Ignores(i int, x ...float64) bool {
	op.checkArity(len(x))
	if i < 0 || i >= len(x) {
		panic(message(op.name, "Ignores got operand %d of %d, counted from 0: there is none", i, len(x)))
	}
	if f, ok := op.unary.(selecting1); ok {
		return f.ignores(x[0])
	}
	if f, ok := op.binary.(selecting2); ok {
		ignoresX, ignoresY := f.ignores(x[0], x[1])
		return i == 0 && ignoresX || i == 1 && ignoresY
	}
	if f, ok := op.nary.(selectingN); ok {
		return f.ignores(i, operands{x: x})
	}
	return false
}

// Formula returns the op's definition f and its partial derivatives dx as expressions in the
// operands x and the result z. For the sigmoid function, f is 1/(1 + exp(−x)) and dx[0] is
// z·(1 − z). An op that is defined by no simpler ones returns z itself as f.
//
// An expression is a graph, so it can be printed, evaluated (its Data is its number) and
// differentiated again. Numbers in it are constants. Where an operand is not finite, an
// expression may be NaN although the derivative is not.
//
// It panics if len(x) is not the op's arity, if z or an operand is nil and a formula needs it, or if
// what [Op.WithFormula] got does not return one Value for each operand.
func (op *Op) Formula(z *Value, x ...*Value) (f *Value, dx []*Value) {
	op.checkArity(len(x))
	switch {
	case op.dx != nil:
		dx = op.dx(x, z)
		if mustBeValues(op.name, "derivative", dx); len(dx) != len(x) {
			panic(message(op.name, "the formula has %d derivatives, want %d, one for each operand", len(dx), len(x)))
		}
		return z, dx
	case op.unary != nil:
		f, dx0 := op.unary.formula(x[0], z)
		return f, []*Value{dx0}
	case op.binary != nil:
		f, dx0, dx1 := op.binary.formula(x[0], x[1], z)
		return f, []*Value{dx0, dx1}
	}
	return op.nary.formula(x, z)
}

// Ops returns every op that this package defines, in a fixed order: arithmetic, elementary
// functions, piecewise functions, functions of any number of operands. Two of them, step and sign,
// occur only in the formulas of derivatives, and shift only in [Softmax] and in formulas. Of the
// leaky rectified linear units Ops has only that with the slope 0.01, of [Value.LeakyReLU].
func Ops() []*Op {
	return []*Op{
		add, sub, mul, div, neg, pow, square, sqrt,
		exp, log, log1p, expm1, sin, cos, tan, asin, acos, atan, sinh, cosh, tanh, erf,
		sigmoid, softplus, elu, silu, gelu, sigmoidCrossEntropy,
		abs, relu, leakyReLU, maximum, minimum, where, pick, step, sign,
		sum, mean, dot, logSumExp, softmaxCrossEntropy, shift,
	}
}

func (op *Op) checkArity(n int) {
	if want := op.Arity(); want >= 0 && n != want {
		panic(message(op.name, "got %d operands, want %d", n, want))
	}
	if (op == dot || op == softmaxCrossEntropy) && n%2 != 0 {
		panic(message(op.name, "got %d operands, want an even number", n))
	}
}

// message returns the sentence with which a programmer's mistake panics.
func message(where, format string, args ...any) string {
	return "gradus: " + where + ": " + fmt.Sprintf(format, args...)
}
