package main

import (
	"math"
	"math/big"
)

// precision is that of the numbers from which the constants are rounded, in bits.
const precision = 300

func number(x float64) *big.Float { return new(big.Float).SetPrec(precision).SetFloat64(x) }

// expTail returns (eˣ − 1 − x − x²/2)/x³, which is Σ xᵏ/(k+3)!.
func expTail(x *big.Float) *big.Float {
	sum, term := number(0), number(1)
	for k := 2.0; k < 80; k++ {
		term.Quo(term, number(k))
		if k >= 3 {
			sum.Add(sum, term)
			term.Mul(term, x)
		}
	}
	return sum
}

// logTail returns (ln((1+s)/(1−s)) − 2s)/s³ for s² = w. It is Σ 2wᵏ/(2k+3), as ln((1+s)/(1−s)) is
// twice the series of the inverse hyperbolic tangent, DLMF 4.38.5.
func logTail(w *big.Float) *big.Float {
	sum, power := number(0), number(2)
	for k := 3.0; k < 400; k += 2 {
		sum.Add(sum, new(big.Float).Quo(power, number(k)))
		power.Mul(power, w)
	}
	return sum
}

// ln2 is ln((1+s)/(1−s)) for s = 1/3.
func ln2() *big.Float {
	s := number(1)
	s.Quo(s, number(3))
	w := number(0).Mul(s, s)
	sum := number(2)
	sum.Add(sum, number(0).Mul(w, logTail(w)))
	return sum.Mul(sum, s)
}

// geluCenter and geluMost are constants of the Go code.
const geluCenter, geluMost = 5, 39

// geluTail returns e^(a²/2)·Φ(−a)·(a + geluCenter), where Φ is the distribution function of the standard normal
// distribution and t is (a − geluCenter)/(a + geluCenter).
func geluTail(t *big.Float) *big.Float {
	a := number(0).Mul(number(geluCenter), number(0).Add(number(1), t))
	a.Quo(a, number(0).Sub(number(1), t))
	return number(0).Mul(mills(a), number(0).Add(a, number(geluCenter)))
}

// mills returns e^(a²/2)·Φ(−a) for a ≥ 0: by the series of DLMF 7.6.2, whose terms are positive but whose sum
// is subtracted from a number like it, and where it would lose too many digits by the continued fraction of
// DLMF 7.9.3.
func mills(a *big.Float) *big.Float {
	root := sqrt2Pi()
	if a.Cmp(number(12)) > 0 {
		d := number(0).Set(a)
		for k := 600.0; k > 0; k-- {
			d.Add(a, d.Quo(number(k), d))
		}
		return d.Quo(number(1), d.Mul(d, root))
	}
	square := number(0).Mul(a, a)
	series := func(first *big.Float, k float64) *big.Float { // Σ firstᵢ, each the one before times a²/k, k + 2, …
		sum, term := number(0), number(0).Set(first)
		for ; term.Sign() != 0 && term.MantExp(nil) > -precision; k += 2 {
			sum.Add(sum, term)
			term.Quo(term.Mul(term, square), number(k))
		}
		return sum
	}
	half := series(number(0.5), 2) // e^(a²/2)/2
	return half.Sub(half, number(0).Quo(series(a, 3), root))
}

// sqrt2Pi returns √(2π), where π is 16·arctan 1/5 − 4·arctan 1/239.
func sqrt2Pi() *big.Float {
	sum := number(0)
	for _, t := range [][2]float64{{16, 5}, {-4, 239}} {
		power := number(0).Quo(number(t[0]), number(t[1]))
		for k := 1.0; power.MantExp(nil) > -precision; k += 2 {
			sum.Add(sum, number(0).Quo(power, number(k)))
			power.Quo(power, number(-t[1]*t[1]))
		}
	}
	return sum.Sqrt(sum.Add(sum, sum))
}

// interpolate returns the coefficients, from that of x⁰ on, of the polynomial that equals f at n
// Chebyshev nodes of [a, b]. No polynomial of its degree is much closer to f there.
func interpolate(f func(*big.Float) *big.Float, a, b float64, n int) []float64 {
	x, d := make([]*big.Float, n), make([]*big.Float, n)
	for i := range n {
		node := (a+b)/2 + (b-a)/2*math.Cos((float64(i)+0.5)*math.Pi/float64(n))
		x[i], d[i] = number(node), f(number(node))
	}
	// d becomes Newton's divided differences, and then, from the last to the first, the coefficients
	// of d[0] + (x−x[0])·(d[1] + (x−x[1])·(…)).
	for k := 1; k < n; k++ {
		for i := n - 1; i >= k; i-- {
			d[i].Sub(d[i], d[i-1])
			d[i].Quo(d[i], number(0).Sub(x[i], x[i-k]))
		}
	}
	for k := n - 2; k >= 0; k-- {
		for i := k; i < n-1; i++ {
			d[i].Sub(d[i], number(0).Mul(x[k], d[i+1]))
		}
	}
	c := make([]float64, n)
	for i := range c {
		c[i], _ = d[i].Float64()
	}
	return c
}
