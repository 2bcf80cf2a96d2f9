package kernel

import (
	"fmt"
	"slices"
	"testing"
)

// Affine and AffineGrad against sums of twice the precision, and what they may not touch.
func TestAffine(t *testing.T) {
	r := newRand(9)
	for rows := range 5 {
		for cols := range 6 {
			ldm := cols + rows%2
			m, x, z := numbers(r, rows*ldm+cols), numbers(r, cols), numbers(r, rows)
			was := slices.Clone(z)
			Affine(z, m, ldm, x)
			for i := range z {
				var e exact
				e.add(was[i], 1)
				for j := range x {
					e.add(m[i*ldm+j], x[j])
				}
				if e.differs(z[i]) {
					t.Errorf("%d×%d: z[%d] = %g, want %g", rows, cols, i, z[i], e.high)
				}
			}
			for mode := range 8 {
				name := fmt.Sprintf("%d×%d, mode %03b", rows, cols, mode)
				checkAffineGrad(t, name, z, m, ldm, x, mode)
			}
		}
	}
}

// checkAffineGrad runs AffineGrad; the bits of mode are add, and whether gm and gx are wanted.
func checkAffineGrad(t *testing.T, name string, gz, m []float64, ldm int, x []float64, mode int) {
	t.Helper()
	add := mode&1 != 0
	wasM, wasX := numbers(newRand(10), len(m)), numbers(newRand(11), len(x))
	gm, gx := slices.Clone(wasM), slices.Clone(wasX)
	wantM, wantX := gm, gx
	if mode&2 == 0 {
		wantM = nil
	}
	if mode&4 == 0 {
		wantX = nil
	}
	AffineGrad(gz, m, wantM, ldm, x, wantX, add)
	for k, got := range gm {
		var e exact
		i, j := k/max(ldm, 1), k%max(ldm, 1)
		inside := mode&2 != 0 && i < len(gz) && j < len(x)
		if inside {
			e.add(gz[i], x[j])
		}
		if !inside || add {
			e.add(wasM[k], 1)
		}
		if e.differs(got) {
			t.Errorf("%s: gm[%d] = %g, want %g", name, k, got, e.high)
		}
	}
	for j, got := range gx {
		var e exact
		e.add(wasX[j], 1)
		for i := range gz {
			if mode&4 != 0 {
				e.add(gz[i], m[i*ldm+j])
			}
		}
		if e.differs(got) {
			t.Errorf("%s: gx[%d] = %g, want %g", name, j, got, e.high)
		}
	}
}
