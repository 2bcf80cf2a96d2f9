package sorting

import "sync"

// Lock is held by those who sort a graph, or read which of its leaves are constants, while others may do
// the same with graphs that share nodes with it. It must not be held while a function of the caller's
// runs.
var Lock sync.Mutex
