package kernel

import (
	"fmt"
	"math"
	"slices"
	"testing"
)

// shapes are those of the matrices that are tested: up to 20 columns, and some more.
func affineShapes() (shapes [][2]int) {
	for _, rows := range []int{0, 1, 2, 3, 7, 8, 9, 16, 17, 23} {
		for cols := range 21 {
			shapes = append(shapes, [2]int{rows, cols})
		}
	}
	return append(shapes, [2]int{5, 40}, [2]int{30, 784}, [2]int{64, 16}, [2]int{100, 2})
}

// An affineKernel is a function and its reverse. at returns the element of M that belongs to a result and to
// a number of x.
type affineKernel struct {
	name    string
	forward func(z, m []float64, ldm int, x, c []float64)
	back    func(gz, m, gm []float64, ldm int, x, gx, gc []float64, add bool)
	t       bool // z = Mᵀ·x + c
}

func (k affineKernel) at(m []float64, ldm, z, x int) *float64 {
	if k.t {
		z, x = x, z
	}
	return &m[z*ldm+x]
}

// Each function against sums of twice the precision, and what they may not touch.
func TestAffine(t *testing.T) {
	kernels := []affineKernel{
		{"Affine", Affine, AffineGrad, false},
		{"SmallAffine", SmallAffine, SmallAffineGrad, false},
		{"AffineT", AffineT, AffineTGrad, true},
	}
	eachSet(t, func(t *testing.T) {
		t.Helper()
		for _, k := range kernels {
			for _, s := range affineShapes() {
				for _, gap := range []int{0, 1, 5} {
					k.check(t, s[0], s[1], s[1]+gap)
				}
			}
		}
	})
}

func (k affineKernel) check(t *testing.T, rows, cols, ldm int) {
	t.Helper()
	if k.name == "SmallAffine" && !IsSmall(rows, cols, ldm) {
		return
	}
	r := newRand(9)
	zs, xs := rows, cols
	if k.t {
		zs, xs = cols, rows
	}
	m, x := moved(numbers(r, rows*ldm+cols), rows%8), moved(numbers(r, xs), cols%3)
	z := moved(numbers(r, zs), ldm%4)
	for _, addends := range []int{0, 1, zs} {
		name := fmt.Sprintf("%s, %d×%d of %d, %d addends", k.name, rows, cols, ldm, addends)
		k.checkForward(t, name, z, m, ldm, x, numbers(r, addends))
		for mode := range 8 {
			k.checkBack(t, fmt.Sprintf("%s, mode %03b", name, mode), z, m, ldm, x, addends, mode)
		}
	}
}

func (k affineKernel) checkForward(t *testing.T, name string, z, m []float64, ldm int, x, c []float64) {
	t.Helper()
	k.forward(z, m, ldm, x, c)
	for i := range z {
		var e exact
		if len(c) > 0 {
			e.add(c[min(i, len(c)-1)], 1)
		}
		for j := range x {
			e.add(*k.at(m, ldm, i, j), x[j])
		}
		if e.differs(z[i]) {
			t.Errorf("%s: z[%d] = %g, want %g", name, i, z[i], e.high)
		}
	}
	checkGuard(t, name, z)
}

// checkGuard checks that nothing is written behind the end of a moved slice.
func checkGuard(t *testing.T, name string, x []float64) {
	t.Helper()
	for _, v := range x[len(x):cap(x)] {
		if math.Float64bits(v) != math.Float64bits(guard) {
			t.Errorf("%s: %g is written behind the end", name, v)
		}
	}
}

// checkBack runs the reverse; the bits of mode are add, and whether gm and gx are wanted.
func (k affineKernel) checkBack(
	t *testing.T, name string, gz, m []float64, ldm int, x []float64, addends, mode int,
) {
	t.Helper()
	add := mode&1 != 0
	wasC := numbers(newRand(12), addends)
	gc := moved(wasC, 3)
	wasM, wasX := numbers(newRand(10), len(m)), numbers(newRand(11), len(x)+1) // gx may be longer than x
	gm, gx := slices.Clone(wasM), slices.Clone(wasX)
	wantM, wantX := gm, gx
	if mode&2 == 0 {
		wantM = nil
	}
	if mode&4 == 0 {
		wantX = nil
	}
	k.back(gz, m, wantM, ldm, x, wantX, gc, add)
	checkSums(t, name, gz, gc, wasC)
	checkGuard(t, name, gc)
	want := make([]exact, len(gm)) // what is added to each element
	for i := range gz {
		for j := range x {
			p := i*ldm + j
			if k.t {
				p = j*ldm + i
			}
			want[p].add(gz[i], x[j])
		}
	}
	for p, got := range gm {
		e := want[p]
		if mode&2 == 0 {
			e = exact{}
		}
		if e.terms == 0 || add {
			e.add(wasM[p], 1)
		}
		if e.differs(got) {
			t.Errorf("%s: gm[%d] = %g, want %g", name, p, got, e.high)
		}
	}
	for j, got := range gx {
		var e exact
		e.add(wasX[j], 1)
		for i := range gz {
			if mode&4 != 0 && j < len(x) {
				e.add(gz[i], *k.at(m, ldm, i, j))
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

func TestAffineLengths(t *testing.T) {
	eachSet(t, func(t *testing.T) {
		t.Helper()
		for _, n := range []int{4, 8, 16} {
			x, z, m := make([]float64, n), make([]float64, 9), make([]float64, 9*n-1)
			mustPanic(t, "longer", func() { Affine(z, m, n, x, nil) })
			mustPanic(t, "longer", func() { AffineT(x, m, n, z, nil) })
			mustPanic(t, "lengths", func() { Affine(z, append(m, 0), n, x, make([]float64, 5)) })
		}
	})
}
