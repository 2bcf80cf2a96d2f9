package compile

import "slices"

// fold computes every node that depends on constants alone. The node becomes a constant.
func (w *rewrite) fold() {
	var x []float64
	cloned, varies := false, func(a int32) bool { return w.role[a] != constant }
	for i, op := range w.Ops {
		operands := w.Operands(int32(i))
		if w.role[i] != computed || slices.ContainsFunc(operands, varies) {
			continue
		}
		if !cloned {
			w.data, cloned = slices.Clone(w.data), true
		}
		x = x[:0]
		for _, a := range operands {
			x = append(x, w.data[a])
		}
		w.role[i], w.data[i] = constant, op.Eval(x...)
	}
}

// countUses counts the uses of every node, and drops the nodes that have none.
func (w *rewrite) countUses() {
	w.uses = make([]int32, len(w.Ops))
	for _, i := range w.Outputs {
		w.uses[i]++
	}
	for i := int32(len(w.Ops)) - 1; i >= 0; i-- {
		switch {
		case w.uses[i] == 0 && w.role[i] != input && w.role[i] != param:
			w.role[i] = gone
		case w.role[i] == computed:
			for _, a := range w.Operands(i) {
				w.uses[a]++
			}
		}
	}
}
