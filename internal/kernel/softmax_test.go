package kernel

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// shareRows are rows of numbers whose exponentials are added up, some of them special.
func shareRows() [][]float64 {
	inf, nan := math.Inf(1), math.NaN()
	rows := [][]float64{
		{2},
		{1e17, 1e17},
		{800, -800},
		{-750, -750, -800},
		{-inf, 0},
		{-inf, -inf},
		{inf, 0},
		{inf, inf, 1},
		{inf, -inf},
		{nan},
		{nan, 1},
		{-inf, nan},
	}
	for n := 1; n < 40; n++ {
		x := make([]float64, n)
		for i := range x {
			x[i] = 3 * math.Sin(float64(n*i))
		}
		rows = append(rows, x)
	}
	return rows
}

// eachSet runs f with all the instructions that there are.
func eachSet(t *testing.T, f func(t *testing.T)) {
	t.Helper()
	for _, in := range available() {
		t.Run(in.String(), func(t *testing.T) {
			force(t, in)
			f(t)
		})
	}
}

// alike reports whether two numbers are equal but for a few roundings, or both NaN.
func alike(x, y float64) bool {
	return x == y || x != x && y != y || math.Abs(x-y) <= 0x1p-48*max(math.Abs(y), 0x1p-20)
}

// softmaxOf returns the softmax of x by package math, with the logarithm of the sum of the exponentials.
func softmaxOf(x []float64, shift float64) (z []float64, log float64) {
	sum := 0.0
	for _, v := range x {
		if d := v - shift; v != shift { // +Inf − Inf counts as 0
			sum += math.Exp(d)
		} else {
			sum++
		}
	}
	for _, v := range x {
		if v == shift {
			z = append(z, 1/sum)
		} else {
			z = append(z, math.Exp(v-shift)/sum)
		}
	}
	return z, shift + math.Log(sum)
}

func TestLogSumExp(t *testing.T) {
	eachSet(t, func(t *testing.T) {
		t.Helper()
		for _, x := range shareRows() {
			largest := math.Inf(-1)
			for _, v := range x {
				largest = math.Max(largest, v)
			}
			want, log := softmaxOf(x, largest)
			if math.IsInf(largest, -1) {
				log = largest // but the derivatives are NaN
				for i := range want {
					want[i] = math.NaN()
				}
			}
			e, of := make([]float64, len(x)+1), []float64{0}
			LogSumExp(of, e, x, len(x), len(x))
			z, sum := of[0], e[len(x)]
			if !alike(z, log) {
				t.Errorf("LogSumExp(%v) = %v, want %v", x, z, log)
			}
			for i := range x {
				if !alike(e[i]/sum, want[i]) {
					t.Errorf("share %d of %v is %v, want %v", i, x, e[i]/sum, want[i])
				}
			}
		}
	})
}

func TestSoftmax(t *testing.T) {
	eachSet(t, func(t *testing.T) {
		t.Helper()
		for _, x := range shareRows() {
			for _, shifted := range []bool{false, true} {
				shift := 0.0
				if shifted {
					shift = x[0]
					for _, v := range x {
						shift = math.Max(shift, v)
					}
				}
				sum, want := 0.0, make([]float64, len(x))
				for i, v := range x {
					want[i] = math.Exp(v - shift)
					sum += want[i]
				}
				z := make([]float64, len(x))
				Softmax(z, x, len(x), len(x), shifted)
				for i := range z {
					if !alike(z[i], want[i]/sum) {
						t.Errorf("softmax %d of %v, shifted %t: %v, want %v", i, x, shifted, z[i], want[i]/sum)
					}
				}
			}
		}
	})
}

// Fetch reads nothing that could be missing.
func TestFetch(*testing.T) {
	x := make([]float64, 20)
	for n := range x {
		Fetch(x[:n])
	}
	Fetch(nil)
}

// Rows have the numbers that each would have alone, wherever they begin, and nothing else is written.
func TestRows(t *testing.T) {
	eachSet(t, func(t *testing.T) {
		t.Helper()
		r := newRand(17)
		for n := 1; n < 35; n++ {
			for _, rows := range []int{1, 2, 5} {
				for _, ldx := range []int{n, n + 3} {
					x := moved(numbers(r, (rows-1)*ldx+n), n%5)
					checkRows(t, x, ldx, rows, n)
					checkRowsBack(t, r, x, ldx, rows, n)
				}
			}
		}
	})
}

func checkRows(t *testing.T, x []float64, ldx, rows, n int) {
	t.Helper()
	z, of, e := moved(make([]float64, rows*n), 1), moved(make([]float64, rows), 2), make([]float64, rows*(n+1))
	LogSumExp(of, e, x, ldx, n)
	for _, shifted := range []bool{false, true} {
		Softmax(z, x, ldx, n, shifted)
		for row := range rows {
			want, log := softmaxOf(x[row*ldx:][:n], 0)
			if !alike(of[row], log) {
				t.Errorf("row %d of %d numbers: LogSumExp %v, want %v", row, n, of[row], log)
			}
			for i, w := range want {
				kept := e[row*(n+1):][:n+1]
				if got := z[row*n+i]; !alike(got, w) || !alike(kept[i]/kept[n], w) {
					t.Errorf("row %d of %d numbers: share %d is %v, want %v", row, n, i, got, w)
				}
			}
		}
	}
	checkGuard(t, "Softmax", z)
	checkGuard(t, "LogSumExp", of)
}

func checkRowsBack(t *testing.T, r *rand.Rand, x []float64, ldx, rows, n int) {
	t.Helper()
	z, gz, was := numbers(r, rows*n), numbers(r, rows*n), numbers(r, len(x))
	gx := moved(was, 3)
	SoftmaxGrad(gx, ldx, gz, z, n)
	for i := range gx {
		row, column := i/ldx, i%ldx
		var e exact
		e.add(was[i], 1)
		if column < n {
			for j := range n {
				e.add(-z[row*n+column], gz[row*n+j]*z[row*n+j])
			}
			e.add(z[row*n+column], gz[row*n+column])
		}
		e.terms += 2 // of what the formula rounds more often
		if e.differs(gx[i]) {
			t.Errorf("gradient %d of row %d of %d numbers: %g, want %g", column, row, n, gx[i], e.high)
		}
	}
	checkGuard(t, "SoftmaxGrad", gx)
}

// The gradients of LogSumExp are multiples of what it has kept.
func TestLogSumExpGrad(t *testing.T) {
	eachSet(t, func(t *testing.T) {
		t.Helper()
		r := newRand(19)
		for _, s := range [][3]int{{1, 1, 1}, {3, 5, 7}, {2, 27, 27}, {4, 20, 21}} {
			rows, n, ldx := s[0], s[1], s[2]
			gz, kept, was := numbers(r, rows), numbers(r, rows*(n+1)), numbers(r, (rows-1)*ldx+n)
			gx := moved(was, 3)
			LogSumExpGrad(gx, ldx, gz, kept, n)
			for i := range gx {
				want := was[i]
				if row, column := i/ldx, i%ldx; column < n {
					want += gz[row] / kept[row*(n+1)+n] * kept[row*(n+1)+column]
				}
				if !(math.Abs(gx[i]-want) <= 0x1p-50*(math.Abs(want)+math.Abs(was[i]))) {
					t.Errorf("%d rows of %d, %d apart: gradient %d is %g, want %g", rows, n, ldx, i, gx[i], want)
				}
			}
			checkGuard(t, "LogSumExpGrad", gx)
			before := slices.Clone(gx)
			mustPanic(t, "rows", func() { LogSumExpGrad(gx[1:], ldx, gz, kept, n) })
			mustPanic(t, "rows", func() { LogSumExpGrad(gx, ldx, gz, kept[1:], n) })
			if !slices.Equal(gx, before) {
				t.Errorf("%d rows of %d: written before the panic", rows, n)
			}
		}
	})
}

func TestScaleGrad(t *testing.T) {
	eachSet(t, func(t *testing.T) {
		t.Helper()
		r := newRand(18)
		for _, n := range lengths() {
			gz, x, was, y := numbers(r, n), numbers(r, n), numbers(r, n), r.NormFloat64()
			gx := moved(was, n%7)
			got := ScaleGrad(gx, gz, x, y)
			var e exact
			for i, g := range gz {
				e.add(g, x[i])
				if want := was[i] + float64(g*y); gx[i] != want {
					t.Errorf("%d numbers: gx[%d] = %g, want %g", n, i, gx[i], want)
				}
			}
			if e.differs(got) {
				t.Errorf("%d numbers: gy = %g, want %g", n, got, e.high)
			}
			checkGuard(t, "ScaleGrad", gx)
		}
		mustPanic(t, "lengths", func() { ScaleGrad(make([]float64, 9), make([]float64, 8), make([]float64, 9), 1) })
	})
}
