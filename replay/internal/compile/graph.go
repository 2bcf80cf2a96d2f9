// Package compile turns a recorded graph of scalars into a flat program for package machine:
// in passes, each in a file of its own, and then by giving every number a place in memory.
package compile

import (
	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/replay/internal/link"
	"github.com/gradus-go/gradus/replay/internal/machine"
)

// A Graph is what was recorded. Its nodes are numbered: the inputs, the parameters, then all
// others in topological order.
type Graph struct {
	Ops            []*gradus.Op // nil for a leaf
	First          []int32      // the operands of node i are Args[First[i]:First[i+1]]
	Args           []int32
	Data           []float64 // the numbers of leaves
	Inputs, Params int       // how many
	Outputs        []int32   // nodes
}

// Operands returns the operands of a node, in order.
func (g *Graph) Operands(i int32) []int32 { return g.Args[g.First[i]:g.First[i+1]] }

// A Pass is a step of compilation or the licence for some, as package replay documents them.
type Pass uint8

// The passes, in the order in which they run, and the licence.
const (
	Fold Pass = 1 << iota
	Dots
	Matrices
	Vectors
	Reassociation
)

// A Program is code, and where in memory its numbers lie: first Mat, then V. The first slot
// of V has the number NMat.
type Program struct {
	link.Linking
	Code    []machine.Inst
	Outputs []int32   // places in V
	Place   []int32   // the slots of the parameters
	Memory  []float64 // Mat and V, with the constants

	ConstMat, NMat          int32 // constants in Mat end, Mat ends
	Loose, Consts, Temp, NV int32 // in V: parameters, constants, inputs, what is computed end
}

var (
	add, mul, square = machine.Builtin("+"), machine.Builtin("·"), machine.Builtin("square")
	sumOf, dotOf     = machine.Builtin("sum"), machine.Builtin("dot")
)
