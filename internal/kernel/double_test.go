package kernel

import (
	"math"
	"math/big"
	"testing"
)

// A double is the number high + low, of about 106 bits: |low| is at most half a unit in the last place
// of high.
type double struct{ high, low float64 }

// newDouble returns a + b, exactly.
func newDouble(a, b float64) double {
	high, low := twoSum(a, b)
	return double{high, low}
}

func (x double) plus(y double) double {
	s, t := newDouble(x.high, y.high), newDouble(x.low, y.low)
	s = newDouble(s.high, s.low+t.high)
	return newDouble(s.high, s.low+t.low)
}

func (x double) times(y double) double {
	p := float64(x.high * y.high)
	low := math.FMA(x.high, y.high, -p)
	return newDouble(p, low+(float64(x.high*y.low)+float64(x.low*y.high)))
}

func (x double) over(y double) double {
	q := x.high / y.high
	rest := x.plus(y.times(double{-q, 0}))
	return newDouble(q, rest.high/y.high)
}

// scale returns x·2ᵏ.
func (x double) scale(k int) double { return double{scaled(x.high, k), scaled(x.low, k)} }

// round returns a big number as a double.
func round(x *big.Float) double {
	high, _ := x.Float64()
	low, _ := bigNumber(0).Sub(x, bigNumber(high)).Float64()
	return double{high, low}
}

// steps is how many powers lie between e⁰ and e¹.
const steps = 512

// powers are e^(j/steps), |j| ≤ steps, at j + steps. ln2 is the natural logarithm in parts of which the
// first two have 40 bits.
var (
	powers = func() (table [2*steps + 1]double) {
		for i := range table {
			table[i] = round(bigExp(bigNumber(float64(i-steps) / steps)))
		}
		return table
	}()
	ln2 = func() (parts [3]float64) {
		rest := bigLog(bigNumber(2))
		for i := range parts {
			parts[i], _ = new(big.Float).SetPrec(40).Set(rest).Float64()
			rest.Sub(rest, bigNumber(parts[i]))
		}
		return parts
	}()
)

// timesLn2 returns k·ln 2.
func timesLn2(k int) double {
	f := float64(k)
	return newDouble(f*ln2[0], f*ln2[1]).plus(double{f * ln2[2], 0})
}

// reduce returns numbers with e^x = 2ᵏ·t·(1 + q), where |q| < 1/steps.
func (x double) reduce() (t, q double, k int) {
	k = int(math.RoundToEven(x.high / math.Ln2))
	x = x.plus(timesLn2(-k))
	j := math.RoundToEven(x.high * steps)
	x = x.plus(double{-j / steps, 0})
	r := x.high
	series := r * r * (1./2 + r*(1./6+r*(1./24+r*(1./120+r*(1./720+r/5040)))))
	return powers[int(j)+steps], newDouble(r, x.low+(series+r*x.low)), k
}

// A scaled double is x·2ᵏ, which no float64 may hold.
type scaledDouble struct {
	double
	k int
}

func (x double) exp() scaledDouble {
	t, q, k := x.reduce()
	return scaledDouble{t.plus(t.times(q)), k}
}

// expm1 is e^x − 1, for |x| < 700.
func (x double) expm1() double {
	t, q, k := x.reduce()
	if k == 0 && t.high == 1 {
		return q
	}
	return t.plus(t.times(q)).scale(k).plus(double{-1, 0})
}

// log1p corrects the logarithm y that package math has by ln((1 + x)/e^y).
func (x double) log1p() double {
	y := math.Log1p(x.high)
	if math.Abs(x.high) < 0x1p-100 {
		return x
	}
	one := double{1, 0}.plus(x)
	var off double // (1 + x)/e^y − 1
	if math.Abs(y) < 0.5 {
		off = x.plus(one.times(double{-y, 0}.expm1()))
	} else {
		e := double{-y, 0}.exp()
		_, k := math.Frexp(one.high)
		off = e.times(one.scale(-k)).scale(k + e.k).plus(double{-1, 0})
	}
	return double{y, 0}.plus(double{off.high - off.high*off.high/2, off.low})
}

// The functions that are tested, of a float64.

func doubleExp(x float64) scaledDouble { return double{x, 0}.exp() }

func doubleSigmoid(x float64) scaledDouble {
	e := doubleExp(-math.Abs(x))
	d := double{1, 0}.plus(e.scale(e.k))
	if x < 0 {
		return scaledDouble{e.over(d), e.k}
	}
	return scaledDouble{double{1, 0}.over(d), 0}
}

func doubleTanh(x float64) scaledDouble {
	if math.Abs(x) < 0x1p-100 {
		return scaledDouble{double{x, 0}, 0}
	}
	n := double{2 * x, 0}.expm1()
	return scaledDouble{n.over(n.plus(double{2, 0})), 0}
}

func doubleExpm1(x float64) scaledDouble {
	if x > 600 {
		return doubleExp(x)
	}
	return scaledDouble{double{x, 0}.expm1(), 0}
}

func doubleLog(x float64) scaledDouble {
	m, k := math.Frexp(x)
	if m < math.Sqrt2/2 {
		m, k = 2*m, k-1
	}
	return scaledDouble{double{m - 1, 0}.log1p().plus(timesLn2(k)), 0}
}

func doubleLog1p(x float64) scaledDouble { return scaledDouble{double{x, 0}.log1p(), 0} }

func doubleSoftplus(x float64) scaledDouble {
	e := doubleExp(-math.Abs(x))
	if x < 0 && e.k < -110 {
		return e
	}
	return scaledDouble{e.scale(e.k).log1p().plus(double{max(x, 0), 0}), 0}
}

// doubleGELU is x·Φ(x). It computes Φ(−|x|) by a series of positive terms, or by a continued fraction where
// too much of that would cancel.
func doubleGELU(x float64) scaledDouble {
	a := double{math.Abs(x), 0}
	if x > 39 {
		return scaledDouble{a, 0}
	}
	square := a.times(a)
	e := square.scale(-1).negative().exp() // e^(−x²/2)
	below := e.over(sqrt2Pi)               // Φ(−|x|)
	if a.high < 2 {
		sum, term := double{}, a
		for k := 3.0; term.high > 0x1p-110*sum.high; k += 2 {
			sum, term = sum.plus(term), term.times(square).over(double{k, 0})
		}
		below = double{0.5, 0}.plus(below.times(sum).scale(e.k).negative()).scale(-e.k)
	} else {
		d := a
		for k := 20 + math.Ceil(1200/square.high); k > 0; k-- {
			d = a.plus(double{k, 0}.over(d))
		}
		below = below.over(d)
	}
	z := scaledDouble{below.times(a), e.k}
	if x < 0 {
		return scaledDouble{z.negative(), z.k}
	}
	return scaledDouble{a.plus(z.scale(z.k).negative()), 0}
}

func (x double) negative() double { return double{-x.high, -x.low} }

var sqrt2Pi = round(bigSqrt2Pi())

// off returns how many units in its last place z is off.
func (x scaledDouble) off(z float64) float64 {
	_, unit := math.Frexp(x.high)
	unit = max(unit+x.k-53, -1074)
	if unit > 1023-52 { // the result is too large for a float64
		if math.IsInf(z, 1) {
			return 0
		}
		return math.Inf(1)
	}
	want := x.scale(x.k - unit)
	return math.Abs((scaled(z, -unit) - want.high) - want.low)
}

// The reference is itself held against big numbers.
func TestDouble(t *testing.T) {
	r := newRand(3)
	for _, f := range functions {
		for range 300 {
			x := f.draw(r)
			got := f.double(x)
			d := bigNumber(0).SetMantExp(bigNumber(got.high), got.k)
			d.Add(d, bigNumber(0).SetMantExp(bigNumber(got.low), got.k))
			want := f.big(x)
			d.Quo(d.Sub(d, want), want)
			if off, _ := d.Float64(); !(math.Abs(off) < 0x1p-63) {
				t.Errorf("%s %v is off by %g of itself", f.name, x, off)
			}
		}
	}
}
