package gradus

import "slices"

// Gradient returns the derivatives ∂y/∂xᵢ as Values. Each is a graph of its own, which can be
// differentiated again, printed, recorded and so on:
//
//	dy := gradus.Gradient(y, x)[0]   // dy/dx
//	ddy := gradus.Gradient(dy, x)[0] // d²y/dx²
//
// Gradient is [Value.Backward] with Values in place of numbers. It goes through the graph from y to its
// operands. A node z hands on ∂y/∂z · ∂z/∂v to its operand v, where ∂z/∂v is the expression that
// [Op.Formula] returns. What all nodes hand on to v is added up:
//
//	∂y/∂y = 1,    ∂y/∂v = Σ ∂y/∂z · ∂z/∂v
//
// Factors of 1 and terms of 0 are left out, and equal parts are one node. No Grad is read or written.
//
// An x may be a leaf or an interior node. If y does not depend on xᵢ, the derivative is a constant 0. The
// derivatives have nodes of y among their own: where a formula has a part that is equal to a node of y, the
// part is this node. What is computed from nodes on a [Tape] is on it, too. What is computed from constants
// alone is a constant, so that nothing in a derivative would depend on a constant x any more. That is why an
// x must not be one.
//
// An expression has the value that Backward computes, but may be rounded in another way. Where an
// operand is not finite, it may be NaN although the derivative is not, and where Backward computes 0·∞,
// which is NaN, it has no term if that 0 is a constant. After you change the Data of a
// leaf, build y again: a derivative may use any Data in it, and does not always use those that Backward
// uses.
//
// It panics if y or an x is nil, if an x is a constant, or if it needs the derivative of a derivative that
// [Func1], [Func2] or [FuncN] got as a function of numbers.
func Gradient(y *Value, x ...*Value) []*Value { return newShared().gradient("Gradient", y, x) }

// Hessian returns the second derivatives of y: h[i][j] is ∂²y/∂xᵢ∂xⱼ. It builds each of them once:
// h[i][j] and h[j][i] are the same Value. If one x is computed from another one, the order in which the
// derivatives are taken makes a difference: that with respect to the later one in x is taken first.
//
// What [Gradient] says holds for it, too.
//
// It panics as Gradient does.
func Hessian(y *Value, x ...*Value) [][]*Value {
	s, h := newShared(), make([][]*Value, len(x))
	for i, dy := range s.gradient("Hessian", y, x) {
		h[i] = s.gradient("Hessian", dy, x[:i+1])
		for j := range i {
			h[j] = append(h[j], h[i][j])
		}
	}
	return h
}

// gradient is Gradient, for a function of that name. The derivatives are made of parts of s.
func (s *shared) gradient(function string, y *Value, x []*Value) []*Value {
	mustBeValues(function, "operand", append([]*Value{y}, x...))
	if i := slices.IndexFunc(x, (*Value).IsConst); i >= 0 {
		panic(message(function, "operand %d of %d is %v, want a leaf made with New", i+2, len(x)+1, x[i]))
	}
	order := Topo(y)
	s.admit(order)
	place := make(map[*Value]int32, len(order))
	for i, v := range order {
		place[v] = int32(i)
	}
	terms := make([][]*Value, len(order)) // of ∂y/∂v, for each v in order
	wanted := make([]bool, len(order))    // v is an x or depends on one
	for _, v := range x {
		if i, ok := place[v]; ok {
			wanted[i] = true
		}
	}
	var operands []int32 // the places of those of all nodes
	for i, z := range order {
		for _, v := range z.parentList() {
			k := place[v]
			operands = append(operands, k)
			wanted[i] = wanted[i] || wanted[k]
		}
	}
	terms[len(order)-1] = []*Value{s.number(1)}
	for i, z := range slices.Backward(order) {
		first := len(operands) - len(z.parentList())
		s.handOn(z, terms[i], operands[first:], wanted, terms)
		operands = operands[:first]
	}
	return each(x, func(v *Value) *Value {
		if i, ok := place[v]; ok {
			return s.sum(terms[i])
		}
		return s.number(0)
	})
}

// handOn adds to the terms of the operands of z, which are at these places, what z hands on to those that are
// wanted.
func (s *shared) handOn(z *Value, ofZ []*Value, operands []int32, wanted []bool, terms [][]*Value) {
	if len(ofZ) == 0 || !slices.ContainsFunc(operands, func(k int32) bool { return wanted[k] }) {
		return
	}
	dz := s.sum(ofZ)
	if dz.is(0) {
		return
	}
	dx := s.formulas[z]
	if dx == nil {
		_, dx = z.op.Formula(z, z.parentList()...)
		s.formulas[z] = dx
	}
	for i, k := range operands {
		if !wanted[k] {
			continue
		}
		if term := s.product(dz, s.build(dx[i]), z.op); !term.is(0) {
			terms[k] = append(terms[k], term)
		}
	}
}
