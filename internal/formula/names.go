package formula

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/internal/derivative"
)

var plainWord = regexp.MustCompile(`^[A-Za-z]+$`)

var letterAndDigits = regexp.MustCompile(`^(\pL)_?(\d+)$`)

// This is the form of the names that package nn gives to parameters and results: layer3.neuron1.w2, or
// neuron1.w2 in a layer that stands alone, and .b, .z and .a for those of which a neuron has one.
var ofNetwork = regexp.MustCompile(
	`^(?:layer([1-9]\d*)\.)?neuron([1-9]\d*|#)\.(?:(w)([1-9]\d*|#)|([bza]))$`)

// Short returns a name of package nn as books write it: layer3.neuron1.w2 is w⁽³⁾₁₂, and
// layer3.neuron1.b is b⁽³⁾₁. If an index has more than one digit, they stand in brackets, since w₁₁₂ could
// be two: layer3.neuron11.w2 is w⁽³⁾[11,2]. In LaTeX a comma is enough. Other names stay as they are.
func (n Notation) Short(name string) string {
	m := ofNetwork.FindStringSubmatch(name)
	if m == nil {
		return n.usual(name)
	}
	layer, indices, letter, isOne := m[1], m[2]+m[4], m[3]+m[5], m[4] == ""
	isShort := len(m[2]) == 1 && len(m[4]) <= 1 && !strings.Contains(indices, "#")
	if !isOne && !isShort {
		indices = m[2] + "," + m[4]
	}
	if layer != "" {
		letter += n.Either(superscripts.Replace("("+layer+")"), "^{("+layer+")}")
	}
	switch {
	case n.latex:
		return "{" + letter + "_{" + strings.ReplaceAll(indices, "#", `\#`) + "}}"
	case isShort || isOne && m[2] != "#":
		return letter + subscripts.Replace(indices)
	}
	return letter + "[" + indices + "]"
}

var subscripts = strings.NewReplacer("0", "₀", "1", "₁", "2", "₂", "3", "₃", "4", "₄", "5", "₅", "6", "₆",
	"7", "₇", "8", "₈", "9", "₉")

// For returns a notation for formulas of these values. It writes their names by [Notation.Short], but names
// that would look alike, such as W2 and W_2 in LaTeX, in full.
func (n Notation) For(values []*gradus.Value) Notation {
	quoted := func(s string) string { return n.full(strconv.QuoteToASCII(s)) }
	forms := []func(name string) string{n.Short, n.full, quoted}
	form := map[string]int{} // of each name; the last form differs for all names
	var all []string
	for _, v := range values {
		d, _ := derivative.Parse(v.Name())
		all = append(all, v.Name(), d.Of)
		all = append(all, d.By...)
	}
	slices.Sort(all)
	all = slices.Compact(all)
	for {
		names, written := map[string]string{}, map[string]string{}
		alike := false
		for _, name := range all {
			names[name] = forms[form[name]](name)
			if other, taken := written[names[name]]; taken {
				alike = true
				form[name] = min(form[name]+1, len(forms)-1)
				form[other] = min(form[other]+1, len(forms)-1)
			}
			written[names[name]] = name
		}
		if !alike {
			return Notation{latex: n.latex, names: names}
		}
	}
}

// name writes a name, as [Notation.For] has decided.
func (n Notation) name(s string) string {
	if written, ok := n.names[s]; ok {
		return written
	}
	return n.usual(s)
}

// full writes a name letter by letter.
func (n Notation) full(s string) string {
	if n.latex {
		return upright(s)
	}
	return printable(s)
}

// usual writes a name. The name of a derivative has those of its values in short, and is a fraction in LaTeX.
// There a letter, Greek ones among them, is a symbol, and a letter and digits, such as W2, are a symbol with
// an index, W_2. Other names are upright text.
func (n Notation) usual(s string) string {
	d, isDerivative := derivative.Parse(s)
	m := letterAndDigits.FindStringSubmatch(s)
	switch {
	case isDerivative && n.latex:
		return n.fraction(d)
	case isDerivative && d.String() == s:
		return d.Write(n.Short)
	case !n.latex:
		return printable(s)
	case isSymbol(s):
		return symbolOf(s)
	case m == nil || !isSymbol(m[1]):
		return upright(s)
	case len(m[2]) == 1:
		return symbolOf(m[1]) + "_" + m[2]
	}
	return symbolOf(m[1]) + "_{" + m[2] + "}"
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

// upright writes a name as upright text in a formula of LaTeX.
func upright(s string) string { return `\text{` + EscapeLaTeX(s) + `}` }

// printable writes control characters, and bytes that are no UTF-8, as Go writes them in a string: a
// line end as \n. A name must not end the line in which it stands, nor talk to a terminal.
func printable(s string) string {
	isHarmless := func(r rune) bool { return r == ' ' || unicode.IsGraphic(r) && r != utf8.RuneError }
	if strings.IndexFunc(s, func(r rune) bool { return !isHarmless(r) }) < 0 {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		if isHarmless(r) {
			b.WriteRune(r)
		} else {
			quoted := strconv.Quote(s[i : i+size])
			b.WriteString(quoted[1 : len(quoted)-1])
		}
		i += size
	}
	return b.String()
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
