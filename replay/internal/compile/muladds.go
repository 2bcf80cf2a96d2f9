package compile

import (
	"cmp"
	"slices"

	"github.com/gradus-go/gradus/internal/builtin"
	"github.com/gradus-go/gradus/replay/internal/machine"
)

// A lane is a sum that is no row of a matrix. Sums whose operands lie side by side, term by term, are
// lanes of the same vectors. The product of the vectors f and c, and then a multiply-add of the vectors i
// and g, compute all of these:
//
//	f₀·c₀ + i₀·g₀, f₁·c₁ + i₁·g₁, f₂·c₂ + i₂·g₂, …
type lane struct {
	sum      int32
	products int32   // how many there are
	operands []int32 // the factors of these, two by two, and then the addends; all in the order of memory
}

// factors returns those of product j.
func (a *lane) factors(j int) (x, y int32) { return a.operands[2*j], a.operands[2*j+1] }

// fewTerms is how many terms a sum has at most if its parameters and constants lie in V for lanes or cells.
const fewTerms = 4

// mayBeLane reports whether a sum has few terms, one of which has no parameter and no constant. So the
// parameters and constants of the others are not the row of a matrix, and it may be a lane.
func (w *rewrite) mayBeLane(s *sum) bool {
	return s.pairs.len() <= fewTerms && slices.ContainsFunc(w.pairsOf(s), func(p pair) bool {
		return w.role[p.row] > constant && w.role[p.shared] > constant
	})
}

// fewCells is how many sums use a weight at least if it lies in V for their sake.
const fewCells = 4

// cellWeights returns the parameters of cells, which lie in V. There a cell multiplies them by its numbers as
// these lie. As the row of a matrix they would be multiplied by copies. The rows of matrices stay what they
// are, even if they are used in cells, too.
func (w *rewrite) cellWeights() map[int32]bool {
	weights := map[int32]bool{}
	var buffer [fewTerms]pair
	for _, group := range w.groups {
		for _, k := range w.members(group) {
			if cell, ok := w.cell(buffer[:0], &w.sums[k], group); ok {
				for _, p := range cell {
					weights[p.row] = true
				}
			}
		}
	}
	for _, group := range w.groups {
		if len(weights) > 0 && group.len() > 1 {
			for _, k := range w.members(group) {
				for _, p := range w.pairsOf(&w.sums[k]) {
					delete(weights, p.row)
				}
			}
		}
	}
	return weights
}

// cell returns the products of a sum, with the weight in the row, if it is a step of an unrolled network: one
// of few weights that several steps share, and of numbers that do not lie side by side, such as an input and
// what the step before has computed. It appends the products to pairs.
func (w *rewrite) cell(pairs []pair, s *sum, group span) (all []pair, ok bool) {
	if s.pairs.len() < 2 || s.pairs.len() > fewTerms {
		return nil, false
	}
	for _, p := range w.pairsOf(s) {
		if group.len() > 1 {
			p = pair{p.shared, p.row}
		}
		if w.role[p.row] != param || w.uses[p.row] < fewCells {
			return nil, false
		}
		pairs = append(pairs, p)
	}
	slices.SortFunc(pairs, func(p, q pair) int { return cmp.Compare(p.row, q.row) })
	return pairs, !w.mayBeSideBySide(pairs)
}

// mayBeSideBySide reports whether the numbers by which weights are multiplied are computed one right after
// the other, or are of one level.
func (w *rewrite) mayBeSideBySide(pairs []pair) bool {
	first, last := w.level[pairs[0].shared], w.level[pairs[len(pairs)-1].shared]
	isSorted := slices.IsSortedFunc(pairs, func(p, q pair) int {
		return cmp.Compare(w.level[p.shared], w.level[q.shared])
	})
	return isSorted && int(last-first) < len(pairs)
}

// alone emits sums of one level that are no rows of a matrix. Lanes of the same vectors become
// multiply-adds, an instruction for each term, if there are as many lanes as instructions. So do lanes whose
// operands are copied side by side, if that saves many instructions. A sum by itself takes an instruction at
// least.
func (l *lowering) alone(sums []int32) {
	if len(sums) == 1 {
		l.single(sums[0])
		return
	}
	var rest []int32
	for lanes := l.lanes(sums); len(lanes) > 0; {
		n := 1
		for n < len(lanes) && l.sameForm(&lanes[0], &lanes[n]) {
			n++
		}
		rest = l.sameLanes(lanes[:n], rest)
		lanes = lanes[n:]
	}
	slices.Sort(rest)
	for _, k := range rest {
		l.single(k)
	}
}

// sameForm reports whether two lanes have as many products and addends, and the same gradients are wanted.
func (l *lowering) sameForm(a, b *lane) bool {
	x, y := l.sums[a.sum].node, l.sums[b.sum].node
	return a.products == b.products && len(a.operands) == len(b.operands) &&
		l.active[x] == l.active[y] && l.isMain(x) == l.isMain(y)
}

// sameLanes emits lanes of one form, and appends the sums that are none to rest.
func (l *lowering) sameLanes(lanes []lane, rest []int32) []int32 {
	if l.areWorthCopying(lanes) {
		l.multiplyAdds(lanes)
		return rest
	}
	for len(lanes) > 0 {
		n := l.sameVectors(lanes)
		if l.areMultiplyAdds(lanes[:n]) {
			l.multiplyAdds(lanes[:n])
		} else {
			n = max(n-1, 1) // the last may be the first of others
			for _, one := range lanes[:n] {
				rest = append(rest, one.sum)
			}
		}
		lanes = lanes[n:]
	}
	return rest
}

// areMultiplyAdds reports whether there are several lanes, which are those of the same vectors, and not
// fewer of them than multiply-adds.
func (l *lowering) areMultiplyAdds(lanes []lane) bool {
	n := lanes[0].multiplyAdds()
	return l.on(MulAdds) && l.on(Vectors) && len(lanes) > 1 && 1 <= n && n <= len(lanes)
}

// multiplyAdds returns how many instructions lanes like this one take: one for each product, and one for each
// addend but the first.
func (a *lane) multiplyAdds() int {
	return int(a.products) + max(len(a.operands)-2*int(a.products)-1, 0)
}

// lanes returns sums as lanes. Those of the same form come one after the other, in the order of memory.
func (l *lowering) lanes(sums []int32) []lane {
	compare := func(a, b int32) int { return cmp.Compare(l.slot[a], l.slot[b]) }
	lanes := make([]lane, len(sums))
	var all arena[int32]
	var pairs []pair
	var operands []int32
	for i, k := range sums {
		s := &l.sums[k]
		slices.SortStableFunc(l.addendsOf(s), compare)
		pairs, operands = append(pairs[:0], l.pairsOf(s)...), operands[:0]
		for j, p := range pairs {
			if compare(p.row, p.shared) > 0 {
				pairs[j] = pair{p.shared, p.row}
			}
		}
		slices.SortStableFunc(pairs, func(p, q pair) int {
			return cmp.Or(compare(p.row, q.row), compare(p.shared, q.shared))
		})
		for _, p := range pairs {
			operands = append(operands, p.row, p.shared)
		}
		operands = append(operands, l.addendsOf(s)...)
		lanes[i] = lane{k, int32(len(pairs)), all.clone(operands)}
	}
	slices.SortStableFunc(lanes, func(a, b lane) int {
		return cmp.Or(cmp.Compare(a.products, b.products), slices.CompareFunc(a.operands, b.operands, compare))
	})
	return lanes
}

// sameVectors returns how many of the lanes, which have one form, are lanes of the same vectors, from the
// first on: each operand lies right behind that of the lane before, or is the same for all. None of them
// lies in Mat.
func (l *lowering) sameVectors(lanes []lane) int {
	first := &lanes[0]
	steps := make([]slot, len(first.operands))
	for n := 1; n < len(lanes); n++ {
		for i, a := range lanes[n].operands {
			step := l.slot[a] - l.slot[lanes[n-1].operands[i]]
			if n == 1 {
				steps[i] = step
			}
			if step != steps[i] || step != 0 && step != 1 || l.inMat(l.slot[first.operands[i]]) {
				return n
			}
		}
	}
	return len(lanes)
}

// multiplyAdds emits lanes of the same vectors, an instruction for each term. Operands that do not lie side
// by side are copied.
func (l *lowering) multiplyAdds(lanes []lane) {
	group := make([]int32, len(lanes))
	for r := range lanes {
		group[r] = lanes[r].sum
	}
	first := &l.sums[group[0]]
	in := instruction{Code: machine.Mul, Op: builtin.Mul.Op(), N: 1, C: machine.None}
	in.Active, in.Main = l.active[first.node], l.isMain(first.node)
	step := int8(0)
	if first.addends.len() > 0 {
		in.Code, in.Op = machine.MulAdd, nil
		in.C, step, _, in.GradC = l.addends(group, 1, &in)
	}
	xs, ys := l.rowSlots, l.sharedSlots
	for j := range first.pairs.len() {
		xs, ys = xs[:0], ys[:0]
		in.GradX, in.GradY = false, false
		for r := range lanes {
			y, x := lanes[r].factors(j)
			in.GradX, in.GradY = in.GradX || l.active[x], in.GradY || l.active[y]
			xs, ys = append(xs, l.slot[x]), append(ys, l.slot[y])
		}
		in.Active = in.GradX || in.GradY || in.GradC
		x, y := l.sideBySide(xs, &in, in.GradX), l.sideBySide(ys, &in, in.GradY)
		l.complete() // the vectors of this term may continue those of the one before
		next := l.next
		for r := range lanes {
			one := in
			one.X, one.Y = x.at(r), y.at(r)
			if one.C != machine.None {
				one.C += slot(r) * slot(step)
			}
			l.emit(&one, 1)
		}
		in.Code, in.Op, in.C, in.GradC, step = machine.MulAdd, nil, next, in.Active, 1
	}
	l.rowSlots, l.sharedSlots = xs, ys
	for r, k := range group {
		l.settle(l.sums[k].node, in.C+slot(r)*slot(step))
	}
}
