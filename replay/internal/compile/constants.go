package compile

import (
	"math"
	"slices"
)

// A use is what operations that may become one instruction have in common, and which operand of them is
// meant.
type use struct {
	level       int32
	op          int32 // 0 for a sum of products
	pairs, sums int   // of a sum: its products, and the sums that are computed together with it
	addend      bool  // the operand is an addend of a sum
	at          int   // which operand, or which addend
}

// shareConstants makes one constant of equal ones, those with the same bits, where all operations of one use
// have equal constants: 1/16 in the mean of every position, say. One instruction for all of them then reads
// one number. Where the numbers differ, as targets do, they stay apart, so that an instruction can read
// them side by side. So does a constant that has yet another use.
func (w *rewrite) shareConstants() {
	constants := w.leaves[w.Inputs+w.Params:]
	if len(constants) == 0 {
		return
	}
	width := make([]int32, w.highest+1) // how many nodes each level has
	for _, i := range w.nodes {
		width[w.level[i]]++
	}
	uses := map[use][]int32{}
	w.eachUse(func(u use, operand int32) {
		if w.role[operand] == constant && width[u.level] > 1 { // else it has none to share with
			uses[u] = append(uses[u], operand)
		}
	})
	bits := func(i int32) uint64 { return math.Float64bits(w.Data[i]) }
	fit := map[int32]int32{} // how many uses of a constant let it be shared
	for _, some := range uses {
		differs := func(i int32) bool { return bits(i) != bits(some[0]) }
		if len(some) > 1 && !slices.ContainsFunc(some, differs) {
			for _, i := range some {
				fit[i]++
			}
		}
	}
	first := map[uint64]int32{} // of equal constants
	for _, i := range constants {
		f, ok := first[bits(i)]
		switch {
		case fit[i] < w.uses[i]:
		case ok:
			w.same[i] = f
		default:
			first[bits(i)] = i
		}
	}
}

// eachUse calls f for the operands of functions of two or three numbers and of sums of one product, and for
// the addends of all sums of products. The factors of other sums may be matrices, whose numbers lie side by
// side.
func (w *rewrite) eachUse(f func(u use, operand int32)) {
	for _, i := range w.nodes {
		if w.role[i] == computed {
			for k, a := range w.Operands(i) {
				if w.role[a] == constant && w.Op(i).Arity() > 1 {
					f(use{level: w.level[i], op: w.Ops[i], at: k}, a)
				}
			}
		}
	}
	for _, group := range w.groups {
		for _, k := range w.members(group) {
			s := &w.sums[k]
			u := use{level: w.level[s.node], pairs: s.pairs.len(), sums: group.len()}
			if u.pairs == 0 {
				continue
			}
			if u.pairs == 1 && u.sums == 1 {
				f(u, w.pairsOf(s)[0].row)
				u.at = 1
				f(u, w.pairsOf(s)[0].shared)
			}
			u.addend = true
			for j, a := range w.addendsOf(s) {
				u.at = j
				f(u, a)
			}
		}
	}
}
