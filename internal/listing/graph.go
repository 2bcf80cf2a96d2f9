package listing

import (
	"slices"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/internal/builtin"
)

// A Graph is what was recorded. Its nodes are numbered: first the inputs, then the parameters,
// then all others in topological order.
type Graph struct {
	Ops            []int32 // of a leaf 0, of another node its kind, or a higher number if it is of no kind
	First          []int32 // the operands of node i are Args[First[i]:First[i+1]]
	Args           []int32
	Data           []float64 // the numbers of leaves
	Inputs, Params int       // how many there are
	Outputs        []int32   // nodes

	Table []*gradus.Op // the ops by their numbers; that of a leaf is nil
}

// known are the ops by their kinds.
var known = slices.Concat([]*gradus.Op{nil}, gradus.Ops())

// FirstOther is the number of the first op that is of no kind.
var FirstOther = int32(len(known))

// TableOf returns the Table of a graph that has other ops, too, than those of the kinds. These get the next
// numbers.
func TableOf(others []*gradus.Op) []*gradus.Op { return append(slices.Clip(known), others...) }

// Op returns the op that computes a node, or nil if it is a leaf.
func (g *Graph) Op(i int32) *gradus.Op { return g.Table[g.Ops[i]] }

// Kind returns the kind of the op that computes a node.
func (g *Graph) Kind(i int32) builtin.Kind {
	if k := g.Ops[i]; k < FirstOther {
		return builtin.Kind(k)
	}
	return builtin.Other
}

// IsLeaf reports whether a node is a leaf.
func (g *Graph) IsLeaf(i int32) bool { return g.Ops[i] == 0 }

// Operands returns the operands of a node, in order.
func (g *Graph) Operands(i int32) []int32 { return g.Args[g.First[i]:g.First[i+1]] }
