package elementary

import "math"

// Softplus returns ln(1 + exp x), computed as max(x, 0) + ln(1 + exp(−|x|)), which does not overflow.
func Softplus(x float64) float64 {
	return math.Max(x, 0) + math.Log1p(math.Exp(math.Copysign(x, -1))) // −|x| as in Sigmoid
}

// ELU returns x if x > 0, else exp x − 1.
func ELU(x float64) float64 {
	if x > 0 {
		return x
	}
	return math.Expm1(x)
}

// Saturated is so large that from ±Saturated on, σ and the normal distribution are exactly 0 or 1. An
// infinite operand is replaced by it where it would be multiplied by such a 0.
const Saturated = 1000

// SiLU returns x·σ(x).
func SiLU(x float64) float64 { return float64(math.Max(x, -Saturated) * Sigmoid(x)) }

// SiLUSlope returns the derivative of SiLU.
func SiLUSlope(x float64) float64 {
	x = math.Max(-Saturated, math.Min(x, Saturated))
	s := Sigmoid(x)
	return s + float64(x*s*Sigmoid(-x))
}

// GELU returns x·Φ(x).
func GELU(x float64) float64 { return float64(math.Max(x, -Saturated) * normal(x)) }

// GELUSlope returns the derivative of GELU.
func GELUSlope(x float64) float64 {
	x = math.Max(-Saturated, math.Min(x, Saturated))
	return normal(x) + float64(x*math.Exp(-float64(x*x)/2)/Sqrt2Pi)
}

// Sqrt2Pi is √(2π).
const Sqrt2Pi = math.Sqrt2 * math.SqrtPi

// normal returns Φ(x), the distribution function of the standard normal distribution.
func normal(x float64) float64 { return float64(math.Erfc(-x/math.Sqrt2) / 2) }

// SigmoidCrossEntropy returns t·softplus(−y) + (1 − t)·softplus(y).
func SigmoidCrossEntropy(y, t float64) float64 {
	return SigmoidCrossEntropyOf(y, t, math.Log1p(math.Exp(math.Copysign(y, -1)))) // −|y| as in Sigmoid
}

// SigmoidCrossEntropyOf is SigmoidCrossEntropy where l is ln(1 + exp(−|y|)), which both softplus have. It
// leaves out a term whose factor is 0.
func SigmoidCrossEntropyOf(y, t, l float64) (z float64) {
	if t != 0 {
		z = float64(t * (math.Max(-y, 0) + l))
	}
	if t != 1 {
		z += float64((1 - t) * (math.Max(y, 0) + l))
	}
	return z
}

// SigmoidCrossEntropySlope returns the derivative of SigmoidCrossEntropy with respect to y, where s is σ(y)
// and other is σ(−y).
func SigmoidCrossEntropySlope(t, s, other float64) float64 {
	return float64((1-t)*s) - float64(t*other)
}
