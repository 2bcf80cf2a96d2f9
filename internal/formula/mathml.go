package formula

import (
	_ "embed"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/internal/builtin"
)

// The notation of MathML Core, which browsers set as mathematics. A part of a formula is any number of
// elements.
type mathML struct{}

func (mathML) half() string             { return mathML{}.fraction(element("mn", "1"), element("mn", "2")) }
func (mathML) minus() string            { return `<mo form="prefix">−</mo>` }
func (mathML) operator(s string) string { return element("mo", s) }
func (mathML) bars(s string) string     { return fenced("|", s, "|") }
func (mathML) root(s string) string     { return "<msqrt>" + s + "</msqrt>" }
func (mathML) partial() string          { return element("mi", "∂") }
func (mathML) Parens(s string) string   { return fenced("(", s, ")") }

func (mathML) fraction(above, below string) string {
	return "<mfrac>" + row(above) + row(below) + "</mfrac>"
}

// power puts the exponent of a symbol with an index above the index. A symbol that has a superscript itself
// needs parentheses.
func (m mathML) power(base, exponent string) string {
	if len(split(base)) == 1 {
		if symbol, ok := strings.CutPrefix(base, "<msub>"); ok {
			return "<msubsup>" + strings.TrimSuffix(symbol, "</msub>") + row(exponent) + "</msubsup>"
		}
		if strings.HasPrefix(base, "<msubsup>") || strings.HasPrefix(base, "<msup>") {
			base = m.Parens(base)
		}
	}
	return "<msup>" + row(base) + row(exponent) + "</msup>"
}

func (mathML) at(derivative, held string) string {
	return "<msub>" + fenced("", derivative, "|") + row(held) + "</msub>"
}

func (mathML) space(more bool) string {
	if more {
		return `<mspace width="0.2em"/>`
	}
	return ""
}

func (mathML) times(_, _ string, needed bool) string {
	if needed {
		return element("mo", "·")
	}
	return element("mo", "&#x2062;") // a product without a sign
}

func (mathML) Product(factors []string) string { return strings.Join(factors, element("mo", "·")) }

// Words writes spaces so that a browser does not leave them out at the ends.
func (mathML) Words(s string) string {
	return element("mtext", strings.ReplaceAll(EscapeHTML(s), " ", "&#xa0;"))
}

func (mathML) Mark(of, by, factor string) string {
	return `<mrow data-of="` + EscapeHTML(of) + `" data-by="` + EscapeHTML(by) + `">` + factor + "</mrow>"
}

func (mathML) first(part string) byte {
	for part[0] == '<' {
		_, part, _ = strings.Cut(part, ">")
	}
	return part[0]
}

func (m mathML) number(digits string) string {
	if rest, ok := strings.CutPrefix(digits, "-"); ok {
		return m.minus() + m.number(rest)
	}
	mantissa, exponent, ok := strings.Cut(digits, "e")
	if !ok {
		return element("mn", digits)
	}
	sign, power := "", plainExponent(exponent)
	if rest, ok := strings.CutPrefix(power, "-"); ok {
		sign, power = m.minus(), rest
	}
	power = m.power(element("mn", "10"), sign+element("mn", power))
	if mantissa == "1" {
		return power
	}
	return element("mn", mantissa) + element("mo", "·") + power
}

func (mathML) function(op *gradus.Op) string {
	const application = "&#x2061;" // of a function to what follows
	tag := "mi"
	if builtin.Of(op) == builtin.Other {
		tag = `mi mathvariant="normal"` // a single letter would be set as a variable
	}
	return element(tag, EscapeHTML(op.Name())) + element("mo", application)
}

func (mathML) ofNetwork(name networkName) string {
	return scripts(element("mi", name.letter), element("mn", name.indices), name.layer)
}

// scripts writes a symbol with an index, and digits in raised brackets, if there are such.
func scripts(symbol, index, layer string) string {
	if layer != "" {
		layer = fenced("(", element("mn", layer), ")")
	}
	switch {
	case index == "" && layer == "":
		return symbol
	case index == "":
		return "<msup>" + symbol + layer + "</msup>"
	case layer == "":
		return "<msub>" + symbol + index + "</msub>"
	}
	return "<msubsup>" + symbol + index + layer + "</msubsup>"
}

// An indexedName is a name that is a symbol with an index: a word with primes, digits in raised brackets, and
// then an index of digits, such as W2, w_12, h1_2, x′ and w⁽³⁾₁₂. The index of one letter may be a word, as
// in w_in.
type indexedName struct{ word, primes, layer, digits, letters string }

const (
	raised  = "⁰¹²³⁴⁵⁶⁷⁸⁹"
	lowered = "₀₁₂₃₄₅₆₇₈₉"
)

// cut takes those characters off a text that it begins with and that are in a set.
func cut(s string, in func(r rune) bool) (head, rest string) {
	end := strings.IndexFunc(s, func(r rune) bool { return !in(r) })
	if end < 0 {
		end = len(s)
	}
	return s[:end], s[end:]
}

// anyOf returns the set of some characters.
func anyOf(characters string) func(rune) bool {
	return func(r rune) bool { return strings.ContainsRune(characters, r) }
}

// indexed takes a name of such a form apart.
func indexed(name string) (n indexedName, ok bool) {
	n.word, name = cut(name, unicode.IsLetter)
	if n.word == "" {
		return n, false
	}
	if index, isWord := strings.CutPrefix(name, "_"); isWord && utf8.RuneCountInString(n.word) == 1 {
		if letters, rest := cut(index, unicode.IsLetter); letters != "" && rest == "" {
			n.letters = letters
			return n, true
		}
	}
	n.primes, name = cut(name, anyOf("′″"))
	if inner, ok := strings.CutPrefix(name, "⁽"); ok {
		n.layer, name = cut(inner, anyOf(raised))
		if name, ok = strings.CutPrefix(name, "⁾"); !ok || n.layer == "" {
			return n, false
		}
	}
	if n.digits, name = cut(name, anyOf(lowered)); n.digits == "" {
		digits, rest := cut(name, anyOf("_0123456789"))
		digits = strings.TrimPrefix(digits, "_")
		isList := digits != "" && !strings.HasPrefix(digits, "_") && !strings.HasSuffix(digits, "_") &&
			!strings.Contains(digits, "__")
		if rest != name && !isList {
			return n, false
		}
		n.digits, name = digits, rest
	}
	primes, rest := cut(name, anyOf("′″"))
	n.primes += primes
	return n, rest == ""
}

// symbol writes a name of such a form with its index, and others upright, letter by letter. A letter is set
// in italics, a word is not.
func (m mathML) symbol(name string) string {
	n, ok := indexed(name)
	if !ok {
		return m.Words(name)
	}
	symbol, index := element("mi", n.word), ""
	if n.primes != "" {
		symbol = "<mrow>" + symbol + element("mo", n.primes) + "</mrow>"
	}
	if n.digits != "" {
		index = element("mn", strings.ReplaceAll(plainDigits.Replace(n.digits), "_", ","))
	} else if n.letters != "" {
		index = element("mi", n.letters)
	}
	return scripts(symbol, index, plainDigits.Replace(n.layer))
}

// plainDigits writes small digits as usual ones.
var plainDigits = func() *strings.Replacer {
	var pairs []string
	for _, small := range []string{raised, lowered} {
		for i, r := range []rune(small) {
			pairs = append(pairs, string(r), strconv.Itoa(i))
		}
	}
	return strings.NewReplacer(pairs...)
}()

// fenced writes what stands between two signs, of which the first may be empty. They grow with a fraction
// alone: browsers leave too much space around signs that may grow.
func fenced(before, s, after string) string {
	tag := "mo"
	if !strings.Contains(s, "<mfrac>") {
		tag = `mo stretchy="false"`
	}
	if before != "" {
		before = element(tag, before)
	}
	return "<mrow>" + before + s + element(tag, after) + "</mrow>"
}

// element writes an element around text. The tag may have attributes.
func element(tag, text string) string {
	name, _, _ := strings.Cut(tag, " ")
	return "<" + tag + ">" + text + "</" + name + ">"
}

// row puts elements into one, for a place that takes one.
func row(elements string) string {
	if len(split(elements)) == 1 {
		return elements
	}
	return "<mrow>" + elements + "</mrow>"
}

// split returns the elements of a part of a formula.
func split(s string) (elements []string) {
	depth, start := 0, 0
	for i := 0; i < len(s); i++ {
		if s[i] != '<' {
			continue
		}
		isEnd := s[i+1] == '/'
		i += strings.IndexByte(s[i:], '>')
		switch isEmpty := s[i-1] == '/'; {
		case isEnd:
			depth--
		case !isEmpty:
			depth++
		}
		if depth == 0 {
			elements, start = append(elements, s[start:i+1]), i+1
		}
	}
	return elements
}

// EscapeHTML writes text so that HTML and XML show it, in an element and as an attribute.
func EscapeHTML(s string) string { return escapes.Replace(printable(s)) }

var escapes = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;", "'", "&#39;")

// Math returns math elements for a formula in MathML, which stands after a sign, such as = or +, or after
// none: one for each term of a sum. Between them a browser can begin a new line.
func Math(sign, s string) string {
	var b strings.Builder
	begin := func(sign string) {
		b.WriteString(`<math displaystyle="true">`)
		if sign != "" {
			b.WriteString(`<mo form="infix" lspace="0">` + sign + "</mo>")
		}
	}
	begin(sign)
	for _, e := range split(s) {
		if e == plus || e == minus {
			b.WriteString("</math> ")
			begin(strings.TrimSuffix(strings.TrimPrefix(e, "<mo>"), "</mo>"))
			continue
		}
		b.WriteString(e)
	}
	b.WriteString("</math>")
	return b.String()
}

var plus, minus = mathML{}.operator("+"), mathML{}.operator("−")

//go:embed math.css
var style string

// Style returns the style sheet for what package show writes in MathML.
func Style() string { return style }
