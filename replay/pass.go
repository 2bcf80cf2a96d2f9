package replay

import "github.com/gradus-go/gradus/replay/internal/compile"

// A Pass is a step of compilation that can be switched off with [Recorder].Without. A Pass is a
// set: join several with |.
type Pass uint8

// The passes, in the order in which they run.
const (
	// Fold computes at once what depends on constants alone, and drops what no output
	// depends on.
	Fold = Pass(compile.Fold)
	// Dots makes one dot product of a sum of products, however it was written.
	Dots = Pass(compile.Dots)
	// Matrices makes one matrix-vector product of the dot products that share an operand.
	Matrices = Pass(compile.Matrices)
	// Vectors makes one instruction of several that apply the same function to operands side by
	// side.
	Vectors = Pass(compile.Vectors)
)
