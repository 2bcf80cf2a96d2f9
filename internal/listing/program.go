package listing

import "github.com/gradus-go/gradus"

// Of returns the description of a *replay.Program, which was made by Record. Package replay sets it. It
// compiles the graph again, with the passes that the program was recorded with, and in no case exactly. Of
// a nil or zero program it returns nil.
var Of func(program any) *Program

// A Program describes a recorded program. All that is in it is the reader's, but for the Graph, which is to
// be read only.
type Program struct {
	*Graph
	Names []string // of the nodes; "" where there is none
	Order []int32  // the nodes of the parameters, in the order of Program.Params of package replay

	Insts   []Inst
	Slots   []int32   // of the nodes; None if no instruction reads or computes the node
	Numbers []float64 // of the slots: the parameters as they are now, the constants, and 0 for all others
}

// None is the slot of a node or an operand that does not exist.
const None = -1

// A Code says what an instruction does.
type Code uint8

// What instructions do, in the order of package replay/internal/machine, but for the last. x, y and c are
// operands, z is the result.
const (
	Copy       Code = iota // z[i] = the number at slot Index[i], for all i
	Dense                  // z = Y·x + c, with the matrix Y that lies at y, row by row
	Transposed             // z = Yᵀ·x + c
	MulAdd                 // z[i] = x[i]·y[i] + c[i], for i < N
	Total                  // z = x[0] + … + x[N−1] + c
	Unary                  // z[i] = Op(x[i]), for i < N
	Binary                 // z[i] = Op(x[i], y[i]), for i < N
	Nary                   // z = Op(the numbers at the slots in Index)
	Softmax                // of M rows of N numbers each, which begin LDA apart in x and N apart in z
	LogSumExp              // of M rows, as for Softmax; z[i] is that of row i
	Pick                   // z = row X of M rows of N numbers, from Y on, LDA apart; NaN if there is none
	Ternary                // z[i] = Op(x[i], y[i], c[i]), for i < N
)

// An Operand is a run of slots: the first is At, and the next ones are Step apart, which is 0 or 1. If it
// is 0, all elements read the same slot. At is None if the instruction lacks the operand.
type Operand struct{ At, Step int32 }

// An Inst is an instruction. The results lie side by side from slot Z on. They are never an operand of the
// same instruction, except that an element of a Binary or a MulAdd may be an operand of a later element:
// z[1] = z[0]·y[1], z[2] = z[1]·y[2] and so on. In a max and a min, it may be only the x of the next.
//
// A Dense has M results and N terms for each: Y has M rows of N numbers, which begin LDA apart. For a
// Transposed, there are N rows of M numbers in memory. Both multiply K vectors, K ≥ 1: vector k begins at
// X.At + k·XK, its M results at Z + k·M, its addend at C.At + k·CK.
//
// A Softmax subtracts the largest of a row from all of it first, but only if Shift is set: otherwise it was
// written without, and overflows where that does.
type Inst struct {
	Code  Code
	Op    *gradus.Op // Unary, Binary, Ternary, Nary
	Shift bool       // Softmax

	Z       int32
	X, Y, C Operand
	Index   []int32 // Copy, Nary

	M, N, LDA, K, XK, CK int32
}
