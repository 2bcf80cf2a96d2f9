package show

import (
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/internal/chain"
	"github.com/gradus-go/gradus/internal/formula"
	"github.com/gradus-go/gradus/internal/legible"
)

// Derive writes out the derivatives of root with respect to the values in by, as a student
// would: results before operands, and the local derivatives before the products in which they
// are factors. If by is empty, it does so for all named values that root was computed from.
//
//	dL/dy = y − t = -0.6225
//	dy/dW2 = a = 0.6225
//	dL/dW2 = dL/dy · dy/dW2 = (-0.6225)(0.6225) = -0.3875
//
// Derivatives are between named values. A value without a name is part of the formulas of the
// local derivatives, which come from the ops.
//
// The derivative of a value that is named like a derivative is a higher one: that of dL/dw, which
// [gradus.Gradient] returned and As named, is d²L/dw² with respect to w and d²L/dw dv with respect to v.
// ∂L/∂w and d²L/dw² are such names, too. A local derivative of dL/dw is written as ∂(dL/dw)/∂x.
//
// The names that package nn gives are written as in books: layer3.neuron1.w2 is w⁽³⁾₁₂, or w⁽³⁾[11,2] for
// neuron 11, and layer3.neuron1.b is b⁽³⁾₁. Where two names would look alike, they are written in full.
//
// A formula is that of the branch which a Where without a name takes at the numbers of the graph.
//
// If several paths lead from root to a value, the derivative is the sum over them, with one path
// on each line. A local derivative that is not the whole one, because another path leads the same
// way, is written with ∂, as ∂L/∂x, and its line names the values that are held fixed.
//
// The argument of a function of one number, such as z in a = σ(z), gets no equation of its own
// unless it is in by: its factor becomes part of the equations after it, as da/dz is in
// dL/dW1 = dL/da · da/dz · dz/dW1.
//
// A constant, made by [gradus.Const] or from a number that was an operand, appears in the
// formulas, by its name if it has one, and there is no derivative with respect to it.
//
// Formulas are simplified as a person does on paper: numbers are multiplied and added, factors
// of 1 and terms of 0 are dropped, signs are moved to the front of a product, and equal terms
// and equal factors are collected. So ½·2(y − t)·1 becomes y − t.
//
// What is infinite is written as ∞, and a derivative where a function has none, as ln at −1, as NaN. So is a
// number that is NaN although its formula would be simplified to one that is not, such as 1 for x/x where x
// is 0. Where a function ignores an operand, as ReLU one that is negative, the derivative is 0 whatever it is
// multiplied by, as in Backward: (∞)(0) = 0.
//
// If a formula would have more than about sixty operands, values without a name get one for this
// derivation: those that are used several times, and some on the way to what is too long. The
// derivation begins with what these names stand for:
//
//	v1 = x·sin(x) = 0.2397
//
// Then no formula has more than some dozens of operands. Of a sum, a dot product or another
// operation of more than 20 operands, the first few are written, and how many more there are.
//
// A derivation with respect to more than 30 values is folded. Of the values whose names agree up to
// their indices, such as w2[1,0] and w2[1,1], only the first is shown, and of a sum over many paths
// only the first three terms. At most 30 of the names that it has given are explained. The derivation
// says what it leaves out. The values in by are always shown.
//
// Derive returns an error if root is nil or has no name, or if a value in by is nil, is a
// constant, has no name, or is not among those that root was computed from.
func Derive(root *gradus.Value, by ...*gradus.Value) (*Derivation, error) {
	if root == nil {
		return nil, errNilRoot
	}
	if root.Name() == "" {
		return nil, errors.New("show: the root has no name, and its derivatives need one: " +
			"name it with As")
	}
	d := newDeriver(root)
	for _, v := range by {
		if err := d.checkBy(root, v); err != nil {
			return nil, err
		}
		d.asked[v] = true
	}
	if result := d.derive(root); !d.long {
		return result, nil
	}
	for size := legible.PartSize; ; size /= 2 {
		named := d.withParts(gradus.Topo(root), size)
		if result := named.derive(named.Named[0]); !named.long || size <= legible.LeastSize {
			return result, nil
		}
	}
}

// withParts returns a deriver of a copy of the graph, in which values have a name whose formulas would be
// larger than size.
func (d *deriver) withParts(order []*gradus.Value, size int) *deriver {
	copies, parts := legible.ForDerivation(order, size)
	named := newDeriver(copies[len(copies)-1])
	named.cuts = true
	for i, v := range order {
		if parts[copies[i]] {
			named.parts = append(named.parts, copies[i])
		}
		if d.asked[v] {
			named.asked[copies[i]] = true
		}
	}
	return named
}

func newDeriver(root *gradus.Value) *deriver {
	c := chain.New(root)
	d := &deriver{
		formulas: map[*gradus.Value]map[*gradus.Value]formula.Expr{},
		Chain:    c, whole: c.Whole(root, nil, nil), asked: map[*gradus.Value]bool{},
		above: map[*gradus.Value][]chain.Factor{}, run: map[*gradus.Value]int{},
	}
	for _, f := range c.Factors() {
		if _, reached := d.whole[f.Of]; reached && !f.By.IsConst() { // a shift's operands are not reached
			d.above[f.By] = append(d.above[f.By], f)
		}
	}
	return d
}

// checkBy returns an error if root has no derivative with respect to v that can be written.
func (d *deriver) checkBy(root, v *gradus.Value) error {
	switch {
	case v == nil:
		return fmt.Errorf("show: Derive was given a nil Value, want values that %s was computed from",
			root.Name())
	case v.Name() == "" && !v.IsConst():
		return fmt.Errorf("show: a value (%v) has no name, and its derivative needs one: name it "+
			"with As", v)
	}
	if err := d.CanDerive(root, v); err != nil {
		return fmt.Errorf("show: %w", err)
	}
	return nil
}

// A deriver holds what is needed while a derivation is written.
type deriver struct {
	*chain.Chain
	// formulas has the formulas of the local derivatives of a value, once one of them was asked for.
	formulas map[*gradus.Value]map[*gradus.Value]formula.Expr
	whole    map[*gradus.Value]float64        // the derivatives of the root
	asked    map[*gradus.Value]bool           // what the caller asked for; empty for all
	above    map[*gradus.Value][]chain.Factor // the local derivatives with respect to a value
	run      map[*gradus.Value]int            // counts the values without an equation above v, and v
	parts    []*gradus.Value                  // the values that have a name for this derivation
	cuts     bool                             // formulas that are too long are abbreviated
	long     bool                             // a formula is too long
}

const (
	maxValues = 30 // a derivation with respect to more values is folded
	maxPaths  = 3  // the terms that a sum over paths has at most in a folded derivation
	maxHeld   = 6  // of more values that are held fixed, only the first are named
	maxPassed = 6  // a product goes past so many values without an equation of their own at most
)

// derive writes the equations.
func (d *deriver) derive(root *gradus.Value) *Derivation {
	result := &Derivation{order: gradus.Topo(root)}
	needed := d.needed(root)
	values := slices.DeleteFunc(d.order(root), func(v *gradus.Value) bool { return !needed[v] })
	d.findRuns(values)
	fold := newFolder(len(values) > maxValues)
	for _, v := range values {
		if d.long && !d.cuts {
			return nil
		}
		if !d.asked[v] && fold.leavesOut(v.Name()) {
			continue
		}
		above := d.above[v]
		if fold.on {
			above = above[:min(len(above), maxPaths)]
		}
		for _, f := range above {
			isWhole := f.Of == root && len(d.above[v]) == 1 && !d.passed(v)
			if e := d.formula(f); !isWhole && (!e.IsNumber(1) || d.passed(v)) {
				result.lines = append(result.lines, d.local(f, e))
			}
		}
		if !d.passed(v) {
			result.lines = append(result.lines, d.total(root, v, above))
		}
	}
	result.left = fold.words()
	d.explain(result)
	if d.long {
		result.left = append(result.left, "stands for a formula that is too long: name values on the way with As")
	}
	return result
}

// order returns the values below root in the order in which a student takes them. Each value
// comes after all that was computed from it. Operands come in their order, but leaves, which
// lead no further, before the results of operations.
func (d *deriver) order(root *gradus.Value) (order []*gradus.Value) {
	below := map[*gradus.Value][]*gradus.Value{} // the values that a value was computed from
	waits := map[*gradus.Value]int{}             // local derivatives that are to come before it
	for by, above := range d.above {
		waits[by] = len(above)
	}
	for _, by := range slices.Backward(d.Named) { // the first operand is the last in Named
		for _, f := range d.above[by] {
			below[f.Of] = append(below[f.Of], by)
		}
	}
	ready := []*gradus.Value{root}
	for len(ready) > 0 {
		v := ready[0]
		ready = ready[1:]
		if v != root && v.Op() != nil {
			order = append(order, v)
		}
		for _, by := range below[v] {
			if waits[by]--; waits[by] > 0 {
				continue
			}
			if by.Op() == nil {
				order = append(order, by)
			} else {
				ready = append(ready, by)
			}
		}
	}
	return order
}

// needed reports for each value whether its derivative was asked for, or is a factor in one
// that was.
func (d *deriver) needed(root *gradus.Value) map[*gradus.Value]bool {
	needed := map[*gradus.Value]bool{}
	for _, v := range d.Named {
		needed[v] = len(d.asked) == 0 && v != root
	}
	maps.Copy(needed, d.asked)
	for i := len(d.Named) - 1; i >= 0; i-- {
		if v := d.Named[i]; needed[v] {
			for _, f := range d.above[v] {
				needed[f.Of] = f.Of != root
			}
		}
	}
	return needed
}

// findRuns finds the values that have no equation of their own, because nobody asked for them, and all
// that they are used for is to be the argument of a function. values come results before operands.
func (d *deriver) findRuns(values []*gradus.Value) {
	for _, v := range values {
		above := d.above[v]
		if v.Op() == nil || d.asked[v] || len(above) != 1 {
			continue
		}
		p := above[0].Of.Parents()
		if before := d.run[above[0].Of]; len(p) == 1 && p[0] == v && before < maxPassed {
			d.run[v] = before + 1
		}
	}
}

// passed reports whether v has no equation of its own.
func (d *deriver) passed(v *gradus.Value) bool { return d.run[v] > 0 }

// local returns the equation of a local derivative.
func (d *deriver) local(f chain.Factor, e formula.Expr) line {
	value := d.Local[f]
	terms := [][]factor{{{of: f.Of, by: f.By, formula: &e, value: value}}}
	return line{of: f.Of, by: f.By, held: d.held(f), terms: terms, value: value}
}

// held returns the names of the values that are held fixed in a local derivative, if it is not the
// whole derivative: those on the other paths from the one value to the other.
func (d *deriver) held(f chain.Factor) (names []string) {
	if len(d.above[f.By]) < 2 {
		return nil
	}
	var others []*gradus.Value
	for _, other := range d.above[f.By] {
		others = append(others, other.Of)
	}
	for _, v := range d.Under(f.Of, others) {
		names = append(names, v.Name())
	}
	if left := len(names) - maxHeld; left > 0 {
		names = append(names[:maxHeld], fmt.Sprintf("… (%d more)", left))
	}
	return names
}

// total returns the equation of the derivative of root with respect to v. It has a term for
// each local derivative in above: their product with the derivatives further up, as far as the
// next value that has an equation of its own.
func (d *deriver) total(root, v *gradus.Value, above []chain.Factor) line {
	l := line{of: root, by: v, value: d.whole[v], more: len(d.above[v]) - len(above)}
	for _, f := range above {
		var term []factor
		of := f.Of
		last := factor{of: of, by: v, held: d.held(f), value: d.Local[f]}
		if e := d.formula(f); of == root || e.IsNumber(1) {
			last.formula = &e
		}
		term = append(term, last)
		for of != root && d.passed(of) {
			up := d.above[of][0]
			term = append(term, factor{of: up.Of, by: of, value: d.Local[up]})
			of = up.Of
		}
		if of != root {
			term = append(term, factor{of: root, by: of, value: d.whole[of]})
		}
		slices.Reverse(term)
		l.terms = append(l.terms, term)
	}
	return l
}

// formula returns the formula of a local derivative, by the chain rule over the values without
// a name that lie between its two values. A formula that would be very long is abbreviated, if d.cuts
// is set, and otherwise it is of no use.
func (d *deriver) formula(f chain.Factor) formula.Expr {
	total, ok := d.formulas[f.Of]
	if !ok {
		total = d.locals(f.Of)
		d.formulas[f.Of] = total
	}
	d.long = d.long || total[f.By].IsLong()
	return total[f.By].OrNumber(d.Local[f])
}

// locals returns the formulas of all local derivatives of a value.
func (d *deriver) locals(of *gradus.Value) map[*gradus.Value]formula.Expr {
	total, long := map[*gradus.Value]formula.Expr{of: formula.Num(1)}, map[*gradus.Value]bool{}
	for _, v := range d.Region(of) {
		if long[v] = long[v] || total[v].IsLong(); long[v] {
			total[v] = formula.Abbreviated(v)
		}
		switch {
		case v.Op() == nil || v != of && v.Name() != "":
		case long[v]: // and so is what follows from it
			for _, p := range v.Parents() {
				long[p] = true
			}
		default:
			for j, dx := range formula.Partials(v) {
				p := v.Parents()[j]
				switch sum, ok := total[p]; {
				case dx.IsNaN() || total[v].IsNaN() || sum.IsNaN(): // whatever it is multiplied by, or added to
					total[p] = formula.Num(math.NaN())
				case !ok:
					total[p] = formula.Mul(total[v], dx)
				case sum.IsLong():
					long[p] = true
				default:
					total[p] = formula.Add(sum, formula.Mul(total[v], dx))
				}
				if !d.cuts && total[p].IsLong() {
					d.long = true
					return total
				}
			}
		}
	}
	return total
}
