package gradus

import (
	"iter"
	"slices"

	"github.com/gradus-go/gradus/internal/sorting"
)

// Others number nodes in the bits in which sorting counts. So they need no map.
func init() {
	sorting.State = func(v any) *uint32 { return &v.(*Value).state }
	sorting.Number = func(roots any, next int) (nodes any, operands int) {
		return sort(roots.([]*Value), uint32(next+1))
	}
	known := Ops()
	for i, op := range known {
		op.number = int32(i + 1)
	}
	sorting.Read = func(nodes any, ops []int32, data []float64, first, args []int32) ([]int32, any) {
		end, named := len(args), []int32(nil)
		var unknown []*Op
		for i, v := range slices.Backward(nodes.([]*Value)) {
			data[i], first[i+1] = v.Data, int32(end)
			if v.op != nil {
				if v.op.number == 0 {
					unknown = append(unknown, v.op)
					v.op.number = int32(len(known) + len(unknown))
				}
				ops[i] = v.op.number
			}
			operands := v.parentList()
			end -= len(operands)
			for k, p := range operands {
				args[end+k] = p.number()
			}
			if v.more != nil && v.more.name != "" {
				named = append(named, v.number())
			}
			v.state &= flags // all results of v, which come after it, have read its number
		}
		slices.Reverse(named)
		for _, op := range unknown {
			op.number = 0
		}
		return named, unknown
	}
	sorting.Clear = func(nodes any) {
		for _, v := range nodes.([]*Value) {
			v.state &= flags
		}
	}
}

// Topo returns the roots and every Value that they were computed from, each once, in
// topological order: operands before results. The order depends only on the graph and on the
// order of the roots. If no node is used twice, it is the order of reading: all of the first
// operand, all of the second operand, then the result.
//
// Topo takes time and memory in proportion to the graph, does not recurse, and needs no map.
// While it runs, each node counts the results that use it and have no place in the order yet.
// When the count reaches 0, the node gets the next place, from the end of the order to its
// beginning. This is Kahn's algorithm, begun at the roots.
//
// It panics if a root is nil. It panics if there is a cycle, which can only come about with two
// tapes and Values that are used after Reset.
//
// Source: A. B. Kahn, Topological sorting of large networks, CACM 5(11), 1962.
func Topo(roots ...*Value) []*Value {
	mustBeValues("Topo", "root", roots)
	order, _ := sort(roots, 0)
	return order
}

// sort is Topo. Unless first is 0, it writes first and the place in the order into the state of each node,
// where its uses were. It also returns how many operands the nodes have.
func sort(roots []*Value, first uint32) (order []*Value, operands int) {
	nodes, uses := countUses(roots, nil, false)
	order = make([]*Value, nodes)
	// The nodes that are ready wait at the front of order. The places are given from the back. No node is
	// in both, so there is room.
	place := nodes
	for ready := release(order[:0], roots, false); len(ready) > 0; {
		place--
		order[place], ready = next(ready, false)
		if first != 0 {
			order[place].state += first + uint32(place)
		}
	}
	mustBeSorted(place)
	return order, uses - len(roots)
}

// sorted returns the nodes under the roots that are no leaves, results before operands, which is the order of
// Topo from its end to its beginning. countUses must have counted them. A node comes as soon as it has its
// place, so that the order takes no memory.
func sorted(roots []*Value, nodes int) iter.Seq[*Value] {
	return func(yield func(*Value) bool) {
		var room [64]*Value
		ready := release(room[:0], roots, true)
		defer func() {
			for len(ready) > 0 { // the loop was left, by a panic: no node must stay marked
				_, ready = next(ready, true)
			}
		}()
		for ; len(ready) > 0; nodes-- {
			var v *Value
			if v, ready = next(ready, true); !yield(v) {
				return
			}
		}
		mustBeSorted(nodes)
	}
}

// next takes a node from ready, a stack of the nodes whose results all have their places.
func next(ready []*Value, backward bool) (v *Value, rest []*Value) {
	n := len(ready) - 1
	v = ready[n]
	return v, release(ready[:n], v.parentList(), backward)
}

// release counts down the uses of the operands of a node that has got its place, and appends to ready those
// that have no more. It leaves out the leaves that countUses does.
func release(ready, operands []*Value, backward bool) []*Value {
	for _, p := range operands {
		if p.op == nil && (backward || p.state&sorting.Numbered != 0) {
			continue
		}
		p.state--
		if p.uses() == 0 {
			ready = append(ready, p)
		}
	}
	return ready
}

// mustBeSorted panics if nodes are left that have not become ready.
func mustBeSorted(left int) {
	if left > 0 {
		panic(message("Topo", "%d nodes are on a cycle or below one: a Value was used after Reset of its "+
			"tape, or another goroutine is using the graph", left))
	}
}

// countUses counts for each node, in its state, how often it is an operand of a node under the
// roots or is a root. It returns the number of nodes, and how many roots and operands of nodes there are.
// If backward is true it leaves out the leaves, which have no closure to run, flags all nodes as having a
// gradient, and sets those of the others to 0. Or else it leaves out the leaves that have numbers.
//
// Roots that are counted already, each once, are no leaves and keep their gradients.
func countUses(roots, counted []*Value, backward bool) (nodes, uses int) {
	var buf [64]*Value
	stack := append(buf[:0], counted...)
	nodes, operands := len(counted), roots
	for {
		uses += len(operands)
		stack = slices.Grow(stack, len(operands)) // at once, as there may be many
		for _, p := range operands {
			switch {
			case p.op != nil:
			case backward:
				p.state |= gradFlag
				continue
			case p.state&sorting.Numbered != 0:
				continue
			}
			if p.uses() == 0 {
				nodes++
				stack = append(stack, p)
				if backward {
					p.Grad, p.state = 0, gradFlag
				}
			}
			p.state++
		}
		if len(stack) == 0 {
			return nodes, uses
		}
		operands = stack[len(stack)-1].parentList()
		stack = stack[:len(stack)-1]
	}
}

// uses returns the count that sorting keeps in the state of a node. When nothing is being sorted
// it is 0.
func (v *Value) uses() uint32 { return v.state &^ flags }

// number returns the number that package sorting gave to v.
func (v *Value) number() int32 { return int32(v.state&(sorting.Numbered-1)) - 1 }
