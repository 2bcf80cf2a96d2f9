package replay

import "github.com/gradus-go/gradus"

// A Pass is a step of compilation, or the licence for some, that can be switched off with
// [Recorder].Without. A Pass is a set: join several with |.
type Pass uint8

// The passes, in the order in which they run.
const (
	// Fold computes at once what depends on constants alone, and drops what no output
	// depends on.
	Fold Pass = 1 << iota
	// Dots makes one dot product of a sum of products, however it was written.
	Dots
	// Matrices makes one matrix-vector product of the dot products that share an operand.
	Matrices
	// Vectors makes one instruction of a run of the same function.
	Vectors

	// Reassociation is no pass but the licence to add in another order than was written,
	// which Dots and Matrices need. Without it the program computes the very numbers that
	// the graph does, and their gradients if it has one output.
	Reassociation
)

// An opcode says what an instruction does.
type opcode uint8

const (
	opPack   opcode = iota // z[i] = slot index[i]
	opDense                // z = M·x + c
	opMulAdd               // z = x·y + c
	opTotal                // z = Σ x[i] + c
	opUnary                // z[i] = f(x[i]), any function
	opBinary               // z[i] = f(x[i], y[i]), any function
	opNary                 // z = f(slots of index)

	// Functions with code of their own, from here on.
	opAdd
	opSub
	opMul
	opDiv
	opNeg
	opSquare
	opSqrt
	opExp
	opTanh
	opSigmoid
	opSoftplus
	opReLU

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
var short = map[opcode]opcode{
	opMulAdd: runMulAdd, opAdd: runAdd, opSub: runSub, opMul: runMul, opSquare: runSquare,
	opSigmoid: runSigmoid,
}

// small is how many elements a matrix has at most whose product is of the short form.
const small = 32

// choose sets how the instruction runs.
func (in *inst) choose(reassociate bool) {
	in.run = in.code
	switch r, ok := short[in.code]; {
	case ok && in.n == 1:
		in.run = r
	case in.code == opDense && in.m*in.n <= small:
		in.run = runSmall
	case in.scan() && in.once && reassociate && in.n >= longScan:
		in.run = runLong
	case in.scan() && in.once:
		in.run = runScan
	}
}

// direct holds the functions that have an opcode of their own.
var direct = func() map[*gradus.Op]opcode {
	names := map[string]opcode{
		"+": opAdd, "−": opSub, "·": opMul, "/": opDiv, "neg": opNeg, "square": opSquare,
		"√": opSqrt, "exp": opExp, "tanh": opTanh, "σ": opSigmoid, "softplus": opSoftplus,
		"ReLU": opReLU,
	}
	ops := map[*gradus.Op]opcode{}
	for _, op := range gradus.Ops() {
		if code, ok := names[op.Name()]; ok {
			ops[op] = code
		}
	}
	return ops
}()

// builtin returns the op of package gradus with a name.
func builtin(name string) *gradus.Op {
	for _, op := range gradus.Ops() {
		if op.Name() == name {
			return op
		}
	}
	panic("replay: package gradus has no op " + name)
}

var (
	addOp, mulOp, squareOp = builtin("+"), builtin("·"), builtin("square")
	sumOp, dotOp           = builtin("sum"), builtin("dot")
)

// An inst is an instruction. Its operands are places in the memory of a machine: in v, or
// in mat if the flag says so.
//
// Instructions of n elements take them one after the other: an operand may be the result
// of the element before.
type inst struct {
	code, run           opcode // what it does, and in which form
	xStep, yStep, cStep int8   // from element to element: 0 or 1
	matX, matY          bool   // x, or y, is in mat
	gradX, gradY, gradC bool   // the operand's gradient is wanted
	set                 bool   // Backward writes the gradient of y and need not add to it
	alone               bool   // no other instruction touches y, a matrix of parameters
	once                bool   // only this instruction uses x; of a scan, all but the first x
	active              bool   // Backward runs it: a parameter comes before it
	z, x, y, c          int32
	m, n, lda           int32 // dense: m rows of n elements, lda apart; otherwise n elements
	main                bool  // the first output depends on it
	op                  *gradus.Op
	index               []int32
}
