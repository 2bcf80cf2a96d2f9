package gradcheck

import (
	"fmt"
	"math"
	"strings"
)

// A Sweep holds the errors of forward and central differences for one step size a row, from
// large to small.
type Sweep []SweepRow

// A SweepRow holds the absolute errors of both differences with the step H.
type SweepRow struct {
	H                Step
	Forward, Central float64
}

// NewSweep returns the errors, at x, of [Step.Diffp] and [Step.Central] against df, the true
// derivative of f, for steps from 1e-1 to 1e-16, so many to a decade.
//
// It panics if perDecade is not positive.
func NewSweep(f, df func(x float64) float64, x float64, perDecade int) Sweep {
	if perDecade <= 0 {
		panic(fmt.Sprintf("gradcheck: NewSweep: %d steps per decade, want 1 or more", perDecade))
	}
	want := df(x)
	args := func(x ...float64) float64 { return f(x[0]) }
	var s Sweep
	for k := perDecade; k <= 16*perDecade; k++ {
		h := Step(math.Pow(10, -float64(k)/float64(perDecade)))
		if k%perDecade == 0 {
			h = Step(math.Pow10(-k / perDecade)) // the nearest number to the decimal
		}
		s = append(s, SweepRow{
			H:       h,
			Forward: math.Abs(h.Diffp(args, 0, x) - want),
			Central: math.Abs(h.Central(f, x) - want),
		})
	}
	return s
}

// Best returns the rows with the smallest errors: of the forward difference and of the
// central one. Of equals it takes the largest step.
func (s Sweep) Best() (forward, central SweepRow) {
	for i, row := range s {
		if i == 0 || row.Forward < forward.Forward {
			forward = row
		}
		if i == 0 || row.Central < central.Central {
			central = row
		}
	}
	return forward, central
}

// String returns the sweep as a table, a step a line.
func (s Sweep) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%8s  %10s  %10s\n", "h", "forward", "central")
	for _, row := range s {
		fmt.Fprintf(&b, "%8.0e  %10.1e  %10.1e\n", float64(row.H), row.Forward, row.Central)
	}
	return b.String()
}
