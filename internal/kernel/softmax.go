package kernel

import (
	"math"

	"github.com/gradus-go/gradus/internal/elementary"
)

// The functions in this file work on rows of n numbers. Those of a result lie one behind the other,
// those of x begin ldx apart. All exponentials are computed at once, since each waits long for its own
// steps.

// ShiftedExp computes z = exp(x − shift).
//
// It panics if x is shorter than z.
func ShiftedExp(z, x []float64, shift float64) {
	x = x[:len(z)]
	for i := range z {
		z[i] = x[i] - shift
	}
	Exp(z, z)
}

// Softmax computes the softmax of each row, exp(x)/Σ exp(x). If shifted is true, the largest number of a
// row is subtracted from all of it first.
//
// It panics if the length of z is not a multiple of n, or if x is shorter than its rows.
func Softmax(z, x []float64, ldx, n int, shifted bool) {
	if shifted || ldx != n {
		for r := range len(z) / n {
			z, x, shift := z[r*n:][:n], x[r*ldx:][:n], 0.0
			if shifted {
				shift, _ = elementary.Largest(x)
			}
			for i, v := range x {
				z[i] = v - shift
			}
		}
		x = z
	}
	Exp(z, x[:len(z)])
	if best == portable || len(z) == 0 {
		goNormalize(z, n)
	} else {
		normalize(z, n)
	}
}

// SoftmaxGrad hands the gradients of the rows z of a Softmax on: gx += z·(gz − Σ gz·z).
//
// It panics if the length of z is not that of gz or not a multiple of n, or if gx is shorter than its
// rows.
func SoftmaxGrad(gx []float64, ldx int, gz, z []float64, n int) {
	if len(gz) != len(z) || len(z)%n != 0 {
		panic(lengthsDiffer)
	}
	if len(z) > 0 && !holds(gx, len(z)/n, ldx, n) {
		panic("kernel: SoftmaxGrad: the rows of x are longer than their slice")
	}
	if best == portable || len(z) == 0 {
		goSoftmaxGrad(gx, ldx, gz, z, n)
	} else {
		softmaxGrad(gx, ldx, gz, z, n)
	}
}

// LogSumExp computes ln Σ exp(x) of each row. For each it sets n + 1 numbers of e: to exp(x − m), where
// m is the largest x, and to the sum of these. The softmax of x is e/sum. If m is not finite, all are
// computed as the op LogSumExp does.
//
// It panics if x or e is shorter than its rows.
func LogSumExp(z, e, x []float64, ldx, n int) {
	e = e[:len(z)*(n+1)]
	row := func(r int) (exps, of []float64) { return e[r*(n+1):][:n+1], x[r*ldx:][:n] }
	for r := range z {
		e, x := row(r)
		m, at := elementary.Largest(x)
		for i, v := range x {
			e[i] = v - m
		}
		e[at], e[n] = math.Inf(-1), math.Inf(-1) // so that the sum has all but the largest
		z[r] = float64(at)
	}
	Exp(e, e)
	for r := range z {
		e, x := row(r)
		at := int(z[r])
		if m := x[at]; math.IsInf(m, 0) || math.IsNaN(m) {
			z[r] = notFinite(e, x)
			continue
		}
		others := Sum(e[:n])
		e[at], e[n] = 1, 1+others
		z[r] = x[at] + math.Log1p(others)
	}
}

// notFinite is LogSumExp for a row whose largest number is not finite.
func notFinite(e, x []float64) float64 {
	var s elementary.Shares
	s.Of(x)
	for i, v := range x {
		e[i] = s.Exp(i, v)
	}
	e[len(x)] = s.Sum()
	return s.LogSumExp()
}
