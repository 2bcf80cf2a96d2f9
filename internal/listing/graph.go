package listing

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
