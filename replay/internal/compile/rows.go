package compile

import (
	"cmp"
	"slices"

	"github.com/gradus-go/gradus/internal/builtin"
	"github.com/gradus-go/gradus/internal/kernel"
	"github.com/gradus-go/gradus/replay/internal/machine"
)

// A rowForm is what nodes have in common that one instruction can compute, each from a row of numbers: the
// normalizers of softmaxes or norms, with their shares, or logarithms of sums of exponentials.
type rowForm struct {
	n                                int
	norm                             kernel.Norm
	isSoftmax, shifted, active, main bool
}

// rows emits the nodes of one level that are computed from rows, and returns the other nodes.
func (l *lowering) rows(nodes []int32) (others []int32) {
	if !l.hasRows {
		return nodes
	}
	rows := slices.DeleteFunc(slices.Clone(nodes), func(i int32) bool { return !l.isRow(i) })
	for _, alike := range classify(rows, l.formOf) {
		l.emitRows(alike)
	}
	return slices.DeleteFunc(nodes, l.isRow)
}

func (l *lowering) formOf(i int32) rowForm {
	t, isShared := l.rowAt[i]
	return rowForm{len(l.rowOf(i)), t.norm, isShared && t.norm.N == 0, t.shifted, l.active[i], l.isMain(i)}
}

// isRow reports whether a node is computed from a row.
func (w *rewrite) isRow(i int32) bool {
	return w.role[i] == normalizer || w.on(Rows) && w.Ops[i] == logSumExp && len(w.Operands(i)) > 0
}

// rowOf returns the row that a node is computed from.
func (w *rewrite) rowOf(i int32) []int32 {
	if t, ok := w.rowAt[i]; ok {
		return t.x
	}
	return w.Operands(i)
}

// emitRows emits nodes of one form. Rows that lie in memory as those of a matrix are one instruction.
func (l *lowering) emitRows(nodes []int32) {
	f, in, size := l.formOf(nodes[0]), instruction{Y: machine.None, C: machine.None}, 1
	in.Code, in.Op, in.N = machine.LogSumExp, builtin.LogSumExp.Op(), int32(f.n)
	in.Active, in.Main = f.active, f.main
	if f.isSoftmax {
		in.Code, in.Op, in.Shift, size = machine.Softmax, nil, f.shifted, f.n
	} else if f.norm.N > 0 {
		in.Code, in.Op, size = machine.Norm, nil, f.n
		in.More, in.YStep, in.CStep = &machine.More{Norm: f.norm}, 1, 1
	}
	at := l.rowStarts(nodes, &in)
	slices.SortStableFunc(nodes, func(a, b int32) int { return cmp.Compare(at[a], at[b]) })
	for len(nodes) > 0 {
		first := l.rowAt[nodes[0]]
		in.Y, in.C = machine.None, machine.None
		if len(first.gain) > 0 {
			in.Y = l.packed(l.slots(first.gain), &in)[0]
		}
		if len(first.bias) > 0 {
			in.C = l.packed(l.slots(first.bias), &in)[0]
		}
		in.X, in.M, in.LDA = at[nodes[0]], 1, in.N
		if len(nodes) > 1 {
			in.LDA = max(in.N, at[nodes[1]]-in.X)
		}
		for _, i := range nodes[1:] {
			t := l.rowAt[i]
			if at[i] != in.X+in.M*in.LDA || !slices.Equal(t.gain, first.gain) || !slices.Equal(t.bias, first.bias) {
				break
			}
			in.M++
		}
		z := l.emit(&in, int(in.M)*size)
		for _, i := range nodes[:in.M] {
			l.settle(i, z)
			for j, share := range l.rowAt[i].z {
				l.slot[share] = z + slot(j)
			}
			z += slot(size)
		}
		nodes = nodes[in.M:]
	}
}

// rowStarts returns where the row of each node starts. Rows whose numbers do not lie side by side are copied,
// all of them at once.
func (l *lowering) rowStarts(nodes []int32, like *instruction) map[int32]slot {
	at := map[int32]slot{}
	var apart []int32
	var slots []slot
	for _, i := range nodes {
		if row := l.slots(l.rowOf(i)); l.areRun(row) {
			at[i] = row[0]
		} else {
			apart, slots = append(apart, i), append(slots, row...)
		}
	}
	if len(apart) == 0 {
		return at
	}
	first := l.packed(slots, like)[0]
	for k, i := range apart {
		at[i] = first + slot(k)*like.N
	}
	return at
}
