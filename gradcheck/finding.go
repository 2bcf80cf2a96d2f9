package gradcheck

import (
	"cmp"
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
	Coincidence bool
	// Zeros holds, of a formula that is right by coincidence, the names of values that are missing in it, and
	// that make no difference only because they are 0, such as a target or a bias.
	Zeros []string
	// Sum holds the names of several given numbers that are not negative and sum to 1, if the formula is right
	// only where they do: p − t, for softmax and cross-entropy, needs it of the targets t. Such a formula is
	// right. Targets that are constants keep their numbers wherever a formula is tried, and those with names
	// such as t1, t2 and t3 keep their sum, so that p − t is right there without a condition.
	Sum []string
	// Rounded says that the derivative is a float64 and would be right if it had been rounded to its
	// decimals. A float64 is taken for a number that was computed, with all its digits. A rounded
	// number belongs in quotes.
	Rounded bool
	// Kink says that the slope jumps at the given numbers, as that of ReLU at 0. There every number
	// between the two slopes is right.
	Kink bool
	// Slopes holds the slopes on the left and on the right, which differ at a kink alone. If both are
	// equal and differ from Right at a kink, as those of ReLU(x) − ReLU(−x), the conventions of
	// Backward are not those under which Right would be the slope.
	Slopes [2]float64
	// Convention says that the derivative is right, but not Backward's. It is between the slopes of
	// a kink, or it follows from such a derivative of the student's.
	Convention bool
	// Follows holds the names of the student's other wrong derivatives from which this one
	// follows, or the name of one in which the same slip was made. It is wrong, too, but there is no
	// new mistake in it.
	Follows []string
	// Slips are the usual slips that would explain a wrong derivative, those in the first
	// factor of the chain rule first.
	Slips []Slip
	// Between names the local factors in which the mistake can be: those that the chain rule
	// multiplies for this derivative, without those that a right derivative of the student's
	// confirms.
	Between []string

	hint string // what would have to hold for it to follow from Follows; or what explains it if no slip does
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
	fmt.Fprintf(&b, "%s = %.10g is ", f.Name, f.Yours+0) // not −0
	shared := fmt.Sprintf(" (%s shared, tolerance %.1g)", digits(f.Digits), f.Tolerance)
	switch {
	case f.Zeros != nil:
		fmt.Fprintf(&b, "right for the given numbers, but only where %s = 0", strings.Join(f.Zeros, " = 0 and "))
	case f.Sum != nil:
		fmt.Fprintf(&b, "right, since %s = 1", strings.Join(f.Sum, " + "))
	case f.OK && f.Convention:
		b.WriteString("right by convention: Backward's is " + fmt.Sprintf("%.10g", f.Right))
		shared = ""
	case f.OK:
		b.WriteString("right")
	case f.Rounded:
		fmt.Fprintf(&b, "not exact, it is %.10g", f.Right)
	case f.Coincidence:
		b.WriteString("wrong: it has the right number only by coincidence, with others the formula is wrong")
	default:
		fmt.Fprintf(&b, "wrong, it is %.10g", f.Right)
	}
	b.WriteString(shared)
	switch {
	case f.Kink && f.Slopes[0] == f.Slopes[1]:
		fmt.Fprintf(&b, "\n  the slope is %.10g on both sides, since kinks cancel; Backward's comes from its "+
			"convention at each of them", f.Slopes[0])
	case f.Kink:
		fmt.Fprintf(&b, "\n  the slope at this kink is %.10g on the left and %.10g on the right: "+
			"any number between is right, by convention", f.Slopes[0], f.Slopes[1])
	}
	b.WriteString(f.advice())
	for _, s := range f.Slips {
		fmt.Fprintf(&b, "\n    %v", s)
	}
	return b.String()
}

// advice returns the line that says where a wrong derivative goes wrong.
func (f Finding) advice() string {
	switch {
	case f.OK, f.Zeros != nil:
		return ""
	case f.Rounded:
		return fmt.Sprintf("\n  if you rounded it, write it in quotes: \"%v\"", f.Yours)
	case f.Follows != nil && f.Slips != nil:
		return fmt.Sprintf("\n  the same slip as in your %s; what would explain it:", f.Follows[0])
	case f.Follows != nil:
		return fmt.Sprintf("\n  no new mistake: it would be right if %s", f.hint)
	case f.Slips != nil:
		return fmt.Sprintf("\n  first wrong factor: %s; what would explain it:", f.FirstWrong())
	}
	look := strings.Join(f.Between, ", ")
	if f.Between == nil {
		look = "how you put your other derivatives together, which are right up to here"
	}
	return fmt.Sprintf("\n  %s; look at %s", cmp.Or(f.hint, "no usual slip explains it"), look)
}

// Findings holds a Finding for each derivative of a derivation, in the order of the chain rule,
// from the root on.
type Findings []Finding

// Err returns nil if all derivatives are right. Otherwise it returns an error with the text of
// the first finding that is not right and does not follow from another wrong one.
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
		fmt.Fprintln(&b, finding)
	}
	return b.String()
}
