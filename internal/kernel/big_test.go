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

func bigExpm1(x float64) *big.Float {
	if math.Abs(x) < 0x1p-80 { // x + x²/2 + …
		half := bigNumber(0).Mul(bigNumber(x), bigNumber(x))
		return half.Add(bigNumber(x), half.Quo(half, bigNumber(2)))
	}
	e := bigExp(bigNumber(x))
	return e.Sub(e, bigNumber(1))
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

// wide returns x with 1,500 bits: where bigGELU subtracts, more than 1,000 are lost.
func wide(x float64) *big.Float { return new(big.Float).SetPrec(1500).SetFloat64(x) }

// bigGELU is x·Φ(x), where Φ(−a) is ½ − e^(−a²/2)/√(2π)·(a + a³/3 + a⁵/(3·5) + …).
func bigGELU(x float64) *big.Float {
	a := math.Abs(x)
	if x > 39 {
		return bigNumber(x)
	}
	square := wide(0).Mul(wide(a), wide(a))
	series := func(first, k float64) *big.Float {
		sum, term := wide(0), wide(first)
		for ; term.Sign() != 0 && term.MantExp(nil) > -1500; k += 2 {
			sum.Add(sum, term)
			term.Quo(term.Mul(term, square), wide(k))
		}
		return sum
	}
	power := series(1, 2) // e^(a²/2)
	z := wide(0).Quo(series(a, 3), power.Mul(power, bigSqrt2Pi()))
	z.Sub(wide(0.5), z)
	if x > 0 {
		z.Sub(wide(1), z)
	}
	return z.Mul(z, wide(x))
}

// bigSqrt2Pi is √(2π), where π is 16·arctan 1/5 − 4·arctan 1/239.
func bigSqrt2Pi() *big.Float {
	arctan := func(n float64) *big.Float { // of 1/n
		sum, power := wide(0), wide(1)
		power.Quo(power, wide(n))
		for k := 1.0; power.MantExp(nil) > -1500; k += 2 {
			sum.Add(sum, wide(0).Quo(power, wide(k)))
			power.Quo(power, wide(-n*n))
		}
		return sum
	}
	a, b := arctan(5), arctan(239)
	pi := a.Sub(a.Mul(a, wide(16)), b.Mul(b, wide(4)))
	return pi.Sqrt(pi.Add(pi, pi))
}
