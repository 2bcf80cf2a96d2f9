package elementary_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/gradus-go/gradus/internal/elementary"
)

// ulps returns how many units in the last place of want got is off.
func ulps(got, want float64) float64 {
	if got == want || math.IsNaN(got) && math.IsNaN(want) {
		return 0
	}
	return math.Abs(got-want) / (math.Nextafter(math.Abs(want), math.Inf(1)) - math.Abs(want))
}

// The numbers are those of mpmath and of the decimal module of Python with 60 digits, rounded to float64.
func TestAgainstDecimal(t *testing.T) {
	for _, tt := range []struct {
		name      string
		got, want float64
		most      float64 // units in the last place
	}{
		{"exp 709.25", elementary.Exp(709.25), 1.0552644065332767e+308, 4},
		{"exp 709.5, +Inf on amd64", elementary.Exp(709.5), 1.3549863193146328e+308, 4},
		{"exp 709.75", elementary.Exp(709.75), 1.7398368732641605e+308, 4},
		{"exp 709.78125", elementary.Exp(709.78125), 1.7950652241141494e+308, 4},
		{"exp of the largest that does not overflow", elementary.Exp(709.782712893384), 1.7976931348622732e+308, 4},
		{"exp 709.7828 overflows", elementary.Exp(709.7828), math.Inf(1), 0},
		{"exp 710", elementary.Exp(710), math.Inf(1), 0},
		{"exp -745", elementary.Exp(-745), 5e-324, 1},

		{"ln of the smallest", elementary.Log(5e-324), -744.4400719213812, 1},
		{"ln of a subnormal", elementary.Log(1.65711939546e-313), -720.2040533160927, 1},
		{"ln of half the smallest normal, off by 0.41 on amd64", elementary.Log(0x1p-1023), -709.0895657128241, 1},
		{"ln of the largest subnormal", elementary.Log(2.225073858507201e-308), -708.3964185322641, 1},
		{"ln 0", elementary.Log(0), math.Inf(-1), 0},
		{"ln -5e-324", elementary.Log(-5e-324), math.NaN(), 0},

		// An error of one unit in ln x·y, of up to 744, is one of some hundred in the power.
		{"subnormal^-0.41", elementary.Pow(2.7731418716e-312, -0.4095965598094029), 4.0990839900287946e+127, 200},
		{"smallest^0.3", elementary.Pow(5e-324, 0.3), 1.018908996936868e-97, 200},
		{"smallest^-0.7", elementary.Pow(5e-324, -0.7), 2.0622947689510522e+226, 200},
		{"subnormal^0.99", elementary.Pow(1e-310, 0.99), 1.2589254117941713e-307, 200},
		{"half the smallest normal^0.3", elementary.Pow(0x1p-1023, 0.3), 4.110496954075372e-93, 200},
		{"largest subnormal^0.1", elementary.Pow(2.225073858507201e-308, 0.1), 1.7168582635060987e-31, 200},
		{"√ of the smallest", elementary.Pow(5e-324, 0.5), 2.2227587494850775e-162, 0},
		{"smallest^-0.95", elementary.Pow(5e-324, -0.95), 1.3832624124338602e+307, 200},
		{"smallest^2", elementary.Pow(5e-324, 2), 0, 0},
		{"smallest^-2", elementary.Pow(5e-324, -2), math.Inf(1), 0},
		{"smallest^1.5", elementary.Pow(5e-324, 1.5), 0, 0},
		{"smallest^+Inf", elementary.Pow(5e-324, math.Inf(1)), 0, 0},
		{"smallest^NaN", elementary.Pow(5e-324, math.NaN()), math.NaN(), 0},
		{"-smallest^0.5", elementary.Pow(-5e-324, 0.5), math.NaN(), 0},

		{"arcsin near 1; math.Asin is off by 1,000", elementary.Asin(0.9999999925552667), 1.57067430439299, 2},
		{"arccos next to 1; math.Acos has 8 digits", elementary.Acos(1 - 0x1p-52), 2.1073424255447017e-08, 2},
		{"arccos next to -1", elementary.Acos(-1 + 0x1p-52), 3.1415926325163688, 2},
		{"sinh 709.75, +Inf on amd64", elementary.Sinh(709.75), 8.699184366320803e+307, 4},
		{"sinh 710.4, where exp overflows", elementary.Sinh(710.4), 1.6663642832806496e+308, 4},
		{"sinh -710", elementary.Sinh(-710), -1.1169973830808557e+308, 4},
		{"sinh 711 overflows", elementary.Sinh(711), math.Inf(1), 0},
		{"cosh 709.75, +Inf on amd64", elementary.Cosh(709.75), 8.699184366320803e+307, 4},
		{"cosh -710", elementary.Cosh(-710), 1.1169973830808557e+308, 4},
		{"cosh 711 overflows", elementary.Cosh(711), math.Inf(1), 0},
	} {
		if off := ulps(tt.got, tt.want); !(off <= tt.most) {
			t.Errorf("%s = %v, want %v: %g units off, want at most %g", tt.name, tt.got, tt.want, off, tt.most)
		}
	}
}

// The functions have no step where their formula changes.
func TestJoints(t *testing.T) {
	below, above := elementary.Exp(709), elementary.Exp(math.Nextafter(709, 710))
	if ratio := above / below; !(1 <= ratio && ratio < 1+1e-12) {
		t.Errorf("exp jumps by a factor of %v at 709", ratio)
	}
	const normal = 0x1p-1022
	subnormal := math.Nextafter(normal, 0)
	if d := elementary.Log(normal) - elementary.Log(subnormal); !(0 <= d && d < 1e-12) {
		t.Errorf("ln jumps by %v at the smallest normal number", d)
	}
	if ratio := elementary.Pow(subnormal, 0.3) / elementary.Pow(normal, 0.3); !(math.Abs(ratio-1) < 1e-13) {
		t.Errorf("x^0.3 jumps by a factor of %v at the smallest normal number", ratio)
	}
}

// Powers with small integers have the bits of math.Pow, whatever x is.
func TestWhole(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	bits := func(x float64) uint64 {
		if math.IsNaN(x) {
			return math.Float64bits(math.NaN())
		}
		return math.Float64bits(x)
	}
	check := func(x, y float64) {
		t.Helper()
		if got, want := elementary.Pow(x, y), math.Pow(x, y); bits(got) != bits(want) {
			t.Errorf("%v^%v = %v, want %v", x, y, got, want)
		}
	}
	for n := range 70 {
		y := float64(n)
		for _, x := range []float64{
			0, math.Copysign(0, -1), 1, -1, 2, 0x1p-500, 5e-324, math.Inf(1), math.Inf(-1), math.NaN(),
		} {
			check(x, y)
		}
		for range 2000 {
			check(2*r.NormFloat64(), y)
			check(math.Float64frombits(r.Uint64()), y)
		}
	}
	for _, y := range []float64{1, 2.5, 63.99999999999999, 65, -2, -3, 0.5, math.Inf(1), math.NaN()} {
		check(1.5, y)
		if _, ok := elementary.WholeExponent(y); ok {
			t.Errorf("%v is said to be an integer from 2 to 64", y)
		}
	}
}

func TestSigmoid(t *testing.T) {
	for _, tt := range []struct{ x, want float64 }{
		{0, 0.5},
		{800, 1},
		{-800, 0},
		{-40, 4.248354255291589e-18},
		{-740, 4.199558216e-322},
		{math.Inf(1), 1},
		{math.Inf(-1), 0},
		{math.NaN(), math.NaN()},
	} {
		if got := elementary.Sigmoid(tt.x); ulps(got, tt.want) > 2 {
			t.Errorf("σ(%v) = %v, want %v", tt.x, got, tt.want)
		}
	}
}

// Of equal numbers each has the same share; those beyond the 32 that are kept are computed again.
func TestShares(t *testing.T) {
	y := make([]float64, 40)
	for i := range y {
		y[i] = 700 - float64(i)
	}
	var s elementary.Shares
	s.Of(y)
	sum := 0.0
	for i, yi := range y {
		if got := s.Exp(i, yi); ulps(got, math.Exp(-float64(i))) > 1 {
			t.Errorf("share %d is %v, want e^-%d", i, got, i)
		}
		sum += math.Exp(-float64(i))
	}
	if s.Largest != 700 || s.At != 0 || ulps(s.Sum(), sum) > 8 || ulps(s.Log(), math.Log(sum)) > 16 {
		t.Errorf("largest %v at %d, sum %v, logarithm %v", s.Largest, s.At, s.Sum(), s.Log())
	}
	inf := math.Inf(1)
	s = elementary.Shares{}
	if s.Of([]float64{inf, 1, inf}); s.Exp(2, inf) != 1 || s.Exp(1, 1) != 0 || s.Sum() != 2 {
		t.Errorf("shares of two infinite numbers: %+v", s)
	}
}

func TestPicked(t *testing.T) {
	const none = -1
	for _, tt := range []struct {
		index float64
		n     int
		want  int
	}{
		{0, 1, 0},
		{math.Copysign(0, -1), 1, 0},
		{2, 3, 2},
		{3, 3, none},
		{-1, 3, none},
		{0, 0, none},
		{1.4, 3, 1},
		{0.6, 3, 1},
		{-0.4, 3, 0},
		{2.4, 3, 2},
		{math.Nextafter(0.5, 0), 3, 0}, // adding ½ and rounding down would give 1
		{math.Nextafter(0.5, 1), 3, 1},
		{0.5, 3, none},
		{-0.5, 3, none},
		{1.5, 3, none},
		{2.5, 3, none},
		{math.Inf(1), 3, none},
		{math.Inf(-1), 3, none},
		{math.MaxFloat64, 3, none},
		{math.NaN(), 3, none},
	} {
		i, ok := elementary.Picked(tt.index, tt.n)
		if !ok {
			i = none
		}
		if i != tt.want {
			t.Errorf("Picked(%v, %d) is %d, want %d (%d: none)", tt.index, tt.n, i, tt.want, none)
		}
	}
}
