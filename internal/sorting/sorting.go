package sorting

import "sync"

// Lock is held by those who sort a graph, or read which of its leaves are constants, while others may do
// the same with graphs that share nodes with it. It must not be held while a function of the caller's
// runs.
var Lock sync.Mutex

// State returns the state of a *gradus.Value. Package gradus sets it. The bits in Counts belong to those
// who hold Lock, who find 0 in them and must leave 0.
var State func(v any) *uint32

// Counts are the bits of a state that sorting counts in. The others are flags.
const Counts = 1<<29 - 1

// Numbered is the highest of the bits in Counts. Number leaves out the leaves in which it is set. These have
// numbers already: a node holds its number, plus 1, in the other bits in Counts.
const Numbered = (Counts + 1) / 2

// Number sorts the nodes under the roots as gradus.Topo does, and numbers them, from next on. The roots are a
// []*gradus.Value, and so is what it returns: the nodes, together with how many operands they have. Package
// gradus sets it.
var Number func(roots any, next int) (nodes any, operands int)

// Read writes down what the nodes in a []*gradus.Value are: the numbers of their ops, their data, and the
// numbers of their operands. Those of node i become args[first[i]:first[i+1]], and first[0] must be 0. Each
// node must come after its operands, all of which must have numbers, and ops must hold zeros. The number of
// an op is 1 plus its place in gradus.Ops; ops that are not there get the next numbers, and Read returns them
// in this order as a []*gradus.Op. That of a leaf is 0. Read also returns the numbers of the nodes that have
// names, and clears the numbers of the nodes. Package gradus sets it.
var Read func(nodes any, ops []int32, data []float64, first, args []int32) (named []int32, others any)

// Clear clears the bits in Counts of each node in a []*gradus.Value. Package gradus sets it.
var Clear func(nodes any)
