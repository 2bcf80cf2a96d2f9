package kernel

import (
	"math"

	"github.com/gradus-go/gradus/internal/elementary"
)

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

// Softmax computes z = exp(x)/Σ exp(x). If shifted is true, the largest x is subtracted from all first.
//
// It panics if x is shorter than z.
func Softmax(z, x []float64, shifted bool) {
	shift := 0.0
	if shifted {
		shift, _ = elementary.Largest(x)
	}
	ShiftedExp(z, x, shift)
	sum := [1]float64{Sum(z)}
	if !isShort(z) {
		Div(z, z, sum[:])
		return
	}
	for i := range z {
		z[i] /= sum[0]
	}
}

// SoftmaxGrad hands the gradients of a softmax z on: gx += z·(gz − Σ gz·z).
//
// It panics if z or gz is shorter than gx.
func SoftmaxGrad(gx, gz, z []float64) {
	z, gz = z[:len(gx)], gz[:len(gx)]
	sum := 0.0
	for i := range z {
		sum += float64(gz[i] * z[i])
	}
	for i := range z {
		gx[i] += float64(z[i] * (gz[i] - sum))
	}
}

// LogSumExp returns ln Σ exp(x), and sets e to exp(x − m), where m is the largest x. The softmax of x is
// e/sum. If m is not finite, all are computed as the op LogSumExp does.
//
// It panics if x is shorter than e.
func LogSumExp(e, x []float64) (z, sum float64) {
	m, at := elementary.Largest(x)
	if math.IsInf(m, 0) || math.IsNaN(m) {
		var s elementary.Shares
		s.Of(x)
		for i := range e {
			e[i] = s.Exp(i, x[i])
		}
		return s.LogSumExp(), s.Sum()
	}
	ShiftedExp(e, x, m)
	e[at] = 0
	others := Sum(e)
	e[at] = 1
	return m + math.Log1p(others), 1 + others
}
