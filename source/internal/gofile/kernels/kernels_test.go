package kernels

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/gradus-go/gradus/internal/builtin"
)

func random(r *rand.Rand, n int) []float64 {
	x := make([]float64, n)
	for i := range x {
		x[i] = r.NormFloat64()
	}
	return x
}

func mustEqual(t *testing.T, what string, got, want []float64) {
	t.Helper()
	same := func(a, b float64) bool { return math.Float64bits(a) == math.Float64bits(b) || a != a && b != b }
	if !slices.EqualFunc(got, want, same) {
		t.Errorf("%s is %v, want %v", what, got, want)
	}
}

// The loops add their terms in the order that they promise, however many rows and columns there are.
func TestLoops(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for rows := range 15 {
		for columns := range 19 {
			stride := columns + r.IntN(3)
			w, x, z := random(r, rows*stride+columns), random(r, columns), random(r, rows)
			if columns > 0 {
				x[0] = math.Copysign(0, -1)
			}
			dx, dw := random(r, columns), random(r, rows*stride+columns)
			set, wantSet, added := slices.Clone(dw), slices.Clone(dw), slices.Clone(dw)
			wantZ, wantX := slices.Clone(z), slices.Clone(dx)
			for i := range rows {
				for j := range columns {
					wantZ[i] += float64(w[i*stride+j] * x[j])
					wantSet[i*stride+j] = 0 + float64(z[i]*x[j])
					dw[i*stride+j] += float64(z[i] * x[j])
				}
			}
			for i := rows - 1; i >= 0; i-- {
				for j := range columns {
					wantX[j] += float64(w[i*stride+j] * z[i])
				}
			}
			what := fmt.Sprintf(" of %d×%d", rows, columns)
			AddTransposed(dx, w, stride, z)
			mustEqual(t, "AddTransposed"+what, dx, wantX)
			SetOuter(set, stride, z, x)
			mustEqual(t, "SetOuter"+what, set, wantSet)
			AddOuter(added, stride, z, x)
			mustEqual(t, "AddOuter"+what, added, dw)
			AddProducts(z, w, stride, x)
			mustEqual(t, "AddProducts"+what, z, wantZ)
		}
	}
}

// The functions are those of the ops.
func TestSlopes(t *testing.T) {
	numbers := []float64{0, math.Copysign(0, -1), 1, -1, 0.5, 2, 700, math.Inf(1), math.Inf(-1), math.NaN()}
	one := func(k builtin.Kind, x ...float64) (z float64, dx []float64) {
		dx = make([]float64, len(x))
		z = k.Op().Eval(x...)
		k.Op().Partials(dx, x, z)
		return z, dx
	}
	const g = 3
	for _, x := range numbers {
		_, d := one(builtin.Abs, x)
		mustEqual(t, fmt.Sprint("sign of ", x), []float64{Sign(x)}, d)
		_, d = one(builtin.Softplus, x)
		mustEqual(t, fmt.Sprint("sigmoid of ", x), []float64{SigmoidBy(x, math.Exp(-math.Abs(x)))}, d)
		for _, y := range numbers {
			z, d := one(builtin.Pow, x, y)
			powers := []float64{PowOf(g, x, y), PowBy(g, x, y, z)}
			mustEqual(t, fmt.Sprint(x, "^", y), powers, []float64{g * d[0], g * d[1]})
			_, d = one(builtin.Max, x, y)
			mustEqual(t, fmt.Sprint("max of ", x, y), []float64{OfLarger(g, x, y)}, []float64{g * d[0]})
			z, d = one(builtin.LogSumExp, x, y, 1)
			slopes := make([]float64, 3)
			LogSumExpSlopes(slopes, x, y, 1)
			mustEqual(t, "logsumexp", append(slopes, LogSumExp(x, y, 1)), append(d, z))
			z, d = one(builtin.SoftmaxCrossEntropy, x, y, 0.25, 0.75)
			slopes = make([]float64, 4)
			SoftmaxCrossEntropySlopes(slopes, x, y, 0.25, 0.75)
			mustEqual(t, "cross-entropy", append(slopes, SoftmaxCrossEntropy(x, y, 0.25, 0.75)), append(d, z))
			z, _ = one(builtin.Shift, x, y)
			mustEqual(t, "shift", []float64{Shift(x, y)}, []float64{z})
			z, d = one(builtin.Pick, x, y, 4)
			picked := []float64{Pick(x, y, 4), OfPicked(g, x, 0), OfPicked(g, x, 1)}
			mustEqual(t, fmt.Sprint("pick ", x), picked, []float64{z, g * d[1], g * d[2]})
		}
	}
}
