package kernel

import (
	"math"
	"slices"
	"testing"
)

// promised are shapes for what must hold of all.
var promised = [][3]int{
	{1, 30, 784},
	{7, 9, 33},
	{30, 70, 1},
	{5, 1, 40},
	{13, 45, 70},
	{3, 2, 3},
	{6, 20, 9},
	{9, 3, 1100},
	{9, 80, 1024},
	{4, 16, 2},
	{3, 17, 17},
	{2, 24, 12},
	{13, 8, 1},
	{9, 4, 1},
	{64, 8, 8},
	{9, 1, 8},
	{7, 2, 4},
	{13, 7, 5},
	{13, 1, 4},
	{70, 1, 3},
	{70, 1, 16},
	{7, 1, 20},
	{7, 1, 33},
	{7, 1, 64},
	{7, 1, 70},
	{13, 12, 1},
}

// eachPromised calls f with random products of those shapes.
func eachPromised(f func(p *product)) {
	r := newRand(5)
	for _, s := range promised {
		eachKind(func(nt, add bool) { f(newProduct(r, nt, s[0], s[1], s[2], 3, add)) })
	}
}

// same reports whether two slices are the same bit for bit.
func same(x, y []float64) bool {
	return slices.EqualFunc(x, y, func(x, y float64) bool {
		return math.Float64bits(x) == math.Float64bits(y)
	})
}

// moved returns a copy of x that begins offset elements after where the copy was allocated.
func moved(x []float64, offset int) []float64 {
	y := slices.Repeat([]float64{guard}, len(x)+offset+9)
	copy(y[offset:], x)
	return y[offset : offset+len(x)]
}

// The bits do not depend on where the operands are in memory, nor on when.
func TestSameBitsAnywhere(t *testing.T) {
	for _, in := range available() {
		t.Run(in.String(), func(t *testing.T) {
			force(t, in)
			eachPromised(func(p *product) {
				p.run()
				want := slices.Clone(p.result)
				a, b := p.a, p.b
				for offset := range 9 {
					p.a, p.b = moved(a, offset), moved(b, (offset*5+1)%8)
					c := moved(p.before, (offset*3+2)%8)
					p.call(c)
					p.clearGaps(c)
					p.clearGaps(want)
					if !same(c, want) {
						t.Errorf("%v: other bits elsewhere in memory", p)
					}
				}
			})
		})
	}
}

// clearGaps sets what is between the rows of c to zero.
func (p *product) clearGaps(c []float64) {
	for i := range c {
		if i%p.ldc >= p.n {
			c[i] = 0
		}
	}
}

// The bits of C do not depend on how far apart its rows are.
func TestSameBitsAnyStride(t *testing.T) {
	for _, in := range available() {
		t.Run(in.String(), func(t *testing.T) {
			force(t, in)
			eachPromised(func(p *product) {
				p.run()
				dense := *p
				dense.ldc = p.n
				var c []float64
				for i := range p.m {
					c = append(c, p.before[i*p.ldc:][:p.n]...)
				}
				dense.call(c)
				for i := range p.m {
					if !same(c[i*p.n:][:p.n], p.result[i*p.ldc:][:p.n]) {
						t.Errorf("%v: row %d is another where rows have no gaps", p, i)
					}
				}
			})
		})
	}
}

// A row of C has the same bits whether it is computed alone or with others.
func TestRowsAreIndependent(t *testing.T) {
	for _, in := range available() {
		t.Run(in.String(), func(t *testing.T) {
			force(t, in)
			eachPromised(func(p *product) {
				p.run()
				want := slices.Clone(p.result)
				for i := range p.m {
					row := *p
					row.m, row.a = 1, p.a[i*p.ra:]
					c := slices.Clone(p.before[i*p.ldc : i*p.ldc+p.n])
					row.call(c)
					if !same(c, want[i*p.ldc:i*p.ldc+p.n]) {
						t.Errorf("%v: row %d is another alone", p, i)
					}
				}
			})
		})
	}
}

// What is not finite in a row of A reaches this row of C, whole, and no other; likewise what
// is in B and the columns.
func TestNotFinite(t *testing.T) {
	for _, in := range available() {
		t.Run(in.String(), func(t *testing.T) {
			force(t, in)
			eachPromised(func(p *product) {
				for _, v := range []float64{math.NaN(), math.Inf(1), math.Inf(-1)} {
					i, j, l := p.m/2, p.n-1, p.k-1
					at := func(x []float64, i int, want func(ci, cj int) bool) {
						before := x[i]
						defer func() { x[i] = before }()
						x[i] = v
						p.checkNotFinite(t, want)
					}
					at(p.a, i*p.ra+l*p.ca, func(ci, _ int) bool { return ci == i })
					b := l*p.ldb + j
					if p.nt {
						b = j*p.ldb + l
					}
					at(p.b, b, func(_, cj int) bool { return cj == j })
					at(p.before, i*p.ldc+j, func(ci, cj int) bool { return p.add && ci == i && cj == j })
				}
			})
		})
	}
}

// checkNotFinite checks that exactly those elements of C are not finite that want says.
func (p *product) checkNotFinite(t *testing.T, want func(i, j int) bool) {
	t.Helper()
	p.run()
	for i := range p.m {
		for j := range p.n {
			z := p.result[i*p.ldc+j]
			if finite := !math.IsNaN(z - z); finite == want(i, j) {
				t.Fatalf("%v %v: C[%d,%d] = %g", best, p, i, j, z)
			}
		}
	}
}

// The assembly and its twin are two roundings of the same number.
func TestTwins(t *testing.T) {
	eachPromised(func(p *product) {
		force(t, portable)
		p.run()
		twin := slices.Clone(p.result)
		for _, in := range available() {
			force(t, in)
			p.run()
			for i := range p.m {
				for j := range p.n {
					e, at := p.element(i, j), i*p.ldc+j
					bound := 2.2 * float64(e.terms) * 0x1p-53 * e.size
					if d := math.Abs(p.result[at] - twin[at]); !(d <= bound) {
						t.Errorf("%v %v: C[%d,%d] = %g, twin %g", in, p, i, j, p.result[at], twin[at])
					}
				}
			}
		}
	})
}

func TestNoAllocations(t *testing.T) {
	for _, in := range available() {
		t.Run(in.String(), func(t *testing.T) {
			force(t, in)
			eachPromised(func(p *product) {
				if n := testing.AllocsPerRun(1, func() { p.call(p.result) }); n != 0 {
					t.Errorf("%v: %g allocations", p, n)
				}
			})
			x := make([]float64, 100)
			if n := testing.AllocsPerRun(1, func() { AddScaled(x, dotProduct(x, x)+Sum(x), x[:100]) }); n != 0 {
				t.Errorf("vectors: %g allocations", n)
			}
		})
	}
}
