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

// orientRow looks at the first pair of each sum: orient has made the others like it.
func (w *rewrite) orientRow(row []int32) {
	pairs := make([][]pair, len(row)) // of the sums that compute the nodes, or of which these are multiples
	for k, i := range row {
		if w.role[i] == computed && (w.Ops[i] == mul || w.Ops[i] == div) {
			x := w.Operands(i)
			if i = x[0]; w.role[i] != summed {
				i = x[1]
			}
		}
		if w.role[i] != summed {
			return
		}
		p := w.sums[w.sumAt[i]].pairs
		if len(p) == 0 || w.role[p[0].row] != w.role[p[0].shared] {
			return
		}
		pairs[k] = p
	}
	first := pairs[0][0]
	for _, common := range [...]int32{first.shared, first.row} {
		if slices.ContainsFunc(pairs, func(p []pair) bool { return p[0].shared != common && p[0].row != common }) {
			continue
		}
		for _, p := range pairs {
			if p[0].shared != common {
				exchange(p)
			}
		}
		return
	}
}

// exchange exchanges the factors of pairs.
func exchange(pairs []pair) {
	for i, p := range pairs {
		pairs[i] = pair{p.shared, p.row}
	}
}
