package compile

// assignRoles finds the leaves, and counts the uses of every node. If Fold is on, nodes that depend on
// constants alone become constants. Constants without a use are dropped.
func (w *rewrite) assignRoles() {
	w.role, w.uses, w.level = make([]role, len(w.Ops)), make([]int32, len(w.Ops)), make([]int32, len(w.Ops))
	w.leaves = make([]int32, w.Inputs+w.Params)
	for i := range w.leaves {
		if w.leaves[i] = int32(i); i < w.Inputs {
			w.role[i] = input
		}
	}
	for _, i := range w.Outputs {
		w.uses[i]++
	}
	var constants []int32
	for i := int32(len(w.leaves)); int(i) < len(w.Ops); i++ {
		fixed := w.on(Fold) || w.IsLeaf(i)
		for _, a := range w.Operands(i) {
			w.uses[a]++
			fixed = fixed && w.role[a] == constant
		}
		if !fixed {
			w.role[i] = computed
			continue
		}
		if w.role[i] = constant; !w.IsLeaf(i) {
			w.fold(i)
		}
		constants = append(constants, i)
	}
	for _, i := range constants {
		if w.uses[i] > 0 {
			w.leaves = append(w.leaves, i)
		} else {
			w.role[i] = gone
		}
	}
}

// fold computes a node of constants, which it does not use any more.
func (w *rewrite) fold(i int32) {
	x := w.numbers[:0]
	for _, a := range w.Operands(i) {
		x = append(x, w.Data[a])
		w.uses[a]--
	}
	w.Data[i], w.numbers = w.Op(i).Eval(x...), x
}
