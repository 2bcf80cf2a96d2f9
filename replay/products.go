package replay

import (
	"cmp"
	"slices"
)

// products emits a group of sums of products: as one matrix-vector product if their first
// factors are a matrix in memory, else each by itself.
func (l *lowering) products(group []int32) {
	if len(group) > 1 && l.matrix(group) {
		return
	}
	for _, k := range group {
		l.single(&l.sums[k])
	}
}

// matrix emits z = M·x + c, or reports that the rows are no matrix: not one below the other,
// apart by one and the same distance.
func (l *lowering) matrix(group []int32) bool {
	first := &l.sums[group[0]]
	n := int32(len(first.pairs))
	base := l.slot[first.pairs[0].row]
	lda := l.slot[l.sums[group[1]].pairs[0].row] - base
	if lda < n {
		return false
	}
	for r, k := range group {
		for j, p := range l.sums[k].pairs {
			if at := base + int32(r)*lda + int32(j); l.slot[p.row] != at || l.inMat(at) != l.inMat(base) {
				return false
			}
		}
	}
	x := make([]int32, n)
	for j, p := range first.pairs {
		x[j] = p.shared
	}
	in := l.dense(group)
	in.lda = lda
	runs := l.runs(int(n), func(j int) bool { return l.follows(x[j-1], x[j]) })
	if tooMany(runs, int(n)) {
		packed := l.pack(l.slots(x), &in)
		in.x, in.y, in.n = packed, base, n
		in.z = l.emit(in, len(group))
	} else {
		for i, start := range runs[:len(runs)-1] {
			in.x, in.y, in.n = l.slot[x[start]], base+int32(start), int32(runs[i+1]-start)
			in.z = l.emit(in, len(group))
			in.c, in.cStep, in.gradC = in.z, 1, in.active
		}
	}
	for r, k := range group {
		l.slot[l.sums[k].node] = in.z + int32(r)
	}
	return true
}

// dense returns the instruction z = M·x + c of a group, but for M and x.
func (l *lowering) dense(group []int32) inst {
	first := &l.sums[group[0]]
	in := inst{
		code: opDense, m: int32(len(group)), xStep: 1, yStep: 1, c: none,
		active: l.active[first.node], main: l.main[first.node],
	}
	for _, p := range first.pairs {
		in.gradX = in.gradX || l.active[p.shared]
	}
	for _, k := range group {
		for _, p := range l.sums[k].pairs {
			in.gradY = in.gradY || l.active[p.row]
		}
		in.active = in.active || l.active[l.sums[k].node]
		in.main = in.main || l.main[l.sums[k].node]
	}
	if len(first.addends) > 0 {
		in.c, in.cStep, in.gradC = l.addends(group, &in)
	}
	return in
}

// addends adds up the addends of each row and returns the slots of these sums.
func (l *lowering) addends(group []int32, like *inst) (c int32, step int8, grad bool) {
	column := make([]int32, len(group))
	for r, k := range group {
		column[r] = l.slot[l.sums[k].addends[0]]
		grad = grad || l.active[l.sums[k].addends[0]]
	}
	for a := range l.sums[group[0]].addends[1:] {
		for r, k := range group {
			s := &l.sums[k]
			column[r] = l.emit(inst{
				code: opAdd, op: addOp, n: 1, x: column[r], y: l.slot[s.addends[a+1]], c: none,
				active: like.active, main: like.main,
			}, 1)
			grad = grad || like.active
		}
	}
	if len(column) == 1 {
		return column[0], 1, grad
	}
	step = int8(min(max(column[1]-column[0], 0), 1))
	for r, at := range column {
		if at != column[0]+int32(r)*int32(step) {
			return l.pack(column, like), 1, grad
		}
	}
	return column[0], step, grad
}

// single emits a sum of products by itself: a dot product for every stretch of factors that
// lie side by side, each the addend of the next.
func (l *lowering) single(s *sum) {
	pairs := s.pairs
	slices.SortFunc(pairs, func(p, q pair) int {
		return cmp.Or(cmp.Compare(l.slot[p.shared], l.slot[q.shared]), cmp.Compare(l.slot[p.row], l.slot[q.row]))
	})
	c := l.total(s)
	row, shared := make([]int32, len(pairs)), make([]int32, len(pairs))
	in := inst{code: opDense, m: 1, xStep: 1, yStep: 1, cStep: 1, active: l.active[s.node], main: l.main[s.node]}
	for j, p := range pairs {
		row[j], shared[j] = p.row, p.shared
		in.gradX = in.gradX || l.active[p.shared]
		in.gradY = in.gradY || l.active[p.row]
	}
	for _, a := range s.addends {
		in.gradC = in.gradC || l.active[a]
	}
	runs := l.runs(len(pairs), func(j int) bool {
		return l.follows(row[j-1], row[j]) && l.follows(shared[j-1], shared[j])
	})
	rows, shareds := l.slots(row), l.slots(shared)
	if tooMany(runs, len(pairs)) {
		rows, shareds = l.packed(rows, &in), l.packed(shareds, &in)
		runs = []int{0, len(pairs)}
	}
	for i := range runs[:len(runs)-1] {
		start, end := runs[i], runs[i+1]
		in.x, in.y, in.c, in.n, in.lda = shareds[start], rows[start], c, int32(end-start), int32(end-start)
		c = l.emit(l.small(in), 1)
		in.gradC = in.active
	}
	l.slot[s.node] = c
}

// small returns what computes a dot product of one term with less ado.
func (l *lowering) small(in inst) inst {
	if in.n != 1 || l.inMat(in.x) || l.inMat(in.y) {
		return in
	}
	in.code, in.xStep, in.yStep, in.cStep = opMulAdd, 0, 0, 0
	if in.c == none {
		in.code, in.op = opMul, mulOp
	}
	return in
}

// total adds up the addends of a sum and returns the slot of the result, or of the only
// addend, or none.
func (l *lowering) total(s *sum) int32 {
	slots := l.slots(s.addends)
	if len(s.pairs) > 0 && len(slots) < 2 {
		return append(slots, none)[0]
	}
	in := inst{code: opTotal, c: none, xStep: 1, active: l.active[s.node], main: l.main[s.node]}
	if len(slots) == 2 {
		in.code, in.op, in.n, in.xStep, in.x, in.y = opAdd, addOp, 1, 0, slots[0], slots[1]
		return l.emit(in, 1)
	}
	slices.Sort(slots)
	runs := l.runs(len(slots), func(j int) bool { return slots[j] == slots[j-1]+1 })
	if tooMany(runs, len(slots)) {
		slots, runs = l.packed(slots, &in), []int{0, len(slots)}
	}
	if len(slots) == 0 {
		return l.emit(in, 1)
	}
	for i, start := range runs[:len(runs)-1] {
		in.x, in.n = slots[start], int32(runs[i+1]-start)
		in.c = l.emit(in, 1)
	}
	return in.c
}
