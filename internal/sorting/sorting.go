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
const Counts = 1<<30 - 1
