package formula

import (
	"fmt"
	"strings"
)

// An Equation is an equation in one notation, in parts, of which its lines are made.
type Equation struct {
	Of, By string // the derivative of one value with respect to another; if By is empty, the value itself
	Left   string
	Right  [][]string // sums that are equal to each other: in symbols, in numbers, and the result
	Remark string
}

// Write writes an equation as text or in LaTeX. Each term of the first sum gets a line, and so does the next
// sum, if they are several. next is what stands between lines.
func (e Equation) Write(equals, next string) string {
	s := e.Left + equals + strings.Join(e.Right[0], next+"+ ")
	for i, sum := range e.Right[1:] {
		sign := " = "
		if i == 0 && len(e.Right[0]) > 1 {
			sign = next + "= "
		}
		s += sign + strings.Join(sum, " + ")
	}
	return s + e.Remark
}

// MathML writes an equation whose parts are in MathML as an element of HTML, as show.Derivation.MathML says.
func (e Equation) MathML() string {
	by := ""
	if e.By != "" {
		by = ` data-by="` + EscapeHTML(e.By) + `"`
	}
	sides := make([]string, len(e.Right))
	for i, sum := range e.Right {
		terms, sign := make([]string, len(sum)), "="
		for k, term := range sum {
			terms[k], sign = Math(sign, term), "+"
		}
		sides[i] = "<span>" + strings.Join(terms, " ") + "</span>"
	}
	return fmt.Sprintf("<div class=\"equation\" data-of=\"%s\"%s>\n", EscapeHTML(e.Of), by) +
		`<div class="left">` + Math("", e.Left) + "</div>\n" +
		`<div class="right">` + strings.Join(sides, " ") + "</div>\n</div>\n"
}
