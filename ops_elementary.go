package gradus

import (
	"math"

	"github.com/gradus-go/gradus/internal/elementary"
)

// Exp returns e raised to the power v.
//
//	z = exp x    ∂z/∂x = exp x = z
//
// Special cases are:
//
//	Exp(+Inf) = +Inf, with derivative +Inf
//	Exp(-Inf) = 0, with derivative 0
//
// It panics if v is nil.
//
// Source: DLMF §4.7(ii).
func (v *Value) Exp() *Value { return exp.apply1(v) }

var exp = newUnary("exp", expOp{})

type expOp struct{}

func (expOp) value(x float64) float64            { return elementary.Exp(x) }
func (expOp) partial(_, z float64) float64       { return z }
func (expOp) formula(_, z *Value) (f, dx *Value) { return z, z }

// Log returns the natural logarithm of v.
//
//	z = ln x    ∂z/∂x = 1/x
//
// Special cases are:
//
//	Log(±0) = -Inf, with derivative ±Inf
//	Log(+Inf) = +Inf, with derivative 0
//	Log(x < 0) = NaN, with derivative NaN
//
// It panics if v is nil.
//
// Source: DLMF §4.7(i).
func (v *Value) Log() *Value { return log.apply1(v) }

var log = newUnary("ln", logOp{})

type logOp struct{}

func (logOp) value(x float64) float64 { return elementary.Log(x) }

func (logOp) partial(x, _ float64) float64 {
	if x < 0 {
		return math.NaN()
	}
	return 1 / x
}

func (logOp) formula(x, z *Value) (f, dx *Value) {
	return z, Where(x.Neg(), math.NaN(), Const(1).Div(x))
}

// Sin returns the sine of v radians.
//
//	z = sin x    ∂z/∂x = cos x
//
// Special cases are:
//
//	Sin(±Inf) = NaN
//
// It panics if v is nil.
//
// Source: DLMF §4.20.
func (v *Value) Sin() *Value { return sin.apply1(v) }

var sin = newUnary("sin", sinOp{})

type sinOp struct{}

func (sinOp) value(x float64) float64            { return math.Sin(x) }
func (sinOp) partial(x, _ float64) float64       { return math.Cos(x) }
func (sinOp) formula(x, z *Value) (f, dx *Value) { return z, x.Cos() }

// Cos returns the cosine of v radians.
//
//	z = cos x    ∂z/∂x = −sin x
//
// Special cases are:
//
//	Cos(±Inf) = NaN
//
// It panics if v is nil.
//
// Source: DLMF §4.20.
func (v *Value) Cos() *Value { return cos.apply1(v) }

var cos = newUnary("cos", cosOp{})

type cosOp struct{}

func (cosOp) value(x float64) float64            { return math.Cos(x) }
func (cosOp) partial(x, _ float64) float64       { return -math.Sin(x) }
func (cosOp) formula(x, z *Value) (f, dx *Value) { return z, x.Sin().Neg() }

// Tan returns the tangent of v radians.
//
//	z = tan x    ∂z/∂x = 1 + tan² x = 1 + z²
//
// Special cases are:
//
//	Tan(±Inf) = NaN
//
// It panics if v is nil.
//
// Source: DLMF §4.20.
func (v *Value) Tan() *Value { return tan.apply1(v) }

var tan = newUnary("tan", tanOp{})

type tanOp struct{}

func (tanOp) value(x float64) float64      { return math.Tan(x) }
func (tanOp) partial(_, z float64) float64 { return 1 + float64(z*z) }
func (tanOp) formula(x, z *Value) (f, dx *Value) {
	return x.Sin().Div(x.Cos()), Const(1).Add(z.Square())
}

// Tanh returns the hyperbolic tangent of v.
//
//	z = tanh x    ∂z/∂x = 1 − tanh² x = 1 − z²
//
// Special cases are:
//
//	Tanh(±Inf) = ±1, with derivative 0
//
// The derivative is computed from the result, as textbooks do. So it is exactly 0 where the
// result has rounded to ±1, from |x| ≈ 19 on.
//
// It panics if v is nil.
//
// Source: DLMF §4.34.
func (v *Value) Tanh() *Value { return tanh.apply1(v) }

var tanh = newUnary("tanh", tanhOp{})

type tanhOp struct{}

func (tanhOp) value(x float64) float64      { return math.Tanh(x) }
func (tanhOp) partial(_, z float64) float64 { return 1 - float64(z*z) }
func (tanhOp) formula(x, z *Value) (f, dx *Value) {
	one, two := Const(1), Const(2)
	return two.Div(one.Add(two.Neg().Mul(x).Exp())).Sub(one), one.Sub(z.Square())
}

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
// saturated network shows these zeros.
//
// It panics if v is nil.
func (v *Value) Sigmoid() *Value { return sigmoid.apply1(v) }

var sigmoid = newUnary("σ", sigmoidOp{})

type sigmoidOp struct{}

func (sigmoidOp) value(x float64) float64 {
	if x < 0 {
		e := math.Exp(x)
		return e / (1 + e)
	}
	return 1 / (1 + math.Exp(-x))
}

func (sigmoidOp) partial(_, z float64) float64 { return z * (1 - z) }
func (sigmoidOp) formula(x, z *Value) (f, dx *Value) {
	one := Const(1)
	return one.Div(one.Add(x.Neg().Exp())), z.Mul(one.Sub(z))
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
// It is computed as max(x, 0) + ln(1 + exp(−|x|)), which does not overflow.
//
// It panics if v is nil.
//
// Source: C. Dugas et al., Incorporating second-order functional knowledge for better
// option pricing, NIPS 2000.
func (v *Value) Softplus() *Value { return softplus.apply1(v) }

var softplus = newUnary("softplus", softplusOp{})

type softplusOp struct{}

func (softplusOp) value(x float64) float64 {
	return math.Max(x, 0) + math.Log1p(math.Exp(-math.Abs(x)))
}
func (softplusOp) partial(x, _ float64) float64 { return sigmoidOp{}.value(x) }
func (softplusOp) formula(x, _ *Value) (f, dx *Value) {
	return x.Max(0).Add(Const(1).Add(x.Abs().Neg().Exp()).Log()), x.Sigmoid()
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
// certain: at y = 40 and t = 1, z is 4.2e-18 and not 0.
//
// It panics if v or t is nil, or if t is neither a *Value nor a number.
func (v *Value) SigmoidCrossEntropy(t any) *Value { return sigmoidCrossEntropy.applyTo(v, t) }

var sigmoidCrossEntropy = newBinary("sigmoidcrossentropy", sigmoidCrossEntropyOp{})

type sigmoidCrossEntropyOp struct{}

func (sigmoidCrossEntropyOp) value(y, t float64) (z float64) {
	if t != 0 {
		z = float64(t * softplusOp{}.value(-y))
	}
	if t != 1 {
		z += float64((1 - t) * softplusOp{}.value(y))
	}
	return z
}

func (sigmoidCrossEntropyOp) partials(y, t, _ float64) (dy, dt float64) {
	return float64((1-t)*sigmoidOp{}.value(y)) - float64(t*sigmoidOp{}.value(-y)), -y
}

func (sigmoidCrossEntropyOp) formula(y, t, _ *Value) (f, dy, dt *Value) {
	return y.Softplus().Sub(t.Mul(y)), y.Sigmoid().Sub(t), y.Neg()
}
