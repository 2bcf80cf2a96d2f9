package main

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/gradus-go/gradus"
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

// A second derivative of −0 is 0 for a reader, and so are the other numbers that commands print.
func TestNoNegativeZero(t *testing.T) {
	want := `            w           x           v
w           0          -1           0
x          -1           0           0
v           0           0           0

eigenvalues: -1 0 1
`
	if diff := cmp.Diff(want, output(t, "hessian", "y = −(w·x)·v", "w=0", "x=0", "v=1")); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	const formulas = "y = −(w·x)·v·(x − 1)²"
	for _, command := range []string{
		"eval", "derive", "derive -latex", "derive -mathml", "trace", "graph", "graph -all", "hessian", "sweep",
		"fit",
	} {
		got := output(t, append(strings.Fields(command), formulas, "w=-0", "x=0", "v=-0")...)
		if place := regexp.MustCompile(`.*[-−]0([^.0-9e].*|)\n`).FindString(got); place != "" {
			t.Errorf("%s prints -0: %s", command, place)
		}
	}
}

// The second derivatives need no graph for each entry, but for each row: the allocations grow as the
// parameters do, and not as their square. Each is that of gradus.Hessian.
func TestSecondDerivatives(t *testing.T) {
	allocations := func(n int) float64 {
		w := gradus.Values(make([]float64, n))
		terms := make([]*gradus.Value, n)
		for i := range n {
			w[i].Data = float64(i) / 8
			terms[i] = w[i].Mul(w[(i+1)%n])
		}
		y := gradus.Sum(terms...).Square()
		got := secondDerivatives(y, w)
		for i, row := range gradus.Hessian(y, w...) {
			for j, d := range row {
				if want := d.Data; got.At(i, j) != want {
					t.Fatalf("%d parameters: entry %d, %d is %v, want %v", n, i, j, got.At(i, j), want)
				}
			}
		}
		return testing.AllocsPerRun(1, func() { secondDerivatives(y, w) })
	}
	if few, many := allocations(10), allocations(80); many > 16*few {
		t.Errorf("10 parameters need %v allocations, 80 need %v", few, many)
	}
}

// What is not finite has no eigenvalues.
func TestInfiniteHessian(t *testing.T) {
	got := output(t, "hessian", "y = ln(x)", "x=0")
	if !strings.Contains(got, "-∞") || strings.Contains(got, "eigenvalues") {
		t.Errorf("want -∞ and no eigenvalues:\n%s", got)
	}
}
