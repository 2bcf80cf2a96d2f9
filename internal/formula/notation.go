package formula

import (
	"math"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/internal/builtin"
	"github.com/gradus-go/gradus/internal/derivative"
)

// A Notation is a way to write formulas.
type Notation struct {
	language
	shapes                   // nil if a formula is one line of text, with x/y for a fraction and x^y for a power
	names  map[string]string // how names are written, of which For has taken care
}

// The notations.
var (
	Text   = Notation{language: text{}}                     // a(1 − a)
	LaTeX  = Notation{language: latex{}, shapes: latex{}}   // a \left(1 - a\right)
	MathML = Notation{language: mathML{}, shapes: mathML{}} // <mi>a</mi>…, the inside of a math element
)

// A language is what notations differ in: how signs, names and functions are written. The methods are given
// parts of a formula as they are written, but names, words and the digits of a number as they are.
type language interface {
	number(digits string) string // as Short writes it: 1e-07
	half() string                // ½
	minus() string               // the sign in front of an operand
	operator(sign string) string // between operands: + or − or a comma
	// times writes what stands between two factors, where a reader of plain text needs a sign or can do without.
	times(before, after string, needed bool) string
	first(part string) byte            // the first character of a part that a reader sees
	bars(s string) string              // |s|
	root(s string) string              // √(s)
	function(op *gradus.Op) string     // what stands before the operands
	symbol(name string) string         // the name of a value, which is not a derivative
	ofNetwork(name networkName) string // the name of a value of package nn

	// Words writes text that is not part of the formula, or a name letter by letter.
	Words(text string) string
	// Parens writes parentheses around s.
	Parens(s string) string
	// Product writes factors with a sign between them that nobody overlooks.
	Product(factors []string) string
	// Mark marks a factor as the derivative of one value with respect to another, for programs.
	Mark(of, by, factor string) string
}

// Shapes are how a notation sets a formula that is not one line of text.
type shapes interface {
	fraction(above, below string) string
	power(base, exponent string) string
	partial() string                   // ∂
	space(more bool) string            // between ∂ and L, or more of it: between ∂w and ∂v
	at(derivative, held string) string // with values held fixed
}

func (n Notation) isFlat() bool { return n.shapes == nil }

// Derivative writes a derivative by the names of its two values, as dL/dW2, or as d²L/dw² if the value that
// is differentiated is named dL/dw. If values are held fixed, it is not the whole derivative: it is written
// as ∂L/∂x in text, and with the names of these values in LaTeX and MathML.
func (n Notation) Derivative(of, by string, held []string) string {
	d := derivative.Of(of, by, held != nil)
	switch {
	case n.isFlat():
		return d.Write(n.base)
	case held != nil:
		return n.at(n.quotient(d), n.Names(held))
	}
	return n.quotient(d)
}

// HeldFixed returns a remark for the line of a derivative, which is empty if Derivative says it all.
func (n Notation) HeldFixed(held []string) string {
	if held == nil || !n.isFlat() {
		return ""
	}
	return " (" + n.Names(held) + " held fixed)"
}

// base writes a name as the base of a power.
func (n Notation) base(name string) string { return n.Write(Expr{kind: symbol, name: name}, inPower) }

// quotient writes a derivative as a fraction.
func (n Notation) quotient(d derivative.Name) string {
	if inner, ok := d.Inner(); ok {
		below := n.partial() + n.space(false) + n.base(d.By[len(d.By)-1])
		return n.fraction(n.partial(), below) + n.space(false) + n.quotient(inner)
	}
	raised := func(s string, exponent int) string {
		if exponent == 1 {
			return s
		}
		return n.power(s, n.Constant(float64(exponent)))
	}
	var below []string
	for _, p := range d.Powers() {
		below = append(below, n.partial()+n.space(false)+raised(n.base(p.Name), p.Exponent))
	}
	above := raised(n.partial(), len(d.By)) + n.space(false) + n.base(d.Of)
	return n.fraction(above, strings.Join(below, n.space(true)))
}

// Names writes a list of names.
func (n Notation) Names(names []string) string {
	written := make([]string, len(names))
	for i, name := range names {
		written[i] = n.name(name)
	}
	return strings.Join(written, n.operator(","))
}

// Where a formula stands decides whether it needs parentheses: x + y needs them as a factor
// and as a base, x·y and x² only as a base.
const (
	InSum     = iota // alone, or as a term of a sum
	InProduct        // as a factor
	inPower          // as the base of a power
)

// Write writes a formula that stands in a sum, a product or a power, as outer says.
func (n Notation) Write(e Expr, outer int) string {
	switch e.kind {
	case number:
		isPlain := isDigits(e.value) && e.value >= 0 && (n.isFlat() || e.value != 0.5)
		return n.parens(outer == inPower && !isPlain, n.Constant(e.value))
	case gap:
		return n.Words(e.name)
	case symbol:
		return n.parens(n.isOpen(e.name, outer), n.name(e.name))
	case sum:
		return n.parens(outer > InSum, n.sum(e))
	case power:
		return n.parens(outer == inPower, n.raise(e.args[0], Num(e.value)))
	case call:
		return n.call(e, outer)
	}
	if e.under == nil {
		return n.parens(outer > InProduct, n.factors(e.value, e.args))
	}
	if !n.isFlat() {
		return n.parens(outer == inPower, n.fractionOf(e))
	}
	above, below := n.factors(e.value, e.args), n.factors(1, e.under)
	return n.parens(outer > InSum, above+"/"+n.parens(len(e.under) > 1, below))
}

// isOpen reports whether a name would be misread where it stands: that of a derivative, which is a fraction,
// or one such as x-y or x², of which a sign or an exponent would seem to belong to the formula.
func (n Notation) isOpen(name string, outer int) bool {
	if _, isFraction := derivative.Parse(name); isFraction {
		return outer == inPower || outer == InProduct && n.isFlat()
	}
	last, _ := utf8.DecodeLastRuneInString(name)
	return outer > InSum && hasSign(name) || outer == inPower && strings.ContainsRune(raised, last)
}

// hasSign reports whether a name has spaces, or signs with which formulas are written, other than in
// brackets, as the index in w[2*i] is.
func hasSign(name string) bool {
	depth := 0
	for _, c := range name {
		switch {
		case strings.ContainsRune("([{", c):
			depth++
		case strings.ContainsRune(")]}", c):
			depth--
		case depth <= 0 && strings.ContainsRune(" +-−*·×/^=|√", c):
			return true
		}
	}
	return false
}

// fractionOf writes a product with factors under the line: its sign in front, and ½ as 2 under the line.
func (n Notation) fractionOf(e Expr) string {
	sign, c, under := "", math.Abs(e.value), 1.0
	if e.negative() {
		sign = n.minus()
	}
	if c == 0.5 {
		c, under = 1, 2
	}
	return sign + n.fraction(n.alone(c, e.args), n.alone(under, e.under))
}

// sum writes the terms of a sum, each with its sign.
func (n Notation) sum(e Expr) string {
	var b strings.Builder
	for i, term := range e.args {
		switch {
		case i > 0 && term.negative():
			b.WriteString(n.operator("−"))
			term = negate(term)
		case i > 0:
			b.WriteString(n.operator("+"))
		}
		_, isFraction := derivative.Parse(term.name)
		b.WriteString(n.parens(term.kind == symbol && !isFraction && hasSign(term.name), n.Write(term, InSum)))
	}
	return b.String()
}

// factors writes a product that begins with the number c.
func (n Notation) factors(c float64, args []Expr) string {
	var b strings.Builder
	isFirst := false // what comes next needs no sign in front of it
	switch {
	case c == -1 && len(args) > 0:
		b.WriteString(n.minus())
		isFirst = true
	case c != 1 || len(args) == 0:
		b.WriteString(n.Constant(c))
	default:
		isFirst = true
	}
	before := b.String()
	for i, f := range args {
		part := n.Write(f, InProduct)
		if !isFirst {
			var needed bool
			switch first := n.first(part); {
			case '0' <= first && first <= '9' || strings.HasPrefix(part, n.half()):
				needed = true
			case i == 0: // 2x, but not 2·|x|, nor 2·e1, which is not 20
				needed = !isDigits(c) || first == '|' || first|0x20 == 'e' && hasDigit(part[1:])
			default: // x(y + 1), but not x^y·(z + 1)
				needed = first != '(' || n.endsWithExponent(args[i-1], before)
			}
			b.WriteString(n.times(before, part, needed))
		}
		isFirst = false
		b.WriteString(part)
		before = part
	}
	return b.String()
}

// hasDigit reports whether a text begins with a digit.
func hasDigit(s string) bool { return s != "" && '0' <= s[0] && s[0] <= '9' }

// endsWithExponent reports whether a factor, as it is written, ends with an exponent after the sign ^, to
// which a bracket after it would seem to belong.
func (n Notation) endsWithExponent(e Expr, written string) bool {
	return n.isFlat() && (e.kind == power || builtin.Of(e.op) == builtin.Pow) && strings.Contains(written, "^")
}

// alone is factors for what stands by itself, as above the line of a fraction: a single
// factor needs no parentheses there.
func (n Notation) alone(c float64, args []Expr) string {
	if c == 1 && len(args) == 1 {
		return n.Write(args[0], InSum)
	}
	return n.factors(c, args)
}

// call writes a function of its operands. Only the ops of package gradus have a notation of
// their own: an op of the caller's may have the name of one of them.
func (n Notation) call(e Expr, outer int) string {
	switch builtin.Of(e.op) {
	case builtin.Pow:
		return n.parens(outer >= inPower, n.raise(e.args[0], e.args[1]))
	case builtin.Abs:
		return n.bars(n.Write(e.args[0], InSum))
	case builtin.Sqrt:
		return n.parens(outer == inPower && n.isFlat(), n.root(n.Write(e.args[0], InSum)))
	}
	args := make([]string, len(e.args))
	for i, a := range e.args {
		args[i] = n.Write(a, InSum)
	}
	return n.function(e.op) + n.Parens(strings.Join(args, n.operator(",")))
}

// raise writes a power.
func (n Notation) raise(base, exponent Expr) string {
	b, isNumber := n.Write(base, inPower), exponent.kind == number
	switch s := n.Write(exponent, InSum); {
	case !n.isFlat():
		return n.power(b, s)
	case isNumber && isInteger(exponent.value) && math.Abs(exponent.value) < 1e6:
		return b + superscripts.Replace(s)
	case isNumber && !strings.ContainsAny(s, "−e"):
		return b + "^" + s
	default:
		return b + "^" + n.Write(exponent, inPower)
	}
}

// parens puts parentheses around s if they are needed.
func (n Notation) parens(needed bool, s string) string {
	if !needed {
		return s
	}
	return n.Parens(s)
}

// Constant writes a number that belongs to a formula, such as the ½ of ½(y − t)². Its sign is
// that of the formula, a minus. A whole number of up to six digits has all of them.
func (n Notation) Constant(x float64) string {
	switch {
	case x < 0:
		return n.minus() + n.Constant(-x)
	case x == 0.5:
		return n.half()
	}
	return n.number(digits(x))
}

// digits returns a number without the sign.
func digits(x float64) string {
	if x = math.Abs(x); isInteger(x) && x < 1e6 {
		return strconv.FormatFloat(x, 'f', -1, 64)
	}
	return Short(x)
}

// isDigits reports whether a constant is written by digits alone, as in 2x and 2^x. Others would be
// misread without the signs in 1e-07·x and (1e-07)^x.
func isDigits(x float64) bool { return strings.Trim(digits(x), "0123456789.") == "" }

// Number writes a number that was computed. In text its sign is a hyphen, as in the tutorials.
func (n Notation) Number(x float64) string { return n.number(Short(x)) }

// Short writes a number with four significant digits, or as ∞, -∞ or NaN, which package formula of gradus
// reads. The floating-point number −0 is 0, as it is on paper.
func Short(x float64) string { return decimal(x, 4) }

// Exact is Short with as many digits as tell the number from all others but −0 from 0.
func Exact(x float64) string { return decimal(x, -1) }

func decimal(x float64, digits int) string {
	switch {
	case x == 0:
		return "0"
	case math.IsInf(x, 1):
		return "∞"
	case math.IsInf(x, -1):
		return "-∞"
	}
	return strconv.FormatFloat(x, 'g', digits, 64)
}
