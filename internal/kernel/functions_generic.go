package kernel

import (
	"math"
	"runtime"

	"golang.org/x/sys/cpu"

	"github.com/gradus-go/gradus/internal/elementary"
)

// The functions of one number, in Go. They are to the bit what the assembly computes: the steps are the
// same. A machine that does not multiply and add in one instruction would take 20 times as long for
// them, and calls package math.

// mayFuse reports whether machines of this architecture multiply and add in one instruction. Those of amd64
// from before 2013 do not, all others do. Elsewhere the compiler drops what is only for such machines.
const mayFuse = runtime.GOARCH == "amd64" || runtime.GOARCH == "arm64" || runtime.GOARCH == "loong64" ||
	runtime.GOARCH == "ppc64" || runtime.GOARCH == "ppc64le" || runtime.GOARCH == "riscv64" ||
	runtime.GOARCH == "s390x"

// fuses says the same of this machine.
var fuses = mayFuse && (runtime.GOARCH != "amd64" || cpu.X86.HasFMA)

// isFused reports whether the functions are those of this file, and not those of package math.
func isFused() bool { return mayFuse && fuses }

// goExp is Exp of one number.
func goExp(x float64) float64 {
	if !isFused() {
		return elementary.Exp(x)
	}
	p := expOf(max(min(x, expMost), expLeast))
	e, _ := p.sum()
	return scaled(e, p.k)
}

// A power is e^x as 2ᵏ·(1 + r + half + tail), where half is r²/2 and r times what r has lost by rounding.
type power struct {
	k             int
	r, half, tail float64
}

// expOf reduces x, between expLeast and expMost, to r = x − k·ln 2, |r| ≤ ln 2/2.
func expOf(x float64) power {
	t := math.FMA(x, log2E, toInteger)
	k := t - toInteger
	high := math.FMA(-k, ln2High, x) // is exact
	r := math.FMA(-k, ln2Low, high)
	lost := math.FMA(-k, ln2Low, high-r)
	r2 := r * r
	r4 := r2 * r2
	r3 := r2 * r
	a := math.FMA(r2, math.FMA(r, exp6, exp5), math.FMA(r, exp4, exp3))
	b := math.FMA(r2, math.FMA(r, exp10, exp9), math.FMA(r, exp8, exp7))
	b = math.FMA(r4, math.FMA(r, exp12, exp11), b)
	tail := math.FMA(float64(r4*r3), b, math.FMA(r3, a, lost))
	return power{int(int32(math.Float64bits(t))), r, math.FMA(r, lost, 0.5*r2), tail}
}

// sum returns 1 + r + half + tail, and what its rounding has lost. The tail, which takes the longest time,
// comes last.
func (p power) sum() (high, low float64) {
	one := 1 + p.r
	return fastTwoSum(one, ((p.r-(one-1))+p.half)+p.tail)
}

// fastTwoSum returns a + b, for |a| ≥ |b|, and what its rounding has lost.
func fastTwoSum(a, b float64) (high, low float64) {
	high = a + b
	return high, b - (high - a)
}

// scaled returns x·2ᵏ, rounded once.
func scaled(x float64, k int) float64 { return float64(x*pow2(k>>1)) * pow2(k-k>>1) }

// pow2 returns 2ᵏ for normal numbers.
func pow2(k int) float64 { return math.Float64frombits(uint64(k+1023) << 52) }

// twoSum is fastTwoSum for any a and b.
func twoSum(a, b float64) (high, low float64) {
	high = a + b
	t := high - a
	return high, (a - (high - t)) + (b - t)
}

// SigmoidOf returns Sigmoid of one number, with the bits that Sigmoid has. It takes less time for a number
// that is in a register, but more for several numbers.
func SigmoidOf(x float64) float64 {
	if !isFused() {
		return elementary.Sigmoid(x)
	}
	p := expOf(-min(math.Abs(x), -expLeast))
	high, low := p.sum()
	two := scaled(1, p.k)
	d := math.FMA(two, high, 1)
	dLow := math.FMA(two, low, float64(two*high)-(d-1))
	y := 1 / p.plusOne(two)
	if x < 0 {
		return scaled(quotient(high, low, d, dLow, y), p.k)
	}
	return quotient(1, 0, d, dLow, y)
}

// plusOne returns e^x + 1, but for rounding, where two is 2ᵏ.
func (p power) plusOne(two float64) float64 {
	return math.FMA(two, p.tail, math.FMA(two, p.half, math.FMA(two, p.r, two+1)))
}

// quotient returns (n + nLow)/(d + dLow), where y is 1/d but for rounding.
func quotient(n, nLow, d, dLow, y float64) float64 {
	z := float64(n * y)
	rest := math.FMA(-z, d, n) + math.FMA(-z, dLow, nLow)
	return math.FMA(rest, y, z)
}

// lessOne returns e^x − 1, and what its rounding has lost, where two is 2ᵏ.
func (p power) lessOne(two float64) (high, low float64) {
	m := two - 1
	n := math.FMA(two, p.r, m)
	rest := math.FMA(two, p.r, m-n) + ((two - m) - 1)
	return fastTwoSum(n, math.FMA(two, p.half, math.FMA(two, p.tail, rest)))
}

// goExpm1 is Expm1 of one number.
func goExpm1(x float64) (z, e float64) {
	if !isFused() {
		return math.Expm1(x), elementary.Exp(x)
	}
	p := expOf(max(min(x, expMost), expLeast))
	high, _ := p.sum()
	e = scaled(high, p.k)
	if x > expm1Most {
		return e, e
	}
	z, _ = p.lessOne(scaled(1, p.k))
	return math.Copysign(z, x), e
}

// goTanh is Tanh of one number. It is (e²ˣ − 1)/(e²ˣ + 1), of which the numerator is
// computed without cancellation.
func goTanh(x float64) float64 {
	if !isFused() {
		return math.Tanh(x)
	}
	a := min(math.Abs(x), tanhMost)
	p := expOf(a + a)
	two := scaled(1, p.k)
	n, nLow := p.lessOne(two)
	d, dLow := twoSum(n, 2)
	return math.Copysign(quotient(n, nLow, d, dLow+nLow, 1/p.plusOne(two)), x)
}

const (
	mantissa = 1<<52 - 1
	bits1    = 1023 << 52
	sqrtHalf = 0x3fe6a09e667f3bcd
)

// goLog is Log of one number.
func goLog(x float64) float64 {
	switch {
	case !isFused():
		return elementary.Log(x)
	case !(x < math.Inf(1)):
		return x
	case x < 0:
		return math.NaN()
	case x == 0:
		return math.Inf(-1)
	}
	bias := 1023
	if x < 0x1p-1022 {
		x *= 0x1p54
		bias += 54
	}
	e, m := split(x)
	high, low := logOf(float64(e-bias), m-1, 0)
	return high + low
}

// split returns m in [√½, √2) and e such that x = 2^(e−1023)·m.
func split(x float64) (e int, m float64) {
	b := math.Float64bits(x) + (bits1 - sqrtHalf)
	return int(b >> 52), math.Float64frombits(b&mantissa + sqrtHalf)
}

// logOf returns k·ln 2 + ln(1 + f + lost), and what rounding has lost of it.
func logOf(k, f, lost float64) (high, low float64) {
	s := f / (2 + f)
	w := s * s
	w2 := w * w
	a := math.FMA(w, log5, log3)
	b := math.FMA(w, log9, log7)
	c := math.FMA(w, log13, log11)
	c = math.FMA(w2, log15, c)
	a = math.FMA(w2, b, a)
	a = math.FMA(float64(w2*w2), c, a)
	q := 0.5 * f
	half := float64(q * f)
	t := f - half
	rest := ((f - t) - half) - math.FMA(q, f, -half) + lost
	rest = math.FMA(s, math.FMA(w, a, half), rest)
	rest = math.FMA(k, ln2Low, rest)
	whole := float64(k * ln2High)
	high = whole + t
	return high, ((whole - high) + t) + rest
}

// goLog1p is Log1p of one number.
func goLog1p(x float64) float64 {
	switch {
	case !isFused():
		return math.Log1p(x)
	case !(x < math.Inf(1)):
		return x
	case x < -1:
		return math.NaN()
	case x == -1:
		return math.Inf(-1)
	}
	u, rest := twoSum(1, x)
	e, m := split(u)
	inverse := 0.5 * math.Float64frombits(uint64(2047-e)<<52) // 2^(1023−e), and no overflow
	rest = float64(rest * inverse)
	g := m - 1
	f := g + rest
	high, low := logOf(float64(e-1023), f, (g-f)+rest)
	return math.Copysign(high+low, x)
}

// goSoftplus is Softplus of one number.
func goSoftplus(x float64) (z, e float64) {
	if !isFused() {
		e = math.Exp(-math.Abs(x))
		return max(x, 0) + math.Log1p(e), e
	}
	p := expOf(-min(math.Abs(x), -expLeast))
	high, low := p.sum()
	e = scaled(high, p.k)
	if !(x < math.Inf(1)) {
		return x, e
	}
	k, f, lost := 0.0, e, scaled(low, p.k)
	if e > logMost {
		less := e - 1
		k, f, lost = 1, less/2, ((e-(less+1))+lost)/2
	}
	high, low = logOf(k, f, lost)
	high, lost = twoSum(max(x, 0), high)
	return high + (lost + low), e
}

// geluTerms are the coefficients of the polynomial of goGELU.
var geluTerms = [...]float64{
	gelu0, gelu1, gelu2, gelu3, gelu4, gelu5, gelu6, gelu7, gelu8, gelu9, gelu10, gelu11,
	gelu12, gelu13, gelu14, gelu15, gelu16, gelu17, gelu18, gelu19, gelu20, gelu21, gelu22, gelu23,
}

// goGELU is GELU of one number. It computes a·Φ(−a), where a is |x| and Φ the distribution function of the
// standard normal distribution, and the slope of −a·Φ(−a): products of e^(−a²/2), for an a² of twice as many
// digits, and of a polynomial. That is −GELU(x) where x is negative, and x − GELU(x) elsewhere.
func goGELU(x float64) (z, d float64) {
	if !isFused() {
		return elementary.GELU(x), elementary.GELUSlope(x)
	}
	a := min(math.Abs(x), geluMost)
	square := float64(a * a)
	p := expOf(-0.5 * square)
	high, low := p.sum()
	low = math.FMA(-0.5*math.FMA(a, a, -square), high, low)
	diff, diffLow := twoSum(a, -geluCenter)
	sum, sumLow := twoSum(a, geluCenter)
	y := 1 / sum
	t := quotient(diff, diffLow, sum, sumLow, y)
	t2 := float64(t * t)
	last := len(geluTerms) - 2
	m := math.FMA(geluTerms[last+1], t, geluTerms[last])
	for i := last - 2; i >= 0; i -= 2 {
		m = math.FMA(t2, m, math.FMA(geluTerms[i+1], t, geluTerms[i]))
	}
	m = quotient(m, 0, sum, sumLow, y)
	z = scaled(float64(a*math.FMA(low, m, float64(high*m))), p.k)
	d = scaled(float64(high*math.FMA(-a, inverseSqrt2Pi, m)), p.k)
	if x < 0 {
		return -z, d
	}
	return x - z, 1 - d
}
