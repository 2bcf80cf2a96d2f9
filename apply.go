package gradus

// Apply returns the op's value at x as a new node of the graph. The methods and functions
// of this package are short for it: a.Add(b) is the op "+" applied to a and b.
//
// It panics if len(x) is not the op's arity or if an operand is nil.
func (op *Op) Apply(x ...*Value) *Value {
	op.checkArity(len(x))
	switch {
	case op.unary != nil:
		return op.apply1(x[0])
	case op.binary != nil:
		return op.apply2(x[0], x[1])
	}
	return op.applyN(x, nil)
}

func (op *Op) apply1(x *Value) *Value {
	if x == nil {
		panic(op.nilOperand(x))
	}
	z := op.unary.value(x.Data)
	if x.index != 0 {
		return x.more.tape.record(op, op.back, z, x, nil)
	}
	return &Value{Data: z, op: op, back: op.back, parents: [2]*Value{x}}
}

func (op *Op) apply2(x, y *Value) *Value {
	if x == nil || y == nil {
		panic(op.nilOperand(x, y))
	}
	z := op.binary.value(x.Data, y.Data)
	if x.index != 0 {
		return x.more.tape.record(op, op.back, z, x, y)
	}
	if y.index != 0 {
		return y.more.tape.record(op, op.back, z, x, y)
	}
	return &Value{Data: z, op: op, back: op.back, parents: [2]*Value{x, y}}
}

// applyN applies op to the operands w and then x. It copies the slices: they stay the
// caller's.
func (op *Op) applyN(w, x []*Value) *Value {
	n := len(w) + len(x)
	tape := op.tapeOf(w, 0, n)
	if tape == nil {
		tape = op.tapeOf(x, len(w), n)
	}
	if tape != nil {
		return tape.recordN(op, w, x)
	}
	all := make([]*Value, n)
	copy(all[copy(all, w):], x)
	node := &struct {
		Value
		more
	}{Value{op: op, back: op.back}, more{operands: all}}
	node.Value.more = &node.more
	node.Data = op.nary.value(operands{nodes: all})
	return &node.Value
}

// tapeOf returns the tape of the first operand that lives on one, or nil. The operands are
// those from place first on, of n.
func (op *Op) tapeOf(x []*Value, first, n int) *Tape {
	for i, v := range x {
		if v == nil {
			panic(op.nilAmong(first+i, n))
		}
		if v.index != 0 {
			return v.more.tape
		}
	}
	return nil
}

func (op *Op) nilAmong(i, n int) string {
	return message(op.name, "operand %d of %d is nil, want a Value", i+1, n)
}

func (op *Op) nilOperand(x ...*Value) string {
	for i, v := range x {
		if v == nil {
			return message(op.name, "operand %d is nil, want a Value", i+1)
		}
	}
	return ""
}

// backward1 is the local-derivative closure of functions of one number.
func backward1(v *Value) {
	x := v.parents[0]
	x.Grad += float64(v.Grad * v.op.unary.partial(x.Data, v.Data))
}

// backward2 is the local-derivative closure of functions of two numbers.
func backward2(v *Value) {
	x, y := v.parents[0], v.parents[1]
	v.push(v.op.binary.partials(x.Data, y.Data, v.Data))
}

// backwardAdd and backwardMul are backward2 for the two ops that networks are made of.
// They name the op, which saves a call through an interface: 2 of 15 ns on a tape.
func backwardAdd(v *Value) {
	x, y := v.parents[0], v.parents[1]
	v.push(addOp{}.partials(x.Data, y.Data, v.Data))
}

func backwardMul(v *Value) {
	x, y := v.parents[0], v.parents[1]
	v.push(mulOp{}.partials(x.Data, y.Data, v.Data))
}

// push adds v.Grad, times its partial derivatives, to its two parents.
func (v *Value) push(dx, dy float64) {
	v.parents[0].Grad += float64(v.Grad * dx)
	v.parents[1].Grad += float64(v.Grad * dy)
}

// backwardN is the local-derivative closure of every function of any number of numbers.
func backwardN(v *Value) {
	v.op.nary.partials(operands{nodes: v.more.operands, grad: v.Grad}, v.Data)
}
