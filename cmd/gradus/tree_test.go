package main

import (
	"fmt"
	"strings"
	"testing"

	"github.com/gradus-go/gradus/formula"
)

// A deep graph goes on at the margin, and every value is drawn once.
func TestDeepTree(t *testing.T) {
	text := "x = 0.5; v0 = x"
	for i := range 60 {
		text += fmt.Sprintf("\nv%d = sin(v%d)·v%d", i+1, i, max(0, i-1))
	}
	got := output(t, "graph", text)
	for i := 2; i <= 60; i++ {
		drawn := 0
		for line := range strings.Lines(got) {
			if strings.Contains(line, fmt.Sprintf(" v%d = ", i)) || strings.HasPrefix(line, fmt.Sprintf("v%d = ", i)) {
				if !strings.Contains(line, "(above)") && !strings.Contains(line, "(below)") {
					drawn++
				}
			}
		}
		if drawn != 1 {
			t.Errorf("v%d is drawn %d times", i, drawn)
		}
	}
	if n := strings.Count(got, "\n"); n > 250 {
		t.Errorf("%d lines for 60 values", n)
	}
}

// A drawing fits the terminal, and shows every number.
func TestTreeOfAnyWidth(t *testing.T) {
	for _, root := range []string{"L", "loss", "loss_of_all", "the_loss_of_all_samples"} {
		p, err := solve([]formula.File{{
			Text: "x = 1; t = 0; W1 = 0.5; z = W1·x; a = σ(z); " + root + " = ½(a − t)²",
		}}, "", "")
		if err != nil {
			t.Fatal(err)
		}
		for _, width := range []int{narrowest, 60, 80, 200} {
			var b strings.Builder
			if err := drawTree(&b, p.Root, false, width); err != nil {
				t.Fatal(err)
			}
			for line := range strings.Lines(b.String()) {
				if n := len([]rune(strings.TrimSuffix(line, "\n"))); n > width {
					t.Errorf("a line has %d columns, want at most %d: %s", n, width, line)
				}
			}
			if n := strings.Count(b.String(), "\n"); n != 7 || strings.Count(b.String(), "0.") < 9 ||
				!strings.Contains(b.String(), "value ") {
				t.Errorf("%d lines, want 7 with all numbers:\n%s", n, b.String())
			}
		}
	}
}

// Long formulas are cut.
func TestWideTree(t *testing.T) {
	text, sum := "", "y = 0"
	for i := range 40 {
		text += fmt.Sprintf("x%d = %d;", i, i)
		sum += fmt.Sprintf(" + x%d", i)
	}
	if got := output(t, "graph", text+sum); !strings.Contains(got, "…") || strings.Count(got, "\n") != 42 {
		t.Errorf("want a cut line and 40 operands:\n%s", got)
	}
}
