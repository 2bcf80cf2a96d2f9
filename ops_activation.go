package gradus

import (
	"math"

	"github.com/gradus-go/gradus/internal/elementary"
)

// Sigmoid returns the logistic sigmoid of v.
//
//	z = σ(x) = 1/(1 + exp(−x))    ∂z/∂x = σ(x)(1 − σ(x)) = z(1 − z)
//
// Special cases are:
//
//	Sigmoid(+Inf) = 1, with derivative 0
//	Sigmoid(-Inf) = 0, with derivative 0
//
// The value is accurate for every x: it rounds to 0 only where exp(x) does. The derivative is
// computed from the result, as the tutorials do. So it is exactly 0 where the result has
// rounded to 1, from x ≈ 37 on, while the exact derivative σ(x)σ(−x) keeps shrinking. A
// saturated network shows these zeros. So are the derivatives of higher order that [Gradient] returns.
//
// It panics if v is nil.
func (v *Value) Sigmoid() *Value { return sigmoid.apply1(v) }

var sigmoid = newUnary("σ", sigmoidOp{})

type sigmoidOp struct{}

func (sigmoidOp) value(x float64) float64      { return elementary.Sigmoid(x) }
func (sigmoidOp) partial(_, z float64) float64 { return z * (1 - z) }
func (sigmoidOp) formula(x, z *Value) (f, dx *Value) {
	return Const(1).Div(Const(1).Add(x.Neg().Exp())), z.Mul(Const(1).Sub(z))
}

// Softplus returns a smooth ReLU of v.
//
//	z = ln(1 + exp x)    ∂z/∂x = σ(x)
//
// Special cases are:
//
//	Softplus(+Inf) = +Inf, with derivative 1
//	Softplus(-Inf) = 0, with derivative 0
//
// It is computed as max(x, 0) + ln(1 + exp(−|x|)), which does not overflow. Its second derivative by
// [Gradient] is that of [Value.Sigmoid], z(1 − z), which loses digits from x ≈ 20 on and is 0 from 37 on.
//
// It panics if v is nil.
//
// Source: C. Dugas et al., Incorporating second-order functional knowledge for better
// option pricing, NIPS 2000.
func (v *Value) Softplus() *Value { return softplus.apply1(v) }

var softplus = newUnary("softplus", softplusOp{})

type softplusOp struct{}

func (softplusOp) value(x float64) float64      { return elementary.Softplus(x) }
func (softplusOp) partial(x, _ float64) float64 { return elementary.Sigmoid(x) }
func (softplusOp) formula(x, _ *Value) (f, dx *Value) {
	return x.Max(0).Add(Const(1).Add(x.Abs().Neg().Exp()).Log()), x.Sigmoid()
}

// ELU returns the exponential linear unit of v, whose slope does not jump at 0.
//
//	z = x if x > 0, else exp x − 1    ∂z/∂x = 1 if x > 0, else exp x
//
// Special cases are:
//
//	ELU(±0) = ±0, with derivative 1
//	ELU(+Inf) = +Inf, with derivative 1
//	ELU(-Inf) = -1, with derivative 0
//
// That of a parameter α, which lets it fall to −α, is x.Max(0).Add(x.Min(0).Expm1().Mul(α)).
//
// It panics if v is nil.
//
// Source: D. Clevert, T. Unterthiner, S. Hochreiter, Fast and accurate deep network learning by
// exponential linear units (ELUs), ICLR 2016.
func (v *Value) ELU() *Value { return elu.apply1(v) }

var elu = newUnary("ELU", eluOp{})

type eluOp struct{}

func (eluOp) value(x float64) float64      { return elementary.ELU(x) }
func (eluOp) partial(x, _ float64) float64 { return math.Exp(math.Min(x, 0)) }
func (eluOp) formula(x, _ *Value) (f, dx *Value) {
	return x.Max(0).Add(x.Min(0).Expm1()), x.Min(0).Exp()
}

// SiLU returns the sigmoid linear unit of v, which is also called swish.
//
//	z = x·σ(x)    ∂z/∂x = σ(x) + x·σ(x)·σ(−x)
//
// Special cases are:
//
//	SiLU(+Inf) = +Inf, with derivative 1
//	SiLU(-Inf) = -0, with derivative 0
//
// Its derivatives by [Gradient] are NaN at ±Inf, where the formula is ∞·0.
//
// It panics if v is nil.
//
// Source: D. Hendrycks, K. Gimpel, Gaussian error linear units (GELUs), arXiv 1606.08415.
func (v *Value) SiLU() *Value { return silu.apply1(v) }

var silu = newUnary("SiLU", siluOp{})

type siluOp struct{}

func (siluOp) value(x float64) float64      { return elementary.SiLU(x) }
func (siluOp) partial(x, _ float64) float64 { return elementary.SiLUSlope(x) }
func (siluOp) formula(x, _ *Value) (f, dx *Value) {
	s := x.Sigmoid()
	return x.Mul(s), s.Add(x.Mul(s).Mul(x.Neg().Sigmoid()))
}

// GELU returns the Gaussian error linear unit of v: v times Φ(v), the probability that a standard
// normal number is less than v. It is the exact one, not its approximation by tanh, which is
// x.Mul(z.Tanh().Add(1)).Div(2) with z = √(2/π)·(x + 0.044715·x³).
//
//	z = x·Φ(x) = x·(1 + erf(x/√2))/2    ∂z/∂x = Φ(x) + x·exp(−x²/2)/√(2π)
//
// Special cases are:
//
//	GELU(+Inf) = +Inf, with derivative 1
//	GELU(-Inf) = -0, with derivative 0
//
// Its derivatives by [Gradient] are NaN at ±Inf, where the formula is ∞·0.
//
// Φ(x) is computed as erfc(−x/√2)/2, which keeps its digits where x is far below 0. In derivatives by
// [Gradient] it is (1 + erf(x/√2))/2, which has the same digits after the point and so loses leading ones.
//
// It panics if v is nil.
//
// Source: D. Hendrycks, K. Gimpel, Gaussian error linear units (GELUs), arXiv 1606.08415.
func (v *Value) GELU() *Value { return gelu.apply1(v) }

var gelu = newUnary("GELU", geluOp{})

type geluOp struct{}

func (geluOp) value(x float64) float64      { return elementary.GELU(x) }
func (geluOp) partial(x, _ float64) float64 { return elementary.GELUSlope(x) }
func (geluOp) formula(x, _ *Value) (f, dx *Value) {
	normal := Const(1).Add(x.Div(math.Sqrt2).Erf()).Div(2)
	return x.Mul(normal), normal.Add(x.Mul(x.Square().Neg().Div(2).Exp()).Div(elementary.Sqrt2Pi))
}

// SigmoidCrossEntropy returns the cross-entropy between the probability t and σ(v), where v is a
// number of any size, called a logit.
//
//	z = −t·ln σ(y) − (1 − t)·ln(1 − σ(y)) = softplus(y) − t·y
//	∂z/∂y = σ(y) − t    ∂z/∂t = −y
//
// Special cases are:
//
//	SigmoidCrossEntropy(-Inf, 0) = SigmoidCrossEntropy(+Inf, 1) = 0
//	SigmoidCrossEntropy(-Inf, 1) = SigmoidCrossEntropy(+Inf, 0) = +Inf
//
// It is computed as t·softplus(−y) + (1 − t)·softplus(y), where a term whose factor is 0 is left
// out, and ∂z/∂y as (1 − t)·σ(y) − t·σ(−y). So nothing cancels where the network is right and
// certain: at y = 40 and t = 1, z is 4.2e-18 and not 0. Derivatives by [Gradient] are those of σ(y) − t,
// which does cancel there.
//
// It panics if v or t is nil, or if t is neither a *Value nor a number.
func (v *Value) SigmoidCrossEntropy(t any) *Value { return sigmoidCrossEntropy.applyTo(v, t) }

var sigmoidCrossEntropy = newBinary("sigmoidcrossentropy", sigmoidCrossEntropyOp{})

type sigmoidCrossEntropyOp struct{}

func (sigmoidCrossEntropyOp) value(y, t float64) float64 { return elementary.SigmoidCrossEntropy(y, t) }

func (sigmoidCrossEntropyOp) partials(y, t, _ float64) (dy, dt float64) {
	return elementary.SigmoidCrossEntropySlope(t, elementary.Sigmoid(y), elementary.Sigmoid(-y)), -y
}

func (sigmoidCrossEntropyOp) formula(y, t, _ *Value) (f, dy, dt *Value) {
	return y.Softplus().Sub(t.Mul(y)), y.Sigmoid().Sub(t), y.Neg()
}
