package compile

import (
	"cmp"
	"slices"

	"github.com/gradus-go/gradus/internal/builtin"
	"github.com/gradus-go/gradus/replay/internal/machine"
)

// A product is a group of sums whose row factors lie in memory as the rows of a matrix or as its columns. If
// they are its columns, it is a product of the transpose.
type product struct {
	sums        []int32 // in the order in which their row factors lie in memory
	order       []int   // the positions that the pairs have in each sum
	base        slot    // of the first row factor
	down, right slot    // the distance to that of the next sum, and to that of the next pair
}

// products emits the groups of sums of one level: each as a product of a matrix if the rows of its sums lie
// in memory as those of a matrix. The sums of all others come after these.
func (l *lowering) products(groups []span) {
	if len(groups) == 0 {
		return
	}
	var all []product
	rest := l.rest[:0]
	for g, group := range groups {
		sums := l.members(group)
		if len(sums) > 1 {
			if p, ok := l.product(sums); ok {
				all = append(all, p)
				continue
			}
		}
		rest = reserve(rest, len(sums), g, len(groups))
		for _, k := range sums {
			if p, ok := l.row(k); ok {
				all = append(all, p)
			} else {
				rest = append(rest, k)
			}
		}
	}
	for _, several := range l.join(all) {
		if len(several) == 1 && len(several[0].sums) == 1 {
			rest = append(rest, several[0].sums[0])
		} else {
			l.matrix(several)
		}
	}
	slices.Sort(rest)
	l.alone(rest)
	l.rest = rest
}

// product returns a group as a product. It reports false if the row factors of the sums do not lie in memory
// as those of a matrix.
func (l *lowering) product(group []int32) (p product, ok bool) {
	p.sums, p.order = l.sorted(group)
	p.base, p.down, p.right, ok = l.strides(p.sums, p.order)
	return p, ok
}

// shared returns the slot of element j of the vector in a product.
func (l *lowering) shared(p *product, j int) slot {
	return l.slot[l.pairsOf(&l.sums[p.sums[0]])[p.order[j]].shared]
}

// matrix emits z = M·x + c for products of one matrix and several vectors x.
func (l *lowering) matrix(several []product) {
	l.fit(several)
	p, vectors := &several[0], make([][]slot, len(several))
	rows := make([]int32, 0, len(several)*len(p.sums))
	for k := range several {
		vectors[k] = make([]slot, len(p.order))
		for j := range p.order {
			vectors[k][j] = l.shared(&several[k], j)
		}
		rows = append(rows, several[k].sums...)
	}
	in := l.dense(rows, len(several))
	var apart slot // the distance from an addend to that of the next vector
	if l.sums[rows[0]].addends.len() > 0 {
		in.C, in.CStep, apart, in.GradC = l.addends(rows, len(several), &in)
	}
	if in.LDA = p.down; p.right > 1 {
		in.Code, in.LDA = machine.Transposed, p.right
	}
	vectors, runs := l.aligned(vectors, &in)
	for i, start := range runs[:len(runs)-1] {
		in.X, in.Y, in.N = vectors[0][start], p.base+slot(start)*p.right, int32(runs[i+1]-start)
		if len(several) > 1 {
			in.More = &machine.More{K: int32(len(several)), XK: vectors[1][start] - in.X, CK: apart}
		}
		in.Z = l.emit(&in, len(rows))
		in.C, in.CStep, apart, in.GradC = in.Z, 1, in.M, in.Active
	}
	for r, k := range rows {
		l.settle(l.sums[k].node, in.Z+int32(r))
	}
}

// sorted puts the sums of a group, and the pairs of each sum, in the order in which their row factors lie in
// memory. It returns the sums, and in order the positions that the pairs have in each of them.
func (l *lowering) sorted(group []int32) (sums []int32, order []int) {
	pairs := l.pairsOf(&l.sums[group[0]])
	order = make([]int, len(pairs))
	for j := range order {
		order[j] = j
	}
	slices.SortStableFunc(order, func(i, j int) int {
		return cmp.Compare(l.slot[pairs[i].row], l.slot[pairs[j].row])
	})
	first := func(k int32) slot { return l.slot[l.pairsOf(&l.sums[k])[order[0]].row] }
	sums = slices.Clone(group)
	slices.SortStableFunc(sums, func(a, b int32) int { return cmp.Compare(first(a), first(b)) })
	return sums, order
}

// strides returns the slot of the first row factor of a sorted group, the distance down to that of the next
// sum, and the distance right to that of the next pair. It reports false if these distances are not the
// same everywhere, or if they are not those of the rows or of the columns of a matrix.
func (l *lowering) strides(group []int32, order []int) (base, down, right slot, ok bool) {
	at := func(r, j int) slot { return l.slot[l.pairsOf(&l.sums[group[r]])[order[j]].row] }
	base, down, right = at(0, 0), slot(len(order)), 1
	if len(group) > 1 {
		down = at(1, 0) - base
	}
	if len(order) > 1 {
		right = at(0, 1) - base
	}
	inMat := l.inMat(base)
	for r, k := range group {
		pairs, want := l.pairsOf(&l.sums[k]), base+slot(r)*down
		for _, j := range order {
			if s := l.slot[pairs[j].row]; s != want || l.inMat(s) != inMat {
				return 0, 0, 0, false
			}
			want += right
		}
	}
	rows, columns := right == 1 && int(down) >= len(order), down == 1 && int(right) >= len(group)
	return base, down, right, rows || columns
}

// dense returns the instruction z = M·x of the rows of products of one matrix and a number of vectors. M and
// x are not set yet.
func (l *lowering) dense(rows []int32, vectors int) instruction {
	first := &l.sums[rows[0]]
	in := instruction{
		Code: machine.Dense, M: int32(len(rows) / vectors), XStep: 1, YStep: 1, C: machine.None,
		Main:  l.isMain(first.node),
		GradX: slices.ContainsFunc(l.pairsOf(first), func(p pair) bool { return l.active[p.shared] }),
	}
	for _, k := range rows {
		s := &l.sums[k]
		in.GradY = in.GradY || slices.ContainsFunc(l.pairsOf(s), func(p pair) bool { return l.active[p.row] })
		in.Active = in.Active || l.active[s.node]
	}
	return in
}

// addends adds up the addends of each row, of two or more, and returns where these sums are: the first, and
// the steps to that of the next row and to that of the next vector.
func (l *lowering) addends(
	rows []int32, vectors int, like *instruction,
) (c slot, step int8, next slot, grad bool) {
	column := make([]slot, len(rows))
	for r, k := range rows {
		column[r] = l.slot[l.addendsOf(&l.sums[k])[0]]
		grad = grad || l.active[l.addendsOf(&l.sums[k])[0]]
	}
	for a := range l.addendsOf(&l.sums[rows[0]])[1:] {
		in := instruction{Code: machine.Add, Op: builtin.Add.Op(), N: 1, C: machine.None}
		in.Active, in.Main = like.Active, like.Main
		other := func(r int) slot { return l.slot[l.addendsOf(&l.sums[rows[r]])[a+1]] }
		if l.areManyAdds(column, other) {
			other = l.gatherAddends(column, other, &in)
		}
		for r, x := range column {
			one := in
			one.X, one.Y = x, other(r)
			column[r] = l.emit(&one, 1)
		}
		grad = grad || like.Active
	}
	n := len(rows) / vectors
	if step, next, ok := lattice(column, n); ok {
		return column[0], step, next, grad
	}
	if slices.Equal(column[n:], column[:len(column)-n]) { // the same for all vectors
		return l.packed(column[:n], like)[0], 1, 0, grad
	}
	return l.packed(column, like)[0], 1, slot(n), grad
}

// single emits a sum of products by itself: a dot product for every run of factors that lie side by side, or
// a multiply-add if a run is a single product, each the addend of the next. If these are too many, the
// factors are copied side by side.
func (l *lowering) single(k int32) {
	s := &l.sums[k]
	c := l.total(s)
	rows, shared, runs := l.factors(l.pairsOf(s))
	in := l.dense([]int32{k}, 1)
	in.CStep, in.GradC = 1, slices.ContainsFunc(l.addendsOf(s), func(a int32) bool { return l.active[a] })
	if tooMany(len(runs)-1, len(rows)) && !l.areFew(rows, shared) {
		rows, shared, runs = l.packed(rows, &in), l.packed(shared, &in), []int{0, len(rows)}
	}
	for i, start := range runs[:len(runs)-1] {
		n := int32(runs[i+1] - start)
		in.X, in.Y, in.C, in.N, in.LDA = shared[start], rows[start], c, n, n
		run := in
		l.shorten(&run)
		c = l.emit(&run, 1)
		in.GradC = in.Active
	}
	l.settle(s.node, c)
}

// fewProducts is how many products a sum by itself has at most if it is a multiply-add for each.
const fewProducts = 8

// areFew reports whether a sum by itself is a multiply-add for each product: whether it has few, and none of
// the factors is in Mat. Copies of their factors and a dot product take longer.
func (l *lowering) areFew(rows, shared []slot) bool {
	isInMat := min(slices.Min(rows), slices.Min(shared)) < l.layout.MatLen()
	return l.on(MulAdds) && len(rows) <= fewProducts && !isInMat
}

// factors returns the slots of the factors of pairs, and their runs: in the order of the shared factors or,
// if these are too many runs and the row factors are one, in that of the row factors. Then only the shared
// factors have to be copied. The next call overwrites them.
func (l *lowering) factors(pairs []pair) (rows, shared []slot, runs []int) {
	both := l.both[:0] // of slots
	for _, p := range pairs {
		both = append(both, pair{l.slot[p.row], l.slot[p.shared]})
	}
	l.both = both
	sorted := func(compare func(p, q pair) int) (rows, shared []slot, runs []int) {
		slices.SortFunc(both, compare)
		rows, shared = l.rowSlots[:0], l.sharedSlots[:0]
		for _, p := range both {
			rows, shared = append(rows, p.row), append(shared, p.shared)
		}
		l.rowSlots, l.sharedSlots = rows, shared
		return rows, shared, l.runs(rows, shared)
	}
	if rows, shared, runs = sorted(comparePairs); !tooMany(len(runs)-1, len(pairs)) || !l.on(Order) {
		return rows, shared, runs
	}
	byRow := func(p, q pair) int { return cmp.Compare(p.row, q.row) }
	if rows, shared, runs = sorted(byRow); l.areRun(rows) {
		return rows, shared, runs
	}
	return sorted(comparePairs)
}

// shorten turns a dot product with a single term into a Mul, or into a MulAdd if it has an addend,
// provided that both factors are in V.
func (l *lowering) shorten(in *instruction) {
	if in.N != 1 || l.inMat(in.X) || l.inMat(in.Y) {
		return
	}
	in.Code, in.XStep, in.YStep, in.CStep = machine.MulAdd, 0, 0, 0
	if in.C == machine.None {
		in.Code, in.Op = machine.Mul, builtin.Mul.Op()
	}
}

// total adds up the addends of a sum and returns the slot of the result, or of the only
// addend, or machine.None if there is no addend.
func (l *lowering) total(s *sum) slot {
	if s.pairs.len() > 0 && s.addends.len() == 0 {
		return machine.None
	}
	if s.pairs.len() > 0 && s.addends.len() == 1 {
		return l.slot[l.addendsOf(s)[0]]
	}
	slots := l.slots(l.addendsOf(s))
	slices.Sort(slots)
	in := instruction{
		Code: machine.Total, XStep: 1, Active: l.active[s.node], Main: l.isMain(s.node),
		Y: machine.None, C: machine.None,
	}
	if len(slots) == 2 {
		in.Code, in.Op, in.N, in.XStep, in.X, in.Y = machine.Add, builtin.Add.Op(), 1, 0, slots[0], slots[1]
		return l.emit(&in, 1)
	}
	runs := l.runs(slots)
	if tooMany(len(runs)-1, len(slots)) {
		slots, runs = l.packed(slots, &in), []int{0, len(slots)}
	}
	if len(slots) == 0 {
		return l.emit(&in, 1)
	}
	for i, start := range runs[:len(runs)-1] {
		in.X, in.N = slots[start], int32(runs[i+1]-start)
		in.C = l.emit(&in, 1)
	}
	return in.C
}
