package kernel

import (
	"math"

	"github.com/gradus-go/gradus/internal/elementary"
)

// The functions in this file work on rows of n numbers. Those of a result lie one behind the other,
// those of x begin ldx apart. All exponentials are computed at once, since each waits long for its own
// steps.

// wholeRow is the length of rows from which on assembly divides them and hands their gradients on. Go code
// is as fast for shorter ones.
const wholeRow = 8

// Softmax computes the softmax of each row, exp(x)/Σ exp(x). If shifted is true, the largest number of a
// row is subtracted from all of it first.
//
// It panics if z does not have rows of n, or if x is shorter than these.
func Softmax(z, x []float64, ldx, n int, shifted bool) {
	rows := rowsOf(z, n)
	mustHoldRows(x, ldx, rows, n)
	switch {
	case shifted:
		subtractLargest(z, n, nil, x, ldx, n)
	case ldx == n:
		copy(z, x)
	default:
		for r := range rows {
			copy(z[r*n:][:n], x[r*ldx:])
		}
	}
	Exp(z, z)
	if best == portable || n < wholeRow || rows == 0 {
		goNormalize(z, n)
	} else {
		normalize(z, n)
	}
}

// SoftmaxGrad hands the gradients of the rows z of a Softmax on: gx += z·(gz − Σ gz·z).
//
// It panics if the lengths of z and gz differ, if they do not have rows of n, or if gx is shorter than
// these.
func SoftmaxGrad(gx []float64, ldx int, gz, z []float64, n int) {
	if len(gz) != len(z) {
		panic(lengthsDiffer)
	}
	mustHoldRows(gx, ldx, rowsOf(z, n), n)
	if best == portable || n < wholeRow || len(z) == 0 {
		goSoftmaxGrad(gx, ldx, gz, z, n)
	} else {
		softmaxGrad(gx, ldx, gz, z, n)
	}
}

// LogSumExp computes ln Σ exp(x) of each row. For each it sets n + 1 numbers of e: to exp(x − m), where
// m is the largest x, and to the sum of these. The softmax of x is e/sum. If m is not finite,
// all are computed as the op LogSumExp does.
//
// It panics if x or e is shorter than the rows.
func LogSumExp(z, e, x []float64, ldx, n int) {
	mustHoldRows(x, ldx, len(z), n)
	mustHoldRows(e, n+1, len(z), n+1)
	e = e[:len(z)*(n+1)]
	subtractLargest(e, n+1, z, x, ldx, n)
	Exp(e, e) // what is behind each row has no meaning yet
	for r, m := range z {
		e := e[r*(n+1):][:n+1]
		rest := others(e[:n])
		if e[n] = 1 + rest; m-m != 0 {
			z[r] = notFinite(e, x[r*ldx:][:n])
		} else {
			z[r] = m + math.Log1p(rest)
		}
	}
}

// LogSumExpGrad hands the gradients gz of the results of a LogSumExp on: gx += gz·e/sum.
//
// It panics if gx or e is shorter than the rows.
func LogSumExpGrad(gx []float64, ldx int, gz, e []float64, n int) {
	mustHoldRows(gx, ldx, len(gz), n)
	mustHoldRows(e, n+1, len(gz), n+1)
	for r, g := range gz {
		e := e[r*(n+1):][:n+1]
		AddScaled(gx[r*ldx:][:n], g/e[n], e[:n])
	}
}

// notFinite is LogSumExp for a row whose largest number is infinite.
func notFinite(e, x []float64) float64 {
	var s elementary.Shares
	s.Of(x)
	for i, v := range x {
		e[i] = s.Exp(i, v)
	}
	e[len(x)] = s.Sum()
	return s.LogSumExp()
}

// subtractLargest sets the rows of z, which begin ldz apart, to those of x less the largest number in
// each, and largest to these, unless it is empty. Of a row with NaN, one number at least becomes NaN.
func subtractLargest(z []float64, ldz int, largest, x []float64, ldx, n int) {
	rows := (len(z) + ldz - n) / ldz
	if best != portable && rows > 0 {
		shift(z, ldz, first(largest, rows), x, ldx, rows, n)
		return
	}
	for r := range rows {
		z, x := z[r*ldz:][:n], x[r*ldx:][:n]
		m, _ := elementary.Largest(x)
		for i, v := range x {
			z[i] = v - m
		}
		if len(largest) > 0 {
			largest[r] = m
		}
	}
}

// rowsOf returns how many rows of n numbers z has.
func rowsOf(z []float64, n int) int {
	if len(z)%n != 0 {
		panic(lengthsDiffer)
	}
	return len(z) / n
}

// mustHoldRows panics if x is shorter than rows of n, ldx apart.
func mustHoldRows(x []float64, ldx, rows, n int) {
	if rows > 0 && !holds(x, rows, ldx, n) {
		panic("kernel: the rows are longer than their slice")
	}
}

// goNormalize divides each row of n numbers by its sum.
func goNormalize(z []float64, n int) {
	for ; len(z) > 0; z = z[n:] {
		sum := 0.0
		for _, v := range z[:n] {
			sum += v
		}
		for i := range z[:n] {
			z[i] /= sum
		}
	}
}

// goSoftmaxGrad is SoftmaxGrad.
func goSoftmaxGrad(gx []float64, ldx int, gz, z []float64, n int) {
	for ; len(z) > 0; gx, gz, z = gx[min(ldx, len(gx)):], gz[n:], z[n:] {
		sum := 0.0
		for i, g := range gz[:n] {
			sum += float64(g * z[i])
		}
		for i, g := range gz[:n] {
			gx[i] += float64(z[i] * (g - sum))
		}
	}
}
