package compile

import "github.com/gradus-go/gradus/internal/listing"

// A Graph is what was recorded.
type Graph = listing.Graph

// A Pass is a step of compilation, as package replay documents it, or a set of several.
type Pass uint16

// The passes, in the order in which they run.
const (
	Fold Pass = 1 << iota
	Common
	Dots
	Matrices
	Constants
	Order
	Join
	MulAdds
	Rows
	Vectors
	Gather
	Repeats
	Deferred
)

// Options say how to compile.
type Options struct {
	Without    Pass // the passes that are switched off
	Exact      bool // sums and products are computed in the order in which they were written
	InputGrads bool // the gradients of the inputs are wanted
	Shared     bool // the parameters lie in the memory of another program, in their own order
	Listed     bool // package listing is to describe the code
	InMat      int  // how many of these lie in its Mat; the others come after them
}
