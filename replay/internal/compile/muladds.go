package compile

import (
	"cmp"
	"slices"

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

// fewTerms is how many terms a sum has at most if its parameters and constants lie in V for lanes.
const fewTerms = 4

// mayBeLane reports whether a sum has few terms, one of which has no parameter and no constant. So the
// parameters and constants of the others are not the row of a matrix, and it may be a lane.
func (w *rewrite) mayBeLane(s *sum) bool {
	return s.pairs.len() <= fewTerms && slices.ContainsFunc(w.pairsOf(s), func(p pair) bool {
		return w.role[p.row] > constant && w.role[p.shared] > constant
	})
}

// alone emits sums of one level that are no rows of a matrix. Lanes of the same vectors become
// multiply-adds, an instruction for each term, if there are as many lanes as instructions. A sum by itself
// takes an instruction at least, and copies of operands that do not lie side by side.
func (l *lowering) alone(sums []int32) {
	if len(sums) == 1 {
		l.single(sums[0])
		return
	}
	var rest []int32
	for lanes := l.lanes(sums); len(lanes) > 0; {
		n, s := l.sideBySide(lanes), &l.sums[lanes[0].sum]
		instructions := s.pairs.len() + s.addends.len() - min(s.addends.len(), 1)
		if l.on(MulAdds) && l.on(Vectors) && n > 1 && 1 <= instructions && instructions <= n {
			l.multiplyAdds(lanes[:n])
		} else {
			n = max(n-1, 1) // the last may be the first of others
			for _, one := range lanes[:n] {
				rest = append(rest, one.sum)
			}
		}
		lanes = lanes[n:]
	}
	slices.Sort(rest)
	for _, k := range rest {
		l.single(k)
	}
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

// sideBySide returns how many of the lanes, from the first on, are lanes of the same vectors: each operand
// lies right behind that of the lane before, or is the same for all. None of them lies in Mat.
func (l *lowering) sideBySide(lanes []lane) int {
	first, node := &lanes[0], l.sums[lanes[0].sum].node
	steps := make([]slot, len(first.operands))
	for n := 1; n < len(lanes); n++ {
		one, other := &lanes[n], l.sums[lanes[n].sum].node
		if one.products != first.products || len(one.operands) != len(first.operands) ||
			l.active[other] != l.active[node] || l.isMain(other) != l.isMain(node) {
			return n
		}
		for i, a := range one.operands {
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

// multiplyAdds emits lanes of the same vectors, an instruction for each term.
func (l *lowering) multiplyAdds(lanes []lane) {
	group := make([]int32, len(lanes))
	for r := range lanes {
		group[r] = lanes[r].sum
	}
	first := &l.sums[group[0]]
	in := instruction{Code: machine.Mul, Op: mul, N: 1, C: machine.None}
	in.Active, in.Main = l.active[first.node], l.isMain(first.node)
	step := int8(0)
	if first.addends.len() > 0 {
		in.Code, in.Op = machine.MulAdd, nil
		in.C, step, _, in.GradC = l.addends(group, 1, &in)
	}
	for j := range first.pairs.len() {
		in.GradX, in.GradY = false, false
		for r := range lanes {
			y, x := lanes[r].factors(j)
			in.GradX, in.GradY = in.GradX || l.active[x], in.GradY || l.active[y]
		}
		in.Active = in.GradX || in.GradY || in.GradC
		l.complete() // the vectors of this term may continue those of the one before
		next := l.next
		for r := range lanes {
			one := in
			y, x := lanes[r].factors(j)
			one.X, one.Y = l.slot[x], l.slot[y]
			if one.C != machine.None {
				one.C += slot(r) * slot(step)
			}
			l.emit(&one, 1)
		}
		in.Code, in.Op, in.C, in.GradC, step = machine.MulAdd, nil, next, in.Active, 1
	}
	for r, k := range group {
		l.settle(l.sums[k].node, in.C+slot(r)*slot(step))
	}
}
