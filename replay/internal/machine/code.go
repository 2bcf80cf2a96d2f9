// Package machine runs flat programs of scalars, forward and in reverse: what package compile
// makes of a graph, and package replay hands to its users.
package machine

import "github.com/gradus-go/gradus"

// An Opcode says what an instruction does.
type Opcode uint8

// The opcodes. x, y and c are operands, z is the result.
const (
	Pack   Opcode = iota // z[i] = slot index[i]
	Dense                // z = M·x + c
	MulAdd               // z = x·y + c
	Total                // z = Σ x[i] + c
	Unary                // z[i] = f(x[i]), any function
	Binary               // z[i] = f(x[i], y[i]), any function
	Nary                 // z = f(slots of index)

	// Functions with code of their own, from here on.
	Add
	Sub
	Mul
	Div
	Neg
	Square
	Sqrt
	Exp
	Tanh
	Sigmoid
	Softplus
	ReLU

	// The same for one element, and a product with a matrix of a few: what is so short that
	// a loop or a call would be most of it.
	runSmall
	runMulAdd
	runAdd
	runSub
	runMul
	runSquare
	runSigmoid

	// A product of many factors, and one of very many.
	runScan
	runLong
)

// short holds the opcodes that have a short form.
var short = map[Opcode]Opcode{
	MulAdd: runMulAdd, Add: runAdd, Sub: runSub, Mul: runMul, Square: runSquare,
	Sigmoid: runSigmoid,
}

// small is how many elements a matrix has at most whose product is of the short form.
const small = 32

// Prepare chooses the form in which the instruction runs, when all else about it is set.
// reassociate allows to multiply in another order than was written.
func (in *Inst) Prepare(reassociate bool) {
	in.run = in.Code
	switch r, ok := short[in.Code]; {
	case ok && in.N == 1:
		in.run = r
	case in.Code == Dense && in.M*in.N <= small:
		in.run = runSmall
	case in.long(reassociate):
		in.run = runLong
	case in.scan() && in.Once:
		in.run = runScan
	}
}

// direct holds the functions that have an opcode of their own.
var direct = func() map[*gradus.Op]Opcode {
	names := map[string]Opcode{
		"+": Add, "−": Sub, "·": Mul, "/": Div, "neg": Neg, "square": Square,
		"√": Sqrt, "exp": Exp, "tanh": Tanh, "σ": Sigmoid, "softplus": Softplus,
		"ReLU": ReLU,
	}
	ops := map[*gradus.Op]Opcode{}
	for name, code := range names {
		ops[Builtin(name)] = code
	}
	return ops
}()

// CodeOf returns the opcode of a function.
func CodeOf(op *gradus.Op) Opcode {
	if code, ok := direct[op]; ok {
		return code
	}
	switch op.Arity() {
	case 1:
		return Unary
	case 2:
		return Binary
	}
	return Nary
}

// Builtin returns the function of package gradus with a name. It panics if there is none.
func Builtin(name string) *gradus.Op {
	for _, op := range gradus.Ops() {
		if op.Name() == name {
			return op
		}
	}
	panic("machine: package gradus has no op " + name)
}

var dot = Builtin("dot")

// None is the place of an operand that an instruction lacks.
const None = -1

// An Inst is an instruction. Its operands are places in the memory of a machine: in V, or
// in Mat if the flag says so.
//
// Instructions of N elements take them one after the other: an operand may be the result
// of the element before.
type Inst struct {
	Code                Opcode // what it does
	run                 Opcode // in which form
	XStep, YStep, CStep int8   // from element to element: 0 or 1
	MatX, MatY          bool   // X, or Y, is in Mat
	GradX, GradY, GradC bool   // the operand's gradient is wanted
	Set                 bool   // Backward writes the gradient of Y and need not add to it
	Alone               bool   // no other instruction touches Y, a matrix of parameters
	Once                bool   // only this instruction uses X; of a scan, all but the first X
	Active              bool   // Backward runs it: a parameter comes before it
	Main                bool   // the first output depends on it
	Z, X, Y, C          int32
	M, N, LDA           int32 // Dense: M rows of N elements, LDA apart; otherwise N elements
	Op                  *gradus.Op
	Index               []int32 // Pack: places in Mat, and from its length on in V; Nary: in V
}
