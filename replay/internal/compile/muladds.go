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
	pairs    []pair  // in the order of memory, and so are the two factors of each
	operands []int32 // the factors of the pairs, and then the addends
}

// split finds lanes of the same vectors among sums of one level, given where the operands lie. There must
// be as many lanes as they take instructions, one for each term: a sum by itself takes an instruction
// at least, and copies of operands that do not lie side by side. It also returns the sums that are left.
func (w *rewrite) split(sums []int32, at []int32) (vectors [][]lane, rest []int32) {
	for lanes := w.lanes(sums, at); len(lanes) > 0; {
		n, s := w.sideBySide(lanes, at), &w.sums[lanes[0].sum]
		instructions := len(s.pairs) + len(s.addends) - min(len(s.addends), 1)
		if n > 1 && 1 <= instructions && instructions <= n {
			vectors = append(vectors, lanes[:n])
		} else {
			n = max(n-1, 1) // the last may be the first of others
			for _, one := range lanes[:n] {
				rest = append(rest, one.sum)
			}
		}
		lanes = lanes[n:]
	}
	slices.Sort(rest)
	return vectors, rest
}

// lanes returns sums as lanes. Those of the same form come one after the other, in the order of memory.
func (w *rewrite) lanes(sums []int32, at []int32) []lane {
	compare := func(a, b int32) int { return cmp.Compare(at[a], at[b]) }
	lanes := make([]lane, len(sums))
	for i, k := range sums {
		s := &w.sums[k]
		slices.SortStableFunc(s.addends, compare)
		one := lane{sum: k, pairs: slices.Clone(s.pairs)}
		for j, p := range one.pairs {
			if compare(p.row, p.shared) > 0 {
				one.pairs[j] = pair{p.shared, p.row}
			}
		}
		slices.SortStableFunc(one.pairs, func(p, q pair) int {
			return cmp.Or(compare(p.row, q.row), compare(p.shared, q.shared))
		})
		for _, p := range one.pairs {
			one.operands = append(one.operands, p.row, p.shared)
		}
		one.operands = append(one.operands, s.addends...)
		lanes[i] = one
	}
	slices.SortStableFunc(lanes, func(a, b lane) int {
		return cmp.Or(cmp.Compare(len(a.pairs), len(b.pairs)), slices.CompareFunc(a.operands, b.operands, compare))
	})
	return lanes
}

// sideBySide returns how many of the lanes, from the first on, are lanes of the same vectors: each operand
// lies right behind that of the lane before, or is the same for all.
func (w *rewrite) sideBySide(lanes []lane, at []int32) int {
	first, node := &lanes[0], w.sums[lanes[0].sum].node
	steps := make([]int32, len(first.operands))
	for n := 1; n < len(lanes); n++ {
		one, other := &lanes[n], w.sums[lanes[n].sum].node
		if len(one.pairs) != len(first.pairs) || len(one.operands) != len(first.operands) ||
			w.active[other] != w.active[node] || w.main[other] != w.main[node] {
			return n
		}
		for i, a := range one.operands {
			step := at[a] - at[lanes[n-1].operands[i]]
			if n == 1 {
				steps[i] = step
			}
			if step != steps[i] || step != 0 && step != 1 {
				return n
			}
		}
	}
	return len(lanes)
}

// eachLaneOperand calls f for the operands of sums that will be lanes of the same vectors if what they are
// computed from lies side by side, as their parameters and constants do. It is not known yet.
func (w *rewrite) eachLaneOperand(f func(a int32)) {
	at := make([]int32, len(w.Ops)) // leaves lie side by side in the order of the nodes, all else at 0
	next := int32(0)
	for i, r := range w.role {
		if r <= input {
			next++
			at[i] = next
		}
	}
	var sums []int32
	for _, group := range w.groups {
		s := &w.sums[group[0]]
		leaf := func(p pair) bool { return w.role[p.row] <= constant || w.role[p.shared] <= constant }
		if len(group) == 1 && len(s.pairs) > 1 && slices.ContainsFunc(s.pairs, leaf) {
			sums = append(sums, group[0])
		}
	}
	level := func(k int32) int32 { return w.level[w.sums[k].node] }
	slices.SortStableFunc(sums, func(a, b int32) int { return cmp.Compare(level(a), level(b)) })
	for len(sums) > 0 {
		n := 1
		for n < len(sums) && level(sums[n]) == level(sums[0]) {
			n++
		}
		vectors, _ := w.split(sums[:n], at)
		for _, lanes := range vectors {
			for r := range lanes {
				for _, a := range lanes[r].operands {
					f(a)
				}
			}
		}
		sums = sums[n:]
	}
}

// alone emits sums of one level that are no rows of a matrix: as multiply-adds of vectors, or by themselves.
func (l *lowering) alone(sums []int32) {
	if !l.on(MulAdds) || !l.on(Vectors) || len(sums) == 1 {
		l.singles(sums)
		return
	}
	var inV, rest []int32
	for _, k := range sums {
		inMat := func(p pair) bool { return l.inMat(l.slot[p.row]) || l.inMat(l.slot[p.shared]) }
		if slices.ContainsFunc(l.sums[k].pairs, inMat) {
			rest = append(rest, k)
		} else {
			inV = append(inV, k)
		}
	}
	vectors, others := l.split(inV, l.slot)
	for _, lanes := range vectors {
		l.multiplyAdds(lanes)
	}
	l.singles(append(rest, others...))
}

// multiplyAdds emits lanes of the same vectors, an instruction for each term.
func (l *lowering) multiplyAdds(lanes []lane) {
	group := make([]int32, len(lanes))
	for r := range lanes {
		group[r] = lanes[r].sum
	}
	first := &l.sums[group[0]]
	in := instruction{Inst: machine.Inst{Code: machine.Mul, Op: mul, N: 1}, c: machine.None}
	in.Active, in.Main = l.active[first.node], l.main[first.node]
	step := int8(0)
	if len(first.addends) > 0 {
		in.Code, in.Op = machine.MulAdd, nil
		in.c, step, in.GradC = l.addends(group, &in)
	}
	for j := range first.pairs {
		in.GradX, in.GradY = false, false
		for r := range lanes {
			p := lanes[r].pairs[j]
			in.GradX, in.GradY = in.GradX || l.active[p.shared], in.GradY || l.active[p.row]
		}
		in.Active = in.GradX || in.GradY || in.GradC
		l.complete() // the vectors of this term may continue those of the one before
		next := l.next
		for r := range lanes {
			one := in
			one.x, one.y = l.slot[lanes[r].pairs[j].shared], l.slot[lanes[r].pairs[j].row]
			if one.c != machine.None {
				one.c += slot(r) * slot(step)
			}
			l.emit(&one, 1)
		}
		in.Code, in.Op, in.c, in.GradC, step = machine.MulAdd, nil, next, in.Active, 1
	}
	for r, k := range group {
		l.slot[l.sums[k].node] = in.c + slot(r)*slot(step)
	}
}
