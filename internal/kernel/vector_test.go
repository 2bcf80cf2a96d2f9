package kernel

import (
	"math"
	"testing"
)

// lengths are those of the vectors that are tested.
func lengths() []int {
	n := []int{127, 128, 129, 255, 784, 1000, 1023, 1025}
	for i := range 101 {
		n = append(n, i)
	}
	return n
}

func TestVectors(t *testing.T) {
	for _, in := range available() {
		t.Run(in.String(), func(t *testing.T) {
			force(t, in)
			r := newRand(6)
			for _, n := range lengths() {
				x, y := moved(numbers(r, n), n%7), moved(numbers(r, n), n%5)
				var sum, dot exact
				for i := range x {
					sum.add(x[i], 1)
					dot.add(x[i], y[i])
				}
				if got := Sum(x); sum.differs(got) {
					t.Errorf("Sum of %d: %g, want %g", n, got, sum.high)
				}
				if got := dotProduct(x, y); dot.differs(got) {
					t.Errorf("Dot of %d: %g, want %g", n, got, dot.high)
				}
				checkAddScaled(t, y, r.NormFloat64(), x)
			}
		})
	}
}

// checkAddScaled holds every element against the exact one, and what is after y against
// the guards that moved has put there.
func checkAddScaled(t *testing.T, y []float64, alpha float64, x []float64) {
	t.Helper()
	n := len(y)
	before := moved(y, 0)
	AddScaled(y, alpha, x)
	for i := range y {
		var e exact
		e.add(before[i], 1)
		e.add(alpha, x[i])
		if e.differs(y[i]) {
			t.Fatalf("AddScaled of %d: y[%d] = %g, want %g", n, i, y[i], e.high)
		}
	}
	for i, v := range y[n : n+9] {
		if math.Float64bits(v) != math.Float64bits(guard) {
			t.Fatalf("AddScaled of %d: wrote %g at %d", n, v, n+i)
		}
	}
}

// A NaN or an infinity anywhere shows in the sums, and AddScaled leaves it where it is.
func TestVectorsNotFinite(t *testing.T) {
	for _, in := range available() {
		t.Run(in.String(), func(t *testing.T) {
			force(t, in)
			for _, n := range []int{1, 7, 33, 40, 100, 133} {
				for i := range n {
					x, ones := make([]float64, n), make([]float64, n)
					for j := range ones {
						ones[j] = 1
					}
					x[i] = math.Inf(1)
					if s, d := Sum(x), dotProduct(x, ones); !math.IsInf(s, 1) || !math.IsInf(d, 1) {
						t.Errorf("+Inf at %d of %d: Sum %g, Dot %g", i, n, s, d)
					}
					AddScaled(ones, 1, x)
					for j, v := range ones {
						if math.IsInf(v, 1) != (i == j) {
							t.Errorf("+Inf at %d of %d: AddScaled makes y[%d] = %g", i, n, j, v)
						}
					}
				}
			}
		})
	}
}

// Bits do not depend on the place in memory.
func TestVectorsSameBitsAnywhere(t *testing.T) {
	for _, in := range available() {
		t.Run(in.String(), func(t *testing.T) {
			force(t, in)
			x, y := numbers(newRand(7), 333), numbers(newRand(8), 333)
			sum, dot := Sum(x), dotProduct(x, y)
			for offset := range 9 {
				u, v := moved(x, offset), moved(y, (offset*3+1)%8)
				if s, d := Sum(u), dotProduct(u, v); s != sum || d != dot {
					t.Errorf("offset %d: Sum %g and %g, Dot %g and %g", offset, s, sum, d, dot)
				}
			}
		})
	}
}

// dotProduct returns Σ x[l]·y[l] as MulNT does for a row of A and a row of B.
func dotProduct(x, y []float64) float64 {
	if !hasProducts() || len(x) <= small {
		return goDot(x, y)
	}
	return dot(x, y)
}
