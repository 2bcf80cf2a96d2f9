package nn

import (
	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/internal/finite"
)

// HalfSquaredError is the loss of the first tutorial. The factor ½ cancels the 2 in the
// derivative of the square.
//
//	L = ½·Σ(yᵢ − tᵢ)²    ∂L/∂yᵢ = yᵢ − tᵢ
func HalfSquaredError(y, t []*gradus.Value) *gradus.Value {
	return gradus.Const(0.5).Mul(gradus.Sum(terms("HalfSquaredError", y, t, squaredError)...))
}

// SumSquaredErrors is the error that the second and the third tutorial minimise.
//
//	L = Σ(yᵢ − tᵢ)²    ∂L/∂yᵢ = 2(yᵢ − tᵢ)
func SumSquaredErrors(y, t []*gradus.Value) *gradus.Value {
	return gradus.Sum(terms("SumSquaredErrors", y, t, squaredError)...)
}

// MeanSquaredError is the mean of the squared errors of the n outputs.
//
//	L = Σ(yᵢ − tᵢ)²/n    ∂L/∂yᵢ = 2(yᵢ − tᵢ)/n
func MeanSquaredError(y, t []*gradus.Value) *gradus.Value {
	return gradus.Mean(terms("MeanSquaredError", y, t, squaredError)...)
}

func squaredError(y, t *gradus.Value) *gradus.Value { return y.Sub(t).Square() }

// MeanAbsoluteError is the mean of the sizes of the n errors, which is also called L1. It is
// minimal at the median of the targets, where [MeanSquaredError] is at their mean, so that few
// wrong targets matter less.
//
//	L = Σ|yᵢ − tᵢ|/n    ∂L/∂yᵢ = sign(yᵢ − tᵢ)/n, which is 0 at yᵢ = tᵢ
func MeanAbsoluteError(y, t []*gradus.Value) *gradus.Value {
	return gradus.Mean(terms("MeanAbsoluteError", y, t, func(y, t *gradus.Value) *gradus.Value {
		return y.Sub(t).Abs()
	})...)
}

// Huber returns the loss that is half the squared error up to an error of delta, and grows like the
// absolute error from there on. PyTorch's SmoothL1Loss of β is that of β, divided by β.
//
//	L = Σhᵢ/n with e = |yᵢ − tᵢ| and hᵢ = e²/2 if e ≤ δ, else δ·(e − δ/2)
//	∂L/∂yᵢ = min(max(−δ, yᵢ − tᵢ), δ)/n
//
// It panics unless delta is positive and finite.
//
// Source: P. Huber, Robust estimation of a location parameter, Annals of Mathematical Statistics
// 35, 1964.
func Huber(delta float64) Loss {
	mustBe("Huber", delta > 0 && finite.All(delta), delta, "a positive finite number")
	return func(y, t []*gradus.Value) *gradus.Value {
		return gradus.Mean(terms("Huber", y, t, func(y, t *gradus.Value) *gradus.Value {
			e := y.Sub(t).Abs()
			c := e.Min(delta)
			return c.Mul(e.Sub(c.Div(2)))
		})...)
	}
}

// LogCosh is close to half the squared error where the error is small, and to the absolute error
// less ln 2 where it is large. It has no kink, and nothing in it overflows.
//
//	L = Σ ln cosh(yᵢ − tᵢ)/n    ∂L/∂yᵢ = tanh(yᵢ − tᵢ)/n
func LogCosh(y, t []*gradus.Value) *gradus.Value {
	return gradus.Mean(terms("LogCosh", y, t, func(y, t *gradus.Value) *gradus.Value {
		e := y.Sub(t).Abs() // ln cosh e = e + ln((1 + exp(−2e))/2)
		return e.Add(e.Mul(-2).Expm1().Div(2).Log1p())
	})...)
}

// Quantile returns the loss that is minimal where a part tau of the targets is below the output:
// with 0.9 the network learns what is exceeded in one case of ten. It is also called pinball loss.
// With ½, it is half the [MeanAbsoluteError].
//
//	L = Σ max(τ·(tᵢ − yᵢ), (1 − τ)·(yᵢ − tᵢ))/n
//	∂L/∂yᵢ = −τ/n if yᵢ < tᵢ, (1 − τ)/n if yᵢ > tᵢ, and (½ − τ)/n at the kink
//
// It panics unless tau is between 0 and 1.
//
// Source: R. Koenker, G. Bassett, Regression quantiles, Econometrica 46, 1978.
func Quantile(tau float64) Loss {
	mustBe("Quantile", 0 < tau && tau < 1, tau, "a number between 0 and 1")
	return func(y, t []*gradus.Value) *gradus.Value {
		return gradus.Mean(terms("Quantile", y, t, func(y, t *gradus.Value) *gradus.Value {
			e := y.Sub(t)
			return e.Mul(-tau).Max(e.Mul(1 - tau))
		})...)
	}
}

// PoissonNLL is for targets that are counts, such as visitors in an hour: the negative logarithm of
// the probability of tᵢ, if exp yᵢ are expected, but for the term ln tᵢ!, which does not depend on
// yᵢ. The last layer has no activation.
//
//	L = Σ(exp yᵢ − tᵢ·yᵢ)/n    ∂L/∂yᵢ = (exp yᵢ − tᵢ)/n
//
// From y = 709.8 on, where exp y is too large for a float64, it is +Inf.
func PoissonNLL(y, t []*gradus.Value) *gradus.Value {
	return gradus.Mean(terms("PoissonNLL", y, t, func(y, t *gradus.Value) *gradus.Value {
		return y.Exp().Sub(t.Mul(y))
	})...)
}
