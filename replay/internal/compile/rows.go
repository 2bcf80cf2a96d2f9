package compile

import (
	"cmp"
	"slices"

	"github.com/gradus-go/gradus/replay/internal/machine"
)

// A rowForm is what nodes have in common that one instruction can compute, each from a row of numbers: the
// normalizers of softmaxes, with their shares, or logarithms of sums of exponentials.
type rowForm struct {
	n                                int
	isSoftmax, shifted, active, main bool
}

// rows emits the nodes of one level that are computed from rows, and returns the other nodes.
func (l *lowering) rows(nodes []int32) (others []int32) {
	if !l.hasRows || !slices.ContainsFunc(nodes, l.isRow) {
		return nodes
	}
	byForm := map[rowForm][]int32{}
	var forms []rowForm
	for _, i := range nodes {
		if !l.isRow(i) {
			others = append(others, i)
			continue
		}
		t, isSoftmax := l.softmaxes[i]
		f := rowForm{len(l.rowOf(i)), isSoftmax, t.shifted, l.active[i], l.main[i]}
		if byForm[f] == nil {
			forms = append(forms, f)
		}
		byForm[f] = append(byForm[f], i)
	}
	for _, f := range forms {
		l.emitRows(f, byForm[f])
	}
	return others
}

// isRow reports whether a node is computed from a row.
func (w *rewrite) isRow(i int32) bool {
	return w.role[i] == normalizer || w.on(Rows) && w.Ops[i] == logSumExp && len(w.Operands(i)) > 0
}

// rowOf returns the row that a node is computed from.
func (w *rewrite) rowOf(i int32) []int32 {
	if t, ok := w.softmaxes[i]; ok {
		return t.x
	}
	return w.Operands(i)
}

// emitRows emits nodes of one form. Rows that lie in memory as those of a matrix are one instruction.
func (l *lowering) emitRows(f rowForm, nodes []int32) {
	in, size := instruction{y: machine.None, c: machine.None}, 1
	in.Code, in.Op, in.N, in.Active, in.Main = machine.LogSumExp, logSumExp, int32(f.n), f.active, f.main
	if f.isSoftmax {
		in.Code, in.Op, in.Shift, size = machine.Softmax, nil, f.shifted, f.n
	}
	at := map[int32]slot{} // where the row of a node starts
	for _, i := range nodes {
		at[i] = l.packed(l.slots(l.rowOf(i)), &in)[0]
	}
	slices.SortStableFunc(nodes, func(a, b int32) int { return cmp.Compare(at[a], at[b]) })
	for len(nodes) > 0 {
		in.x, in.M, in.LDA = at[nodes[0]], 1, in.N
		if len(nodes) > 1 {
			in.LDA = max(in.N, at[nodes[1]]-in.x)
		}
		for int(in.M) < len(nodes) && at[nodes[in.M]] == in.x+in.M*in.LDA {
			in.M++
		}
		z := l.emit(&in, int(in.M)*size)
		for _, i := range nodes[:in.M] {
			l.slot[i] = z
			for j, share := range l.softmaxes[i].z {
				l.slot[share] = z + slot(j)
			}
			z += slot(size)
		}
		nodes = nodes[in.M:]
	}
}
