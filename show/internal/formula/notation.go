package formula

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// A Notation writes formulas: that of a terminal, a(1 − a), or that of LaTeX.
type Notation struct {
	latex bool
	exact bool // writes all digits: what differs at all is written differently
}

// The notations.
var (
	Text  = Notation{}
	LaTeX = Notation{latex: true}
	keys  = Notation{exact: true}
)

// Either returns the one or the other, by Notation.
func (n Notation) Either(text, latex string) string {
	if n.latex {
		return latex
	}
	return text
}

// Derivative writes dL/dW2.
func (n Notation) Derivative(of, by string) string {
	if n.latex {
		return `\frac{\partial ` + n.name(of) + `}{\partial ` + n.name(by) + `}`
	}
	return "d" + of + "/d" + by
}

// What an expression stands in decides whether it takes parentheses.
const (
	InSum = iota
	InProduct
	InPower
)

// Write writes a formula that stands in another one of the given strength.
func (n Notation) Write(e Expr, outer int) string {
	switch e.kind {
	case number:
		return n.Constant(e.value)
	case symbol:
		if n.exact {
			return e.name + strconv.FormatFloat(e.value, 'g', -1, 64)
		}
		return n.name(e.name)
	case sum:
		return n.Parens(outer > InSum, n.sum(e))
	case power:
		return n.Write(e.args[0], InPower) + n.exponent(e.value)
	case call:
		return n.call(e, outer)
	}
	above := n.factors(e.value, e.args)
	if e.under == nil {
		return n.Parens(outer > InProduct, above)
	}
	if n.latex {
		return n.Parens(outer == InPower, `\frac{`+n.alone(e.value, e.args)+`}{`+n.alone(1, e.under)+`}`)
	}
	below := n.factors(1, e.under)
	return n.Parens(outer > InSum, above+"/"+n.Parens(len(e.under) > 1, below))
}

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

// factors writes a product, the constant first.
func (n Notation) factors(c float64, args []Expr) string {
	s := ""
	switch {
	case c == -1 && len(args) > 0:
		s = n.Either("−", "-")
	case c != 1 || len(args) == 0:
		s = n.Constant(c)
	}
	for i, f := range args {
		part := n.Write(f, InProduct)
		switch {
		case n.latex && s != "" && s != "-":
			s += " "
		case !n.latex && i > 0 && !strings.HasPrefix(part, "("):
			s += "·"
		}
		s += part
	}
	return s
}

// alone writes a product that needs no parentheses around a single factor.
func (n Notation) alone(c float64, args []Expr) string {
	if c == 1 && len(args) == 1 {
		return n.Write(args[0], InSum)
	}
	return n.factors(c, args)
}

func (n Notation) call(e Expr, outer int) string {
	args := make([]string, len(e.args))
	for i, a := range e.args {
		args[i] = n.Write(a, InSum)
	}
	switch {
	case e.name == "^" && n.latex:
		return n.Parens(outer >= InPower, n.Write(e.args[0], InPower)+"^{"+args[1]+"}")
	case e.name == "^":
		return n.Parens(outer >= InPower, n.Write(e.args[0], InPower)+"^"+n.Write(e.args[1], InPower))
	case e.name == "abs":
		return "|" + args[0] + "|"
	case e.name == "√" && n.latex:
		return `\sqrt{` + args[0] + "}"
	}
	return n.function(e.name) + n.Parens(true, strings.Join(args, ", "))
}

func (n Notation) function(name string) string {
	switch {
	case !n.latex:
		return name
	case name == "σ":
		return `\sigma`
	case slices.Contains([]string{"exp", "ln", "sin", "cos", "tan", "tanh", "max", "min"}, name):
		return `\` + name
	}
	return `\operatorname{` + EscapeLaTeX.Replace(name) + `}`
}

// Parens puts parentheses around s where they are needed.
func (n Notation) Parens(needed bool, s string) string {
	if !needed {
		return s
	}
	return n.Either("("+s+")", `\left(`+s+`\right)`)
}

// Constant writes a constant of a formula.
func (n Notation) Constant(x float64) string {
	switch {
	case n.exact:
		return strconv.FormatFloat(x, 'g', -1, 64)
	case x == 0.5:
		return n.Either("½", `\frac{1}{2}`)
	case x == -0.5:
		return n.Either("−½", `-\frac{1}{2}`)
	case n.latex:
		return n.Number(x)
	}
	if x < 0 {
		return "−" + Short(-x)
	}
	return Short(x)
}

// Number writes a computed number, with an ASCII sign, as the tutorials do.
func (n Notation) Number(x float64) string {
	s := Short(x)
	if mantissa, exponent, ok := strings.Cut(s, "e"); ok && n.latex {
		return mantissa + ` \cdot 10^{` + strings.TrimPrefix(exponent, "+") + "}"
	}
	return s
}

var superscripts = strings.NewReplacer("-", "⁻", "0", "⁰", "1", "¹", "2", "²", "3", "³", "4", "⁴",
	"5", "⁵", "6", "⁶", "7", "⁷", "8", "⁸", "9", "⁹")

func (n Notation) exponent(x float64) string {
	switch s := Short(x); {
	case n.exact:
		return "^" + n.Constant(x)
	case n.latex:
		return "^{" + s + "}"
	case strings.ContainsAny(s, ".e"):
		return "^" + s
	default:
		return superscripts.Replace(s)
	}
}

var letterAndDigits = regexp.MustCompile(`^([A-Za-z])_?(\d+)$`)

// name writes a name: in LaTeX, W2 as W_2, and more than a letter as Text.
func (n Notation) name(s string) string {
	switch m := letterAndDigits.FindStringSubmatch(s); {
	case !n.latex:
		return s
	case m != nil && len(m[2]) == 1:
		return m[1] + "_" + m[2]
	case m != nil:
		return m[1] + "_{" + m[2] + "}"
	case len(s) == 1 && EscapeLaTeX.Replace(s) == s:
		return s
	}
	return `\text{` + EscapeLaTeX.Replace(s) + `}`
}

// EscapeLaTeX makes text of what would be commands.
var EscapeLaTeX = strings.NewReplacer(`\`, `\textbackslash{}`, "_", `\_`, "%", `\%`, "&", `\&`, "#", `\#`,
	"$", `\$`, "{", `\{`, "}", `\}`, "^", `\textasciicircum{}`, "~", `\textasciitilde{}`)
