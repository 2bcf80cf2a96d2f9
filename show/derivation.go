package show

import (
	"fmt"
	"slices"
	"strings"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/internal/formula"
)

// A Derivation is the chain rule written out for the derivatives of one value.
type Derivation struct {
	parts []part // what the names stand for that values have for this derivation
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
	return strings.Join(append(d.rows(formula.Text, "\n"+strings.Repeat(" ", 6)), ""), "\n")
}

// LaTeX returns the derivation in LaTeX, as an environment align* of the package amsmath. It is
// empty if the derivation has no equation.
//
// It panics if d is nil.
func (d *Derivation) LaTeX() string {
	if d == nil {
		panic("show: LaTeX: the Derivation is nil, want one that Derive returned")
	}
	rows := d.rows(formula.LaTeX, "\\\\\n&")
	if rows == nil {
		return "" // an empty environment would be an error
	}
	return "\\begin{align*}\n" + strings.Join(rows, " \\\\\n") + "\n\\end{align*}\n"
}

// rows writes what the names stand for, the equations and what is left out. A sum takes several lines,
// and next is what stands between them.
func (d *Derivation) rows(n formula.Notation, next string) (rows []string) {
	n = n.For(d.order)
	for _, p := range d.parts {
		rows = append(rows, p.write(n))
	}
	for _, l := range d.lines {
		rows = append(rows, l.write(n, next))
	}
	for _, s := range d.left {
		rows = append(rows, n.Either("… "+s, `&\text{\dots\ `+formula.EscapeLaTeX(s)+"}"))
	}
	return rows
}

// write writes what a part is: its name, its formula and its number.
func (p part) write(n formula.Notation) string {
	return n.Names([]string{p.of.Name()}) + n.Either(" = ", " &= ") + n.Write(p.formula, formula.InSum) +
		" = " + n.Number(p.of.Data)
}

// write writes an equation: the terms in symbols, the terms in numbers, and the result.
func (l line) write(n formula.Notation, next string) string {
	symbols := make([]string, len(l.terms))
	numbers := make([]string, len(l.terms))
	bare := true // no term has numbers to multiply: written out, they would repeat the result
	for i, term := range l.terms {
		symbols[i], numbers[i] = writeTerm(n, term)
		written1 := func(f factor) bool { return f.formula != nil && f.formula.IsNumber(1) }
		bare = bare && len(slices.DeleteFunc(slices.Clone(term), written1)) <= 1
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
	s := n.Derivative(l.of.Name(), l.by.Name(), l.held) + n.Either(" = ", " &= ")
	s += strings.Join(symbols, between)
	value := n.Number(l.value)
	fixed := ""
	if l.held != nil {
		fixed = n.Either(" ("+n.Names(l.held)+" held fixed)", "")
	}
	if symbols[0] == n.Constant(l.value) && len(symbols) == 1 {
		return s + fixed
	}
	if len(symbols) > 1 {
		s += next + "= "
	} else {
		s += " = "
	}
	if !bare {
		s += strings.Join(numbers, " + ") + " = "
	}
	return s + value + fixed
}

// writeTerm writes a product in symbols, and in numbers.
func writeTerm(n formula.Notation, term []factor) (symbols, numbers string) {
	var parts []string
	for _, f := range term {
		numbers += n.Either("("+n.Number(f.value)+")", `\left(`+n.Number(f.value)+`\right)`)
		if f.formula != nil {
			parts = append(parts, n.Write(*f.formula, min(len(term)-1, formula.InProduct)))
		} else {
			parts = append(parts, n.Derivative(f.of.Name(), f.by.Name(), f.held))
		}
	}
	return strings.Join(parts, n.Either(" · ", ` \cdot `)), numbers
}
