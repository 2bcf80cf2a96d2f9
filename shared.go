package gradus

import (
	"math"
	"slices"
)

// shared makes expressions. Equal parts of them are one node, operations on numbers are numbers, and
// nothing is multiplied by 1 or added to 0.
type shared struct {
	parts    map[part]*Value     // the node that is each part
	numbers  map[uint64]*Value   // the constant with each bits
	stands   map[*Value]*Value   // for a node of a graph or of a formula, the equal one that stands for it
	formulas map[*Value][]*Value // the derivatives of the nodes whose Op.Formula was called
}

func newShared() *shared {
	return &shared{map[part]*Value{}, map[uint64]*Value{}, map[*Value]*Value{}, map[*Value][]*Value{}}
}

// A part of an expression is an op and its operands. A node with more operands is no part.
type part struct {
	op *Op
	x  [3]*Value
}

// number returns the constant x.
func (s *shared) number(x float64) *Value {
	bits := math.Float64bits(x)
	v := s.numbers[bits]
	if v == nil {
		v = Const(x)
		s.numbers[bits] = v
	}
	return v
}

// part returns the part that is op at x. It must have at most three operands.
func (s *shared) part(op *Op, x ...*Value) part {
	p := part{op: op}
	for i, v := range x {
		if p.x[i] = v; v.IsConst() {
			p.x[i] = s.number(v.Data)
		}
	}
	return p
}

// admit makes the nodes of a graph, in topological order, parts themselves.
func (s *shared) admit(order []*Value) {
	if len(s.stands) == 0 { // with room for what the derivatives add
		s.stands, s.parts = make(map[*Value]*Value, 2*len(order)), make(map[part]*Value, 2*len(order))
	}
	for _, v := range order {
		if s.stands[v] == v {
			continue
		}
		s.stands[v] = v
		if x := v.parentList(); v.op != nil && len(x) <= 3 {
			s.parts[s.part(v.op, x...)] = v
		}
	}
}

// build makes a part of f, a formula in terms of parts.
func (s *shared) build(f *Value) *Value {
	v := s.stands[f]
	switch {
	case v != nil:
		return v
	case f.op == nil:
		v = s.number(f.Data)
	default:
		v = s.apply(f.op, each(f.parentList(), s.build)...)
	}
	s.stands[f] = v
	return v
}

// apply returns op at x.
func (s *shared) apply(op *Op, x ...*Value) *Value {
	for i, v := range x {
		if op == mul && v.is(1) || v.is(0) && (op == add || op == sub && i == 1) {
			return x[1-i]
		}
	}
	if !slices.ContainsFunc(x, func(v *Value) bool { return !v.IsConst() }) {
		return s.number(op.Apply(x...).Data)
	}
	if len(x) > 3 {
		return op.Apply(x...)
	}
	p := s.part(op, x...)
	v := s.parts[p]
	if v == nil {
		v = op.Apply(x...)
		s.parts[p] = v
	}
	return v
}

// sum returns the sum of terms that are not 0.
func (s *shared) sum(terms []*Value) *Value {
	switch len(terms) {
	case 1:
		return terms[0]
	case 2:
		return s.apply(add, terms...)
	}
	return s.apply(sum, terms...)
}

// product returns dz·d, where d is a partial derivative of op. Where op ignores its operand, the product
// is 0 even if dz is infinite, as in Backward.
func (s *shared) product(dz, d *Value, op *Op) *Value {
	switch {
	case d.is(0), dz.is(1):
		return d
	case !d.IsConst() && (op == relu || op == maximum || op == minimum || op == where || op == pick):
		return s.apply(where, d, s.apply(mul, dz, d), s.number(0))
	}
	return s.apply(mul, dz, d)
}

// is reports whether v is the constant x.
func (v *Value) is(x float64) bool { return v.IsConst() && v.Data == x }
