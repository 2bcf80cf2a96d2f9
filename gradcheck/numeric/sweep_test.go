package numeric_test

import (
	"math"
	"strings"
	"testing"

	"github.com/gradus-go/gradus/gradcheck/numeric"
)

// For f = x⁶ at 2, where f′ is 192, these rows show why 1e-12 is a poor step.
func TestSweep(t *testing.T) {
	s := numeric.NewSweep(sqcb, func(x float64) float64 { return 6 * math.Pow(x, 5) }, 2, 1)
	if len(s) != 16 || s[0].H != 1e-1 || s[11].H != 1e-12 || s[15].H != 1e-16 {
		t.Fatalf("steps from %v to %v in %d rows, want 1e-1 to 1e-16 in 16", s[0].H, s[len(s)-1].H, len(s))
	}
	for _, tt := range []struct {
		name     string
		got      float64
		min, max float64
	}{
		{"forward, 1e-1: f″h/2 = 24 and more", s[0].Forward, 24, 28},
		{"forward, 1e-12: 1.7e-2", s[11].Forward, 1.65e-2, 1.75e-2},
		{"central, 1e-6: 9e-9", s[5].Central, 8.5e-9, 9.5e-9},
		{"forward, 1e-16: 2 + h is 2", s[15].Forward, 192, 192},
		{"central, 1e-16", s[15].Central, 192, 192},
	} {
		if !(tt.min <= tt.got && tt.got <= tt.max) {
			t.Errorf("%s: error %g, want %g to %g", tt.name, tt.got, tt.min, tt.max)
		}
	}
	forward, central := s.Best()
	if forward.H != 1e-8 || central.H != 1e-6 {
		t.Errorf("best steps %v and %v, want 1e-8 and 1e-6", forward.H, central.H)
	}
	lines := strings.Split(s.String(), "\n")
	if want := "   1e-12     1.7e-02     1.7e-02"; len(lines) != 18 || lines[12] != want {
		t.Errorf("line 12 of %d is %q, want %q of 18", len(lines), lines[12], want)
	}
	if fine := numeric.NewSweep(sqcb, cb, 2, 4); len(fine) != 61 || fine[4].H != 1e-2 || fine[60].H != 1e-16 {
		t.Errorf("four steps a decade: %d rows, %v, %v", len(fine), fine[4].H, fine[60].H)
	}
}

// Among equal errors the largest step is the best.
func TestBestOfEquals(t *testing.T) {
	s := numeric.Sweep{{H: 0.1, Forward: 2, Central: 1}, {H: 0.01, Forward: 2, Central: 1}}
	if forward, central := s.Best(); forward.H != 0.1 || central.H != 0.1 {
		t.Errorf("best steps %v and %v, want 0.1", forward.H, central.H)
	}
}
