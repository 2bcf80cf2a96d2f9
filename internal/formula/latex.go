package formula

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/internal/builtin"
)

// The notation of LaTeX, with the package amsmath.
type latex struct{}

func (latex) half() string                        { return latex{}.fraction("1", "2") }
func (latex) minus() string                       { return "-" }
func (latex) first(part string) byte              { return part[0] }
func (latex) bars(s string) string                { return "|" + s + "|" }
func (latex) root(s string) string                { return `\sqrt{` + s + "}" }
func (latex) fraction(above, below string) string { return `\frac{` + above + `}{` + below + `}` }
func (latex) power(base, exponent string) string  { return base + "^{" + exponent + "}" }
func (latex) partial() string                     { return `\partial` }
func (latex) Words(s string) string               { return `\text{` + EscapeLaTeX(s) + `}` }
func (latex) Parens(s string) string              { return `\left(` + s + `\right)` }
func (latex) Product(factors []string) string     { return strings.Join(factors, ` \cdot `) }
func (latex) Mark(_, _, factor string) string     { return factor }

func (latex) at(derivative, held string) string {
	return `\left.` + derivative + `\right|_{` + held + "}"
}

// times writes a sign only where LaTeX, which sets no space between factors, would make one number or one
// word of two: 2·3^x, 2·1st and a·rate, but not 2a, 2rate and a b.
func (l latex) times(before, after string, _ bool) string {
	isWord := func(s string) bool { return strings.HasPrefix(s, `\text{`) }
	isApart := strings.Trim(before, "-.0123456789") == "" || strings.HasSuffix(before, `\right)`)
	if hasDigit(strings.TrimPrefix(after, `\text{`)) || isWord(after) && !isApart ||
		isWord(before) && !strings.HasPrefix(after, `\left(`) {
		return l.Product([]string{"", ""})
	}
	return " "
}

func (latex) operator(sign string) string {
	switch sign {
	case ",":
		return ", "
	case "−":
		return " - "
	}
	return " " + sign + " "
}

func (latex) space(more bool) string {
	if more {
		return `\,`
	}
	return " "
}

func (latex) number(digits string) string {
	mantissa, exponent, ok := strings.Cut(digits, "e")
	if !ok {
		return specialNumbers.Replace(digits)
	}
	power := "10^{" + plainExponent(exponent) + "}"
	if head, one := strings.CutSuffix(mantissa, "1"); one && strings.Trim(head, "-") == "" {
		return head + power
	}
	return mantissa + ` \cdot ` + power
}

var specialNumbers = strings.NewReplacer("∞", `\infty`, "NaN", `\text{NaN}`)

// plainExponent returns an exponent that strconv has written, such as +07, as a person writes it.
func plainExponent(s string) string {
	return strings.TrimRight(s[:1], "+") + strings.TrimLeft(s[1:], "0")
}

// commands has the functions for which LaTeX has a command.
var commands = map[builtin.Kind]string{
	builtin.Sigmoid: `\sigma`, builtin.Exp: `\exp`, builtin.Log: `\ln`, builtin.Sin: `\sin`,
	builtin.Cos: `\cos`, builtin.Tan: `\tan`, builtin.Asin: `\arcsin`, builtin.Acos: `\arccos`,
	builtin.Atan: `\arctan`, builtin.Sinh: `\sinh`, builtin.Cosh: `\cosh`, builtin.Tanh: `\tanh`,
	builtin.Max: `\max`, builtin.Min: `\min`,
}

// isPlainWord reports whether a text has letters of ASCII only.
func isPlainWord(s string) bool {
	return s != "" && strings.Trim(s, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ") == ""
}

func (l latex) function(op *gradus.Op) string {
	switch name, command := op.Name(), commands[builtin.Of(op)]; {
	case command != "":
		return command
	case isPlainWord(name):
		return `\operatorname{` + name + `}`
	default:
		return `\operatorname{` + l.Words(name) + `}`
	}
}

func (latex) ofNetwork(name networkName) string {
	s := "{" + name.letter
	if name.layer != "" {
		s += "^{(" + name.layer + ")}"
	}
	return s + "_{" + strings.ReplaceAll(name.indices, "#", `\#`) + "}}"
}

// letterAndDigits takes a name apart that is a letter and digits, with or without _ between them, such as W2.
func letterAndDigits(s string) (letter, digits string, ok bool) {
	r, size := utf8.DecodeRuneInString(s)
	digits = strings.TrimPrefix(s[size:], "_")
	return s[:size], digits, unicode.IsLetter(r) && digits != "" && strings.Trim(digits, "0123456789") == ""
}

// symbol writes a letter, Greek ones among them, as a symbol, and a letter and digits, such as W2, as a
// symbol with an index, W_2. Other names are upright text.
func (l latex) symbol(name string) string {
	letter, digits, ok := letterAndDigits(name)
	switch {
	case isSymbol(name):
		return symbolOf(name)
	case !ok || !isSymbol(letter):
		return l.Words(name)
	case len(digits) == 1:
		return symbolOf(letter) + "_" + digits
	}
	return symbolOf(letter) + "_{" + digits + "}"
}

// isSymbol reports whether s is one letter that LaTeX has as a symbol.
func isSymbol(s string) bool {
	r, size := utf8.DecodeRuneInString(s)
	return size == len(s) && (letters[r] != "" || 'a' <= r|0x20 && r|0x20 <= 'z' && r < utf8.RuneSelf)
}

// symbolOf returns the symbol of a letter for which isSymbol holds.
func symbolOf(s string) string {
	r, _ := utf8.DecodeRuneInString(s)
	if command := letters[r]; command != "" {
		return command
	}
	return s
}

// EscapeLaTeX writes text so that LaTeX prints it: characters that have a meaning as themselves,
// Greek letters and other signs by their commands, and what its usual fonts lack by its number.
func EscapeLaTeX(s string) string {
	var b strings.Builder
	for _, r := range printable(s) {
		switch {
		case special[r] != "":
			b.WriteString(special[r])
		case letters[r] != "":
			b.WriteString(`\ensuremath{` + letters[r] + `}`)
		case signs[r] != "":
			b.WriteString(`\ensuremath{` + signs[r] + `}`)
		case ' ' <= r && r <= '~', 0xC0 <= r && r <= 0x17F && r != 0x149: // ASCII, and letters with accents
			b.WriteRune(r)
		default:
			fmt.Fprintf(&b, `\texttt{U+%04X}`, r)
		}
	}
	return b.String()
}

// special has the characters of ASCII that have a meaning in LaTeX.
var special = map[rune]string{
	'\\': `\textbackslash{}`, '_': `\_`, '%': `\%`, '&': `\&`, '#': `\#`, '$': `\$`, '{': `\{`, '}': `\}`,
	'^': `\textasciicircum{}`, '~': `\textasciitilde{}`, '<': `\ensuremath{<}`, '>': `\ensuremath{>}`,
	'|': `\ensuremath{|}`,
}

// letters has the Greek letters.
var letters = map[rune]string{
	'α': `\alpha`, 'β': `\beta`, 'γ': `\gamma`, 'δ': `\delta`, 'ε': `\varepsilon`, 'ζ': `\zeta`, 'η': `\eta`,
	'θ': `\theta`, 'ι': `\iota`, 'κ': `\kappa`, 'λ': `\lambda`, 'μ': `\mu`, 'µ': `\mu`, 'ν': `\nu`, 'ξ': `\xi`,
	'ο': `o`, 'π': `\pi`, 'ρ': `\rho`, 'σ': `\sigma`, 'ς': `\varsigma`, 'τ': `\tau`, 'υ': `\upsilon`,
	'φ': `\varphi`, 'χ': `\chi`, 'ψ': `\psi`, 'ω': `\omega`, 'ϕ': `\phi`, 'ϵ': `\epsilon`, 'ϑ': `\vartheta`,
	'Α': `\mathrm{A}`, 'Β': `\mathrm{B}`, 'Γ': `\Gamma`, 'Δ': `\Delta`, 'Ε': `\mathrm{E}`, 'Ζ': `\mathrm{Z}`,
	'Η': `\mathrm{H}`, 'Θ': `\Theta`, 'Ι': `\mathrm{I}`, 'Κ': `\mathrm{K}`, 'Λ': `\Lambda`, 'Μ': `\mathrm{M}`,
	'Ν': `\mathrm{N}`, 'Ξ': `\Xi`, 'Ο': `\mathrm{O}`, 'Π': `\Pi`, 'Ρ': `\mathrm{P}`, 'Σ': `\Sigma`,
	'Τ': `\mathrm{T}`, 'Υ': `\Upsilon`, 'Φ': `\Phi`, 'Χ': `\mathrm{X}`, 'Ψ': `\Psi`, 'Ω': `\Omega`, 'ℓ': `\ell`,
}

// signs has the signs that stand in names of values and of functions.
var signs = map[rune]string{
	'′': `'`, '″': `''`, '−': `-`, '·': `\cdot`, '×': `\times`, '∂': `\partial`, '√': `\surd`, '∞': `\infty`,
	'…': `\dots`, '½': `\frac{1}{2}`, '≤': `\le`, '≥': `\ge`, '≠': `\ne`, '±': `\pm`, '∑': `\sum`, '∏': `\prod`,
	'∇': `\nabla`, '→': `\to`,
	'₀': `_0`, '₁': `_1`, '₂': `_2`, '₃': `_3`, '₄': `_4`, '₅': `_5`, '₆': `_6`, '₇': `_7`, '₈': `_8`, '₉': `_9`,
	'⁰': `^0`, '¹': `^1`, '²': `^2`, '³': `^3`, '⁴': `^4`, '⁵': `^5`, '⁶': `^6`, '⁷': `^7`, '⁸': `^8`, '⁹': `^9`,
	'⁽': `^(`, '⁾': `^)`,
}
