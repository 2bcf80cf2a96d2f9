package checking

import (
	"fmt"
	"strings"
)

// A Finding is what was found about one part of an answer.
type Finding struct {
	Name   string   // the part, such as "dL/dW2" or the name of a function
	OK     bool     // it is right
	Text   string   // what is wrong with it, or that it is right, in one line or more
	Factor string   // where it first goes wrong, such as "∂y/∂a", or ""
	Slips  []string // the usual slips that would explain it
	Rests  bool     // it is wrong because another one is
}

// Findings holds a Finding for each part of an answer, in the order of the answer.
type Findings []Finding

// OK reports whether there are findings and all are right.
func (f Findings) OK() bool {
	_, wrong := f.FirstWrong()
	return len(f) > 0 && !wrong
}

// FirstWrong returns the first finding that is wrong, and whether there is one. It is one that does
// not rest on another wrong one, if there is one.
func (f Findings) FirstWrong() (wrong Finding, found bool) {
	for _, finding := range f {
		if !finding.OK && !finding.Rests {
			return finding, true
		} else if !finding.OK && !found {
			wrong, found = finding, true
		}
	}
	return wrong, found
}

// String returns the texts of the findings, one below the other.
func (f Findings) String() string {
	var b strings.Builder
	for _, finding := range f {
		fmt.Fprintln(&b, finding.Text)
	}
	return b.String()
}

// wrong returns a finding with a formatted text.
func wrong(name, format string, args ...any) Finding {
	return Finding{Name: name, Text: fmt.Sprintf(format, args...)}
}

// Wrong returns the findings on an answer of which nothing but one sentence can be said.
func Wrong(name, format string, args ...any) Findings { return Findings{wrong(name, format, args...)} }

// A Checker checks answers to one exercise.
type Checker interface {
	// Check returns what is found about an answer. An answer of a type that the exercise does not
	// ask for is wrong. Check neither hangs nor panics unless the answer hangs.
	Check(answer any) Findings
}

// Of returns the Checker of an exercise with answers of type A. A check that panics finds that the
// answer panics.
func Of[A any](check func(A) Findings) Checker { return typed[A](check) }

type typed[A any] func(A) Findings

// Check implements Checker.
func (check typed[A]) Check(answer any) (f Findings) {
	a, ok := answer.(A)
	if !ok {
		return Wrong("the answer", "the answer is a %T, and this exercise asks for a %T", answer, a)
	}
	defer func() {
		if r := recover(); r != nil {
			f = append(f, wrong("the answer", "the answer panics: %v", r))
		}
	}()
	return check(a)
}
