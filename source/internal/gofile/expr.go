package gofile

import (
	"strings"

	"github.com/gradus-go/gradus/internal/finite"
)

// An expr is an expression of Go, of type float64. What is built of exprs computes the same bits as
// package gradus on every architecture: a product in a sum is rounded by a conversion, without which Go
// may fuse the two.
type expr struct {
	text string
	kind kind
	c    float64 // the number, of a constant
	raw  bool    // it is a variable that holds a product which is not rounded
}

type kind uint8

const (
	atom     kind = iota // a name, a call, a number in parentheses
	constant             // a number: to compute with numbers is left to the generator, for Go has its own rules
	negation
	product
	quotient
	sum
)

// num returns a number.
func num(x float64) expr {
	text := finite.Literal(x)
	if strings.HasPrefix(text, "math.") {
		return expr{text: text}
	}
	return expr{text: text, kind: constant, c: x}
}

func (e expr) is(x float64) bool { return e.kind == constant && e.c == x }

func (e expr) parens(needed bool) string {
	if needed {
		return "(" + e.text + ")"
	}
	return e.text
}

// rounded returns e for a place where it is added to something, or a function may add something to it.
func (e expr) rounded() expr {
	if e.isRaw() {
		return expr{text: "float64(" + e.text + ")"}
	}
	return e
}

// isRaw reports whether Go may fuse the expression, or a variable that is set to it, with a sum.
func (e expr) isRaw() bool {
	return e.kind == product || e.raw || e.kind == negation && strings.ContainsAny(e.text, "*/")
}

func mul(x, y expr) expr {
	switch {
	case x.kind == constant && y.kind == constant:
		return num(x.c * y.c)
	case x.is(1):
		return y
	case y.is(1):
		return x
	case x.is(-1):
		return neg(y)
	case y.is(-1):
		return neg(x)
	}
	if x.is(2) { // Go adds x to itself
		y = y.rounded()
	} else if y.is(2) {
		x = x.rounded()
	}
	return expr{text: x.parens(x.kind == sum) + " * " + y.parens(y.kind >= product), kind: product}
}

func div(x, y expr) expr {
	if x.kind == constant && y.kind == constant {
		return num(x.c / y.c)
	}
	k := quotient
	if y.kind == constant { // Go multiplies in place of dividing by 2
		k = product
	}
	return expr{text: x.parens(x.kind == sum) + " / " + y.parens(y.kind >= product), kind: k}
}

// add adds terms to x, in their order.
func add(x expr, terms ...expr) expr {
	for len(terms) > 0 && x.kind == constant && terms[0].kind == constant {
		x, terms = num(x.c+terms[0].c), terms[1:]
	}
	if len(terms) == 0 {
		return x
	}
	texts := []string{x.rounded().text}
	for _, y := range terms {
		y = y.rounded()
		texts = append(texts, y.parens(y.kind == sum))
	}
	return expr{text: strings.Join(texts, " + "), kind: sum}
}

func sub(x, y expr) expr {
	if x.kind == constant && y.kind == constant {
		return num(x.c - y.c)
	}
	x, y = x.rounded(), y.rounded()
	return expr{text: x.text + " - " + y.parens(y.kind == sum), kind: sum}
}

func neg(x expr) expr {
	if x.kind == constant {
		return num(-x.c)
	}
	return expr{text: "-" + x.parens(x.kind >= negation), kind: negation, raw: x.raw}
}

// call returns f(x…). The functions of package math round their operands.
func call(f string, x ...expr) expr {
	texts := make([]string, len(x))
	for i, e := range x {
		if texts[i] = e.text; !strings.HasPrefix(f, "math.") {
			texts[i] = e.rounded().text
		}
	}
	return expr{text: f + "(" + strings.Join(texts, ", ") + ")"}
}
