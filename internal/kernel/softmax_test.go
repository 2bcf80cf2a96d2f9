package kernel

import (
	"math"
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
			e := make([]float64, len(x))
			z, sum := LogSumExp(e, x)
			if !alike(z, log) {
				t.Errorf("LogSumExp(%v) = %v, want %v", x, z, log)
			}
			for i := range e {
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
				Softmax(z, x, shifted)
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
