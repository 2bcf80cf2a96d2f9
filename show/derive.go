package show

import (
	"fmt"
	"slices"
	"strings"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/internal/chain"
	"github.com/gradus-go/gradus/show/internal/formula"
)

// A Derivation is the chain rule written out for the derivatives of one value.
type Derivation struct {
	root  *gradus.Value
	lines []line
	left  []string // what was left out, in words
}

// A line is one equation.
type line struct {
	of, by *gradus.Value
	// terms has a product of factors for each path from by to of. A local derivative is a
	// line with one term of one factor, its formula.
	terms [][]factor
	more  int // how many paths are left out
	value float64
}

// A factor is one in the chain rule: the derivative of one value with respect to another,
// or the formula of it if this says more than the symbol.
type factor struct {
	of, by  *gradus.Value
	formula *formula.Expr
	value   float64
}

// Derive writes out the derivatives of a named value with respect to others with a name, as
// a student would: results before operands, the local derivatives first. Without others it
// does so for all. What has no name is folded into the local derivatives, whose formulas
// come from the ops.
//
//	dL/dy = y − t = -0.6225
//	dy/dW2 = a = 0.6225
//	dL/dW2 = dL/dy · dy/dW2 = (-0.6225)(0.6225) = -0.3875
//
// Several paths are a sum, one path a line. The argument of a function of one number, such
// as z in a = σ(z), has no derivative of its own unless it is asked for: its factor goes
// into the lines below, as in dL/dW1 = dL/da · da/dz · dz/dW1.
//
// Formulas are simplified as one does on paper: constants are folded, factors of 1 and terms
// of 0 dropped, signs pulled out of products, equal terms and equal factors collected, so that
// ½·2(y − t)·1 is y − t.
//
// A derivation by more than 30 values is folded by layer: of those whose names agree up to
// their indices, such as w2[1,0] and w2[1,1], the first is shown, and of many paths the first
// three. It says what it leaves out. What is asked for is always shown.
//
// It returns an error if a value has no name, or if root was not computed from it.
func Derive(root *gradus.Value, by ...*gradus.Value) (*Derivation, error) {
	if root.Name() == "" {
		return nil, fmt.Errorf("show: the root has no name, want one for its derivatives")
	}
	c := chain.New(root)
	whole := c.Whole(root, nil, nil)
	for _, v := range by {
		if v.Name() == "" {
			return nil, fmt.Errorf("show: a value (%v) has no name, want one for its derivative", v)
		}
		if _, depends := whole[v]; !depends || v == root {
			return nil, fmt.Errorf("show: %s was not computed from %s", root.Name(), v.Name())
		}
	}
	d := deriver{Chain: c, whole: whole, asked: by, above: map[*gradus.Value][]chain.Factor{}}
	for _, f := range c.Factors() {
		d.above[f.By] = append(d.above[f.By], f)
	}
	return d.derive(root), nil
}

type deriver struct {
	*chain.Chain
	whole map[*gradus.Value]float64
	asked []*gradus.Value
	above map[*gradus.Value][]chain.Factor // the factors by a value
}

// Above maxValues, a derivation is folded, and shows no more than maxPaths of a sum.
const (
	maxValues = 30
	maxPaths  = 3
)

func (d *deriver) derive(root *gradus.Value) *Derivation {
	result := &Derivation{root: root}
	needed := d.needed(root)
	values := slices.DeleteFunc(d.order(root), func(v *gradus.Value) bool { return !needed[v] })
	fold := newFolder(len(values) > maxValues)
	for _, v := range values {
		if !slices.Contains(d.asked, v) && fold.leavesOut(v.Name()) {
			continue
		}
		above := d.above[v]
		if fold.on {
			above = above[:min(len(above), maxPaths)]
		}
		for _, f := range above {
			if f.Of != root || len(d.above[v]) > 1 {
				result.add(d.local(f))
			}
		}
		if !d.passed(v) {
			result.add(d.total(root, v, above))
		}
	}
	result.left = fold.words()
	return result
}

// order returns the values below root in the order in which a student takes them: nothing
// before all that was computed from it, operand by operand, parameters before what leads
// further down.
func (d *deriver) order(root *gradus.Value) (order []*gradus.Value) {
	below := map[*gradus.Value][]*gradus.Value{}
	waits := map[*gradus.Value]int{}
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

// needed returns the values whose derivatives lead to those that were asked for.
func (d *deriver) needed(root *gradus.Value) map[*gradus.Value]bool {
	needed := map[*gradus.Value]bool{}
	for _, v := range d.Named {
		needed[v] = d.asked == nil && v != root
	}
	for _, v := range d.asked {
		needed[v] = true
	}
	for i := len(d.Named) - 1; i >= 0; i-- {
		if v := d.Named[i]; needed[v] {
			for _, f := range d.above[v] {
				needed[f.Of] = f.Of != root
			}
		}
	}
	return needed
}

// passed reports whether v is only the argument of a function, and nobody asked for it.
func (d *deriver) passed(v *gradus.Value) bool {
	above := d.above[v]
	if v.Op() == nil || slices.Contains(d.asked, v) || len(above) != 1 {
		return false
	}
	p := above[0].Of.Parents()
	return len(p) == 1 && p[0] == v
}

// local returns the equation of a local derivative, or nothing where it is the constant 1.
func (d *deriver) local(f chain.Factor) *line {
	e := d.formula(f)
	if e.IsNumber(1) {
		return nil
	}
	value := d.Local[f]
	terms := [][]factor{{{of: f.Of, by: f.By, formula: &e, value: value}}}
	return &line{of: f.Of, by: f.By, terms: terms, value: value}
}

// total returns the equation of a whole derivative: a term for each of the paths that begin
// with the factors given, from v up to the next value that has a whole derivative of its own.
func (d *deriver) total(root, v *gradus.Value, above []chain.Factor) *line {
	l := &line{of: root, by: v, value: d.whole[v], more: len(d.above[v]) - len(above)}
	for _, f := range above {
		var term []factor
		of := f.Of
		last := factor{of: of, by: v, value: d.Local[f]}
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

// formula returns a local derivative as a formula: the chain rule over what has no name.
func (d *deriver) formula(f chain.Factor) formula.Expr {
	total := map[*gradus.Value]formula.Expr{f.Of: formula.Num(1)}
	for _, v := range d.Region(f.Of) {
		if v.Op() == nil || v != f.Of && v.Name() != "" {
			continue
		}
		for j, dx := range formula.Partials(v) {
			p := v.Parents()[j]
			if sum, ok := total[p]; ok {
				total[p] = formula.Add(sum, formula.Mul(total[v], dx))
			} else {
				total[p] = formula.Mul(total[v], dx)
			}
		}
	}
	return total[f.By]
}

func (d *Derivation) add(l *line) {
	if l != nil {
		d.lines = append(d.lines, *l)
	}
}

// String returns the derivation as plain text, an equation a line.
func (d *Derivation) String() string {
	var b strings.Builder
	for _, l := range d.lines {
		b.WriteString(l.write(formula.Text, "\n"+strings.Repeat(" ", 6)) + "\n")
	}
	for _, s := range d.left {
		b.WriteString("… " + s + "\n")
	}
	return b.String()
}

// LaTeX returns the derivation as equations of the environment align* of the package
// amsmath.
func (d *Derivation) LaTeX() string {
	var b strings.Builder
	b.WriteString("\\begin{align*}\n")
	for _, l := range d.lines {
		b.WriteString(l.write(formula.LaTeX, "\\\\\n&") + " \\\\\n")
	}
	for _, s := range d.left {
		b.WriteString(`&\text{\dots\ ` + formula.EscapeLaTeX.Replace(s) + "} \\\\\n")
	}
	return strings.TrimSuffix(b.String(), " \\\\\n") + "\n\\end{align*}\n"
}

// write writes an equation: symbols, numbers, result. next begins another line of it.
func (l line) write(n formula.Notation, next string) string {
	symbols := make([]string, len(l.terms))
	numbers := make([]string, len(l.terms))
	bare := true // the numbers would repeat the result
	for i, term := range l.terms {
		symbols[i], numbers[i] = writeTerm(n, term)
		bare = bare && len(term)-ones(term) <= 1
	}
	if l.more > 0 {
		left := fmt.Sprintf("(%d more paths)", l.more)
		symbols = append(symbols, n.Either("… "+left, `\dots \text{ `+left+`}`))
		numbers = append(numbers, n.Either("…", `\dots`))
	}
	between := " + "
	if len(symbols) > 1 {
		between = next + "+ "
		bare = false
	}
	s := n.Derivative(l.of.Name(), l.by.Name()) + n.Either(" = ", " &= ") + strings.Join(symbols, between)
	value := n.Number(l.value)
	if symbols[0] == n.Constant(l.value) && len(symbols) == 1 {
		return s
	}
	if len(symbols) > 1 {
		s += next + n.Either("= ", "= ")
	} else {
		s += " = "
	}
	if !bare {
		s += strings.Join(numbers, " + ") + " = "
	}
	return s + value
}

// ones counts the factors of a term that are written as 1.
func ones(term []factor) (count int) {
	for _, f := range term {
		if f.formula != nil && f.formula.IsNumber(1) {
			count++
		}
	}
	return count
}

// term writes a product, in symbols and in numbers.
func writeTerm(n formula.Notation, term []factor) (symbols, numbers string) {
	var parts []string
	for _, f := range term {
		numbers += n.Either("("+n.Number(f.value)+")", `\left(`+n.Number(f.value)+`\right)`)
		if f.formula != nil {
			parts = append(parts, n.Write(*f.formula, min(len(term)-1, formula.InProduct)))
		} else {
			parts = append(parts, n.Derivative(f.of.Name(), f.by.Name()))
		}
	}
	return strings.Join(parts, n.Either(" · ", ` \cdot `)), numbers
}

// A folder leaves out values whose names differ in digits from one that was shown.
type folder struct {
	on    bool
	order []string
	count map[string]int
}

func newFolder(on bool) *folder { return &folder{on: on, count: map[string]int{}} }

// leavesOut counts a name, and reports whether one like it was shown.
func (f *folder) leavesOut(name string) bool {
	p := chain.Pattern(name)
	if f.count[p] == 0 {
		f.order = append(f.order, p)
	}
	f.count[p]++
	return f.on && f.count[p] > 1
}

// words says what was left out.
func (f *folder) words() (left []string) {
	for _, pattern := range f.order {
		if n := f.count[pattern] - 1; f.on && n > 0 {
			left = append(left, fmt.Sprintf("and %d more with respect to values named %s", n, pattern))
		}
	}
	return left
}
