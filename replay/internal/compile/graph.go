package compile

import "github.com/gradus-go/gradus"

// A Graph is what was recorded. Its nodes are numbered: first the inputs, then the parameters,
// then all others in topological order.
type Graph struct {
	Ops            []*gradus.Op // nil for a leaf
	First          []int32      // the operands of node i are Args[First[i]:First[i+1]]
	Args           []int32
	Data           []float64 // the numbers of leaves
	Inputs, Params int       // how many there are
	Outputs        []int32   // nodes
}

// Operands returns the operands of a node, in order.
func (g *Graph) Operands(i int32) []int32 { return g.Args[g.First[i]:g.First[i+1]] }

// A Pass is a step of compilation, as package replay documents it, or a set of several.
type Pass uint16

// The passes, in the order in which they run.
const (
	Fold Pass = 1 << iota
	Dots
	Matrices
	Constants
	Order
	Join
	MulAdds
	Rows
	Vectors
	Deferred
)

// Options say how to compile.
type Options struct {
	Without    Pass // the passes that are switched off
	Exact      bool // sums and products are computed in the order in which they were written
	InputGrads bool // the gradients of the inputs are wanted
	Shared     bool // the parameters lie in the memory of another program, in their own order
	InMat      int  // how many of these lie in its Mat; the others come after them
}
