package show

import (
	"fmt"
	"slices"
	"strings"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/internal/formula"
)

// A Derivation is the chain rule written out for the derivatives of one value, or the formulas by which
// values are computed.
type Derivation struct {
	parts []part // how values are computed: what the names stand for that they have for this derivation
	lines []line
	order []*gradus.Value // all values, operands before results
	left  []string        // sentences about what is left out
}

// A line is one equation, for the derivative of one value with respect to another.
type line struct {
	of, by *gradus.Value
	held   []string // of a local derivative that is not the whole one: what is held fixed
	// terms is the right-hand side, a sum. Each term is a product of factors, in the order in which
	// they are written: first the derivative of the Value of, last a derivative with respect to the
	// Value by. The equation of a local derivative has one term of one factor, which is its
	// formula.
	terms [][]factor
	more  int // the number of terms that are left out
	value float64
}

// A factor is the derivative of one value with respect to another. It is written as its
// formula if it has one, and else as a symbol, such as dL/dy.
type factor struct {
	of, by  *gradus.Value
	held    []string
	formula *formula.Expr
	value   float64
}

// String returns the derivation as plain text, one equation a line. A nil Derivation is "<nil>".
func (d *Derivation) String() string {
	if d == nil {
		return "<nil>"
	}
	var b strings.Builder
	equations, left := d.write(formula.Text)
	for _, e := range equations {
		b.WriteString(e.Write(" = ", "\n"+strings.Repeat(" ", 6)) + "\n")
	}
	for _, s := range left {
		b.WriteString(s + "\n")
	}
	return b.String()
}

// LaTeX returns the derivation in LaTeX, as an environment align* of the package amsmath. It is
// empty if the derivation has no equation.
//
// It panics if d is nil.
func (d *Derivation) LaTeX() string {
	d.mustBe("LaTeX")
	var rows []string
	equations, left := d.write(formula.LaTeX)
	for _, e := range equations {
		rows = append(rows, e.Write(" &= ", "\\\\\n&"))
	}
	for _, s := range left {
		rows = append(rows, "&"+s)
	}
	if rows == nil {
		return "" // an empty environment would be an error
	}
	return "\\begin{align*}\n" + strings.Join(rows, " \\\\\n") + "\n\\end{align*}\n"
}

func (d *Derivation) mustBe(method string) {
	if d == nil {
		panic("show: " + method + ": the Derivation is nil, want one that Derive returned")
	}
}

// write writes what the names stand for, the equations and what is left out.
func (d *Derivation) write(n formula.Notation) (equations []formula.Equation, left []string) {
	n = n.For(d.order)
	for _, p := range d.parts {
		e := formula.Equation{
			Of: p.of.Name(), Left: n.Names([]string{p.of.Name()}),
			Right: [][]string{{n.Write(p.formula, formula.InSum)}, {n.Number(p.of.Data)}},
		}
		if e.Right[0][0] == n.Constant(p.of.Data) {
			e.Right = e.Right[:1]
		}
		equations = append(equations, e)
	}
	for _, l := range d.lines {
		equations = append(equations, l.equation(n))
	}
	for _, s := range d.left {
		left = append(left, n.Words("… "+s))
	}
	return equations, left
}

// equation writes the terms in symbols, the terms in numbers, and the result.
func (l line) equation(n formula.Notation) formula.Equation {
	symbols, numbers := make([]string, len(l.terms)), make([]string, len(l.terms))
	bare := true // no term has numbers to multiply: written out, they would repeat the result
	for i, term := range l.terms {
		symbols[i], numbers[i] = l.writeTerm(n, term)
		written1 := func(f factor) bool { return f.formula != nil && f.formula.IsNumber(1) }
		bare = bare && len(slices.DeleteFunc(slices.Clone(term), written1)) <= 1
	}
	if l.more > 0 {
		symbols = append(symbols, n.Words(fmt.Sprintf("… (%d more paths)", l.more)))
		numbers = append(numbers, n.Words("…"))
	}
	e := formula.Equation{
		Of: l.of.Name(), By: l.by.Name(), Left: n.Derivative(l.of.Name(), l.by.Name(), l.held),
		Right: [][]string{symbols}, Remark: n.HeldFixed(l.held),
	}
	if len(symbols) == 1 && symbols[0] == n.Constant(l.value) {
		return e
	}
	if !bare || len(symbols) > 1 {
		e.Right = append(e.Right, numbers)
	}
	e.Right = append(e.Right, []string{n.Number(l.value)})
	return e
}

// writeTerm writes a product in symbols, and in numbers. A factor that is not the whole right-hand side is
// marked.
func (l line) writeTerm(n formula.Notation, term []factor) (symbols, numbers string) {
	var parts []string
	for _, f := range term {
		mark := func(s string) string {
			if len(l.terms) == 1 && len(term) == 1 {
				return s
			}
			return n.Mark(f.of.Name(), f.by.Name(), s)
		}
		numbers += mark(n.Parens(n.Number(f.value)))
		if f.formula != nil {
			parts = append(parts, mark(n.Write(*f.formula, min(len(term)-1, formula.InProduct))))
		} else {
			parts = append(parts, mark(n.Derivative(f.of.Name(), f.by.Name(), f.held)))
		}
	}
	return n.Product(parts), numbers
}
