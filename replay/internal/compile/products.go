package compile

import (
	"cmp"
	"slices"

	"github.com/gradus-go/gradus/replay/internal/machine"
)

// products emits the groups of sums of one level: each as one matrix-vector product if the rows of its
// sums lie in memory as those of a matrix. The sums of all others come after these.
func (l *lowering) products(groups [][]int32) {
	var rest []int32
	for _, group := range groups {
		if len(group) == 1 || !l.matrix(group) {
			rest = append(rest, group...)
		}
	}
	l.alone(rest)
}

// matrix emits z = M·x + c for a group. It reports whether it could: the row factors of the sums must lie
// in memory as the rows of a matrix or as its columns. If they are its columns, M is its transpose.
func (l *lowering) matrix(group []int32) bool {
	group, order := l.sorted(group)
	base, down, right, ok := l.strides(group, order)
	if !ok {
		return false
	}
	in := l.dense(group)
	if in.LDA = down; right > 1 {
		in.Code, in.LDA = machine.Transposed, right
	}
	x := make([]slot, len(order))
	for j, at := range order {
		x[j] = l.slot[l.sums[group[0]].pairs[at].shared]
	}
	runs := l.runs(x)
	if tooMany(runs, len(x)) {
		x, runs = l.packed(x, &in), []int{0, len(x)}
	}
	for i, start := range runs[:len(runs)-1] {
		in.x, in.y, in.N = x[start], base+slot(start)*right, int32(runs[i+1]-start)
		in.z = l.emit(&in, len(group))
		in.c, in.CStep, in.GradC = in.z, 1, in.Active
	}
	for r, k := range group {
		l.slot[l.sums[k].node] = in.z + int32(r)
	}
	return true
}

// sorted puts the sums of a group, and the pairs of each sum, in the order in which their row factors lie in
// memory. It returns the sums, and in order the positions that the pairs have in each of them.
func (l *lowering) sorted(group []int32) (sums []int32, order []int) {
	at := func(k int32, j int) slot { return l.slot[l.sums[k].pairs[j].row] }
	for j := range l.sums[group[0]].pairs {
		order = append(order, j)
	}
	slices.SortStableFunc(order, func(i, j int) int { return cmp.Compare(at(group[0], i), at(group[0], j)) })
	sums = slices.Clone(group)
	slices.SortStableFunc(sums, func(a, b int32) int { return cmp.Compare(at(a, order[0]), at(b, order[0])) })
	return sums, order
}

// strides returns the slot of the first row factor of a sorted group, the distance down to that of the next
// sum, and the distance right to that of the next pair. It reports false if these distances are not the
// same everywhere, or if they are not those of the rows or of the columns of a matrix.
func (l *lowering) strides(group []int32, order []int) (base, down, right slot, ok bool) {
	at := func(r, j int) slot { return l.slot[l.sums[group[r]].pairs[order[j]].row] }
	base, down, right = at(0, 0), slot(len(order)), 1
	if len(group) > 1 {
		down = at(1, 0) - base
	}
	if len(order) > 1 {
		right = at(0, 1) - base
	}
	for r := range group {
		for j := range order {
			if s := at(r, j); s != base+slot(r)*down+slot(j)*right || l.inMat(s) != l.inMat(base) {
				return 0, 0, 0, false
			}
		}
	}
	rows, columns := right == 1 && int(down) >= len(order), down == 1 && int(right) >= len(group)
	return base, down, right, rows || columns
}

// dense returns the instruction z = M·x + c of a group. M and x are not set yet.
func (l *lowering) dense(group []int32) instruction {
	first := &l.sums[group[0]]
	in := instruction{
		Inst: machine.Inst{
			Code: machine.Dense, M: int32(len(group)), XStep: 1, YStep: 1,
			Active: l.active[first.node], Main: l.main[first.node],
		},
		c: machine.None,
	}
	for _, p := range first.pairs {
		in.GradX = in.GradX || l.active[p.shared]
	}
	for _, k := range group {
		for _, p := range l.sums[k].pairs {
			in.GradY = in.GradY || l.active[p.row]
		}
		in.Active = in.Active || l.active[l.sums[k].node]
	}
	if len(first.addends) > 0 {
		in.c, in.CStep, in.GradC = l.addends(group, &in)
	}
	return in
}

// addends adds up the addends of each row, of two or more, and returns the slots of these sums:
// side by side, or one for all rows.
func (l *lowering) addends(group []int32, like *instruction) (c slot, step int8, grad bool) {
	column := make([]slot, len(group))
	for r, k := range group {
		column[r] = l.slot[l.sums[k].addends[0]]
		grad = grad || l.active[l.sums[k].addends[0]]
	}
	for a := range l.sums[group[0]].addends[1:] {
		for r, k := range group {
			s := &l.sums[k]
			column[r] = l.emit(&instruction{
				Inst: machine.Inst{Code: machine.Add, Op: add, N: 1, Active: like.Active, Main: like.Main},
				x:    column[r], y: l.slot[s.addends[a+1]], c: machine.None,
			}, 1)
			grad = grad || like.Active
		}
	}
	for _, at := range column {
		if at != column[0] {
			return l.packed(column, like)[0], 1, grad
		}
	}
	return column[0], 0, grad
}

// single emits a sum of products by itself: a dot product for every run of factors that lie side
// by side, each the addend of the next.
func (l *lowering) single(s *sum) {
	c := l.total(s)
	rows, shared, runs := l.factors(s.pairs)
	in := instruction{Inst: machine.Inst{Code: machine.Dense, M: 1, XStep: 1, YStep: 1, CStep: 1}}
	in.Active, in.Main = l.active[s.node], l.main[s.node]
	for _, p := range s.pairs {
		in.GradX = in.GradX || l.active[p.shared]
		in.GradY = in.GradY || l.active[p.row]
	}
	for _, a := range s.addends {
		in.GradC = in.GradC || l.active[a]
	}
	if tooMany(runs, len(rows)) {
		rows, shared, runs = l.packed(rows, &in), l.packed(shared, &in), []int{0, len(rows)}
	}
	for i, start := range runs[:len(runs)-1] {
		n := int32(runs[i+1] - start)
		in.x, in.y, in.c, in.N, in.LDA = shared[start], rows[start], c, n, n
		run := in
		l.shorten(&run)
		c = l.emit(&run, 1)
		in.GradC = in.Active
	}
	l.slot[s.node] = c
}

// factors returns the slots of the factors of pairs, and their runs: in the order of the shared factors or,
// if these are too many runs and the row factors are one, in that of the row factors. Then only the shared
// factors have to be copied.
func (l *lowering) factors(pairs []pair) (rows, shared []slot, runs []int) {
	both := make([]pair, len(pairs)) // of slots
	for j, p := range pairs {
		both[j] = pair{l.slot[p.row], l.slot[p.shared]}
	}
	sorted := func(compare func(p, q pair) int) (rows, shared []slot, runs []int) {
		slices.SortFunc(both, compare)
		for _, p := range both {
			rows, shared = append(rows, p.row), append(shared, p.shared)
		}
		return rows, shared, l.runs(rows, shared)
	}
	if rows, shared, runs = sorted(comparePairs); !tooMany(runs, len(pairs)) || !l.on(Order) {
		return rows, shared, runs
	}
	byRow := func(p, q pair) int { return cmp.Compare(p.row, q.row) }
	if byRow, shared, all := sorted(byRow); len(l.runs(byRow)) == 2 {
		return byRow, shared, all
	}
	return rows, shared, runs
}

// shorten turns a dot product with a single term into a Mul, or into a MulAdd if it has an addend,
// provided that both factors are in V.
func (l *lowering) shorten(in *instruction) {
	if in.N != 1 || l.inMat(in.x) || l.inMat(in.y) {
		return
	}
	in.Code, in.XStep, in.YStep, in.CStep = machine.MulAdd, 0, 0, 0
	if in.c == machine.None {
		in.Code, in.Op = machine.Mul, mul
	}
}

// total adds up the addends of a sum and returns the slot of the result, or of the only
// addend, or machine.None if there is no addend.
func (l *lowering) total(s *sum) slot {
	slots := l.slots(s.addends)
	if len(s.pairs) > 0 && len(slots) < 2 {
		return append(slots, machine.None)[0]
	}
	in := instruction{
		Inst: machine.Inst{Code: machine.Total, XStep: 1, Active: l.active[s.node], Main: l.main[s.node]},
		y:    machine.None, c: machine.None,
	}
	if len(slots) == 2 {
		in.Code, in.Op, in.N, in.XStep, in.x, in.y = machine.Add, add, 1, 0, slots[0], slots[1]
		return l.emit(&in, 1)
	}
	slices.Sort(slots)
	runs := l.runs(slots)
	if tooMany(runs, len(slots)) {
		slots, runs = l.packed(slots, &in), []int{0, len(slots)}
	}
	if len(slots) == 0 {
		return l.emit(&in, 1)
	}
	for i, start := range runs[:len(runs)-1] {
		in.x, in.N = slots[start], int32(runs[i+1]-start)
		in.c = l.emit(&in, 1)
	}
	return in.c
}
