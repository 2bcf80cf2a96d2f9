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
