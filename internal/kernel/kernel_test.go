package kernel

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// A product is C (+)= A·B in memory of its own, with a guard behind every row.
type product struct {
	m, n, k       int
	a, b, c       []float64
	lda, ldb, ldc int
}

const guard = 12345

// newProduct returns random matrices: A has m rows of k, B has rowsB rows of colsB, C has m
// rows of n. The rows of C end in guards, and those of A and B in NaNs that nobody may read.
func newProduct(rng *rand.Rand, m, n, k, rowsB, colsB, gap int) *product {
	p := &product{m: m, n: n, k: k, lda: k + gap, ldb: colsB + gap, ldc: n + gap}
	fill := func(rows, cols, ld int, behind float64) []float64 {
		s := make([]float64, max(0, rows*ld)+gap)
		for i := range s {
			if s[i] = behind; i < rows*ld && i%ld < cols {
				s[i] = rng.NormFloat64()
			}
		}
		return s
	}
	p.a, p.b = fill(m, k, p.lda, math.NaN()), fill(rowsB, colsB, p.ldb, math.NaN())
	p.c = fill(m, n, p.ldc, guard)
	return p
}

// check compares c with the exact C + Σ a·b, of which the terms are given, within the bound
// of a sum in any order.
func (p *product) check(t *testing.T, what string, old []float64, terms func(i, j, l int) (a, b float64)) {
	t.Helper()
	for i := range p.m {
		for j := range p.ldc {
			got := p.c[i*p.ldc+j]
			if j >= p.n {
				if got != guard {
					t.Fatalf("%s: wrote %v behind row %d, column %d of %d", what, got, i, j, p.n)
				}
				continue
			}
			want, size := accurate(old[i*p.ldc+j], p.k, func(l int) (float64, float64) { return terms(i, j, l) })
			if bound := float64(p.k+2) * 0x1p-53 * size; !(math.Abs(got-want) <= bound) {
				t.Fatalf("%s: C[%d,%d] of %d×%d, k = %d is %v, want %v ± %g", what, i, j, p.m, p.n, p.k, got, want, bound)
			}
		}
	}
}

// accurate returns c + Σ a·b as if computed with twice the precision, and |c| + Σ|a·b|.
//
// Source: T. Ogita, S. Rump, S. Oishi, Accurate sum and dot product, SIAM J. Sci. Comput.
// 26(6), 2005.
func accurate(c float64, k int, term func(l int) (a, b float64)) (sum, size float64) {
	sum, size = c, math.Abs(c)
	rest := 0.0
	for l := range k {
		a, b := term(l)
		p := float64(a * b)
		s := sum + p
		z := s - sum
		rest += math.FMA(a, b, -p) + ((sum - (s - z)) + (p - z))
		sum, size = s, size+math.Abs(p)
	}
	return sum + rest, size
}

// sizes are those of small matrices, all of them, and of some that are blocked.
func sizes(t *testing.T) (all [][3]int) {
	t.Helper()
	edge := 10
	if testing.Short() {
		edge = 6
	}
	for m := range edge {
		for n := range edge {
			for k := range edge {
				all = append(all, [3]int{m, n, k})
			}
		}
	}
	return append(all, [][3]int{
		{1, 30, 784},
		{16, 30, 784},
		{3, 1030, 5},
		{1, 5, 3100},
		{30, 784, 1},
		{30, 3203, 16},
		{1, 17, 100},
		{5, 401, 70},
		{2, 33, 19},
		{7, 18, 33},
	}...)
}

// both runs a test with the assembly, if there is any, and with the twin.
func both(t *testing.T, f func(t *testing.T)) {
	t.Helper()
	defer func(was bool) { fast = was }(fast)
	for _, fast = range slices.Compact([]bool{fast, false}) {
		t.Run(fmt.Sprintf("assembly %t", fast), f)
	}
}

func TestMulNT(t *testing.T) {
	both(t, func(t *testing.T) {
		t.Helper()
		rng := rand.New(rand.NewPCG(1, 1))
		for _, s := range sizes(t) {
			p := newProduct(rng, s[0], s[1], s[2], s[1], s[2], rng.IntN(3))
			old := slices.Clone(p.c)
			MulNT(p.c, p.ldc, p.a, p.lda, p.b, p.ldb, p.m, p.n, p.k)
			p.check(t, "MulNT", old, func(i, j, l int) (float64, float64) { return p.a[i*p.lda+l], p.b[j*p.ldb+l] })
		}
	})
}

func TestMulNN(t *testing.T) {
	both(t, func(t *testing.T) {
		t.Helper()
		rng := rand.New(rand.NewPCG(1, 1))
		for _, s := range sizes(t) {
			for _, add := range []bool{true, false} {
				p := newProduct(rng, s[0], s[1], s[2], s[2], s[1], rng.IntN(3))
				old := slices.Clone(p.c)
				if !add {
					for i := range p.c {
						if p.c[i] != guard {
							p.c[i], old[i] = math.NaN(), 0 // what was there does not matter
						}
					}
				}
				MulNN(p.c, p.ldc, p.a, p.lda, 1, p.b, p.ldb, p.m, p.n, p.k, add)
				p.check(t, "MulNN", old, func(i, j, l int) (float64, float64) { return p.a[i*p.lda+l], p.b[l*p.ldb+j] })

				q := newProduct(rng, s[2], s[1], s[0], s[2], s[1], rng.IntN(3)) // A transposed: k×m
				q.m, q.k = q.k, q.m
				q.c = slices.Repeat([]float64{guard}, q.m*q.ldc)
				old = slices.Clone(q.c)
				for i := range q.m {
					clear(old[i*q.ldc:][:q.n])
					copy(q.c[i*q.ldc:], old[i*q.ldc:][:q.n])
				}
				MulNN(q.c, q.ldc, q.a, 1, q.lda, q.b, q.ldb, q.m, q.n, q.k, add)
				q.check(t, "transposed", old, func(i, j, l int) (float64, float64) {
					return q.a[l*q.lda+i], q.b[l*q.ldb+j]
				})
			}
		}
	})
}

// NaN and Inf reach the rows that they belong to, and no others.
func TestNaN(t *testing.T) {
	both(t, func(t *testing.T) {
		t.Helper()
		for _, bad := range []float64{math.NaN(), math.Inf(1)} {
			for _, k := range []int{1, 3, 5, 9} {
				const m, n = 6, 7
				ones := slices.Repeat([]float64{1}, 100)
				for row := range m {
					a := slices.Clone(ones)
					a[row*k+k-1] = bad
					c, d := make([]float64, m*n), make([]float64, m*n)
					MulNT(c, n, a, k, ones, k, m, n, k)
					MulNN(d, n, a, k, 1, ones, n, m, n, k, false)
					for i := range c {
						if want := i/n == row; finite(c[i]) == want || finite(d[i]) == want {
							t.Errorf("k = %d: %v in row %d: C[%d,%d] is %v and %v", k, bad, row, i/n, i%n, c[i], d[i])
						}
					}
				}
			}
		}
	})
}

func finite(x float64) bool { return x-x == 0 }

// A matrix that is larger than its slice is a panic, before anything is read or written.
func TestTooShort(t *testing.T) {
	full, short := make([]float64, 5*8), make([]float64, 5*8-1)
	both(t, func(t *testing.T) {
		t.Helper()
		for name, f := range map[string]func(){
			"C of MulNT": func() { MulNT(short, 8, full, 8, make([]float64, 64), 8, 5, 8, 8) },
			"A of MulNT": func() { MulNT(full, 8, short, 8, make([]float64, 64), 8, 5, 8, 8) },
			"B of MulNT": func() { MulNT(full, 8, full, 8, make([]float64, 63), 8, 5, 8, 8) },
			"C of MulNN": func() { MulNN(short, 8, full, 8, 1, make([]float64, 64), 8, 5, 8, 8, true) },
			"A of MulNN": func() { MulNN(full, 8, short, 8, 1, make([]float64, 64), 8, 5, 8, 8, true) },
			"B of MulNN": func() { MulNN(full, 8, full, 8, 1, make([]float64, 63), 8, 5, 8, 8, true) },
		} {
			func() {
				defer func() {
					if recover() == nil {
						t.Errorf("%s is short by one: no panic", name)
					}
				}()
				f()
			}()
		}
	})
}

func TestSum(t *testing.T) {
	x := []float64{1, 2, 4, 8, 16, 32, 64, 128, 256}
	for n := range len(x) + 1 {
		if got, want := Sum(x[:n]), float64(int(1)<<n-1); got != want {
			t.Errorf("Sum of %d powers of 2 is %v, want %v", n, got, want)
		}
	}
}

func TestNoAllocation(t *testing.T) {
	both(t, func(t *testing.T) {
		t.Helper()
		c, x := make([]float64, 400), make([]float64, 400)
		if n := testing.AllocsPerRun(10, func() {
			MulNT(c, 20, x, 20, x, 20, 20, 20, 20)
			MulNN(c, 20, x, 20, 1, x, 20, 20, 20, 20, true)
		}); n != 0 {
			t.Errorf("%v allocations, want 0", n)
		}
	})
}

func FuzzMul(f *testing.F) {
	f.Add(uint64(1), uint8(3), uint8(20), uint8(9), true)
	f.Fuzz(func(t *testing.T, seed uint64, m, n, k uint8, add bool) {
		rng := rand.New(rand.NewPCG(seed, 1))
		p := newProduct(rng, int(m%40), int(n), int(k), int(n), int(k), int(seed%3))
		old := slices.Clone(p.c)
		MulNT(p.c, p.ldc, p.a, p.lda, p.b, p.ldb, p.m, p.n, p.k)
		p.check(t, "MulNT", old, func(i, j, l int) (float64, float64) { return p.a[i*p.lda+l], p.b[j*p.ldb+l] })

		p = newProduct(rng, int(m%40), int(n), int(k), int(k), int(n), int(seed%3))
		old = slices.Clone(p.c)
		MulNN(p.c, p.ldc, p.a, p.lda, 1, p.b, p.ldb, p.m, p.n, p.k, add)
		for i := range old {
			if !add && old[i] != guard {
				old[i] = 0
			}
		}
		p.check(t, "MulNN", old, func(i, j, l int) (float64, float64) { return p.a[i*p.lda+l], p.b[l*p.ldb+j] })
	})
}
