package gradcheck

import (
	"errors"
	"fmt"
	"strings"
)

// A Finding is the result of checking one derivative of a student's.
type Finding struct {
	Name      string  // the key of the derivative, as the student wrote it
	Yours     float64 // the student's number, or the value of the student's formula
	Right     float64 // the graph's derivative
	Digits    int     // how many significant digits the two share
	Tolerance float64 // how far apart rounding may put the two
	OK        bool
	// Coincidence says that the formula is right for the given numbers and wrong for others.
	// Such a formula counts as right unless a usual slip explains it, because it may use a
	// property of the data. For softmax, for example, p − t is right if the targets t sum to 1.
	// If the targets are constants, or have names such as t1, t2 and t3, it is right without a
	// coincidence: constants keep their numbers, and targets their sum.
	Coincidence bool
	// Rounded says that the derivative is a float64 and would be right if it had been rounded to its
	// decimals. A float64 is taken for a number that was computed, with all its digits. A rounded
	// number belongs in quotes.
	Rounded bool
	// Follows holds the names of the student's other wrong derivatives from which this one
	// follows. It is wrong, too, but there is no new mistake in it.
	Follows []string
	// Slips are the usual slips that would explain a wrong derivative, those in the first
	// factor of the chain rule first.
	Slips []Slip
	// Between names the local factors in which the mistake can be: those that the chain rule
	// multiplies for this derivative, without those that a right derivative of the student's
	// confirms.
	Between []string
}

// A Slip is a mistake that would explain a wrong derivative.
type Slip struct {
	Factor string // the local factor in which it was made, such as ∂a/∂z
	What   string // what was done there
}

// String returns the slip as one line.
func (s Slip) String() string { return s.Factor + ": " + s.What }

// FirstWrong returns the local factor in which the derivative first goes wrong: that of the
// first slip that would explain it or, if none would, the first that may be wrong. It returns
// "" if nothing is wrong here.
func (f Finding) FirstWrong() string {
	switch {
	case f.Slips != nil:
		return f.Slips[0].Factor
	case f.Between != nil:
		return f.Between[0]
	}
	return ""
}

// String returns the finding: a line that says whether the derivative is right and, if it is
// wrong, a line that says where, and a line for each slip that would explain it.
func (f Finding) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s = %.10g is ", f.Name, f.Yours)
	switch {
	case f.OK && f.Coincidence:
		b.WriteString("right for the given numbers, but not for all, as p − t is right only where Σt = 1")
	case f.OK:
		b.WriteString("right")
	case f.Rounded:
		fmt.Fprintf(&b, "not exact, it is %.10g", f.Right)
	case f.Coincidence:
		b.WriteString("wrong: it has the right number only by coincidence, with others the formula is wrong")
	default:
		fmt.Fprintf(&b, "wrong, it is %.10g", f.Right)
	}
	fmt.Fprintf(&b, " (%s shared, tolerance %.1g)", digits(f.Digits), f.Tolerance)
	switch {
	case f.OK:
	case f.Rounded:
		fmt.Fprintf(&b, "\n  if you rounded it, write it in quotes: \"%v\"", f.Yours)
	case f.Follows != nil:
		fmt.Fprintf(&b, "\n  it follows from your %s", strings.Join(f.Follows, ", "))
	case f.Slips != nil:
		fmt.Fprintf(&b, "\n  first wrong factor: %s; what would explain it:", f.FirstWrong())
	case f.Between != nil:
		fmt.Fprintf(&b, "\n  look at %s: no usual slip explains it", strings.Join(f.Between, ", "))
	}
	for _, s := range f.Slips {
		fmt.Fprintf(&b, "\n    %v", s)
	}
	return b.String()
}

// Findings holds a Finding for each derivative of a derivation, in the order of the chain rule,
// from the root on.
type Findings []Finding

// Err returns nil if all derivatives are right. Otherwise it returns an error with the text of
// the first finding that is wrong and does not follow from another wrong one.
func (f Findings) Err() error {
	for _, finding := range f {
		if !finding.OK && len(finding.Follows) == 0 {
			return errors.New("gradcheck: " + finding.String())
		}
	}
	return nil
}

// String returns the findings, one below the other.
func (f Findings) String() string {
	var b strings.Builder
	for _, finding := range f {
		b.WriteString(finding.String())
		b.WriteByte('\n')
	}
	return b.String()
}
