package compile

import (
	"slices"

	"github.com/gradus-go/gradus/replay/internal/machine"
)

// A lowering turns the nodes of a rewrite into instructions. It gives every node a slot: first
// come those in Mat, then those in V.
type lowering struct {
	*rewrite
	slot              []slot
	next              slot // the next free one
	layout            machine.Layout
	code              []machine.Inst
	open              bool // the last instruction may still grow
	copies            map[copyForm]copies
	settled, toSettle int        // how many nodes have their instructions, and how many get some
	ops               []function // by the numbers of ops; the Op of those that have not come is nil
	classes           int32      // how many have come

	// Memory to be used again.
	rest                  []int32    // of products
	both                  []pair     // of factors
	rowSlots, sharedSlots []slot     // likewise
	starts                []int      // of runs
	keys, byY             [][2]int64 // of functions
	left, alike           []int32    // nodes with the same function
}

const unplaced = -1

// newLowering places the leaves: the rows of a matrix side by side, and their addends, too.
func newLowering(w *rewrite) *lowering {
	l := &lowering{rewrite: w, ops: make([]function, len(w.Table)), copies: map[copyForm]copies{}}
	if l.slot, w.sumAt = w.sumAt, nil; l.slot == nil { // from now on nobody asks for the sum of a node
		l.slot = make([]slot, len(w.Ops))
	}
	for i := range l.slot {
		l.slot[i] = unplaced
	}
	if l.Shared {
		l.placeShared()
	} else {
		l.placeInMat()
	}
	l.placeInV()
	if l.Shared {
		l.copyShared()
	}
	return l
}

// placeInMat places the leaves that are in Mat: constants and then parameters. Of each, the factors of
// matrices come first, row by row, then those of other sums, and then all others, as they are listed.
func (l *lowering) placeInMat() {
	inMat := l.matrixLeaves()
	next := l.sizeMat(inMat)
	place := func(i int32) {
		if l.role[i] <= constant && inMat[i] && l.slot[i] == unplaced {
			l.slot[i] = next[l.role[i]]
			next[l.role[i]]++
		}
	}
	for _, many := range []bool{true, false} {
		for _, g := range l.groups {
			if many != (g.len() > 1) {
				continue
			}
			group := l.members(g)
			for _, k := range group {
				for _, p := range l.pairsOf(&l.sums[k]) {
					place(p.row)
				}
			}
			for _, p := range l.pairsOf(&l.sums[group[0]]) {
				place(p.shared)
			}
		}
	}
	for _, i := range l.leaves[l.Inputs:] {
		place(i)
	}
	if l.on(Order) {
		l.orderBlocks()
	}
}

// sizeMat makes room in Mat, and returns where its constants and its parameters begin, by role.
func (l *lowering) sizeMat(inMat []bool) (begin [2]slot) {
	var size [2]slot
	for _, i := range l.leaves[l.Inputs:] {
		if inMat[i] {
			size[l.role[i]]++
		}
	}
	l.layout.MatConsts = machine.Span{Start: 0, End: size[constant]}
	l.layout.MatParams = machine.Span{Start: size[constant], End: size[constant] + size[param]}
	return [2]slot{constant: 0, param: size[constant]}
}

// inMat reports whether a slot is in Mat.
func (l *lowering) inMat(s slot) bool { return 0 <= s && s < l.layout.MatLen() }

// matrixLeaves finds the parameters and the constants that nothing reads but matrix-vector
// products of more than one term, and Picks from them, without the weights of cells.
func (l *lowering) matrixLeaves() []bool {
	in, out := make([]bool, len(l.Ops)), make([]bool, len(l.Ops))
	for _, group := range l.groups {
		for _, k := range l.members(group) {
			s := &l.sums[k]
			to := in
			if group.len()*s.pairs.len() < 2 || l.on(MulAdds) && group.len() == 1 && l.mayBeLane(s) {
				to = out
			}
			mark(to, l.pairsOf(s), nil)
			mark(out, nil, l.addendsOf(s))
		}
	}
	var picks []int32
	for _, i := range l.nodes {
		if l.role[i] != computed && l.role[i] != normalizer {
			continue
		}
		_, operands := l.operands(i)
		if l.isPick(i) && !l.Exact {
			picks = append(picks, i)
			mark(in, nil, operands[1:])
			operands = operands[:1] // the index
		}
		mark(out, nil, operands)
	}
	mark(out, nil, l.Outputs)
	for _, i := range picks { // a column of a table lies in Mat or in V
		x := l.Operands(i)
		if slices.ContainsFunc(x[1:], func(a int32) bool { return out[a] }) {
			mark(out, nil, x)
		}
	}
	for _, i := range l.leaves[l.Inputs:] {
		in[i] = in[i] && !out[i]
	}
	if l.on(MulAdds) {
		for i := range l.cellWeights() {
			in[i] = false
		}
	}
	return in
}

// placeInV places the leaves that are not in Mat: parameters, constants, inputs. The inputs begin at a cache
// line or, if there are more sums of products than inputs, the results do. That saves up to 4 % of the time.
func (l *lowering) placeInV() {
	nmat, addends := l.layout.MatLen(), l.addendsOfRows()
	l.next = l.layout.AllParams().End
	span := func(r role, leaves []int32) machine.Span { // among these are all of the role
		start := l.next - nmat
		for _, list := range [][]int32{addends, leaves} {
			for _, i := range list {
				if _, same := l.same[i]; l.slot[i] == unplaced && l.role[i] == r && !same {
					l.slot[i] = l.next
					l.next++
				}
			}
		}
		return machine.Span{Start: start, End: l.next - nmat}
	}
	rest := l.Inputs + l.Params
	l.layout.Params.End = span(param, l.leaves[l.Inputs:rest]).End
	l.layout.Consts = span(constant, l.leaves[rest:])
	for i, first := range l.same {
		l.slot[i] = l.slot[first]
	}
	begin := l.next // of the inputs
	if len(l.sums) > l.Inputs {
		begin += slot(l.Inputs) // of the results
	}
	l.next += -begin & (machine.CacheLine - 1)
	l.layout.Inputs = span(input, l.leaves[:l.Inputs])
}

// addendsOfRows returns the parameters and constants among the addends of matrix-vector products, column by
// column, in the order of the rows.
func (l *lowering) addendsOfRows() (all []int32) {
	most := 0
	for _, k := range l.grouped {
		most += l.sums[k].addends.len()
	}
	all = make([]int32, 0, most)
	for _, group := range l.groups {
		sums := l.members(group)
		n := l.sums[sums[0]].addends.len()
		if n > 0 && len(sums) > 1 {
			sums, _ = l.sorted(sums)
		}
		for a := range n {
			for _, k := range sums {
				if i := l.addendsOf(&l.sums[k])[a]; l.role[i] <= constant {
					all = append(all, i)
				}
			}
		}
	}
	return all
}
