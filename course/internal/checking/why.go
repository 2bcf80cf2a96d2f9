package checking

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"unicode"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/formula"
	"github.com/gradus-go/gradus/gradcheck"
)

// values is what formulas are tried with.
type values struct {
	graph *formula.Graph
	root  *gradus.Value                // whose derivatives are asked for
	above map[string]gradcheck.Formula // the lines, by their aliases
}

const brackets = "brackets are missing: it would be right with one more pair of them"

// explain sets the text of a finding on a line of formulas, and adds a slip that package gradcheck does not
// know.
func (v values) explain(f *Finding, found gradcheck.Finding, l, solution Line) {
	_, rest, _ := strings.Cut(f.Text, "\n")
	f.Text = fmt.Sprintf("%s = %s is ", l.Key, l.Formula)
	switch {
	case f.OK:
		f.Text += "right"
	case found.Coincidence:
		f.Text += "right for the numbers of the text only, and wrong for others"
		if rest == "" {
			rest = v.ofTheText(l, solution)
		}
	default:
		f.Text += fmt.Sprintf("wrong\n  with the numbers of the text it is %.6g, and should be %.6g",
			found.Yours+0, found.Right+0) // +0 makes 0 of −0
		if v.lacksBrackets(l, found.Right) {
			if len(f.Slips) == 0 {
				rest = "  what would explain it:"
			}
			rest += "\n    " + brackets
			f.Slips = append(f.Slips, brackets)
		}
	}
	f.Text = strings.TrimSpace(f.Text + "\n" + rest)
}

// lacksBrackets reports whether a line that is wrong would be right, at all numbers that are tried, with
// one more pair of brackets in its formula, around a sum or an exponent. The right number is that of the
// text.
func (v values) lacksBrackets(l Line, right float64) bool {
	text := []rune(l.Formula)
	for i := range text {
		for j := i + 3; j <= len(text); j++ {
			if inWord(text, i) || inWord(text, j) || !isSum(text[i:j]) && (i == 0 || text[i-1] != '^') {
				continue
			}
			with := l
			with.Formula = string(slices.Concat(text[:i], []rune("("), text[i:j], []rune(")"), text[j:]))
			rule, err := with.rule(v.above, v.graph.Names())
			if err != nil || !near(rule(func(name string) float64 { return v.graph.Value(name).Data }), right) {
				continue
			}
			found, err := gradcheck.CheckDerivation(v.root, gradcheck.Derivation{l.Key: rule})
			if err == nil && len(found) == 1 && found[0].OK && !found[0].Coincidence {
				return true
			}
		}
	}
	return false
}

// inWord reports whether the place i is within a name or a number.
func inWord(text []rune, i int) bool {
	part := func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || r == '.' || r == '_' }
	return i > 0 && i < len(text) && part(text[i-1]) && part(text[i])
}

// isSum reports whether a part of a formula is a sum or a difference, all of whose brackets are its own.
func isSum(part []rune) bool {
	depth, sum := 0, false
	for i, r := range part {
		switch r {
		case '(':
			depth++
		case ')':
			if depth--; depth < 0 {
				return false
			}
		case '+', '-', '−':
			sum = sum || depth == 0 && i > 0
		}
	}
	return sum && depth == 0
}

func near(x, y float64) bool { return math.Abs(x-y) <= 1e-9*max(1e-9, math.Abs(y)) }

// ofTheText names the numbers of the text with which alone a formula is right: those that are 0 or 1, and
// that the solution uses and the formula does not. It is "" if there is none.
func (v values) ofTheText(l, solution Line) string {
	used, known := namesIn(l, v.above), v.graph.Names()
	var numbers []string
	for _, name := range namesIn(solution, nil) {
		if !slices.Contains(known, name) || slices.Contains(used, name) {
			continue
		}
		number := fmt.Sprintf("%s = %g", name, v.graph.Value(name).Data)
		if x := v.graph.Value(name).Data; (x == 0 || x == 1) && !slices.Contains(numbers, number) {
			numbers = append(numbers, number)
		}
	}
	if numbers == nil {
		return ""
	}
	return "  it would be wrong without " + strings.Join(numbers, " and ")
}
