package kernel

import (
	"math"
	"math/big"
)

// bigNumber returns x with 300 bits.
func bigNumber(x float64) *big.Float { return new(big.Float).SetPrec(300).SetFloat64(x) }

// bigExp returns e^x: it sums the power series for x/2ᵏ, and squares k times.
func bigExp(x *big.Float) *big.Float {
	k := max(0, x.MantExp(nil)+8)
	r := bigNumber(0).SetMantExp(x, -k)
	sum, term := bigNumber(1), bigNumber(1)
	for i := 1.0; term.Sign() != 0 && term.MantExp(nil) > -320; i++ {
		term.Quo(term.Mul(term, r), bigNumber(i))
		sum.Add(sum, term)
	}
	for range k {
		sum.Mul(sum, sum)
	}
	return sum
}

// bigLog solves e^y = x by Newton's method, from what package math has.
func bigLog(x *big.Float) *big.Float {
	mantissa := new(big.Float)
	k := x.MantExp(mantissa)
	f, _ := mantissa.Float64()
	y := bigNumber(math.Log(f) + float64(k)*math.Ln2)
	for range 3 { // which double the bits that are right
		e := bigExp(bigNumber(0).Neg(y))
		y.Add(y, e.Sub(e.Mul(e, x), bigNumber(1)))
	}
	return y
}

// bigLog1p returns ln(1 + x); for a small x, the sum of as many terms of the power series as matter.
func bigLog1p(x *big.Float) *big.Float {
	if x.Sign() == 0 || x.MantExp(nil) > -90 {
		return bigLog(bigNumber(0).Add(x, bigNumber(1)))
	}
	// x − x²/2
	half := bigNumber(0).Mul(x, x)
	return half.Sub(x, half.Quo(half, bigNumber(2)))
}

func bigSigmoid(x float64) *big.Float {
	e := bigExp(bigNumber(-x))
	return e.Quo(bigNumber(1), e.Add(e, bigNumber(1)))
}

// bigTanh returns the quotient of sinh and cosh.
func bigTanh(x float64) *big.Float {
	if math.Abs(x) < 0x1p-80 { // x − x³/3 + …
		return bigNumber(x)
	}
	e, f := bigExp(bigNumber(x)), bigExp(bigNumber(-x))
	return bigNumber(0).Quo(bigNumber(0).Sub(e, f), bigNumber(0).Add(e, f))
}
