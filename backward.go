package gradus

// Backward computes the derivative of v with respect to every Value that it was computed
// from, and leaves it in their Grad.
//
// It sorts the graph topologically and runs the local-derivative closure of each node, results before
// operands:
//
//	v.Grad = 1,    parent.Grad += node.Grad · ∂node/∂parent
//
// As in PyTorch, Backward sets the Grad of interior nodes and adds to the Grad of leaves. So a
// second Backward doubles the Grad of every leaf and changes nothing else, and Backward of a
// leaf adds 1 to its Grad. Clear gradients with [Value.ZeroGrad]. What an earlier Backward left in
// the Grad of an interior node has no influence.
//
// On a [Tape] the order of recording is already topological, and one reverse scan takes
// the place of the sort.
//
// It panics if v is nil, or was recorded on a tape before the last Reset and its place is
// empty.
func (v *Value) Backward() {
	v.mustBe("Backward")
	if v.index != 0 && v.more.tape.backward(v) {
		return
	}
	roots := []*Value{v}
	nodes, _ := countUses(roots, nil, true)
	v.Grad++
	backward(roots, nodes)
}

// backward runs the closures of the nodes under the roots, results before operands. countUses must have
// counted them.
func backward(roots []*Value, nodes int) {
	for v := range sorted(roots, nodes) {
		v.back(v)
	}
}

// ZeroGrad sets the Grad of v, and of every Value that it was computed from, to 0.
//
// It panics if v is nil.
func (v *Value) ZeroGrad() {
	if v == nil || v.op != nil {
		v.zeroGraph()
		return
	}
	v.Grad, v.state = 0, v.state&^gradFlag // the usual call, for each parameter: nothing to sort
}

// zeroGraph is ZeroGrad for a Value that was computed. It is a function of its own so that the compiler
// copies the usual case to where ZeroGrad is called.
func (v *Value) zeroGraph() {
	v.mustBe("ZeroGrad")
	for _, u := range Topo(v) {
		u.Grad, u.state = 0, u.state&^gradFlag
	}
}

// backward1 is the local-derivative closure of functions of one number.
func backward1(v *Value) {
	x := v.parents[0]
	x.Grad += float64(v.Grad * v.op.unary.partial(x.Data, v.Data))
}

// backward2 is the local-derivative closure of functions of two numbers.
func backward2(v *Value) { v.push(v.op.binary.partials(v.parents[0].Data, v.parents[1].Data, v.Data)) }

// backwardAdd and backwardMul are backward2 for the two ops that networks are made of.
// They name the op, which spares a call through an interface: 2 of 13 ns.
func backwardAdd(v *Value) { v.push(addOp{}.partials(0, 0, 0)) }

func backwardMul(v *Value) { v.push(mulOp{}.partials(v.parents[0].Data, v.parents[1].Data, v.Data)) }

// push hands v.Grad on to the two parents, times the local derivatives dx and dy.
func (v *Value) push(dx, dy float64) {
	v.parents[0].Grad += float64(v.Grad * dx)
	v.parents[1].Grad += float64(v.Grad * dy)
}

// backwardSelecting1 is backward1 for a function that may ignore its operand.
func backwardSelecting1(v *Value) {
	if !v.op.unary.(selecting1).ignores(v.parents[0].Data) {
		backward1(v)
	}
}

// backwardSelecting2 is backward2 for a function that may ignore an operand. Nothing is handed on
// to an ignored one. To hand on 0·v.Grad would make it NaN where v.Grad is infinite.
func backwardSelecting2(v *Value) {
	x, y := v.parents[0], v.parents[1]
	dx, dy := v.op.binary.partials(x.Data, y.Data, v.Data)
	ignoresX, ignoresY := v.op.binary.(selecting2).ignores(x.Data, y.Data)
	if !ignoresX {
		x.Grad += float64(v.Grad * dx)
	}
	if !ignoresY {
		y.Grad += float64(v.Grad * dy)
	}
}

// backwardN is the local-derivative closure of every function of any number of numbers.
func backwardN(v *Value) { v.op.nary.partials(operands{nodes: v.more.operands, grad: v.Grad}, v.Data) }

// backwardDot is backwardN for dot. It does not ask for each operand whether it is a node or a number,
// which takes half of the time.
func backwardDot(v *Value) {
	w, x := halves(v.more.operands)
	for i, w := range w {
		w.Grad += float64(v.Grad * x[i].Data)
		x[i].Grad += float64(v.Grad * w.Data)
	}
}
