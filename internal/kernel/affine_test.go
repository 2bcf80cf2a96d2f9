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
			for _, addends := range []int{0, 1, rows} {
				name := fmt.Sprintf("%d×%d, %d addends", rows, cols, addends)
				checkAffine(t, name, z, m, ldm, x, numbers(r, addends))
				for mode := range 8 {
					checkAffineGrad(t, fmt.Sprintf("%s, mode %03b", name, mode), z, m, ldm, x, addends, mode)
				}
			}
		}
	}
}

func checkAffine(t *testing.T, name string, z, m []float64, ldm int, x, c []float64) {
	t.Helper()
	Affine(z, m, ldm, x, c)
	for i := range z {
		var e exact
		if len(c) > 0 {
			e.add(c[min(i, len(c)-1)], 1)
		}
		for j := range x {
			e.add(m[i*ldm+j], x[j])
		}
		if e.differs(z[i]) {
			t.Errorf("%s: z[%d] = %g, want %g", name, i, z[i], e.high)
		}
	}
}

// checkAffineGrad runs AffineGrad; the bits of mode are add, and whether gm and gx are wanted.
func checkAffineGrad(
	t *testing.T, name string, gz, m []float64, ldm int, x []float64, addends, mode int,
) {
	t.Helper()
	add := mode&1 != 0
	wasC := numbers(newRand(12), addends)
	gc := slices.Clone(wasC)
	defer func() { checkSums(t, name, gz, gc, wasC) }()
	wasM, wasX := numbers(newRand(10), len(m)), numbers(newRand(11), len(x))
	gm, gx := slices.Clone(wasM), slices.Clone(wasX)
	wantM, wantX := gm, gx
	if mode&2 == 0 {
		wantM = nil
	}
	if mode&4 == 0 {
		wantX = nil
	}
	AffineGrad(gz, m, wantM, ldm, x, wantX, gc, add)
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

// checkSums compares gc with the sums of was and of the gradients gz of copies of the same number.
func checkSums(t *testing.T, name string, gz, gc, was []float64) {
	t.Helper()
	for i, got := range gc {
		var e exact
		e.add(was[i], 1)
		for j := i; j < len(gz); j += len(gc) {
			e.add(gz[j], 1)
		}
		if e.differs(got) {
			t.Errorf("%s: gc[%d] = %g, want %g", name, i, got, e.high)
		}
	}
}
