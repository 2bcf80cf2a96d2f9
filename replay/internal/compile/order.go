package compile

import "slices"

// A block is a set of parameters that are rows of the same matrices, and the groups that these belong to.
type block struct {
	params []int32
	groups [][]int32
}

// orderBlocks puts the parameters of each block in the order in which they are listed. So far they lie in
// the order in which groups meet them. A graph that splits what a matrix computes into parts, heads of
// attention, say, does so in the order of the list, and then these parts lie side by side. But if the rows
// are no matrices in the order of the list, the order of the groups stays.
func (l *lowering) orderBlocks() {
	inMat := make([]int32, l.layout.MatParams.Len()) // the parameters as they lie
	next := l.layout.MatParams.Start
	for i, s := range l.slot[:l.Inputs+l.Params] {
		if s != unplaced {
			inMat[s-next] = int32(i)
		}
	}
	if slices.IsSorted(inMat) {
		return
	}
	for _, b := range l.blocks(inMat) {
		listed := slices.Clone(b.params)
		slices.Sort(listed)
		if !slices.Equal(listed, b.params) {
			l.put(listed, next)
			if bad := l.misfits(b.groups); bad > 0 {
				l.put(b.params, next)
				if l.misfits(b.groups) < bad {
					listed = b.params
				}
			}
		}
		l.put(listed, next)
		next += slot(len(listed))
	}
}

// put places parameters side by side.
func (l *lowering) put(params []int32, at slot) {
	for j, i := range params {
		l.slot[i] = at + slot(j)
	}
}

// misfits counts the sums in groups whose rows do not lie in memory as those of a matrix.
func (l *lowering) misfits(groups [][]int32) (n int) {
	for _, group := range groups {
		if _, ok := l.product(group); !ok {
			n += len(group)
		}
	}
	return n
}

// blocks returns the blocks of the parameters in Mat, in the order in which these lie there.
func (l *lowering) blocks(inMat []int32) (all []block) {
	parent := make([]int32, l.Inputs+l.Params) // of each parameter another one of its block, or itself
	for i := range parent {
		parent[i] = int32(i)
	}
	root := func(i int32) int32 {
		for parent[i] != i {
			parent[i] = parent[parent[i]]
			i = parent[i]
		}
		return i
	}
	first := make([]int32, len(l.groups)) // a row factor of each group: the root of its block so far
	for g, group := range l.groups {
		first[g] = none
		for _, k := range l.members(group) {
			for _, p := range l.pairsOf(&l.sums[k]) {
				if l.role[p.row] != param || l.slot[p.row] == unplaced {
					continue
				}
				if first[g] == none {
					first[g] = root(p.row)
				}
				if parent[p.row] != first[g] {
					parent[root(p.row)] = first[g]
				}
			}
		}
	}
	groups := map[int32][][]int32{} // by the root of their block
	for g, group := range l.groups {
		if first[g] != none {
			r := root(first[g])
			groups[r] = append(groups[r], l.members(group))
		}
	}
	for _, params := range classify(inMat, root) {
		all = append(all, block{params, groups[root(params[0])]})
	}
	return all
}

// fit puts the columns of a matrix of parameters in the order in which a vector lies in memory, if then more
// numbers of all vectors lie side by side, and unless something else than these products reads the matrix. It
// is the vector in the middle: the first and the last may be at the border of an image. So fewer numbers have
// to be copied one by one: in a filter of a second convolution, say, the weights for one pixel lie side by
// side, as the numbers do that the filters of the first have computed there.
func (l *lowering) fit(several []product) {
	p := &several[len(several)/2]
	columns := make([]int, len(p.order))
	for j := range columns {
		columns[j] = j
	}
	fitted := slices.Clone(columns)
	slices.SortStableFunc(fitted, func(i, j int) int { return int(l.shared(p, i) - l.shared(p, j)) })
	if l.Shared || !l.on(Order) || l.breaks(several, fitted) >= l.breaks(several, columns) {
		return
	}
	fixed := func(q pair) bool { return l.role[q.row] != param || int(l.uses[q.row]) != len(several) }
	for _, k := range p.sums {
		if slices.ContainsFunc(l.pairsOf(&l.sums[k]), fixed) {
			return
		}
	}
	for r, k := range p.sums {
		for j, column := range fitted {
			l.slot[l.pairsOf(&l.sums[k])[p.order[column]].row] = p.base + slot(r)*p.down + slot(j)*p.right
		}
	}
	for i := range several {
		_, several[i].order = l.sorted(several[i].sums)
	}
}

// breaks counts the numbers of vectors that do not lie right behind the one before, with the columns of the
// matrix in the given order.
func (l *lowering) breaks(several []product, columns []int) (n int) {
	for i := range several {
		for j, column := range columns[1:] {
			if l.shared(&several[i], column) != l.shared(&several[i], columns[j])+1 {
				n++
			}
		}
	}
	return n
}
