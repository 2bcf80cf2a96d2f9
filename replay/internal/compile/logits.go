package compile

import "slices"

// orientRows chooses the shared factors of the sums in the row of a softmax: those that all have, as all
// logits of a position have its query. Then these sums are one product, and lie side by side. It notes
// whether there is a row.
func (w *rewrite) orientRows() {
	for _, i := range w.nodes {
		if w.isRow(i) {
			w.hasRows = true
			w.orientRow(w.rowOf(i))
		}
	}
}

func (w *rewrite) orientRow(row []int32) {
	sums := make([]*sum, len(row))
	for k, i := range row {
		if sums[k] = w.scaledSum(i); sums[k] == nil {
			return
		}
	}
	for range 2 { // with the shared factors of the first sum, and with its other ones
		first := sums[0].pairs
		alike := func(s *sum, factor func(p pair) int32) bool {
			return slices.EqualFunc(s.pairs, first, func(p, q pair) bool {
				return factor(p) == q.shared && w.role[p.row] == w.role[p.shared]
			})
		}
		shared, other := func(p pair) int32 { return p.shared }, func(p pair) int32 { return p.row }
		if !slices.ContainsFunc(sums, func(s *sum) bool { return !alike(s, shared) && !alike(s, other) }) {
			for _, s := range sums[1:] {
				if !alike(s, shared) {
					exchange(s.pairs)
				}
			}
			return
		}
		exchange(first)
	}
}

// scaledSum returns the sum that computes a node or, if the node is a multiple or a part of one, that.
// It returns nil if there is none.
func (w *rewrite) scaledSum(i int32) *sum {
	if w.role[i] == computed && (w.Ops[i] == mul || w.Ops[i] == div) {
		i = w.Operands(i)[0]
	}
	if w.role[i] != summed {
		return nil
	}
	return &w.sums[w.sumAt[i]]
}

// exchange exchanges the factors of pairs.
func exchange(pairs []pair) {
	for i, p := range pairs {
		pairs[i] = pair{p.shared, p.row}
	}
}
