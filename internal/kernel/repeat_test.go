package kernel

import (
	"fmt"
	"slices"
	"testing"
)

// Repeat against a loop, and RepeatGrad against sums of twice the precision.
func TestRepeat(t *testing.T) {
	for _, in := range available() {
		t.Run(in.String(), func(t *testing.T) {
			force(t, in)
			checkRepeat(t)
		})
	}
}

func checkRepeat(t *testing.T) {
	t.Helper()
	r := newRand(13)
	for _, n := range []int{0, 1, 2, 3, 4, 7, 8, 16, 17, 33} {
		for _, copies := range []int{0, 1, 2, 3, 5, 8, 40} {
			name := fmt.Sprintf("%d copies of %d numbers", copies, n)
			x, z := numbers(r, n), numbers(r, n*copies)
			Repeat(z, x)
			for i := range z {
				if z[i] != x[i%n] {
					t.Errorf("%s: z[%d] = %g, want %g", name, i, z[i], x[i%n])
				}
			}
			gz, gx := numbers(r, n*copies), slices.Clone(x)
			RepeatGrad(gz, gx)
			checkSums(t, name, gz, gx, x)
		}
	}
}

func TestRepeatPanics(t *testing.T) {
	x, z := make([]float64, 4), make([]float64, 10)
	for _, f := range []func(z, x []float64){Repeat, RepeatGrad} {
		mustPanic(t, "does not divide", func() { f(z, x) })
		mustPanic(t, "does not divide", func() { f(z[:3], x) })
		mustPanic(t, "does not divide", func() { f(z, nil) })
	}
}
