package formulary

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/gradus-go/gradus/formula"
)

// A Draft is a text that a person is still writing: names in it may lack a number.
type Draft struct {
	*Problem
	Text    string           // with a name for a formula that stands alone
	Guessed []string         // the names without a number, in the order in which they got one
	Doubts  []*formula.Error // about those of them that may be misspelt
}

// mostGuesses bounds the names that get a number.
const mostGuesses = 60

// Guess returns the number that the name at place k of Guessed gets: 1, 2 and so on to 9, and 1 again.
func Guess(k int) int { return k%9 + 1 }

// ReadDraft reads a text as Read does. A formula that stands alone becomes y, and names without a number get
// one.
func ReadDraft(text, of, by string) (*Draft, error) {
	d, shift := &Draft{Text: text}, 0
	if strings.TrimSpace(text) != "" && !strings.ContainsAny(text, "=#;") {
		d.Text, shift = "y = "+text, len("y = ")
	}
	for {
		var err error
		texts := []formula.File{{Text: d.Text}}
		if len(d.Guessed) > 0 {
			texts = append(texts, formula.File{Name: "the guesses", Text: d.guesses()})
		}
		if d.Problem, err = Read(texts, of, by); err == nil {
			return d, nil
		}
		all := Errors(err)
		for _, e := range all {
			if e.File == "" && e.Line == 1 { // the place is that in the text as it was typed
				line := []rune(e.Text)
				e.Text, e.Column = string(line[min(shift, len(line)):]), max(1, e.Column-shift)
			}
		}
		switch before := len(d.Guessed); {
		case !d.guess(all):
			return nil, err
		case len(d.Guessed) > mostGuesses:
			return nil, fmt.Errorf("more than %d names have no number: %s and others; want a definition of each, "+
				"such as %s = 0.5", mostGuesses, strings.Join(d.Guessed[:8], ", "), d.Guessed[before])
		}
	}
}

// guesses returns the definitions of the names that have no number in the text.
func (d *Draft) guesses() string {
	var all []string
	for k, name := range d.Guessed {
		all = append(all, fmt.Sprint(name, " = ", Guess(k)))
	}
	return strings.Join(all, "; ")
}

// guess takes up names that are not defined, and returns whether there are any. There may be other faults.
func (d *Draft) guess(all []*formula.Error) bool {
	before := len(d.Guessed)
	for _, e := range all {
		line, name := []rune(e.Text), []rune(e.Undefined)
		end := e.Column - 1 + len(name)
		isCall := end < len(line) && line[end] == '(' && len(name) > 1
		if e.Undefined == "" || isCall || slices.Contains(d.Guessed, e.Undefined) {
			continue
		}
		_, meant, _ := strings.Cut(e.Message, "; did you mean ")
		isMisspelt := meant != "" && d.isMisspelt(e.Undefined, strings.TrimSuffix(meant, "?"))
		d.Guessed = append(d.Guessed, e.Undefined)
		if isMisspelt {
			e.Message = fmt.Sprintf("%s has no number; it is %d here. Did you mean %s",
				e.Undefined, Guess(len(d.Guessed)-1), meant)
			d.Doubts = append(d.Doubts, e)
		}
	}
	return len(d.Guessed) > before
}

// isMisspelt reports whether a name without a number may be another one with a slip. A name that differs in
// its number alone, as w2 from w1, is none, nor is one of a letter and a number, as x1 beside w1. Two names
// that both lack a number must be long.
func (d *Draft) isMisspelt(name, meant string) bool {
	if strings.EqualFold(name, meant) {
		return true
	}
	stem := func(name string) string { return strings.TrimRight(name, "0123456789₀₁₂₃₄₅₆₇₈₉") }
	length := utf8.RuneCountInString
	if stem(name) == stem(meant) || length(stem(name)) < 2 || length(stem(meant)) < 2 {
		return false
	}
	return !slices.Contains(d.Guessed, meant) || length(name) > 4
}

// Errors returns the errors of package formula that are joined in an error.
func Errors(err error) (all []*formula.Error) {
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		for _, e := range joined.Unwrap() {
			all = append(all, Errors(e)...)
		}
		return all
	}
	if e := new(formula.Error); errors.As(err, &e) {
		all = append(all, e)
	}
	return all
}
