package elementary

import "math"

// smallestNormal is the smallest positive float64 with all 53 bits.
const smallestNormal = 0x1p-1022

// Exp returns e raised to the power x. On amd64, math.Exp returns +Inf from 709.4362 on, where
// the exponential still is less than the largest float64, up to 709.7827.
func Exp(x float64) float64 {
	if 709 < x && x < 710 {
		e := math.Exp(x / 2)
		return float64(e * e)
	}
	return math.Exp(x)
}

// Log returns the natural logarithm of x. On amd64, math.Log is off by up to 36 for subnormal x.
//
// Source: https://go.dev/issue/56600.
func Log(x float64) float64 {
	if 0 < x && x < smallestNormal {
		return math.Log(x*0x1p52) - 52*math.Ln2
	}
	return math.Log(x)
}

// LogSlope returns the derivative of Log, 1/x, which is NaN for x < 0.
func LogSlope(x float64) float64 {
	if x < 0 {
		return math.NaN()
	}
	return 1 / x
}

// Pow returns x raised to the power y. On amd64, math.Pow takes a logarithm that is wrong for
// subnormal x, unless y is an integer, and is off by a factor of up to 40,000. For small integers y it
// takes two to four times as long as the product.
func Pow(x, y float64) float64 {
	if n, ok := WholeExponent(y); ok {
		if z := Whole(x, n); smallestNormal <= math.Abs(z) {
			return z
		}
	}
	if 0 < x && x < smallestNormal && y == y && y != math.Trunc(y) {
		return float64(math.Pow(x*0x1p52, y) * math.Exp2(-52*y))
	}
	return math.Pow(x, y)
}

// WholeExponent returns y as an integer, and whether it is one from 2 to 64.
func WholeExponent(y float64) (n int, ok bool) {
	if !(2 <= y && y <= 64) {
		return 0, false
	}
	n = int(y)
	return n, float64(n) == y
}

// Whole returns xⁿ, n ≥ 1, as a product of some of x, x², x⁴, and so on: those that math.Pow takes, in its
// order, where it is written in Go. The bits are the same, unless xⁿ is subnormal or 0.
func Whole(x float64, n int) float64 {
	z := 1.0
	for {
		if n&1 == 1 {
			z *= x
		}
		if n >>= 1; n == 0 {
			return z
		}
		x *= x
	}
}

// PowSlope returns the derivative of x^y with respect to x: y·x^(y−1), or 0 for y = 0.
func PowSlope(x, y float64) float64 {
	if y == 0 {
		return 0
	}
	return float64(y * Pow(x, y-1))
}

// PowSlopes returns the partial derivatives of z = x^y: PowSlope and z·ln x. The second one is 0 where x is
// at 0 or +Inf and z·ln x has the limit 0, and for 0⁰, by definition.
func PowSlopes(x, y, z float64) (dx, dy float64) {
	dx = PowSlope(x, y)
	atLimit := x == 0 && y >= 0 || math.IsInf(x, 1) && y < 0
	if !atLimit {
		dy = float64(z * Log(x))
	}
	return dx, dy
}

// Asin returns the arcsine of x. Near ±1, math.Asin subtracts x² from 1 and loses up to half of
// the digits.
func Asin(x float64) float64 { return math.Atan2(x, math.Sqrt((1-x)*(1+x))) }

// Acos returns the arccosine of x. Near ±1, math.Acos loses digits as math.Asin does.
func Acos(x float64) float64 { return math.Atan2(math.Sqrt((1-x)*(1+x)), x) }

// Sinh returns the hyperbolic sine of x. On amd64, math.Sinh overflows from 709.4362 on, where
// math.Exp does; the hyperbolic sine overflows from 710.4759 on.
func Sinh(x float64) float64 {
	if a := math.Abs(x); a > 709 {
		return math.Copysign(halfExp(a), x)
	}
	return math.Sinh(x)
}

// Cosh returns the hyperbolic cosine of x. On amd64, math.Cosh overflows as math.Sinh does.
func Cosh(x float64) float64 {
	if a := math.Abs(x); a > 709 {
		return halfExp(a)
	}
	return math.Cosh(x)
}

// halfExp returns half of e raised to the power x, which may be less than the largest float64
// where the power is not.
func halfExp(x float64) float64 {
	e := math.Exp(x / 2)
	return float64(e / 2 * e)
}

// Sigmoid returns 1/(1 + exp(−x)). It is accurate for every x: where x is negative it computes
// exp x/(1 + exp x), which does not overflow.
func Sigmoid(x float64) float64 {
	e := math.Exp(math.Copysign(x, -1)) // exp(−|x|), in fewer instructions than with math.Abs
	if x < 0 {
		return e / (1 + e)
	}
	return 1 / (1 + e)
}
