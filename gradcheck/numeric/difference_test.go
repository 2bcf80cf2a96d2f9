package numeric_test

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/gradus-go/gradus/gradcheck/numeric"
)

// The third derivative of a quadratic is 0, so its central differences are wrong by rounding
// alone.
func TestDifference(t *testing.T) {
	var central numeric.Difference
	forward := numeric.Difference{Forward: true}
	half, forwardHalf := numeric.Difference{Step: 0.5}, numeric.Difference{Forward: true, Step: 0.5}
	backwardHalf := numeric.Difference{Forward: true, Step: -0.5}
	for _, tt := range []struct {
		name           string
		got, want, tol float64
	}{
		{"parabola", central.Derivative(sq, 3), 6, 1e-9},
		{"parabola, far out: the step is scaled", central.Derivative(sq, 3e8), 6e8, 6e8 * 1e-9},
		{"sine", central.Derivative(math.Sin, 1), math.Cos(1), 1e-10},
		{"by the second argument", central.Partial(fn, 1, 10, 20), 40, 40 * 1e-9},
		// (x+h)³ − (x−h)³ = 6x²h + 2h³: the error is h² exactly
		{"a chosen step", half.Derivative(cb, 2), 12.25, 0},
		{"a chosen step, by an argument", half.Partial(first(cb), 0, 2), 12.25, 0},
		// f″h/2 = h for sq, and rounding adds about as much; for the sine f″/2 is at most ½
		{"parabola, forward", forward.Derivative(sq, 3), 6, 3e-7},
		{"parabola, forward, far out: the step is scaled", forward.Derivative(sq, 3e8), 6e8, 6e8 * 1e-7},
		{"sine, forward", forward.Derivative(math.Sin, 1), math.Cos(1), 2e-8},
		// ((x+h)³ − x³)/h = 3x² + 3xh + h², exactly, and likewise with −h
		{"a chosen step, forward", forwardHalf.Derivative(cb, 2), 15.25, 0},
		{"a chosen step, forward, by an argument", forwardHalf.Partial(first(cb), 0, 2), 15.25, 0},
		{"a chosen step, backward", backwardHalf.Derivative(cb, 2), 9.25, 0},
	} {
		if !(math.Abs(tt.got-tt.want) <= tt.tol) {
			t.Errorf("%s: %v, want %v ± %v", tt.name, tt.got, tt.want, tt.tol)
		}
	}
}

// A function that writes to its arguments changes no number but its own.
func TestPartialOfAFunctionThatWrites(t *testing.T) {
	f := func(x ...float64) float64 {
		y := x[0] * x[1]
		x[1] = 0
		return y
	}
	if got := (numeric.Difference{}).Partial(f, 0, 3, 4); !(math.Abs(got-4) < 1e-8) {
		t.Errorf("∂(x·y)/∂x at (3, 4) = %v, want 4", got)
	}
}

// Beyond the numbers that the tutorial has, its step is rounded away.
func TestDiffFarOut(t *testing.T) {
	if got := numeric.Diff(sq, 16384); !math.IsNaN(got) {
		t.Errorf("Diff at 16384 = %v, want NaN", got)
	}
	if got := numeric.Diff(sq, 16383); math.IsNaN(got) {
		t.Error("Diff at 16383 = NaN, want a number")
	}
}

// The arguments must keep their numbers.
func TestPartialsLeaveArguments(t *testing.T) {
	x := []float64{10, 20}
	numeric.Diffp(fn, 1, x...)
	numeric.Difference{}.Partial(fn, 1, x...)
	if diff := cmp.Diff([]float64{10, 20}, x); diff != "" {
		t.Errorf("arguments (-before +after):\n%s", diff)
	}
}

func TestDifferencePanics(t *testing.T) {
	for _, tt := range []struct {
		name, want string
		call       func()
	}{
		{
			"no such argument", "numeric: there is no argument 2: the function has 2, counted from 0",
			func() { numeric.Diffp(fn, 2, 10, 20) },
		},
		{
			"no such argument, central", "numeric: there is no argument -1: the function has 2, counted from 0",
			func() { numeric.Difference{}.Partial(fn, -1, 10, 20) },
		},
		{
			"no steps", "numeric: NewSweep: 0 steps per decade, want 1 or more",
			func() { numeric.NewSweep(sq, sq, 1, 0) },
		},
		{
			"a step of NaN", "numeric: Difference: the Step is NaN, want a number, or 0 for a step that suits x",
			func() { numeric.Difference{Step: math.NaN()}.Derivative(sq, 1) },
		},
		{
			"a step of NaN, forward",
			"numeric: Difference: the Step is NaN, want a number, or 0 for a step that suits x",
			func() { numeric.Difference{Step: math.NaN(), Forward: true}.Partial(fn, 0, 1, 2) },
		},
		{
			"a negative step", "numeric: the step of a central difference is -0.5, want more than 0, " +
				"or 0 for a step that suits x",
			func() { numeric.Difference{Step: -0.5}.Derivative(sq, 1) },
		},
	} {
		func() {
			defer func() {
				if got := recover(); got != tt.want {
					t.Errorf("%s: panic %q, want %q", tt.name, got, tt.want)
				}
			}()
			tt.call()
		}()
	}
}
