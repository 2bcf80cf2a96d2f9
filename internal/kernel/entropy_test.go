package kernel

import (
	"math"
	"slices"
	"testing"

	"github.com/gradus-go/gradus/internal/elementary"
)

// A row has the cross-entropy and the derivatives that package elementary computes, whatever its numbers are.
func TestCrossEntropy(t *testing.T) {
	eachSet(t, func(t *testing.T) {
		t.Helper()
		for _, y := range shareRows() {
			n := len(y)
			for _, right := range []int{0, n / 2, n - 1} {
				for _, p := range []float64{1, 0.75, math.Inf(1)} {
					probabilities := make([]float64, n)
					probabilities[0], probabilities[right] = 1-p, p
					checkCrossEntropy(t, y, probabilities)
				}
			}
		}
	})
}

func checkCrossEntropy(t *testing.T, y, p []float64) {
	t.Helper()
	n := len(y)
	z, kept := []float64{0}, moved(make([]float64, EntropyKeeps(n)), 1)
	gy, gp := moved(make([]float64, n), 2), moved(make([]float64, n), 3)
	CrossEntropy(z, kept, y, n, p, n, n)
	CrossEntropyGrad(gy, n, gp, n, []float64{2}, kept, y, p, n)
	var s elementary.Shares
	s.Of(y)
	if want := s.CrossEntropy(s.Log(), y, p); !alike(z[0], want) {
		t.Errorf("logits %v, probabilities %v: %v, want %v", y, p, z[0], want)
	}
	s.CrossEntropySlopes(s.Log(), y, p, func(i int, dy, dp float64) {
		if !alike(gy[i], 2*dy) || !alike(gp[i], 2*dp) {
			t.Errorf("logits %v, probabilities %v: derivatives %d are %v and %v, want %v and %v",
				y, p, i, gy[i], gp[i], 2*dy, 2*dp)
		}
	})
	checkGuard(t, "what is kept", kept)
	checkGuard(t, "the gradient of the logits", gy)
	checkGuard(t, "the gradient of the probabilities", gp)
}

// The derivative by the largest logit keeps its digits where the class is nearly certain.
func TestCrossEntropyOfTheCertain(t *testing.T) {
	y, p := []float64{40, 0, -1}, []float64{1, 0, 0}
	z, kept, gy := []float64{0}, make([]float64, EntropyKeeps(3)), make([]float64, 3)
	CrossEntropy(z, kept, y, 3, p, 3, 3)
	CrossEntropyGrad(gy, 3, make([]float64, 3), 3, []float64{1}, kept, y, p, 3)
	rest := math.Exp(-40) + math.Exp(-41)
	if want := -rest / (1 + rest); !(math.Abs(gy[0]-want) <= 0x1p-50*rest) {
		t.Errorf("the derivative is %v, want %v", gy[0], want)
	}
}

// Rows have the numbers that each has alone, to the bit, wherever they begin, and add to their gradients.
func TestCrossEntropies(t *testing.T) {
	eachSet(t, func(t *testing.T) {
		t.Helper()
		r := newRand(6)
		for _, s := range [][4]int{{1, 3, 3, 3}, {3, 5, 7, 5}, {8, 27, 27, 30}, {2, 40, 40, 0}, {3, 6, 2, 6}} {
			rows, n, ldy, ldt := s[0], s[1], s[2], s[3]
			y, p, gz := numbers(r, (rows-1)*ldy+n), numbers(r, (rows-1)*ldt+n), numbers(r, rows)
			gy, gp, size := numbers(r, len(y)), numbers(r, len(p)), EntropyKeeps(n)
			wantY, wantP := slices.Clone(gy), slices.Clone(gp)
			z, want := make([]float64, rows), make([]float64, rows)
			kept, alone := make([]float64, rows*size), make([]float64, size)
			CrossEntropy(z, kept, y, ldy, p, ldt, n)
			CrossEntropyGrad(gy, ldy, gp, ldt, gz, kept, y, p, n)
			for k := rows - 1; k >= 0; k-- {
				y, p := y[k*ldy:][:n], p[k*ldt:][:n]
				CrossEntropy(want[k:k+1], alone, y, n, p, n, n)
				CrossEntropyGrad(wantY[k*ldy:], n, wantP[k*ldt:], n, gz[k:k+1], alone, y, p, n)
			}
			if !slices.Equal(z, want) || !slices.Equal(gy, wantY) || !slices.Equal(gp, wantP) {
				t.Errorf("%d rows of %d, %d and %d apart: other numbers than those of each row alone", rows, n, ldy, ldt)
			}
			back := func(y, p, kept []float64) func() {
				return func() { CrossEntropyGrad(y, ldy, p, ldt, gz, kept, y, p, n) }
			}
			mustPanic(t, "rows", func() { CrossEntropy(z, kept[1:], y, ldy, p, ldt, n) })
			mustPanic(t, "rows", func() { CrossEntropy(z, kept, y[1:], ldy, p, ldt, n) })
			mustPanic(t, "rows", func() { CrossEntropy(z, kept, y, ldy, p[1:], ldt, n) })
			mustPanic(t, "rows", back(y, p, kept[1:]))
			mustPanic(t, "rows", back(y[1:], p, kept))
			mustPanic(t, "rows", back(y, p[1:], kept))
		}
	})
}
