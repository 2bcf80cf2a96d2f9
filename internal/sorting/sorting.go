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

// Number numbers those nodes in a []*gradus.Value that have no number yet, and moves them to the front of the
// slice. A node holds its number, plus 1, in the bits in Counts. The operands of each node must have numbers,
// or come before it. Number appends these numbers to args and then the length of args to first, which has one
// element more than there are nodes with numbers. It returns both slices. Package gradus sets it.
var Number func(nodes any, first, args []int32) (newFirst, newArgs []int32)

// Clear clears the bits in Counts of each node in a []*gradus.Value. Package gradus sets it.
var Clear func(nodes any)
