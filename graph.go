package gradus

// Topo returns every Value that the roots were computed from, and the roots, each once,
// in topological order: operands before results. The order depends only on the graph and
// on the order of the roots. For an expression that shares no node it is the order in
// which one would write it down: the first operand's part, the second operand's part,
// then the result.
//
// It takes time and memory linear in the graph, does not recurse, and needs no map: while
// it runs, each node counts the results that use it and are not placed yet. This is
// Kahn's algorithm, from the roots down.
//
// It panics if a root is nil. It panics if there is a cycle, which takes two tapes and
// Values used after Reset.
//
// Source: A. B. Kahn, Topological sorting of large networks, CACM 5(11), 1962.
func Topo(roots ...*Value) []*Value {
	for i, v := range roots {
		if v == nil {
			panic(message("Topo", "root %d of %d is nil, want a Value", i+1, len(roots)))
		}
	}
	return topo(roots, false)
}

// topo is Topo, or what Backward needs of it: without the leaves, which have nothing to
// run, and each flagged as having a gradient.
func topo(roots []*Value, backward bool) []*Value {
	// Nodes that are ready wait on a stack at the front of order; placed nodes fill it from
	// the back. There is room for both, since no node is in both.
	order := make([]*Value, countUses(roots, backward))
	ready, place := 0, len(order)
	operands := roots
	for {
		for _, p := range operands {
			if p.op == nil && backward {
				continue
			}
			p.state--
			if p.uses() == 0 {
				order[ready] = p
				ready++
			}
		}
		if ready == 0 {
			break
		}
		ready--
		place--
		order[place] = order[ready]
		operands = order[place].Parents()
	}
	if place > 0 {
		panic(message("Topo", "%d nodes form a cycle: a Value was used after Reset of its tape", place))
	}
	return order
}

// countUses counts, in the state of each node under the roots, the operand slots that the
// node fills and the times it is a root. It returns the number of nodes.
func countUses(roots []*Value, backward bool) (nodes int) {
	var buf [64]*Value
	stack := buf[:0]
	operands := roots
	for {
		for _, p := range operands {
			if p.op == nil && backward {
				p.state |= gradFlag
				continue
			}
			if p.uses() == 0 {
				nodes++
				stack = append(stack, p)
			}
			p.state++
		}
		if len(stack) == 0 {
			return nodes
		}
		operands = stack[len(stack)-1].Parents()
		stack = stack[:len(stack)-1]
	}
}

// uses returns the count that sorting keeps in the state of a node. It is 0 at all other
// times.
func (v *Value) uses() uint32 { return v.state &^ flags }
