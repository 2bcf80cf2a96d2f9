package machine

import (
	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/internal/builtin"
)

// An Opcode says what an instruction does.
type Opcode uint8

// The opcodes. x, y and c are operands, z is the result, f is the op of the instruction.
const (
	Pack         Opcode = iota // z[i] = the number at place Index[i]
	Dense                      // z = Y·x + c, with the matrix Y that lies at y
	Transposed                 // z = Yᵀ·x + c
	MulAdd                     // z[i] = x[i]·y[i] + c[i]
	Total                      // z = Σ x[i] + c
	Unary                      // z[i] = f(x[i]), for any f of one number
	Binary                     // z[i] = f(x[i], y[i]), for any f of two numbers
	Nary                       // z = f(the numbers at the places in Index)
	Softmax                    // each row of z = softmax(a row of x)
	LogSumExp                  // z[r] = ln Σ exp(row r of x)
	Pick                       // z = row x of the table at y, or NaN if there is no such row
	CrossEntropy               // z = f(N logits from x on, N probabilities from y on)
	Norm                       // each row of z = y·(a row of x by its norm, see kernel.Norm) + c

	// The ops of package gradus that have code of their own.
	Add
	Sub
	Mul
	Div
	Neg
	Square
	Sqrt
	Exp
	Log
	Log1p
	Tanh
	Sigmoid
	Softplus
	SiLU
	Expm1
	ELU
	GELU
	SigmoidCrossEntropy
	ReLU
	LeakyReLU // of any slope
	Abs
	Step
	Sign
	Max
	Min
	Where // z[i] = y[i] if x[i] > 0, c[i] if x[i] ≤ 0, or else NaN

	// Forms of the above, which Prepare chooses. The first ones are for one element, for which
	// a loop would be most of the work: see one.go. Those from oneSquare on have one operand.
	oneMulAdd
	oneAdd
	oneSub
	oneMul
	oneDiv
	oneSquare
	oneNeg
	oneSqrt
	oneReLU
	oneSigmoid
	oneAny
	// A Dense and a Transposed of one vector. The first two are for the smallest and for narrow matrices.
	fewDense
	narrowDense
	oneDense
	oneTransposed
	// A Pack of places in V of which only a few lie side by side: see pack.go.
	packV
	// A Mul that is a product of many factors, and of very many: see scan.go.
	scanMul
	longMul
	// A Binary that is a power, of whose exponent no gradient is wanted.
	power
	// A function of many elements that a kernel computes, and arithmetic of them that takes addresses: see
	// vector.go and long.go.
	vector
	long
	// A SigmoidCrossEntropy of vectors: see entropy.go. A Nary that is a softmaxCrossEntropy or a mean: see
	// rows.go.
	logisticEntropy
	crossEntropy
	meanOfRuns
	// Functions of one number, by kernels. A layerSigmoid comes behind a Dense: see layer.go.
	kernelExp
	kernelLog
	kernelLog1p
	kernelTanh
	kernelSigmoid
	layerSigmoid
	kernelSoftplus
	kernelSiLU
	kernelExpm1
	kernelELU
	kernelGELU
)

// oneElement has the form for one element, of the opcodes that have one.
var oneElement = [1 << 8]Opcode{
	MulAdd: oneMulAdd, Add: oneAdd, Sub: oneSub, Mul: oneMul, Div: oneDiv, Square: oneSquare, Neg: oneNeg,
	Sqrt: oneSqrt, ReLU: oneReLU, Unary: oneAny,
}

// byKernel has the form that a kernel runs, of the opcodes that have one.
var byKernel = [1 << 8]Opcode{
	Exp: kernelExp, Log: kernelLog, Log1p: kernelLog1p,
	Tanh: kernelTanh, Sigmoid: kernelSigmoid, Softplus: kernelSoftplus, SiLU: kernelSiLU,
	Expm1: kernelExpm1, ELU: kernelELU, GELU: kernelGELU,
}

var codes = map[builtin.Kind]Opcode{
	builtin.Add: Add, builtin.Sub: Sub, builtin.Mul: Mul, builtin.Div: Div, builtin.Neg: Neg,
	builtin.Square: Square, builtin.Sqrt: Sqrt, builtin.Exp: Exp, builtin.Log: Log, builtin.Log1p: Log1p,
	builtin.Tanh: Tanh, builtin.Sigmoid: Sigmoid, builtin.Softplus: Softplus, builtin.SiLU: SiLU,
	builtin.Expm1: Expm1, builtin.ELU: ELU, builtin.GELU: GELU,
	builtin.SigmoidCrossEntropy: SigmoidCrossEntropy,
	builtin.ReLU:                ReLU, builtin.Abs: Abs, builtin.Step: Step, builtin.Sign: Sign,
	builtin.Max: Max, builtin.Min: Min, builtin.Where: Where,
}

// CodeOf returns the opcode of an op: its own, or else Unary, Binary or Nary.
func CodeOf(op *gradus.Op) Opcode {
	if code, ok := codes[builtin.Of(op)]; ok {
		return code
	}
	if _, ok := builtin.LeakySlope(op); ok {
		return LeakyReLU
	}
	switch op.Arity() {
	case 1:
		return Unary
	case 2:
		return Binary
	}
	return Nary
}
