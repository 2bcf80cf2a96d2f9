package main

import (
	"fmt"
	"strings"
	"testing"
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
