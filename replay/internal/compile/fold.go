package compile

import "slices"

// assignRoles finds the leaves, and counts the uses of every node. If Fold is on, it computes every node that
// depends on constants alone, which becomes a constant. Then it drops the constants that have no use.
func (w *rewrite) assignRoles() {
	w.role, w.uses = make([]role, len(w.Ops)), make([]int32, len(w.Ops))
	w.leaves = make([]int32, 0, w.Inputs+w.Params)
	var x []float64
	folds, varies := w.on(Fold), func(a int32) bool { return w.role[a] != constant }
	for i, op := range w.Ops {
		operands := w.Operands(int32(i))
		switch {
		case i < w.Inputs:
			w.role[i] = input
		case i < w.Inputs+w.Params:
			w.role[i] = param
		case op == nil:
			w.role[i] = constant
		case folds && !slices.ContainsFunc(operands, varies):
			x = x[:0]
			for _, a := range operands {
				x = append(x, w.Data[a])
			}
			w.role[i], w.Data[i] = constant, op.Eval(x...)
		default:
			w.role[i] = computed
			for _, a := range operands {
				w.uses[a]++
			}
			continue
		}
		w.leaves = append(w.leaves, int32(i))
	}
	for _, i := range w.Outputs {
		w.uses[i]++
	}
	w.leaves = slices.DeleteFunc(w.leaves, func(i int32) bool {
		unused := w.role[i] == constant && w.uses[i] == 0
		if unused {
			w.role[i] = gone
		}
		return unused
	})
}
