package gradcheck

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/gradus-go/gradus/internal/significant"
)

// A Verdict is the result of comparing a derivative by autodiff with the numeric one.
type Verdict int

// The verdicts, from the best to the worst.
const (
	Agree    Verdict = iota // the two differ by no more than the error bar
	Unclear                 // the numeric one is too uncertain to say anything
	Kink                    // the slope jumps here, and autodiff gives a slope within the jump
	Disagree                // the two differ, autodiff's is not a number, or the function jumps here
)

// String returns "agree", "unclear", "kink" or "disagree".
func (v Verdict) String() string {
	names := [...]string{"agree", "unclear", "kink", "disagree"}
	if v < 0 || int(v) >= len(names) {
		return fmt.Sprintf("Verdict(%d)", int(v))
	}
	return names[v]
}

// A Comparison holds the derivative with respect to one parameter, by autodiff and numerically.
type Comparison struct {
	Name     string  // the parameter's name, or "parameter 3", counted from 1, if it has none
	Autodiff float64 // the derivative by Backward
	Numeric  float64 // the derivative by central differences
	ErrorBar float64 // an estimate of the largest error of Numeric
	// Left and Right are the slopes on either side of the parameter's number. They differ
	// clearly at a kink; elsewhere both are close to Numeric.
	Left, Right float64
	Verdict     Verdict
}

// Digits returns how many significant digits the two derivatives share.
func (c Comparison) Digits() int { return significant.Shared(c.Autodiff, c.Numeric) }

// excess returns the distance of the two derivatives in error bars.
func (c Comparison) excess() float64 {
	switch d := math.Abs(c.Autodiff - c.Numeric); {
	case d == 0:
		return 0
	case math.IsNaN(d):
		return math.Inf(1)
	default:
		return d / c.ErrorBar
	}
}

// digits writes a number of digits.
func digits(n int) string {
	if n == 1 {
		return "1 digit"
	}
	return fmt.Sprint(n, " digits")
}

// A Report holds a Comparison for each parameter, the worst first.
type Report []Comparison

// Err returns nil if no derivative disagrees. Otherwise it returns an error that names the
// worst parameter and gives both its derivatives.
func (r Report) Err() error {
	n, worst := 0, Comparison{}
	for _, c := range slices.Backward(r) {
		if c.Verdict == Disagree {
			n, worst = n+1, c
		}
	}
	if n == 0 {
		return nil
	}
	return fmt.Errorf("gradcheck: %d of %d derivatives disagree, worst for %s: autodiff %.10g, "+
		"numeric %.10g ± %.1g, %s shared",
		n, len(r), worst.Name, worst.Autodiff, worst.Numeric, worst.ErrorBar, digits(worst.Digits()))
}

// String returns the report as a table with one line for each parameter.
func (r Report) String() string {
	var b strings.Builder
	width := len("parameter")
	for _, c := range r {
		width = max(width, len([]rune(c.Name)))
	}
	fmt.Fprintf(&b, "%-*s  %17s  %17s  %8s  %6s  %s\n",
		width, "parameter", "autodiff", "numeric", "±", "digits", "verdict")
	for _, c := range r {
		fmt.Fprintf(&b, "%-*s  %17.10g  %17.10g  %8.0e  %6d  %v",
			width, c.Name, c.Autodiff, c.Numeric, c.ErrorBar, c.Digits(), c.Verdict)
		if c.Verdict == Kink {
			fmt.Fprintf(&b, ": slope %.3g on the left, %.3g on the right", c.Left+0, c.Right+0) // not −0
		}
		b.WriteByte('\n')
	}
	return b.String()
}
