package kernels

import (
	"math"

	"github.com/gradus-go/gradus/internal/elementary"
)

// Sign returns 1 if x > 0, −1 if x < 0, and 0 if x = 0.
func Sign(x float64) float64 { return elementary.Larger(x, 0) - elementary.Larger(0, x) }

// SigmoidBy returns the sigmoid function of x, where e is exp(−|x|).
func SigmoidBy(x, e float64) float64 {
	if x < 0 {
		return e / (1 + e)
	}
	return 1 / (1 + e)
}

// PowOf returns g·∂(x^y)/∂x, and 0 if y = 0.
func PowOf(g, x, y float64) float64 {
	if y == 0 {
		return 0
	}
	return float64(g * elementary.PowSlope(x, y))
}

// PowBy returns g·∂z/∂y of z = x^y.
func PowBy(g, x, y, z float64) float64 {
	_, dy := elementary.PowSlopes(x, y, z)
	return float64(g * dy)
}

// OfLarger returns g if x > y, g/2 if x = y, and 0 if x < y.
func OfLarger(g, x, y float64) float64 {
	if x < y {
		return 0
	}
	return float64(g * elementary.Larger(x, y))
}

// Pick returns the x of the given index, or NaN if there is none.
func Pick(index float64, x ...float64) float64 {
	for i, xi := range x {
		if math.Abs(index-float64(i)) < 0.5 {
			return xi
		}
	}
	return math.NaN()
}

// OfPicked returns g if the index is i, 0 if it is another, and NaN if it is NaN.
func OfPicked(g, index, i float64) float64 {
	if math.Abs(index-i) >= 0.5 {
		return 0
	}
	return float64(g * elementary.Choose(index, 1, 1))
}

// Shift returns the largest of x.
func Shift(x ...float64) float64 {
	z, _ := elementary.Largest(x)
	return z
}

// LogSumExp returns the logarithm of the sum of the exponentials of y.
func LogSumExp(y ...float64) float64 {
	var s elementary.Shares
	s.Of(y)
	return s.LogSumExp()
}

// LogSumExpSlopes sets dy to the derivatives of LogSumExp.
func LogSumExpSlopes(dy []float64, y ...float64) {
	var s elementary.Shares
	s.Of(y)
	for i, yi := range y {
		dy[i] = s.Exp(i, yi) / s.Sum()
	}
}

// SoftmaxCrossEntropy returns Σ tᵢ·(logSumExp(y) − yᵢ). The first half of yt is y, the other is t.
func SoftmaxCrossEntropy(yt ...float64) float64 {
	n := len(yt) / 2
	var s elementary.Shares
	s.Of(yt[:n])
	return s.CrossEntropy(s.Log(), yt[:n], yt[n:])
}

// SoftmaxCrossEntropySlopes sets d to the derivatives of SoftmaxCrossEntropy.
func SoftmaxCrossEntropySlopes(d []float64, yt ...float64) {
	n := len(yt) / 2
	var s elementary.Shares
	s.Of(yt[:n])
	s.CrossEntropySlopes(s.Log(), yt[:n], yt[n:], func(i int, dy, dt float64) { d[i], d[n+i] = dy, dt })
}
