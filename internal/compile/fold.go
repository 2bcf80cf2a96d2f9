package compile

import "slices"

// fold computes every node that depends on constants alone, which becomes a constant.
func (w *rewrite) fold() {
	w.data = slices.Clone(w.data)
	var x []float64
	for i, op := range w.Ops {
		if w.role[i] != computed {
			continue
		}
		x = x[:0]
		for _, a := range w.Operands(int32(i)) {
			if w.role[a] == constant {
				x = append(x, w.data[a])
			}
		}
		if len(x) == len(w.Operands(int32(i))) {
			w.role[i], w.data[i] = constant, op.Eval(x...)
		}
	}
}
