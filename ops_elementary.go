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

func (logOp) value(x float64) float64      { return elementary.Log(x) }
func (logOp) partial(x, _ float64) float64 { return elementary.LogSlope(x) }
func (logOp) formula(x, z *Value) (f, dx *Value) {
	return z, Const(1).Div(x.Sub(Where(x.Neg(), math.NaN(), 0)))
}

// Log1p returns the natural logarithm of 1 + v. It keeps the digits of a small v, which the sum
// 1 + v would lose.
//
//	z = ln(1 + x)    ∂z/∂x = 1/(1 + x)
//
// Special cases are:
//
//	Log1p(±0) = ±0, with derivative 1
//	Log1p(-1) = -Inf, with derivative +Inf
//	Log1p(+Inf) = +Inf, with derivative 0
//	Log1p(x < -1) = NaN, with derivative NaN
//
// It panics if v is nil.
//
// Source: DLMF §4.7(i).
func (v *Value) Log1p() *Value { return log1p.apply1(v) }

var log1p = newUnary("log1p", log1pOp{})

type log1pOp struct{}

func (log1pOp) value(x float64) float64      { return math.Log1p(x) }
func (log1pOp) partial(x, _ float64) float64 { return logOp{}.partial(1+x, 0) }
func (log1pOp) formula(x, z *Value) (f, dx *Value) {
	_, dx = logOp{}.formula(Const(1).Add(x), nil)
	return z, dx
}

// Expm1 returns e raised to the power v, less 1. It keeps the digits of a small result, which
// the difference would lose.
//
//	z = exp x − 1    ∂z/∂x = exp x
//
// Special cases are:
//
//	Expm1(±0) = ±0, with derivative 1
//	Expm1(+Inf) = +Inf, with derivative +Inf
//	Expm1(-Inf) = -1, with derivative 0
//
// It panics if v is nil.
//
// Source: DLMF §4.7(ii).
func (v *Value) Expm1() *Value { return expm1.apply1(v) }

var expm1 = newUnary("expm1", expm1Op{})

type expm1Op struct{}

func (expm1Op) value(x float64) float64            { return math.Expm1(x) }
func (expm1Op) partial(x, _ float64) float64       { return elementary.Exp(x) }
func (expm1Op) formula(x, z *Value) (f, dx *Value) { return z, x.Exp() }

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

// Asin returns the arcsine of v, in radians: the angle between −π/2 and π/2 whose sine is v.
//
//	z = arcsin x    ∂z/∂x = 1/√(1 − x²) = 1/√((1 − x)(1 + x))
//
// Special cases are:
//
//	Asin(±0) = ±0, with derivative 1
//	Asin(±1) = ±π/2, with derivative +Inf
//	Asin(|x| > 1) = NaN, with derivative NaN
//
// It panics if v is nil.
//
// Source: DLMF §4.24.
func (v *Value) Asin() *Value { return asin.apply1(v) }

var asin = newUnary("arcsin", asinOp{})

type asinOp struct{}

func (asinOp) value(x float64) float64            { return elementary.Asin(x) }
func (asinOp) partial(x, _ float64) float64       { return 1 / math.Sqrt((1-x)*(1+x)) }
func (asinOp) formula(x, z *Value) (f, dx *Value) { return z, Const(1).Div(cosOfAsin(x)) }

// cosOfAsin returns √(1 − x²), which is the cosine of arcsin x and the sine of arccos x.
func cosOfAsin(x *Value) *Value { return Const(1).Sub(x).Mul(Const(1).Add(x)).Sqrt() }

// Acos returns the arccosine of v, in radians: the angle between 0 and π whose cosine is v.
//
//	z = arccos x    ∂z/∂x = −1/√(1 − x²) = −1/√((1 − x)(1 + x))
//
// Special cases are:
//
//	Acos(1) = 0, with derivative -Inf
//	Acos(-1) = π, with derivative -Inf
//	Acos(|x| > 1) = NaN, with derivative NaN
//
// It panics if v is nil.
//
// Source: DLMF §4.24.
func (v *Value) Acos() *Value { return acos.apply1(v) }

var acos = newUnary("arccos", acosOp{})

type acosOp struct{}

func (acosOp) value(x float64) float64            { return elementary.Acos(x) }
func (acosOp) partial(x, _ float64) float64       { return -asinOp{}.partial(x, 0) }
func (acosOp) formula(x, z *Value) (f, dx *Value) { return z, Const(-1).Div(cosOfAsin(x)) }

// Atan returns the arctangent of v, in radians: the angle between −π/2 and π/2 whose tangent is v.
//
//	z = arctan x    ∂z/∂x = 1/(1 + x²)
//
// Special cases are:
//
//	Atan(±0) = ±0, with derivative 1
//	Atan(±Inf) = ±π/2, with derivative 0
//
// Its second derivative by [Gradient] is NaN at ±Inf, where the formula is ∞·0.
//
// It panics if v is nil.
//
// Source: DLMF §4.24.
func (v *Value) Atan() *Value { return atan.apply1(v) }

var atan = newUnary("arctan", atanOp{})

type atanOp struct{}

func (atanOp) value(x float64) float64            { return math.Atan(x) }
func (atanOp) partial(x, _ float64) float64       { return 1 / (1 + float64(x*x)) }
func (atanOp) formula(x, z *Value) (f, dx *Value) { return z, Const(1).Div(Const(1).Add(x.Square())) }

// Sinh returns the hyperbolic sine of v.
//
//	z = sinh x = (exp x − exp(−x))/2    ∂z/∂x = cosh x
//
// Special cases are:
//
//	Sinh(±0) = ±0, with derivative 1
//	Sinh(±Inf) = ±Inf, with derivative +Inf
//
// It panics if v is nil.
//
// Source: DLMF §4.28.
func (v *Value) Sinh() *Value { return sinh.apply1(v) }

var sinh = newUnary("sinh", sinhOp{})

type sinhOp struct{}

func (sinhOp) value(x float64) float64      { return elementary.Sinh(x) }
func (sinhOp) partial(x, _ float64) float64 { return elementary.Cosh(x) }
func (sinhOp) formula(x, _ *Value) (f, dx *Value) {
	return x.Exp().Sub(x.Neg().Exp()).Div(Const(2)), x.Cosh()
}

// Cosh returns the hyperbolic cosine of v.
//
//	z = cosh x = (exp x + exp(−x))/2    ∂z/∂x = sinh x
//
// Special cases are:
//
//	Cosh(±0) = 1, with derivative ±0
//	Cosh(±Inf) = +Inf, with derivative ±Inf
//
// It panics if v is nil.
//
// Source: DLMF §4.28.
func (v *Value) Cosh() *Value { return cosh.apply1(v) }

var cosh = newUnary("cosh", coshOp{})

type coshOp struct{}

func (coshOp) value(x float64) float64      { return elementary.Cosh(x) }
func (coshOp) partial(x, _ float64) float64 { return elementary.Sinh(x) }
func (coshOp) formula(x, _ *Value) (f, dx *Value) {
	return x.Exp().Add(x.Neg().Exp()).Div(Const(2)), x.Sinh()
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
// result has rounded to ±1, from |x| ≈ 19 on, and so are those of higher order.
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

// Erf returns the error function of v. (1 + erf(x/√2))/2 is the probability that a standard
// normal number is less than x.
//
//	z = erf x = 2/√π · ∫ exp(−t²) dt from 0 to x    ∂z/∂x = 2/√π · exp(−x²)
//
// Special cases are:
//
//	Erf(±0) = ±0, with derivative 2/√π
//	Erf(±Inf) = ±1, with derivative 0
//
// Its second derivative by [Gradient] is NaN at ±Inf, where the formula is ∞·0.
//
// It panics if v is nil.
//
// Source: DLMF §7.2.
func (v *Value) Erf() *Value { return erf.apply1(v) }

var erf = newUnary("erf", erfOp{})

type erfOp struct{}

func (erfOp) value(x float64) float64      { return math.Erf(x) }
func (erfOp) partial(x, _ float64) float64 { return 2 / math.SqrtPi * math.Exp(-float64(x*x)) }
func (erfOp) formula(x, z *Value) (f, dx *Value) {
	return z, Const(2 / math.SqrtPi).Mul(x.Square().Neg().Exp())
}
