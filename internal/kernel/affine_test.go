package kernel

import (
	"fmt"
	"math"
	"slices"
	"testing"
)

// affineShapes are those of the matrices that are tested: up to 34 columns, and some more.
func affineShapes() (shapes [][2]int) {
	for _, rows := range []int{0, 1, 2, 3, 7, 8, 9, 16, 17, 23} {
		for cols := range 35 {
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
			whole, short := make([]float64, 9*n), func(n int) []float64 { return make([]float64, n, 200) }
			for _, c := range []int{2, 3, 5} {
				mustPanic(t, "lengths", func() { Affine(z, whole, n, x, short(c)) })
				mustPanic(t, "lengths", func() { AffineT(x, whole, n, z, short(c*n/2+1)) })
				mustPanic(t, "lengths", func() { AffineGrad(z, whole, nil, n, x, nil, short(c), true) })
				mustPanic(t, "lengths", func() { AffineTGrad(x, whole, nil, n, z, nil, short(c*n/2+1), true) })
			}
			mustPanic(t, "longer", func() { AffineGrad(z, m, whole, n, x, nil, nil, true) })
			mustPanic(t, "longer", func() { AffineTGrad(x, m, whole, n, z, nil, nil, true) })
			mustPanic(t, "longer", func() { AffineGrad(z, whole, short(len(m)), n, x, nil, nil, true) })
			mustPanic(t, "longer", func() { AffineTGrad(x, whole, short(len(m)), n, z, z, nil, true) })
			AffineGrad(z, append(whole, z...), whole, n, x, nil, nil, true) // the slice of M goes on behind it
		}
	})
}

// The gradients of M and of x may have places in common: x may be a row of M, or M and x the same vector.
func TestAffineOneGradient(t *testing.T) {
	eachSet(t, func(t *testing.T) {
		t.Helper()
		for _, s := range affineShapes() {
			rows, n := s[0], s[1]
			if rows == 0 || n == 0 {
				continue
			}
			r := newRand(20)
			m, gz, was := numbers(r, rows*n), numbers(r, rows), numbers(r, rows*n)
			x, gm := m[(rows/2)*n:][:n], slices.Clone(was)
			AffineGrad(gz, m, gm, n, x, gm[(rows/2)*n:][:n], nil, true)
			for p, got := range gm {
				var e exact
				e.add(was[p], 1)
				e.add(gz[p/n], x[p%n])
				for i := 0; p/n == rows/2 && i < rows; i++ {
					e.add(gz[i], m[i*n+p%n])
				}
				if e.differs(got) {
					t.Errorf("%d×%d: gradient %d is %g, want %g", rows, n, p, got, e.high)
				}
			}
		}
	})
}
