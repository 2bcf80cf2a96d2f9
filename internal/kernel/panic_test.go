package kernel

import (
	"math"
	"strings"
	"testing"
)

// mustPanic checks that f panics with a sentence that begins with "kernel: " and has part
// in it, before anything could read or write out of bounds.
func mustPanic(t *testing.T, part string, f func()) {
	t.Helper()
	defer func() {
		t.Helper()
		s, _ := recover().(string)
		if !strings.HasPrefix(s, "kernel: ") || !strings.Contains(s, part) {
			t.Errorf("panic %q, want one with %q", s, part)
		}
	}()
	f()
}

func TestPanics(t *testing.T) {
	x := make([]float64, 1000)
	c := make([]float64, 1000)
	// 10×20 with strides 25 has its last element at 9·25+19 = 244.
	nt := func(lenC, lenA, lenB, m, n, k int) func() {
		return func() { MulNT(c[:lenC], 25, x[:lenA], 25, x[:lenB], 25, m, n, k, false) }
	}
	nn := func(lenC, lenA, lenB, m, n, k int) func() {
		return func() { MulNN(c[:lenC], 25, x[:lenA], 1, 25, x[:lenB], 25, m, n, k, false) }
	}
	for _, in := range available() {
		t.Run(in.String(), func(t *testing.T) {
			force(t, in)
			nt(245, 240, 490, 10, 20, 15)()
			mustPanic(t, "longer", nt(244, 240, 490, 10, 20, 15))
			mustPanic(t, "longer", nt(245, 239, 490, 10, 20, 15))
			mustPanic(t, "longer", nt(245, 240, 489, 10, 20, 15))
			nn(245, 360, 370, 10, 20, 15)()
			mustPanic(t, "longer", nn(244, 360, 370, 10, 20, 15))
			mustPanic(t, "longer", nn(245, 359, 370, 10, 20, 15))
			mustPanic(t, "longer", nn(245, 360, 369, 10, 20, 15))
			mustPanic(t, "longer", nt(244, 0, 0, 10, 20, 0))
			for _, bad := range [][3]int{{-1, 3, 3}, {3, -1, 3}, {3, 3, -1}} {
				mustPanic(t, "negative", nt(1000, 1000, 1000, bad[0], bad[1], bad[2]))
				mustPanic(t, "negative", nn(1000, 1000, 1000, bad[0], bad[1], bad[2]))
			}
			mustPanic(t, "overlap", nt(1000, 1000, 1000, 2, 26, 3))
			mustPanic(t, "overlap", func() { MulNN(c, -1, x, 1, 1, x, 9, 2, 9, 2, true) })
			mustPanic(t, "lengths", func() { AddScaled(x[1:], 1, c) })
		})
	}
}

// Sizes whose products overflow do not get past the checks.
func TestPanicsOnOverflow(t *testing.T) {
	x, c := make([]float64, 1000), make([]float64, 1000)
	for _, in := range available() {
		t.Run(in.String(), func(t *testing.T) {
			force(t, in)
			for _, ld := range []int{-1, math.MinInt, math.MaxInt, math.MaxInt/2 + 1, math.MaxInt / 3} {
				mustPanic(t, "longer", func() { MulNT(c, 20, x, ld, x, 20, 9, 20, 20, false) })
				mustPanic(t, "longer", func() { MulNT(c, 20, x, 20, x, ld, 9, 20, 20, false) })
				mustPanic(t, "longer", func() { MulNN(c, 20, x, ld, 1, x, 20, 9, 20, 20, false) })
				mustPanic(t, "longer", func() { MulNN(c, 20, x, 1, ld, x, 20, 9, 20, 20, false) })
				mustPanic(t, "longer", func() { MulNN(c, 20, x, ld, ld, x, 20, 2, 20, 2, false) })
				mustPanic(t, "longer", func() { MulNN(c, 20, x, 20, 1, x, ld, 9, 20, 9, false) })
			}
			for _, big := range []int{math.MaxInt, math.MaxInt/2 + 1, math.MaxInt/4 + 2} {
				mustPanic(t, "longer", func() { MulNT(c, 0, x, 0, x, 0, 1, big, 1, false) })
				mustPanic(t, "longer", func() { MulNT(c, 8, x, 0, x, 0, big, 8, 1, false) })
				mustPanic(t, "longer", func() { MulNN(c, 8, x, 0, 1, x, 0, 1, 1, big, false) })
			}
		})
	}
}
