package gradus

import "reflect"

// Apply returns a new node of the graph: the op's value at the operands x. The methods and
// functions of this package do the same for one op each: a.Add(b) applies "+" to a and b.
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
		panic(op.nilAmong(0, 1))
	}
	z := op.unary.value(x.Data)
	if x.index != 0 {
		return x.more.tape.record(op, op.back, z, x, nil)
	}
	return &Value{Data: z, op: op, back: op.back, parents: [2]*Value{x}}
}

func (op *Op) apply2(x, y *Value) *Value {
	if x == nil || y == nil {
		mustBeValues(op.name, "operand", []*Value{x, y})
	}
	return op.node2(x, y, op.binary.value(x.Data, y.Data))
}

// node2 returns a node with the operands x and y and the value z.
func (op *Op) node2(x, y *Value, z float64) *Value {
	if x.index != 0 {
		return x.more.tape.record(op, op.back, z, x, y)
	}
	if y.index != 0 {
		return y.more.tape.record(op, op.back, z, x, y)
	}
	return &Value{Data: z, op: op, back: op.back, parents: [2]*Value{x, y}}
}

// operand returns operand number i of op, counted from 1, which is a *Value or a number. A number
// becomes a constant, on the tape of x if x is on one.
func (op *Op) operand(x *Value, w any, i int) *Value {
	if y, ok := w.(*Value); ok {
		return y
	}
	return x.constant(op.toFloat(w, i))
}

// applyTo is apply2 for a second operand w that is a *Value or a number.
func (op *Op) applyTo(x *Value, w any) *Value { return op.apply2(x, op.operand(x, w, 2)) }

// constant returns a constant that holds c: on the tape of x, if x is on one.
func (x *Value) constant(c float64) *Value {
	if x == nil || x.index == 0 {
		return Const(c)
	}
	tape := x.more.tape
	tape.mustHold(x) // or the constant might take the place of x
	v := tape.record(nil, nil, c, nil, nil)
	v.state = constFlag
	return v
}

// toFloat returns the number in w, which may be of any integer or floating-point type. For its
// error it is told that w is operand number i.
func (op *Op) toFloat(w any, i int) float64 {
	switch x := reflect.ValueOf(w); {
	case x.CanInt():
		return float64(x.Int())
	case x.CanUint():
		return float64(x.Uint())
	case x.CanFloat():
		return x.Float()
	case w == nil:
		panic(op.nilAmong(i-1, op.Arity()))
	}
	panic(message(op.name, "operand %d is a %T, want a *gradus.Value or a number", i, w))
}

// applyN applies op to the operands in w followed by those in x. It copies the slices, so the
// caller may change them afterwards.
func (op *Op) applyN(w, x []*Value) *Value {
	n := len(w) + len(x)
	tape := op.tapeOf(x, len(w), n)
	if tape == nil {
		tape = op.tapeOf(w, 0, n)
	}
	if tape != nil {
		return tape.recordN(op, w, x)
	}
	all := append(append(make([]*Value, 0, n), w...), x...)
	node := &struct {
		Value
		more
	}{Value{op: op, back: op.back}, more{operands: all}}
	node.Value.more = &node.more
	node.Data = op.nary.value(operands{nodes: all})
	return &node.Value
}

// tapeOf returns the tape of the first operand in x that is on one, or nil. For its error it
// is told that x[0] is operand number first, counted from 0, of n.
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
