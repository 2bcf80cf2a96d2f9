package compile

import (
	"math"
	"slices"

	"github.com/gradus-go/gradus"
)

// A use is what operations that may become one instruction have in common, and which operand of them is
// meant.
type use struct {
	level          int32
	op             *gradus.Op // nil for a sum of products
	pairs, sums    int        // of a sum: its products, and the sums that are computed together with it
	addend, second bool       // the operand is an addend of a sum, or a second factor
	at             int        // which addend
}

// shareConstants makes one constant of equal ones, those with the same bits, where all operations of one use
// have equal constants: 1/16 in the mean of every position, say. One instruction for all of them then reads
// one number. Where the numbers differ, as targets do, they stay apart, so that an instruction can read
// them side by side.
func (w *rewrite) shareConstants() {
	g := *w.Graph
	g.Args = slices.Clone(g.Args)
	w.Graph = &g
	of := map[use][]*int32{} // where the operands are written
	var order []use
	w.eachUse(func(u use, operand *int32) {
		if w.role[*operand] == constant {
			if of[u] == nil {
				order = append(order, u)
			}
			of[u] = append(of[u], operand)
		}
	})
	first := map[uint64]int32{} // of equal constants
	for _, u := range order {
		bits := math.Float64bits(w.data[*of[u][0]])
		differs := func(operand *int32) bool { return math.Float64bits(w.data[*operand]) != bits }
		if len(of[u]) < 2 || slices.ContainsFunc(of[u], differs) {
			continue
		}
		if _, ok := first[bits]; !ok {
			first[bits] = *of[u][0]
		}
		for _, operand := range of[u] {
			*operand = first[bits]
		}
	}
	w.dropConstants()
}

// eachUse calls f for the operands of functions of two numbers and of sums of one product, and for the
// addends of all sums of products. The factors of other sums may be matrices, whose numbers lie side by side.
func (w *rewrite) eachUse(f func(u use, operand *int32)) {
	for i, op := range w.Ops {
		if w.role[i] == computed && op.Arity() == 2 {
			x := w.Operands(int32(i))
			f(use{level: w.level[i], op: op}, &x[0])
			f(use{level: w.level[i], op: op, second: true}, &x[1])
		}
	}
	for _, group := range w.groups {
		for _, k := range group {
			s := &w.sums[k]
			u := use{level: w.level[s.node], pairs: len(s.pairs), sums: len(group)}
			if u.pairs == 0 {
				continue
			}
			if u.pairs == 1 && u.sums == 1 {
				f(u, &s.pairs[0].row)
				u.second = true
				f(u, &s.pairs[0].shared)
			}
			u.addend = true
			for j := range s.addends {
				u.at = j
				f(u, &s.addends[j])
			}
		}
	}
}

// dropConstants drops the constants that nothing uses any more.
func (w *rewrite) dropConstants() {
	used := make([]bool, len(w.Ops))
	for i := range w.Ops {
		w.eachOperand(int32(i), func(a int32) { used[a] = true })
	}
	for _, i := range w.Outputs {
		used[i] = true
	}
	for i := range w.Ops {
		if w.role[i] == constant && !used[i] {
			w.role[i] = gone
		}
	}
}
