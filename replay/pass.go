package replay

import "github.com/gradus-go/gradus/replay/internal/compile"

// A Pass is a step of compilation, or the licence for some, that can be switched off with
// [Recorder].Without. A Pass is a set: join several with |.
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
	// Vectors makes one instruction of a run of the same function.
	Vectors = Pass(compile.Vectors)

	// Reassociation is no pass but the licence to add and multiply in another order than was
	// written, which Dots and Matrices need. Without it the program computes the very numbers
	// that the graph does, and their gradients if it has one output.
	Reassociation = Pass(compile.Reassociation)
)
