package main

import (
	"fmt"
	"strings"
	"testing"

	"gonum.org/v1/gonum/mat"
)

func TestCurvature(t *testing.T) {
	for _, test := range []struct {
		h    []float64
		want string
	}{
		{[]float64{2, 0, 0, 3}, "are 2, 3: L curves upwards in 2 of 2 directions, downwards in 0."},
		{[]float64{1, 2, 2, 1}, "are -1, 3: L curves upwards in 1 of 2 directions, downwards in 1."},
		{[]float64{1, 1, 1, 1}, "are 0, 2: L curves upwards in 1 of 2 directions, downwards in 0."},
		{[]float64{0, 0, 0, 0}, "are 0, 0: L curves upwards in 0 of 2 directions, downwards in 0."},
	} {
		got := strings.ReplaceAll(curvature("L", mat.NewSymDense(2, test.h)), "\n", " ")
		if want := "The eigenvalues " + test.want; got != want {
			t.Errorf("%v: %s, want %s", test.h, got, want)
		}
	}
}

// A matrix that is too wide is printed in parts, each of which fits a terminal.
func TestWideHessian(t *testing.T) {
	text, sum := "", "y = (0"
	for i := range 20 {
		text += fmt.Sprintf("a_long_name_%d = %d;", i, i)
		sum += fmt.Sprintf(" + a_long_name_%d", i)
	}
	got := output(t, "hessian", text+sum+")²")
	if n := strings.Count(got, "         2"); n < 400 {
		t.Errorf("%d entries 2, want 400:\n%s", n, got)
	}
}

// What is not finite has no eigenvalues.
func TestInfiniteHessian(t *testing.T) {
	got := output(t, "hessian", "y = ln(x)", "x=0")
	if !strings.Contains(got, "-Inf") || strings.Contains(got, "eigenvalues") {
		t.Errorf("want -Inf and no eigenvalues:\n%s", got)
	}
}

func TestTooManySecondDerivatives(t *testing.T) {
	text := "y = sum(x1..x101)"
	for i := range 101 {
		text += fmt.Sprintf("; x%d = 1", i+1)
	}
	status, _, stderr := call(t, "", "hessian", text)
	if status != 2 || !strings.Contains(stderr, "there are 101 values, and so 10201 second derivatives") {
		t.Errorf("exit status %d, stderr %s", status, stderr)
	}
}
