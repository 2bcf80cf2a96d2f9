package legible

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/internal/builtin"
	"github.com/gradus-go/gradus/internal/chain"
	"github.com/gradus-go/gradus/internal/formula"
	"github.com/gradus-go/gradus/internal/naming"
)

// Where formulas would be too long, values on the way get names. So each formula is short, and what is
// used twice is written once. These are the operands and operations that a formula has about at most,
// fewer if it is nested, and the functions that are nested in each other at most.
const (
	PartSize  = 24 // in a derivation, unless the derivatives of such formulas are too long
	LeastSize = 6  // in a derivation all the same
	nameSize  = 10 // in a table, where a formula takes the place of a name
	partDepth = 3
	partInner = 6 // in the argument of a function, which the function's derivative has again
)

// Graph returns the graph of root, or a copy in which values have got names, if their formulas are too
// long for a table, or the same as those of other values. parts holds these. n is the notation for names.
func Graph(root *gradus.Value) (legible *gradus.Value, n formula.Notation, parts map[*gradus.Value]bool) {
	order := gradus.Topo(root)
	n = formula.Text.For(order)
	isCut := func(v *gradus.Value) bool { return v.Name() == "" && strings.Contains(n.Name(v), "…") }
	alike := map[*gradus.Value]bool{}
	isUnclear := func(i int, v *gradus.Value) bool { return alike[order[i]] || isCut(v) }
	for nodes, done := order, false; !done; {
		count := map[string]int{}
		for _, v := range nodes {
			count[n.Name(v)]++
		}
		legible, done = nodes[len(nodes)-1], true
		for i, v := range nodes[:len(nodes)-1] {
			if v.Name() == "" && !v.IsConst() && !isCut(v) && count[n.Name(v)] > 1 {
				alike[order[i]] = true
			}
			done = done && (parts[v] || !isUnclear(i, v))
		}
		if !done {
			nodes, parts = withParts(order, nameSize, isUnclear)
		}
	}
	return legible, n, parts
}

// ForDerivation returns copies of the nodes of a graph, and those that have got a name, because formulas of a
// derivation would be larger than size: v1, v2 and so on, operands before results.
func ForDerivation(order []*gradus.Value, size int) (copies []*gradus.Value, parts map[*gradus.Value]bool) {
	return withParts(order, size, func(int, *gradus.Value) bool { return false })
}

// withParts returns copies of the nodes of a graph, and those that have got a name, because formulas
// would be larger than size or isUnclear holds for the copy of node i: v1, v2 and so on, operands before
// results.
func withParts(order []*gradus.Value, size int, isUnclear func(i int, v *gradus.Value) bool,
) (copies []*gradus.Value, parts map[*gradus.Value]bool) {
	copies, parts = Duplicate(order), map[*gradus.Value]bool{}
	cut := partsOf(order, size)
	prefix := "v"
	isTaken := func(v *gradus.Value) bool {
		p := naming.Pattern(v.Name())
		return p == prefix+"#" || p == prefix+"_#"
	}
	for slices.ContainsFunc(order, isTaken) {
		prefix += "v"
	}
	for i, v := range order {
		if cut[v] || i < len(order)-1 && isUnclear(i, copies[i]) {
			parts[copies[i].As(fmt.Sprint(prefix, len(parts)+1))] = true
		}
	}
	return copies, parts
}

// Duplicate returns copies of the nodes of a graph, with the numbers that these hold.
func Duplicate(order []*gradus.Value) []*gradus.Value {
	root := order[len(order)-1]
	copies := chain.Rebuild(root, func(leaf *gradus.Value) float64 { return leaf.Data })
	for i, v := range order {
		copies[i].Data = v.Data // which the caller may have changed after the node was computed
	}
	return copies
}

// An extent is how large a formula is: its operands and operations, and how deep functions are nested.
type extent struct{ size, depth int }

// exceeds reports whether a formula is too large. In its derivatives each function comes again, with its
// argument.
func (e extent) exceeds(size int) bool { return e.size*max(e.depth, 1) > size || e.depth > partDepth }

// partsOf chooses the values that get a name: those that are used several times and are not short,
// arguments of functions that are not, and the longest operands of what would be too long or too deep.
func partsOf(order []*gradus.Value, size int) map[*gradus.Value]bool {
	cut := map[*gradus.Value]bool{}
	extents, uses := map[*gradus.Value]extent{}, map[*gradus.Value]int{}
	for _, v := range order {
		for _, p := range v.Parents() {
			uses[p]++
		}
	}
	of := func(p *gradus.Value) extent {
		if cut[p] || p.Name() != "" || p.Op() == nil {
			return extent{1, 0}
		}
		return extents[p]
	}
	for _, v := range order {
		operands, isFlat := slices.Clone(formula.Shown(v)), builtin.Of(v.Op()).IsFlat()
		slices.SortStableFunc(operands, func(p, q *gradus.Value) int {
			return cmp.Or(of(q).depth-of(p).depth, of(q).size-of(p).size)
		})
		whole := func() extent {
			e := extent{1, 0}
			for _, p := range operands {
				e.size += of(p).size
				e.depth = max(e.depth, of(p).depth)
			}
			if !isFlat {
				e.depth++
			}
			return e
		}
		e := whole()
		for _, p := range operands {
			if x := of(p).size; x > 1 && e.exceeds(size) || x > partInner && !isFlat {
				cut[p] = true
				e = whole()
			}
		}
		extents[v] = e
		root := order[len(order)-1]
		if uses[v] > 1 && e.size > 2 && v.Name() == "" && v != root {
			cut[v] = true
		}
	}
	return cut
}
