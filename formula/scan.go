package formula

import (
	"fmt"
	"strings"
	"unicode"

	"github.com/gradus-go/gradus/internal/decimal"
)

// A token is a word of a text, and where it stands.
type token struct {
	kind   kind
	text   string  // of a sign, the one that stands for all with its meaning: · for * and ×
	number float64 // of a number, or the exponent that a superscript is
	suffix string  // what might be a name: of the number 2e1x that is e1x, and of the end of 2x // y that is y
	at     place
	to     int // the column behind it
}

// A place is a line and a column, counted from 1. The column counts characters.
type place struct{ line, column int }

type kind int

const (
	sign kind = iota
	number
	name
	superscript
	end // of a statement
)

// Bounds for what is read, in bytes, in tokens and in characters of a name, so that no text takes all
// memory.
const (
	maxLen    = 1 << 20
	maxTokens = 1 << 19
	maxName   = 100
)

// signs has the signs and, for each of them, the one that stands for it.
var signs = map[rune]string{
	'+': "+", '-': "−", '−': "−", '–': "−", '‐': "−", '‑': "−", // from keyboards, textbooks and text processors
	'*': "·", '·': "·", '×': "·", '⋅': "·", '∙': "·", '∗': "·", '/': "/", '÷': "/", '∕': "/", '⁄': "/", '^': "^",
	'(': "(", ')': ")", '[': "[", ']': "]", '|': "|", '√': "√", ',': ",", '=': "=",
}

var fractions = map[rune]float64{
	'½': 1. / 2, '⅓': 1. / 3, '⅔': 2. / 3, '¼': 1. / 4, '¾': 3. / 4, '⅕': 1. / 5, '⅖': 2. / 5, '⅗': 3. / 5,
	'⅘': 4. / 5, '⅙': 1. / 6, '⅚': 5. / 6, '⅛': 1. / 8, '⅜': 3. / 8, '⅝': 5. / 8, '⅞': 7. / 8, '∞': infinity,
}

const (
	superscripts = "⁰¹²³⁴⁵⁶⁷⁸⁹"
	subscripts   = "₀₁₂₃₄₅₆₇₈₉"
)

// A scanner cuts one line into tokens.
type scanner struct {
	line []rune
	next int // the character that comes next
	n    int // the number of the line
}

// at returns character i of those that come next, or a line feed after the last one.
func (s *scanner) at(i int) rune {
	if s.next+i >= len(s.line) {
		return '\n'
	}
	return s.line[s.next+i]
}

// scan returns the tokens of a line.
func scan(line string, n int) (tokens []token) {
	s := &scanner{line: []rune(line), n: n}
	for {
		s.skipSpace()
		t := token{at: place{n, s.next + 1}}
		switch c := s.at(0); {
		case c == '\n' || c == '#' || c == '/' && s.at(1) == '/':
			t.kind = end
			if c == '/' && len(tokens) > 0 && tokens[len(tokens)-1].kind != end {
				t.suffix = s.divisor(tokens[len(tokens)-1].to == t.at.column)
			}
			return append(tokens, t)
		case c == ';':
			t.kind, t.text = end, ";"
			s.next++
		case c == '.' && s.at(1) == '.':
			t.text = ".."
			s.next += 2
		case c == '*' && s.at(1) == '*':
			t.text = "^"
			s.next += 2
		case isDigit(c) || c == '.' && isDigit(s.at(1)):
			t.kind = number
			t.number, t.suffix = s.number()
		case c == '.':
			s.failPoint(tokens)
		case fractions[c] != 0:
			t.kind, t.number = number, fractions[c]
			s.next++
		case signs[c] != "":
			t.text = signs[c]
			s.next++
		case unicode.IsLetter(c):
			t.kind, t.text = name, s.name()
		case c == '⁻' || strings.ContainsRune(superscripts, c):
			t.kind, t.number = superscript, s.superscript()
		default:
			fail(t.at, "%q is not part of a formula", c)
		}
		t.to = s.next + 1
		tokens = append(tokens, t)
	}
}

// divisor returns the name that comes behind // if that may be a division, as in Python, and no comment: if
// no word follows the name. It fails if that can hardly be a comment, as with a number, or with no space on
// either side. Then isClose is true: what is before // is next to it.
func (s *scanner) divisor(isClose bool) string {
	slashes := place{s.n, s.next + 1}
	s.next += 2
	isClose = isClose && !unicode.IsSpace(s.at(0))
	s.skipSpace()
	switch c := s.at(0); {
	case isDigit(c) || isClose && (c == '(' || unicode.IsLetter(c)):
		failDivision(slashes)
	case unicode.IsLetter(c):
		text := s.name()
		s.skipSpace()
		if !unicode.IsLetter(s.at(0)) {
			return text
		}
	}
	return ""
}

func failDivision(slashes place) {
	fail(slashes, "// begins a comment, and no division; want / for a division, and # before a comment that "+
		"may be a number or a name")
}

// skipSpace goes past what is not seen.
func (s *scanner) skipSpace() {
	for c := s.at(0); c != '\n' && unicode.IsSpace(c) || c == byteOrderMark; c = s.at(0) {
		s.next++
	}
}

// failPoint says what is wrong with the point that comes next, behind tokens: in Python, a module may stand
// before it.
func (s *scanner) failPoint(tokens []token) {
	instead := ""
	if n := len(tokens); n > 0 && tokens[n-1].kind == name && unicode.IsLetter(s.at(1)) {
		after := (&scanner{line: s.line, next: s.next + 1, n: s.n}).name()
		if function(after) != nil {
			instead = fmt.Sprintf(", and %s for %s.%[1]s", after, tokens[n-1].text)
		}
	}
	fail(place{s.n, s.next + 1}, "a point is no sign, and no digit is next to this one; want · for a product%s",
		instead)
}

const byteOrderMark = '\ufeff' // with which some editors begin a text

func isDigit(c rune) bool { return '0' <= c && c <= '9' }

// number reads a number such as 12, 0.5, .5 or 1e-3. If it has an exponent, suffix is the name that begins
// with its e.
func (s *scanner) number() (x float64, suffix string) {
	start := s.next
	digits := func() {
		for isDigit(s.at(0)) {
			s.next++
		}
	}
	digits()
	if s.at(0) == '.' && s.at(1) != '.' {
		s.next++
		digits()
	}
	if e := s.at(0); e == 'e' || e == 'E' {
		if isDigit(s.at(1)) || (s.at(1) == '-' || s.at(1) == '+') && isDigit(s.at(2)) {
			suffix = (&scanner{line: s.line, next: s.next, n: s.n}).name()
			s.next += 2
			digits()
		}
	}
	text := string(s.line[start:s.next])
	x, err := decimal.Parse(text)
	if err != nil {
		fail(place{s.n, start + 1}, "%s is no number that there is: %v", text, err)
	}
	return x, suffix
}

// name reads a name: after the first letter, whatever belongs to a name.
func (s *scanner) name() string {
	start := s.next
	for s.next++; ; s.next++ {
		c := s.at(0)
		if c == '⁽' {
			if to := s.bracketed(); to > 0 {
				s.next += to
				continue
			}
		}
		if !unicode.IsLetter(c) && !isDigit(c) && !strings.ContainsRune("_'′″"+subscripts, c) {
			if s.next-start > maxName {
				fail(place{s.n, start + 1}, "the name has %d characters, want at most %d", s.next-start, maxName)
			}
			return string(s.line[start:s.next])
		}
	}
}

// bracketed returns where the superscript in brackets that comes next ends, or 0 if none comes.
func (s *scanner) bracketed() int {
	i := 1
	for strings.ContainsRune(superscripts, s.at(i)) {
		i++
	}
	if i == 1 || s.at(i) != '⁾' {
		return 0
	}
	return i
}

// superscript reads an exponent such as ² or ⁻¹.
func (s *scanner) superscript() (x float64) {
	start, factor := s.next, 1.0
	if s.at(0) == '⁻' {
		factor = -1
		s.next++
	}
	first := s.next
	for ; ; s.next++ {
		digit := strings.IndexRune(superscripts, s.at(0))
		if digit < 0 {
			break
		}
		x = 10*x + float64(len([]rune(superscripts[:digit])))
	}
	if s.next == first {
		fail(place{s.n, start + 1}, "a digit must follow ⁻, as in x⁻¹")
	}
	return factor * x
}
