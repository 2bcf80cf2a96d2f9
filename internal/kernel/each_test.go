package kernel

import (
	"fmt"
	"math"
	"slices"
	"testing"
)

// An eachCase has the operands of several products, with gaps between their rows, which hold guards.
type eachCase struct {
	*Each
	a, m, b, ga, gm, gb []float64
}

// eachCases calls f with products of many shapes, whose matrices and vectors have gaps or are all one.
func eachCases(f func(name string, c eachCase)) {
	r := newRand(14)
	for _, count := range []int{1, 2, 5} {
		for _, rows := range []int{1, 2, 3, 9, 65} {
			for _, columns := range []int{1, 2, 4, 6, 8, 12, 16, 17, 64, 68} {
				for _, gap := range []int{0, 1, 5, -1} { // −1 stands for one vector
					ldm, lda, ldb := columns+max(gap, 0), max(rows+gap, 0), max(columns+gap, 0)
					if gap < 0 {
						lda, ldb = 0, 0
					}
					step := rows * ldm
					list := func(n, ld int) []float64 { return moved(gappy(r, count, ld, n, 1), rows%4) }
					c := eachCase{
						NewEach(count, rows, columns, step, ldm, lda, ldb), list(rows, lda), nil, list(columns, ldb),
						list(rows, lda), nil, list(columns, ldb),
					}
					c.m = moved(gappy(r, count*rows, ldm, columns, 1), 1)
					c.gm = moved(gappy(r, count*rows, ldm, columns, 1), 3)
					f(fmt.Sprintf("%d of %d×%d, gap %d", count, rows, columns, gap), c)
				}
			}
		}
	}
}

// sums checks that after, which was before, has the sums that f adds up: number i of list k, of n numbers
// that begin ld apart. Nothing else may have changed. If the lists are all one, and written without addition,
// the last is what remains.
func (c *eachCase) sums(
	t *testing.T, name string, before, after []float64, n, ld int, add bool, f func(k, i int, e *exact),
) {
	t.Helper()
	sums := make([]exact, len(after))
	written := make([]bool, len(after))
	for k := range c.count {
		for i := range n {
			at := k*ld + i
			if !add || !written[at] {
				if sums[at] = (exact{}); add {
					sums[at].add(before[at], 1)
				}
			}
			written[at] = true
			f(k, i, &sums[at])
		}
	}
	for at, v := range after {
		switch {
		case !written[at] && math.Float64bits(v) != math.Float64bits(before[at]):
			t.Fatalf("%s: %g is written in a gap", name, v)
		case written[at] && sums[at].differs(v):
			t.Fatalf("%s: number %d is %g, want %g", name, at, v, sums[at].high)
		}
	}
	checkGuard(t, name, after)
}

// at returns the number in a row and a column of a matrix.
func (c *eachCase) at(k, row, column int) float64 { return c.m[k*c.step+row*c.ldm+column] }

// Each product against sums of twice the precision.
func TestEach(t *testing.T) {
	eachSet(t, func(t *testing.T) {
		t.Helper()
		eachCases(func(name string, c eachCase) {
			row := func(k, i int, e *exact) {
				for j := range c.columns {
					e.add(c.at(k, i, j), c.b[k*c.ldb+j])
				}
			}
			column := func(k, j int, e *exact) {
				for i := range c.rows {
					e.add(c.at(k, i, j), c.a[k*c.lda+i])
				}
			}
			for _, add := range []bool{false, true} {
				before := slices.Clone(c.ga)
				c.Mul(false, c.ga, c.m, c.b, add)
				c.sums(t, fmt.Sprint("Mul ", name, add), before, c.ga, c.rows, c.lda, add, row)
				before = slices.Clone(c.gb)
				c.Mul(true, c.gb, c.m, c.a, add)
				c.sums(t, fmt.Sprint("transposed ", name, add), before, c.gb, c.columns, c.ldb, add, column)
			}
			before := slices.Clone(c.gm)
			c.Outer(c.gm, c.a, c.b)
			outer := func(k, at int, e *exact) {
				if i, j := at/c.ldm, at%c.ldm; j < c.columns {
					e.add(c.a[k*c.lda+i], c.b[k*c.ldb+j])
				}
			}
			c.sums(t, "Outer "+name, before, c.gm, (c.rows-1)*c.ldm+c.columns, c.step, true, outer)
		})
	})
}

func TestEachPanics(t *testing.T) {
	x := make([]float64, 100)
	eachSet(t, func(t *testing.T) {
		t.Helper()
		e := NewEach(3, 2, 4, 9, 5, 3, 6) // a: 2·3 + 2 = 8, m: 2·9 + 5 + 4 = 27, b: 2·6 + 4 = 16
		for _, f := range map[string]func(a, m, b []float64){
			"Mul":        func(a, m, b []float64) { e.Mul(false, a, m, b, false) },
			"transposed": func(a, m, b []float64) { e.Mul(true, b, m, a, false) },
			"Outer":      func(a, m, b []float64) { e.Outer(m, a, b) },
		} {
			f(x[:8:8], x[20:][:27:27], x[50:][:16:16])
			mustPanic(t, "longer", func() { f(x[:7:7], x[20:][:27:27], x[50:][:16:16]) })
			mustPanic(t, "longer", func() { f(x[:8:8], x[20:][:26:26], x[50:][:16:16]) })
			mustPanic(t, "longer", func() { f(x[:8:8], x[20:][:27:27], x[50:][:15:15]) })
		}
	})
	for i := range 7 {
		s := []int{1, 1, 1, 1, 1, 1, 1}
		if s[i] = 0; i >= 3 { // a distance, not a size
			s[i] = -1
		}
		mustPanic(t, "NewEach", func() { NewEach(s[0], s[1], s[2], s[3], s[4], s[5], s[6]) })
	}
}
