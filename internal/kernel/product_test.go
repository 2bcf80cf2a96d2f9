package kernel

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// guard is what lies around the elements of C: a NaN that no arithmetic makes.
var guard = math.Float64frombits(0x7ff8_dead_beef_0001)

// A product is a call of MulNT or MulNN. Its slices end with the last element of their
// matrices; between rows and around C there are guards, which also poison any sum that
// reads them.
type product struct {
	nt                           bool
	m, n, k, ldc, ra, ca, ldb    int
	add                          bool
	a, b, before, around, result []float64
}

// newProduct returns a random product with gaps after each row.
func newProduct(r *rand.Rand, nt bool, m, n, k, gap int, add bool) *product {
	p := &product{nt: nt, m: m, n: n, k: k, ldc: n + gap, ra: k + gap, ca: 1, ldb: n + gap, add: add}
	rows, cols := k, n
	if nt {
		p.ldb, rows, cols = k+gap, n, k
	} else if r.IntN(2) == 0 {
		p.ra, p.ca = 1, m+gap
	}
	p.a, p.b = gappy(r, m, p.ra, k, p.ca), gappy(r, rows, p.ldb, cols, 1)
	p.before = gappy(r, m, p.ldc, n, 1)
	p.around = make([]float64, len(p.before)+2*margin)
	p.result = p.around[margin : margin+len(p.before) : margin+len(p.before)]
	return p
}

const margin = 20

// gappy returns a random matrix with guards in its gaps.
func gappy(r *rand.Rand, rows, ld, cols, step int) []float64 {
	if rows == 0 || cols == 0 {
		return nil
	}
	x := slices.Repeat([]float64{guard}, (rows-1)*ld+(cols-1)*step+1)
	for i := range rows {
		for j, v := range numbers(r, cols) {
			x[i*ld+j*step] = v
		}
	}
	return x
}

func (p *product) String() string {
	name := map[bool]string{true: "MulNT", false: "MulNN"}[p.nt]
	return fmt.Sprintf("%s m=%d n=%d k=%d ldc=%d ra=%d ca=%d ldb=%d add=%t",
		name, p.m, p.n, p.k, p.ldc, p.ra, p.ca, p.ldb, p.add)
}

// run computes the product.
func (p *product) run() {
	for i := range p.around {
		p.around[i] = guard
	}
	copy(p.result, p.before)
	p.call(p.result)
}

func (p *product) call(c []float64) {
	if p.nt {
		MulNT(c, p.ldc, p.a, p.ra, p.b, p.ldb, p.m, p.n, p.k, p.add)
	} else {
		MulNN(c, p.ldc, p.a, p.ra, p.ca, p.b, p.ldb, p.m, p.n, p.k, p.add)
	}
}

// element returns the exact C[i,j].
func (p *product) element(i, j int) (e exact) {
	if p.add {
		e.add(p.before[i*p.ldc+j], 1)
	}
	for l := range p.k {
		y := l*p.ldb + j
		if p.nt {
			y = j*p.ldb + l
		}
		e.add(p.a[i*p.ra+l*p.ca], p.b[y])
	}
	return e
}

// check runs the product and holds every element against the exact one, and the guards
// against what they were.
func (p *product) check(t *testing.T) {
	t.Helper()
	p.run()
	for at, got := range p.around {
		i, j := -1, 0
		if at >= margin && at < margin+len(p.before) && p.ldc > 0 {
			i, j = (at-margin)/p.ldc, (at-margin)%p.ldc
		}
		if i < 0 || j >= p.n {
			if math.Float64bits(got) != math.Float64bits(guard) {
				t.Fatalf("%v %v: wrote %g outside, at %d", best, p, got, at-margin)
			}
			continue
		}
		if e := p.element(i, j); e.differs(got) {
			t.Fatalf("%v %v: C[%d,%d] = %g, want %g", best, p, i, j, got, e.high)
		}
	}
}

// eachKind calls f for both products, with and without what they are added to.
func eachKind(f func(nt, add bool)) {
	for _, nt := range []bool{true, false} {
		f(nt, false)
		f(nt, true)
	}
}

func TestSmallShapes(t *testing.T) {
	for _, in := range available() {
		t.Run(in.String(), func(t *testing.T) {
			force(t, in)
			r := newRand(3)
			step := 1
			if testing.Short() {
				step = 3
			}
			for mnk := r.IntN(step); mnk < 21*21*21; mnk += step {
				m, n, k := mnk%21, mnk/21%21, mnk/441
				eachKind(func(nt, add bool) { newProduct(r, nt, m, n, k, r.IntN(4), add).check(t) })
			}
		})
	}
}

// The shapes of the networks that the kernels are for, and others that cross every border
// of a tile or a block.
func TestLargeShapes(t *testing.T) {
	shapes := [][3]int{
		{1, 30, 784},
		{30, 784, 1},
		{1, 784, 30},
		{1, 10, 30},
		{1000, 2, 1},
		{1, 1000, 2},
		{16, 30, 784},
		{32, 30, 784},
		{30, 784, 32},
		{32, 10, 30},
		{10, 30, 32},
		{32, 30, 10},
		{1, 1, 100},
		{5, 1, 1030},
		{3, 7, 2049},
		{6, 50, 65},
		{2, 77, 130},
		{7, 33, 9},
		{13, 31, 64},
	}
	for _, in := range available() {
		t.Run(in.String(), func(t *testing.T) {
			force(t, in)
			r := newRand(4)
			for range 40 {
				shapes = append(shapes, [3]int{1 + r.IntN(40), 1 + r.IntN(80), 1 + r.IntN(200)})
			}
			for i, s := range shapes {
				if testing.Short() && i%4 != 0 {
					continue
				}
				eachKind(func(nt, add bool) {
					newProduct(r, nt, s[0], s[1], s[2], r.IntN(30), add).check(t)
				})
			}
		})
	}
}

func FuzzProduct(f *testing.F) {
	f.Add(uint64(1), uint8(1), uint8(30), uint16(784), uint8(3), false)
	f.Add(uint64(2), uint8(30), uint8(200), uint16(32), uint8(0), true)
	f.Fuzz(func(t *testing.T, seed uint64, m, n uint8, k uint16, gap uint8, add bool) {
		for _, in := range available() {
			t.Run(in.String(), func(t *testing.T) {
				force(t, in)
				r := newRand(seed)
				for _, nt := range []bool{true, false} {
					newProduct(r, nt, int(m%64), int(n), int(k%1200), int(gap), add).check(t)
				}
			})
		}
	})
}
