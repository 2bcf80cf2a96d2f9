package gradcheck_test

import (
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/gradus-go/gradus/gradcheck"
)

// The functions of the tutorial. Products that a sum or a difference follows are rounded, as
// Python rounds them: fused, as on arm64, they would give other digits.
func sq(x float64) float64   { return float64(x * x) }
func cb(x float64) float64   { return float64(float64(x*x) * x) }
func sqcb(x float64) float64 { return cb(sq(x)) }

func first(f func(float64) float64) func(...float64) float64 {
	return func(x ...float64) float64 { return f(x[0]) }
}

func fn(x ...float64) float64    { return float64(x[0]*5) + float64(x[1]*x[1]) }
func lineY(x ...float64) float64 { return float64(x[0]*x[2]) + x[1] }

// The digits are those that the tutorial prints, and the same on every architecture.
func TestTutorialB(t *testing.T) {
	for _, tt := range []struct {
		name      string
		got, want float64
	}{
		{"diff(sq, 2)", gradcheck.Diff(sq, 2), 4.0},
		{"diff(cb, 2)", gradcheck.Diff(cb, 2), 12.0},
		{"df_dx1", gradcheck.Diffp(fn, 0, 10, 20), 5.002220859751105},
		{"df_dx2", gradcheck.Diffp(fn, 1, 10, 20), 39.960923459148034},
		{"diffp(line_y, 0, 1, 2, 3)", gradcheck.Diffp(lineY, 0, 1, 2, 3), 3.000266701747023},
		{"diffp(line_y, 1, 1, 2, 3)", gradcheck.Diffp(lineY, 1, 1, 2, 3), 1.000088900582341},
		{"diffp(line_y, 2, 1, 2, 3)", gradcheck.Diffp(lineY, 2, 1, 2, 3), 1.000088900582341},
		{"diffp(sqcb, 0, 2)", gradcheck.Diffp(first(sqcb), 0, 2), 192.01706891180947},
		{
			"dt_dx * dy_dt", gradcheck.Diffp(first(sq), 0, 2) * gradcheck.Diffp(first(cb), 0, sq(2)),
			192.03413934105515,
		},
	} {
		if tt.got != tt.want {
			t.Errorf("%s = %v, the tutorial prints %v", tt.name, tt.got, tt.want)
		}
	}
}

// A quadratic has no third derivative, so that only rounding separates central differences
// of it from the truth.
func TestCentral(t *testing.T) {
	for _, tt := range []struct {
		name           string
		got, want, tol float64
	}{
		{"parabola", gradcheck.Central(sq, 3), 6, 1e-9},
		{"parabola, far out: the step is scaled", gradcheck.Central(sq, 3e8), 6e8, 6e8 * 1e-9},
		{"sine", gradcheck.Central(math.Sin, 1), math.Cos(1), 1e-10},
		{"by the second argument", gradcheck.CentralPartial(fn, 1, 10, 20), 40, 40 * 1e-9},
		// (x+h)³ − (x−h)³ = 6x²h + 2h³: the error is h² exactly
		{"a chosen step", gradcheck.Step(0.5).Central(cb, 2), 12.25, 0},
		{"a chosen step, by an argument", gradcheck.Step(0.5).CentralPartial(first(cb), 0, 2), 12.25, 0},
	} {
		if !(math.Abs(tt.got-tt.want) <= tt.tol) {
			t.Errorf("%s: %v, want %v ± %v", tt.name, tt.got, tt.want, tt.tol)
		}
	}
}

// Arguments must come back as they were.
func TestPartialsLeaveArguments(t *testing.T) {
	x := []float64{10, 20}
	gradcheck.Diffp(fn, 1, x...)
	gradcheck.CentralPartial(fn, 1, x...)
	if diff := cmp.Diff([]float64{10, 20}, x); diff != "" {
		t.Errorf("arguments (-before +after):\n%s", diff)
	}
}

// The rows of f = x⁶ at 2, f′ = 192, that show why 1e-12 is a poor choice.
func TestSweep(t *testing.T) {
	s := gradcheck.NewSweep(sqcb, func(x float64) float64 { return 6 * math.Pow(x, 5) }, 2, 1)
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
	if fine := gradcheck.NewSweep(sqcb, cb, 2, 4); len(fine) != 61 || fine[4].H != 1e-2 || fine[60].H != 1e-16 {
		t.Errorf("four steps a decade: %d rows, %v, %v", len(fine), fine[4].H, fine[60].H)
	}
}

func TestNumericPanics(t *testing.T) {
	for _, tt := range []struct {
		name string
		call func()
	}{
		{"no such argument", func() { gradcheck.Diffp(fn, 2, 10, 20) }},
		{"no such argument, central", func() { gradcheck.CentralPartial(fn, -1, 10, 20) }},
		{"no steps", func() { gradcheck.NewSweep(sq, sq, 1, 0) }},
		{"a step of 0", func() { gradcheck.Step(0).Central(sq, 1) }},
	} {
		func() {
			defer func() {
				if s, _ := recover().(string); !strings.HasPrefix(s, "gradcheck: ") {
					t.Errorf("%s: panic %q, want a sentence that begins with gradcheck: ", tt.name, s)
				}
			}()
			tt.call()
		}()
	}
}
