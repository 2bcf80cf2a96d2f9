package formula

import (
	"math"
	"strconv"
	"strings"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/internal/builtin"
	"github.com/gradus-go/gradus/internal/derivative"
)

// A Notation is a way to write formulas.
type Notation struct {
	latex bool
	names map[string]string // how names are written, of which For has taken care
}

// The notations.
var (
	Text  = Notation{}            // a(1 − a)
	LaTeX = Notation{latex: true} // a \left(1 - a\right)
)

// Either returns the second text if the notation is LaTeX, and the first if it is not.
func (n Notation) Either(text, latex string) string {
	if n.latex {
		return latex
	}
	return text
}

// Derivative writes a derivative by the names of its two values, as dL/dW2, or as d²L/dw² if the value that
// is differentiated is named dL/dw. If values are held fixed, it is not the whole derivative: it is written
// as ∂L/∂x in text, and with the names of these values in LaTeX.
func (n Notation) Derivative(of, by string, held []string) string {
	d := derivative.Of(of, by, held != nil)
	switch {
	case !n.latex:
		return d.Write(n.base)
	case held != nil:
		return `\left.` + n.fraction(d) + `\right|_{` + n.Names(held) + "}"
	}
	return n.fraction(d)
}

// base writes a name as the base of a power.
func (n Notation) base(name string) string { return n.Write(Expr{kind: symbol, name: name}, inPower) }

// fraction writes a derivative in LaTeX.
func (n Notation) fraction(d derivative.Name) string {
	if inner, ok := d.Inner(); ok {
		return `\frac{\partial}{\partial ` + n.base(d.By[len(d.By)-1]) + `} ` + n.fraction(inner)
	}
	raised := func(s string, exponent int) string {
		if exponent > 1 {
			s += n.exponent(float64(exponent))
		}
		return s
	}
	var below []string
	for _, p := range d.Powers() {
		below = append(below, raised(`\partial `+n.base(p.Name), p.Exponent))
	}
	return `\frac{` + raised(`\partial`, len(d.By)) + " " + n.base(d.Of) + `}{` + strings.Join(below, `\,`) + `}`
}

// Names writes a list of names.
func (n Notation) Names(names []string) string {
	written := make([]string, len(names))
	for i, name := range names {
		written[i] = n.name(name)
	}
	return strings.Join(written, ", ")
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
		s := n.Constant(e.value)
		return n.parens(outer == inPower && !isDigits(s), s)
	case gap:
		return n.Either(e.name, `\text{`+EscapeLaTeX(e.name)+"}")
	case symbol:
		_, isFraction := derivative.Parse(e.name)
		return n.parens(isFraction && (outer == inPower || outer == InProduct && !n.latex), n.name(e.name))
	case sum:
		return n.parens(outer > InSum, n.sum(e))
	case power:
		return n.parens(outer == inPower, n.Write(e.args[0], inPower)+n.exponent(e.value))
	case call:
		return n.call(e, outer)
	}
	above := n.factors(e.value, e.args)
	if e.under == nil {
		return n.parens(outer > InProduct, above)
	}
	if n.latex {
		return n.parens(outer == inPower, `\frac{`+n.alone(e.value, e.args)+`}{`+n.alone(1, e.under)+`}`)
	}
	below := n.factors(1, e.under)
	return n.parens(outer > InSum, above+"/"+n.parens(len(e.under) > 1, below))
}

// sum writes the terms of a sum, each with its sign.
func (n Notation) sum(e Expr) string {
	var b strings.Builder
	for i, term := range e.args {
		switch {
		case i > 0 && term.negative():
			b.WriteString(n.Either(" − ", " - ") + n.Write(negate(term), InSum))
		case i > 0:
			b.WriteString(" + " + n.Write(term, InSum))
		default:
			b.WriteString(n.Write(term, InSum))
		}
	}
	return b.String()
}

// factors writes a product that begins with the number c.
func (n Notation) factors(c float64, args []Expr) string {
	s := ""
	switch {
	case c == -1 && len(args) > 0:
		s = n.Either("−", "-")
	case c != 1 || len(args) == 0:
		s = n.Constant(c)
	}
	isPlain := isDigits(strings.TrimPrefix(s, "−")) // and needs no sign before what follows, as in 2x
	for i, f := range args {
		part := n.Write(f, InProduct)
		switch {
		case s == "" || s == n.Either("−", "-"):
		case n.latex:
			s += " "
		case i == 0 && !isPlain || i > 0 && !strings.HasPrefix(part, "(") || isDigits(part[:1]):
			s += "·"
		}
		s += part
	}
	return s
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
	args := make([]string, len(e.args))
	for i, a := range e.args {
		args[i] = n.Write(a, InSum)
	}
	op := builtin.Of(e.op)
	switch {
	case op == builtin.Pow:
		base, exponent := n.Write(e.args[0], inPower), "{"+args[1]+"}"
		if !n.latex {
			exponent = n.Write(e.args[1], inPower)
		}
		return n.parens(outer >= inPower, base+"^"+exponent)
	case op == builtin.Abs:
		return "|" + args[0] + "|"
	case op == builtin.Sqrt && n.latex:
		return `\sqrt{` + args[0] + "}"
	}
	return n.function(e.op) + n.parens(true, strings.Join(args, ", "))
}

// commands has the functions for which LaTeX has a command.
var commands = map[builtin.Kind]string{
	builtin.Sigmoid: `\sigma`, builtin.Exp: `\exp`, builtin.Log: `\ln`, builtin.Sin: `\sin`,
	builtin.Cos: `\cos`, builtin.Tan: `\tan`, builtin.Asin: `\arcsin`, builtin.Acos: `\arccos`,
	builtin.Atan: `\arctan`, builtin.Sinh: `\sinh`, builtin.Cosh: `\cosh`, builtin.Tanh: `\tanh`,
	builtin.Max: `\max`, builtin.Min: `\min`,
}

// function writes what stands before the operands of a function.
func (n Notation) function(op *gradus.Op) string {
	switch name, command := op.Name(), commands[builtin.Of(op)]; {
	case !n.latex:
		return printable(name)
	case command != "":
		return command
	case plainWord.MatchString(name):
		return `\operatorname{` + name + `}`
	default:
		return `\operatorname{` + upright(name) + `}`
	}
}

// parens puts parentheses around s if they are needed.
func (n Notation) parens(needed bool, s string) string {
	if !needed {
		return s
	}
	return n.Either("("+s+")", `\left(`+s+`\right)`)
}

// Constant writes a number that belongs to a formula, such as the ½ of ½(y − t)². Its sign is
// that of the formula, a minus. A whole number of up to six digits has all of them.
func (n Notation) Constant(x float64) string {
	switch {
	case x < 0:
		return n.Either("−", "-") + n.Constant(-x)
	case x == 0.5:
		return n.Either("½", `\frac{1}{2}`)
	case isInteger(x) && x < 1e6:
		return strconv.FormatFloat(x, 'f', -1, 64)
	}
	return strings.TrimPrefix(n.Number(x), "+")
}

// isDigits reports whether a constant is written by digits alone, as in 2x and 2^x. Others would be
// misread without the signs in 1e-07·x and (1e-07)^x.
func isDigits(constant string) bool { return strings.Trim(constant, "0123456789.½") == "" }

// Number writes a number that was computed. Its sign is a hyphen, as in the tutorials.
func (n Notation) Number(x float64) string {
	s := Short(x)
	mantissa, exponent, ok := strings.Cut(s, "e")
	switch {
	case !n.latex:
		return s
	case !ok:
		return specialNumbers.Replace(s)
	}
	sign := strings.TrimRight(exponent[:1], "+")
	power := "10^{" + sign + strings.TrimLeft(exponent[1:], "0") + "}"
	if head, one := strings.CutSuffix(mantissa, "1"); one && strings.Trim(head, "-") == "" {
		return head + power
	}
	return mantissa + ` \cdot ` + power
}

var specialNumbers = strings.NewReplacer("+Inf", `\infty`, "Inf", `\infty`, "NaN", `\text{NaN}`)

var superscripts = strings.NewReplacer("−", "⁻", "(", "⁽", ")", "⁾", "0", "⁰", "1", "¹", "2", "²", "3", "³",
	"4", "⁴", "5", "⁵", "6", "⁶", "7", "⁷", "8", "⁸", "9", "⁹")

// exponent writes an exponent: raised, if the notation can raise it.
func (n Notation) exponent(x float64) string {
	switch s := n.Constant(x); {
	case n.latex:
		return "^{" + s + "}"
	case isInteger(x) && math.Abs(x) < 1e6:
		return superscripts.Replace(s)
	default:
		return "^" + n.parens(strings.ContainsAny(s, "−e"), s)
	}
}

// Short writes a number with four significant digits.
func Short(x float64) string { return strconv.FormatFloat(x, 'g', 4, 64) }
