package numeric_test

import (
	"testing"

	"github.com/gradus-go/gradus/gradcheck/numeric"
)

// These are the functions of the tutorial. Each product is rounded before it is added, as in
// Python. On arm64 a fused product and sum would give other digits.
func sq(x float64) float64   { return float64(x * x) }
func cb(x float64) float64   { return float64(float64(x*x) * x) }
func sqcb(x float64) float64 { return cb(sq(x)) }

func first(f func(float64) float64) func(...float64) float64 {
	return func(x ...float64) float64 { return f(x[0]) }
}

func fn(x ...float64) float64    { return float64(x[0]*5) + float64(x[1]*x[1]) }
func lineY(x ...float64) float64 { return float64(x[0]*x[2]) + x[1] }

// The digits are those that the tutorial prints. They are the same on every architecture.
func TestTutorialB(t *testing.T) {
	for _, tt := range []struct {
		name      string
		got, want float64
	}{
		{"diff(sq, 2)", numeric.Diff(sq, 2), 4.0},
		{"diff(cb, 2)", numeric.Diff(cb, 2), 12.0},
		{"df_dx1", numeric.Diffp(fn, 0, 10, 20), 5.002220859751105},
		{"df_dx2", numeric.Diffp(fn, 1, 10, 20), 39.960923459148034},
		{"diffp(line_y, 0, 1, 2, 3)", numeric.Diffp(lineY, 0, 1, 2, 3), 3.000266701747023},
		{"diffp(line_y, 1, 1, 2, 3)", numeric.Diffp(lineY, 1, 1, 2, 3), 1.000088900582341},
		{"diffp(line_y, 2, 1, 2, 3)", numeric.Diffp(lineY, 2, 1, 2, 3), 1.000088900582341},
		{"diffp(sqcb, 0, 2)", numeric.Diffp(first(sqcb), 0, 2), 192.01706891180947},
		{
			"dt_dx * dy_dt", numeric.Diffp(first(sq), 0, 2) * numeric.Diffp(first(cb), 0, sq(2)),
			192.03413934105515,
		},
	} {
		if tt.got != tt.want {
			t.Errorf("%s = %v, the tutorial prints %v", tt.name, tt.got, tt.want)
		}
	}
}
