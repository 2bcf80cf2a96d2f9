package machine

import (
	"fmt"
	"slices"
	"strings"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/internal/builtin"
	"github.com/gradus-go/gradus/internal/kernel"
)

// None is the place of an operand that an instruction lacks.
const None = -1

// An Inst is an instruction. Its operands are places in the memory of a machine: in Mat where a
// flag says so, or else in V.
//
// An instruction of N elements computes them one after the other, so that an operand of one
// element may be the result of the element before.
type Inst struct {
	// After a semicolon stand the opcodes that use the field; where there is none, all do.
	Code Opcode // what the instruction does
	form Opcode // in which form it runs: Code, or one that Prepare chose

	XStep, YStep, CStep int8 // from one element to the next, 0 or 1; all but Pack, Nary

	// What is said of Dense holds for Transposed, too.
	MatX, MatY          bool // X, or Y, is a place in Mat; Dense, and Pick the second
	GradX, GradY, GradC bool // the gradient is wanted; Dense, functions of two numbers X and Y, Where Y and C
	Set                 bool // Backward writes the gradient of the matrix, it need not add; Dense
	Alone               bool // no other instruction uses the matrix, of parameters; Dense
	Shift               bool // the largest of a row is subtracted from all first; Softmax
	Once                bool // nothing else uses X nor, in a scan, the products before the last; Mul

	Active bool // the result depends on a parameter: Backward runs the instruction
	Main   bool // the first output depends on the result

	Z int32 // the result, or the first of several
	X int32 // the first operand; all but Pack, Nary
	Y int32 // the second operand, or None; the matrix: Dense; the table: Pick; the gains, or None: Norm
	C int32 // the third operand of a Where, or None; the addend, or None: Dense, MulAdd, Total, Norm

	M   int32 // the number of results: Dense; of rows: Softmax, LogSumExp, Norm, Pick
	N   int32 // the number of terms of each: Dense; of operands: Pack, Total; else the number of elements
	LDA int32 // from the start of one row to that of the next, of the matrix: Dense; of x: as M; of y: Pick

	Keep int32 // where the instruction keeps what Backward needs, as Keeps says

	Op *gradus.Op // all but Pack, Dense, MulAdd, Total, Softmax, Norm
	*More
}

// More is what few instructions have, so that the others fit into a cache line: Pack, Nary, Norm, a Dense,
// Pick or CrossEntropy of several vectors, and a Dense of several Steps. The others need none.
type More struct {
	Index []int32 // the places of the operands: Nary, in V; Pack, in V or, as InMat has them, in Mat

	// A Dense multiplies K vectors by one matrix: those at X, X + XK, X + 2·XK and so on. The results lie side
	// by side. The addends are at C, C + CK and so on. A K of 0 stands for 1. If YK is not 0, each vector has a
	// matrix of its own: those at Y, Y + YK and so on, all in V. In the same way, a Pick has K indexes and
	// tables, and a CrossEntropy K rows of logits and of probabilities.
	K, XK, YK, CK int32

	// Several Dense may multiply by the same matrix, one after the other. The first of them, which Backward
	// runs last, then adds to the gradient of the matrix for all: for as many as Steps says, whose x begin XD
	// apart and whose z begin ZD apart. The others leave the gradient to it: their GradY is false.
	Steps, XD, ZD int32

	Norm kernel.Norm // of which N is the instruction's

	kind   builtin.Kind   // of Op, which Prepare looks up; Nary
	runs   []run          // what a Pack copies, or a mean adds up
	places *kernel.Places // what it copies in the form packV
	each   *kernel.Each   // of a Dense whose vectors have matrices of their own
}

// InMat encodes a place in Mat for Index, as a negative number, so that it differs from a place in
// V. Applied to such a number, it returns the place.
func InMat(place int32) int32 { return ^place }

// HasMatrix reports whether the instruction is a Dense or a Transposed.
func (in *Inst) HasMatrix() bool { return in.Code == Dense || in.Code == Transposed }

// Matrix returns how many rows and columns the matrix at Y has as it lies in memory.
func (in *Inst) Matrix() (rows, columns int32) {
	if in.Code == Transposed {
		return in.N, in.M
	}
	return in.M, in.N
}

// newEach returns the shape of a Dense whose vectors have matrices of their own.
func (in *Inst) newEach() *kernel.Each {
	rows, columns := in.Matrix()
	lda, ldb := in.M, in.XK
	if in.Code == Transposed {
		lda, ldb = ldb, lda
	}
	return kernel.NewEach(in.Vectors(), int(rows), int(columns), int(in.YK), int(in.LDA), int(lda), int(ldb))
}

// Vectors returns how many vectors a Dense multiplies by its matrix.
func (in *Inst) Vectors() int { return int(max(in.more().K, 1)) }

// noMore is the More of instructions that need none.
var noMore = new(More)

func (in *Inst) more() *More {
	if in.More == nil {
		return noMore
	}
	return in.More
}

// Prepare chooses the form in which the instruction runs. All fields but Keep must be set.
// If exact is true, products are computed in the order in which they were written, and functions by
// package math.
func (in *Inst) Prepare(exact bool) {
	in.form = in.Code
	if in.HasMatrix() || in.Code == Pick || in.Code == CrossEntropy {
		in.More = in.more() // so that nothing need ask whether there is one
	}
	one, fast := oneElement[in.Code], byKernel[in.Code]
	switch {
	case one != 0 && in.N == 1:
		in.form = one
	case fast != 0 && !exact:
		if in.form = fast; fast == kernelSigmoid && in.N == 1 {
			in.form = oneSigmoid
		}
	case in.Code == SigmoidCrossEntropy && !exact && in.isApart():
		in.form = logisticEntropy
	case in.Op == pow && !in.GradY && !exact:
		in.form = power
	case in.Code == Nary:
		switch in.kind = builtin.Of(in.Op); {
		case in.kind == builtin.SoftmaxCrossEntropy && !exact && len(in.Index) > 0:
			in.form = crossEntropy
		case in.kind == builtin.Mean && !exact:
			in.form, in.runs = meanOfRuns, runsOf(in.Index)
		}
	case in.HasMatrix() && in.YK != 0:
		in.each = in.newEach()
	case in.Code == Dense && in.Vectors() == 1:
		in.form = in.denseForm()
	case in.Code == Transposed && in.Vectors() == 1:
		in.form = oneTransposed
	case in.Code == Pack:
		if len(in.Index) < longRun*countRuns(in.Index) && slices.Min(in.Index) >= 0 {
			in.form, in.places = packV, kernel.NewPlaces(in.Index)
		} else {
			in.runs = runsOf(in.Index)
		}
	case in.isScan() && in.Once && in.N >= longScan && !exact:
		in.form = longMul
	case in.isScan() && in.Once:
		in.form = scanMul
	case in.isVector(exact):
		if in.form = vector; in.isLong() {
			in.form = long
		}
	}
}

// denseForm returns the form of a Dense of one vector.
func (in *Inst) denseForm() Opcode {
	narrow := kernel.IsNarrow(int(in.M), int(in.N), int(in.LDA))
	// One row has no time to wait for inputs, which were copied in by other stores than it would load.
	ofInputs := in.M == 1 && !in.GradX
	switch {
	case (ofInputs || !narrow || in.M == 1 && in.N <= 8) && int(in.M)*int(in.N) <= fewElements:
		return fewDense
	case narrow && !ofInputs:
		return narrowDense
	}
	return oneDense
}

// Keeps returns how many numbers the instruction keeps, from the place Keep on, for its
// derivative: the exp(−|x|) of each softplus; σ(x) and σ(−x) of each SiLU; the slopes of functions whose
// kernels compute them; what entropy.go says; the exponentials of each row of a LogSumExp, and their sum;
// what package kernel says of a cross-entropy and of a Norm; of a long scan, whether it was computed in
// another order. The instruction must be prepared.
func (in *Inst) Keeps() int32 {
	switch in.form {
	case Softplus, kernelSoftplus, kernelExpm1, kernelELU, kernelGELU, LeakyReLU, Abs:
		return in.N
	case kernelSiLU, logisticEntropy:
		return 2 * in.N
	case LogSumExp:
		return in.M * (in.N + 1)
	case Norm:
		return in.M * kernel.NormKeeps
	case crossEntropy:
		return int32(kernel.EntropyKeeps(len(in.Index) / 2))
	case CrossEntropy:
		return int32(in.Vectors() * kernel.EntropyKeeps(int(in.N)))
	case longMul:
		return 1
	}
	return 0
}

// bracket returns [2] for one place and [2:5] for several.
func bracket(start, end int32) string {
	if end-start == 1 {
		return fmt.Sprintf("[%d]", start)
	}
	return fmt.Sprintf("[%d:%d]", start, end)
}

// Format returns the instruction as a line. name(inMat, at, n) returns how to write the n places
// from at on, in Mat or in V.
func (in *Inst) Format(name func(inMat bool, at, n int32) string) string {
	w := writer(name)
	x := w.operand(in.MatX, in.X, in.XStep, in.N)
	y := w.operand(in.MatY, in.Y, in.YStep, in.N)
	z, k := w(false, in.Z, in.N), int32(in.Vectors())
	switch in.Code {
	case Pack:
		return z + " = " + w.places(in.Index)
	case Dense, Transposed:
		return w(false, in.Z, in.M*k) + " = " + w.product(in) + w.plus(in, in.M)
	case MulAdd:
		return z + " = " + y + " · " + x + w.plus(in, in.N)
	case Total:
		return w(false, in.Z, 1) + " = sum(" + x + ")" + w.plus(in, 1)
	case Nary:
		return z + " = " + in.Op.Name() + "(" + w.places(in.Index) + ")"
	case Softmax:
		z = w(false, in.Z, in.M*in.N)
		if !in.Shift {
			return z + " = exp(" + w.rows(in) + ")/Σ"
		}
		return z + " = softmax(" + w.rows(in) + ")"
	case LogSumExp:
		return w(false, in.Z, in.M) + " = " + in.Op.Name() + "(" + w.rows(in) + ")"
	case Norm:
		return w(false, in.Z, in.M*in.N) + " = " + w.norm(in)
	case Pick:
		x, y = w.vectors(false, in.X, 0, 1, in.more().XK, k), w.tables(in)
		return w(false, in.Z, in.N*k) + " = " + in.Op.Name() + "(" + x + ", " + y + ")"
	case CrossEntropy:
		x, y = w.vectors(false, in.X, 1, in.N, in.more().XK, k), w.vectors(false, in.Y, 1, in.N, in.more().YK, k)
		return w(false, in.Z, k) + " = " + in.Op.Name() + "(" + x + ", " + y + ")"
	case Add, Sub, Mul, Div:
		return z + " = " + x + " " + in.Op.Name() + " " + y
	}
	if in.Y != None {
		x += ", " + y
	}
	if in.C != None {
		x += ", " + w.operand(false, in.C, in.CStep, in.N)
	}
	return z + " = " + in.Op.Name() + "(" + x + ")"
}

// A writer writes the operands of an instruction: itself n places.
type writer func(inMat bool, at, n int32) string

// operand writes n elements, or the only one that there is if the step is 0.
func (w writer) operand(inMat bool, at int32, step int8, n int32) string {
	if at == None {
		return ""
	}
	if step == 0 {
		n = 1
	}
	return w(inMat, at, n)
}

// product writes the matrices and vectors of a Dense.
func (w writer) product(in *Inst) string {
	rows, columns := in.Matrix()
	k := int32(in.Vectors())
	matrix := w.vectors(in.MatY, in.Y, 1, in.LDA*(rows-1)+columns, in.more().YK, k)
	if in.Code == Transposed {
		matrix += "ᵀ"
	}
	return matrix + "·" + w.vectors(in.MatX, in.X, 1, in.N, in.more().XK, k)
}

// tables writes the tables of a Pick.
func (w writer) tables(in *Inst) string {
	y := w.vectors(in.MatY, in.Y, 1, in.LDA*(in.M-1)+in.N, in.more().YK, int32(in.Vectors()))
	if in.M > 1 {
		return fmt.Sprintf("%d rows of %s", in.M, y)
	}
	return y
}

// rows writes the rows that a softmax, a logsumexp or a norm has.
func (w writer) rows(in *Inst) string {
	x := w(false, in.X, in.LDA*(in.M-1)+in.N)
	if in.M > 1 {
		return fmt.Sprintf("%d rows of %s", in.M, x)
	}
	return x
}

// norm writes the norms of rows, what is under the root, and what they are multiplied by and added to.
func (w writer) norm(in *Inst) string {
	squares := "Σx²"
	if in.Norm.Centered {
		squares = "Σ(x−μ)²"
	}
	if in.Norm.Mul != 1 {
		squares += fmt.Sprintf("·%.3g", in.Norm.Mul)
	}
	if in.Norm.Div != 1 {
		squares += fmt.Sprintf("/%.3g", in.Norm.Div)
	}
	if in.Norm.Epsilon != 0 {
		squares += fmt.Sprintf(" + %.3g", in.Norm.Epsilon)
	}
	z := "norm(" + w.rows(in) + ", " + squares + ")"
	if in.Y != None {
		z += " · " + w(false, in.Y, in.N)
	}
	return z + w.plus(in, in.N)
}

// vectors writes k vectors, as operand does, the first two and the last of many. Each begins the given
// distance behind the one before. If it is 0, all are one.
func (w writer) vectors(inMat bool, at int32, step int8, n, distance, k int32) string {
	if k == 1 || distance == 0 {
		return w.operand(inMat, at, step, n)
	}
	var names []string
	for i := range k {
		if i < 2 || i == k-1 {
			names = append(names, w.operand(inMat, at+i*distance, step, n))
		} else if i == 2 {
			names = append(names, "…")
		}
	}
	return "[" + strings.Join(names, " ") + "]"
}

// plus writes the addend, or those of several vectors, if there is one.
func (w writer) plus(in *Inst, n int32) string {
	if in.C == None {
		return ""
	}
	return " + " + w.vectors(false, in.C, in.CStep, n, in.more().CK, int32(in.Vectors()))
}

// mostPlaces is how many places, or runs of places, are written in full, and writtenRun is how long a run is
// at least that is written as one.
const mostPlaces, writtenRun = 16, 4

// places writes the places of an Index, long runs of them as one, and of very many the first and the last.
func (w writer) places(index []int32) string {
	var names []string
	for _, r := range runsOf(index) {
		size := int32(1)
		if r.n >= writtenRun {
			size = r.n
		}
		for i := int32(0); i < r.n; i += size {
			names = append(names, w(r.inMat, r.at+i, size))
		}
	}
	if n := len(names); n > mostPlaces {
		names = append(names[:4], "…", names[n-1])
	}
	return strings.Join(names, ", ")
}
