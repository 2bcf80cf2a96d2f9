package compile

import "slices"

// orientRows chooses the shared factors of the sums in the row of a softmax: those that all have, as all
// logits of a position have its query. Then these sums are one product, and lie side by side. It notes
// whether there is a row. A sum that is in several rows has its turn in the first: it may have many terms.
func (w *rewrite) orientRows() {
	seen := make([]bool, len(w.sums))
	for _, i := range w.nodes {
		if w.isRow(i) {
			w.hasRows = true
			if w.rowAt[i].norm.N == 0 {
				w.orientRow(w.rowOf(i), seen)
			}
		}
	}
}

func (w *rewrite) orientRow(row []int32, seen []bool) {
	alike := func(p pair) bool { return w.role[p.row] == w.role[p.shared] }
	var pairs [][]pair // of each sum
	var first []pair   // the first of these that is alike
	for k, i := range row {
		if w.role[i] == computed && (w.Ops[i] == mul || w.Ops[i] == div) { // a multiple of a sum
			x := w.Operands(i)
			if i = x[0]; w.role[i] != summed {
				i = x[1]
			}
		}
		if w.role[i] != summed || seen[w.sumAt[i]] {
			return
		}
		seen[w.sumAt[i]] = true
		pairs = append(pairs, w.pairsOf(&w.sums[w.sumAt[i]]))
		at := slices.IndexFunc(pairs[k], alike)
		if at < 0 {
			return
		}
		first = append(first, pairs[k][at])
	}
	for _, common := range [...]int32{first[0].shared, first[0].row} {
		if slices.ContainsFunc(first, func(p pair) bool { return p.shared != common && p.row != common }) {
			continue
		}
		for k, p := range pairs {
			for j := range p {
				if first[k].shared != common && alike(p[j]) {
					p[j] = pair{p[j].shared, p[j].row}
				}
			}
		}
		return
	}
}
