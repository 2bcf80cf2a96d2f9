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

// Pow returns x raised to the power y. On amd64, math.Pow takes a logarithm that is wrong for
// subnormal x, unless y is an integer, and is off by a factor of up to 40,000.
func Pow(x, y float64) float64 {
	if 0 < x && x < smallestNormal && y == y && y != math.Trunc(y) {
		return float64(math.Pow(x*0x1p52, y) * math.Exp2(-52*y))
	}
	return math.Pow(x, y)
}
