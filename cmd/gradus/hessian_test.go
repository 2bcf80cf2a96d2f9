package main

import (
	"fmt"
	"strings"
	"testing"
)

// An eigenvalue that is 0 but for rounding is 0.
func TestList(t *testing.T) {
	for want, values := range map[string][]float64{
		"2 3": {2, 3}, "-1 0 3": {-1, 1e-16, 3}, "-1 1e-15": {-1, 1e-15}, "0 0": {0, 0},
	} {
		if got := list(values); got != want {
			t.Errorf("%v: %s, want %s", values, got, want)
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
	if n := strings.Count(got, "\na_lon…me_7 "); n != 4 { // a row of each part
		t.Errorf("a_long_name_7 is in %d parts, want 4:\n%s", n, got)
	}
}

// What is not finite has no eigenvalues.
func TestInfiniteHessian(t *testing.T) {
	got := output(t, "hessian", "y = ln(x)", "x=0")
	if !strings.Contains(got, "-∞") || strings.Contains(got, "eigenvalues") {
		t.Errorf("want -∞ and no eigenvalues:\n%s", got)
	}
}
