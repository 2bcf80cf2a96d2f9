package kernel

import (
	"fmt"
	"math"
	"slices"
	"testing"
)

// eachScan calls f for scans of all lengths around those of groups, with all instructions.
func eachScan(t *testing.T, f func(t *testing.T, n int)) {
	t.Helper()
	for _, in := range available() {
		for n := range 3*group + 2 {
			t.Run(fmt.Sprintf("%v, %d factors", in, n), func(t *testing.T) {
				force(t, in)
				f(t, n)
			})
		}
	}
}

// A fast scan is off from the products as written by what rounding n products twice explains.
func checkScan(t *testing.T, what string, got, want []float64) {
	t.Helper()
	for i := range want {
		if d := math.Abs(got[i] - want[i]); !(d <= 4*float64(len(want)+1)*0x1p-53*math.Abs(want[i])) {
			t.Errorf("%s[%d] = %v, want %v", what, i, got[i], want[i])
		}
	}
}

func TestFastScan(t *testing.T) {
	r := newRand(3)
	eachScan(t, func(t *testing.T, n int) {
		t.Helper()
		y, x := numbers(r, n), 1.5
		z := slices.Repeat([]float64{guard}, n+1)
		want := make([]float64, n)
		Scan(x, want, y)
		if !FastScan(x, z[:n], y) {
			t.Errorf("got false, want true for factors of about 1 in size")
		}
		checkScan(t, "z", z, want)
		if !math.IsNaN(z[n]) {
			t.Errorf("z[%d] was written", n)
		}
		before := slices.Concat([]float64{x}, want)[:n]
		gy, wantGrad := make([]float64, n), make([]float64, n)
		wantX := ScanGrad(2, before, y, wantGrad)
		checkScan(t, "gx", []float64{FastScanGrad(2, before, y, gy)}, []float64{wantX})
		checkScan(t, "gy", gy, wantGrad)
		FastScanGrad(2, before, y, gy)
		for i := range wantGrad {
			wantGrad[i] *= 2
		}
		checkScan(t, "gy, added to", gy, wantGrad)
	})
}

// By definition: each product, and the derivative by each factor.
func TestScan(t *testing.T) {
	x, y := 2.0, []float64{3, 5, 7}
	z := make([]float64, 3)
	Scan(x, z, y)
	if !slices.Equal(z, []float64{6, 30, 210}) {
		t.Errorf("z = %v, want 6, 30 and 210", z)
	}
	gy := []float64{1, 1, 1}
	gx := ScanGrad(10, []float64{2, 6, 30}, y, gy)
	if gx != 1050 || !slices.Equal(gy, []float64{701, 421, 301}) {
		t.Errorf("gradients %v and %v, want 1050 and 701, 421, 301", gx, gy)
	}
}

// Where products of a few factors leave the range, although the products as written may not, and where
// factors are infinite, FastScan says so. A NaN reaches what comes behind it, or FastScan says so, too.
func TestFastScanRange(t *testing.T) {
	for _, in := range available() {
		for at := range 2 * group {
			for _, f := range []float64{1e300, -1e300, 1e-300, 0, math.Inf(1), math.Inf(-1)} {
				force(t, in)
				y, z := slices.Repeat([]float64{1}, 2*group), make([]float64, 2*group)
				y[at] = f
				if FastScan(1, z, y) {
					t.Errorf("%v: got true for factor %d = %v", in, at, f)
				}
			}
			y, z := slices.Repeat([]float64{1}, 2*group), make([]float64, 2*group)
			y[at] = math.NaN()
			ok := FastScan(1, z, y)
			for i := range z {
				if ok && math.IsNaN(z[i]) != (i >= at) {
					t.Errorf("%v: z[%d] = %v if factor %d is NaN", in, i, z[i], at)
				}
			}
		}
	}
}
