package numeric

import (
	"fmt"
	"math"
	"strings"
)

// A Sweep holds the errors of the forward and the central difference for many steps, from the
// largest step to the smallest.
type Sweep []SweepRow

// A SweepRow holds the absolute errors of both differences with the step H.
type SweepRow struct {
	H                float64
	Forward, Central float64
}

// NewSweep returns the errors of the forward and the central [Difference] of f at x, compared
// with df, the true derivative of f. The steps go from 1e-1 to 1e-16, with perDecade steps from
// one power of ten to the next.
//
// It panics if f or df is nil, or if perDecade is not positive.
func NewSweep(f, df func(x float64) float64, x float64, perDecade int) Sweep {
	switch {
	case f == nil || df == nil:
		panic("numeric: NewSweep: the function or its derivative is nil, want a function and its derivative")
	case perDecade <= 0:
		panic(fmt.Sprintf("numeric: NewSweep: %d steps per decade, want 1 or more", perDecade))
	}
	want := df(x)
	var s Sweep
	for k := perDecade; k <= 16*perDecade; k++ {
		h := math.Pow(10, -float64(k)/float64(perDecade))
		if k%perDecade == 0 {
			h = math.Pow10(-k / perDecade) // the float64 nearest to the power of ten
		}
		s = append(s, SweepRow{
			H:       h,
			Forward: math.Abs(Difference{Forward: true, Step: h}.Derivative(f, x) - want),
			Central: math.Abs(Difference{Step: h}.Derivative(f, x) - want),
		})
	}
	return s
}

// Best returns the row with the smallest error of the forward difference, and that with the
// smallest error of the central difference. Among rows with equal errors it takes the one with
// the largest step. Of an empty Sweep it returns zero rows.
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

// String returns the sweep as a table with one line for each step.
func (s Sweep) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%8s  %10s  %10s\n", "h", "forward", "central")
	for _, row := range s {
		fmt.Fprintf(&b, "%8.0e  %10.1e  %10.1e\n", row.H, row.Forward, row.Central)
	}
	return b.String()
}
