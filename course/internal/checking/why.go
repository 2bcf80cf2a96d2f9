package checking

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/formula"
	"github.com/gradus-go/gradus/gradcheck"
	"github.com/gradus-go/gradus/internal/chain"
)

// values is what formulas are tried with.
type values struct {
	graph *formula.Graph
	root  *gradus.Value                // whose derivatives are asked for
	above map[string]gradcheck.Formula // the lines, by their aliases
}

const (
	brackets = "brackets are missing: it would be right with one more pair of them"
	rounded  = "a number in it is rounded: it is nearly right at all numbers that were tried"
	ofText   = "a number in it is one of the text, rounded: write the names from which it comes in its place"
)

// explain sets the text of a finding on a line of formulas, and adds a slip that package gradcheck does not
// know.
func (v values) explain(f *Finding, found gradcheck.Finding, l Line) {
	_, rest, _ := strings.Cut(f.Text, "\n")
	f.Text = fmt.Sprintf("%s = %s is ", l.Key, l.Formula)
	switch {
	case f.OK:
		f.Text += "right"
	case found.Coincidence:
		f.Text += "right for the numbers of the text only, and wrong for others"
		if found.Zeros != nil {
			rest = "  it would be wrong without " + strings.Join(found.Zeros, " = 0 and ") + " = 0"
		}
	default:
		f.Text += fmt.Sprintf("wrong\n  with the numbers of the text it is %.6g, and should be %.6g",
			found.Yours+0, found.Right+0) // +0 makes 0 of −0
		nearHere := isNearHere(l, found)
		near := nearHere && v.isNear(l)
		for _, s := range []struct {
			what string
			is   bool
		}{
			{brackets, v.lacksBrackets(l, found.Right)},
			{rounded, near},
			{ofText, nearHere && !near && f.Slips == nil},
		} {
			if !s.is {
				continue
			}
			if len(f.Slips) == 0 {
				rest = "  what would explain it:"
			}
			rest += "\n    " + s.what
			f.Slips = append(f.Slips, s.what)
		}
	}
	f.Text = strings.TrimSpace(f.Text + "\n" + rest)
}

// lacksBrackets reports whether a line that is wrong would be right, at all numbers that are tried, with
// one more pair of brackets in its formula, where learners forget them. The right number is that of the
// text.
func (v values) lacksBrackets(l Line, right float64) bool {
	text := []rune(l.Formula)
	for i := range text {
		for j := i + 3; j <= len(text); j++ {
			if inWord(text, i) || inWord(text, j) || !isForgotten(text[:i], text[i:j]) {
				continue
			}
			with := l
			with.Formula = string(slices.Concat(text[:i], []rune("("), text[i:j], []rune(")"), text[j:]))
			rule, err := with.rule(v.above, v.graph.Names())
			if err != nil || !near(rule(func(name string) float64 { return v.graph.Value(name).Data }), right) {
				continue
			}
			found, err := gradcheck.CheckDerivation(v.root, gradcheck.Derivation{l.Key: rule})
			if err == nil && len(found) == 1 && found[0].OK {
				return true
			}
		}
	}
	return false
}

// inWord reports whether the place i is within a name or a number, and not between a number and a name, as in
// 2a.
func inWord(text []rune, i int) bool {
	part := func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || r == '.' || r == '_' }
	if i == 0 || i == len(text) || !part(text[i-1]) || !part(text[i]) {
		return false
	}
	start := i
	for start > 0 && part(text[start-1]) {
		start--
	}
	_, err := strconv.ParseFloat(string(text[start:i]), 64)
	return err != nil || !unicode.IsLetter(text[i])
}

// isForgotten reports whether learners forget the brackets around a part of a formula: around a sum, around a
// product that something is divided by, and around an exponent unless it is a whole number: nobody who writes
// x^2/2 means x to the power of 2/2.
func isForgotten(before, part []rune) bool {
	const plus, times = "+-−–", "·*×⋅∙"
	switch text := strings.TrimSpace(string(before)); {
	case has(part, plus):
		return true
	case strings.HasSuffix(text, "/"):
		return has(part, times)
	case strings.HasSuffix(text, "^"):
		return !isWhole(string(part))
	}
	return false
}

// has reports whether a part of a formula, all of whose brackets are its own, has one of these signs between
// two operands, outside of its brackets. A minus at its beginning is not between two.
func has(part []rune, signs string) bool {
	depth, found, operand := 0, false, false
	for _, r := range part {
		switch {
		case r == '(':
			depth++
		case r == ')':
			if depth--; depth < 0 {
				return false
			}
		case strings.ContainsRune(signs, r):
			found = found || depth == 0 && operand
		}
		operand = operand || r != ' '
	}
	return found && depth == 0
}

// isWhole reports whether a formula is a whole number.
func isWhole(text string) bool {
	rule, err := formula.Function(text)
	if err != nil {
		return false
	}
	x := rule(func(string) float64 { return math.NaN() })
	return x == math.Trunc(x)
}

func near(x, y float64) bool { return math.Abs(x-y) <= 1e-9*max(1e-9, math.Abs(y)) }

// A place is where a line is compared with the right derivative: a graph with the numbers of the text, or
// with others.
type place struct {
	*chain.Chain
	of, by int // in Named, of the derivative
	local  bool
}

// place returns the place of a line at the numbers of the text, and reports whether its key can be read.
func (v values) place(l Line) (p place, ok bool) {
	c := chain.New(v.root)
	key, err := c.Read(l.Key)
	if err != nil {
		return p, false
	}
	p.Chain, p.of, p.by, err = c.Higher(key)
	if err != nil {
		return p, false
	}
	p.local = p.IsLocal(p.factor(), key)
	return p, true
}

func (p place) factor() chain.Factor { return chain.Factor{Of: p.Named[p.of], By: p.Named[p.by]} }

// isRight reports whether a formula is right, up to a part of the right number, wherever the leaves have
// other numbers but for those that are fixed.
func (p place) isRight(rule gradcheck.Formula, fixed map[*gradus.Value]float64, part float64) bool {
	chains := p.ElsewhereWith(fixed)
	for _, c := range chains {
		other := place{c, p.of, p.by, p.local}
		right, size, _ := other.Derivative(other.factor(), p.local)
		yours := rule(func(name string) float64 { return c.Values(name)[0].Data })
		if !(math.Abs(yours-right) <= part*math.Abs(right)+1e-6*size) {
			return false
		}
	}
	return len(chains) > 0
}

// nearly is how far a line may be off, of the right number, if one of its numbers is rounded.
const nearly = 0.01

// isNearHere reports whether a line that is wrong has a number with decimals, and is nearly right at the
// numbers of the text.
func isNearHere(l Line, found gradcheck.Finding) bool {
	return strings.Contains(l.Formula, ".") && math.Abs(found.Yours-found.Right) <= nearly*math.Abs(found.Right)
}

// isNear reports whether a line is nearly right wherever it is tried.
func (v values) isNear(l Line) bool {
	p, ok := v.place(l)
	return ok && p.isRight(v.above[alias(l.Key)], nil, nearly)
}
