package kernel

import (
	"fmt"
	"hash/fnv"
	"math"
	"math/big"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/gradus-go/gradus/internal/elementary"
	"github.com/gradus-go/gradus/internal/slow"
)

// A function is one of those of one number.
type function struct {
	name      string
	run       func(z, x []float64)
	one       func(x float64) float64 // in Go
	library   func(x float64) float64 // that of package math, or of what it is built
	double    func(x float64) scaledDouble
	big       func(x float64) *big.Float
	low, high float64   // it is defined, and neither 0 nor infinite, between the two, which are excluded
	steep     float64   // where it is interesting: from 0, or from low, to steep
	edges     []float64 // where its formula, or what it returns, changes
	bound     float64   // the units in the last place that its documentation names
	subnormal float64   // the same for subnormal results
}

var functions = []*function{
	{
		name: "Exp", run: Exp, one: goExp, library: elementary.Exp, double: doubleExp,
		big: func(x float64) *big.Float { return bigExp(bigNumber(x)) },
		low: -745.13, high: 709.78, steep: 2, bound: 0.63, subnormal: 0.8,
		edges: []float64{
			0, math.Ln2 / 2, -math.Ln2 / 2, 1.5 * math.Ln2, 709.78, -708.39, -744.44, 709.4362, 511.5 * math.Ln2,
		},
	},
	{
		name: "Log", run: Log, one: goLog, library: elementary.Log, double: doubleLog,
		big: func(x float64) *big.Float { return bigLog(bigNumber(x)) },
		low: 0, high: math.Inf(1), steep: 4, bound: 0.67, subnormal: 0.67,
		edges: []float64{
			1, 0.5, 2, math.Sqrt2, math.Sqrt2 / 2, math.Sqrt2 / 4, 0x1p-1022, 0x1p-1023, 0x1p-1073, 1e308,
			0x1p1023 * math.Sqrt2,
		},
	},
	{
		name: "Log1p", run: Log1p, one: goLog1p, library: math.Log1p, double: doubleLog1p,
		big: func(x float64) *big.Float { return bigLog1p(bigNumber(x)) },
		low: -1, high: math.Inf(1), steep: 4, bound: 0.8, subnormal: 0.8,
		edges: []float64{
			0, math.Sqrt2 - 1, math.Sqrt2/2 - 1, 1, 2*math.Sqrt2 - 1, -0.5, -1 + 0x1p-40, 0x1p53, 0x1p-53, -0x1p-53,
			0x1p-1022, 1e308, 0x1p1023 * math.Sqrt2, 0x1p1023 * math.Sqrt2 / 2,
		},
	},
	{
		name: "Tanh", run: Tanh, one: goTanh, library: math.Tanh, double: doubleTanh, big: bigTanh,
		low: -30, high: 30, steep: 2, bound: 0.7, subnormal: 0.5,
		edges: []float64{
			0, math.Ln2 / 4, -math.Ln2 / 4, math.Ln2 * 3 / 4, 18.71, 19.06, -19.06, 20, 0x1p-27, 0x1p-1022, -0x1p-1021,
		},
	},
	{
		name: "Sigmoid", run: Sigmoid, one: SigmoidOf, library: elementary.Sigmoid, double: doubleSigmoid,
		big: bigSigmoid,
		low: -745.13, high: 800, steep: 4, bound: 0.63, subnormal: 0.8,
		edges: []float64{0, math.Ln2 / 2, -math.Ln2 / 2, -708.39, -744.44, 36.73, 37.43, -36.73},
	},
	{
		name: "Softplus", run: alone(Softplus),
		one: func(x float64) float64 {
			z, _ := goSoftplus(x)
			return z
		},
		library: func(x float64) float64 { return max(x, 0) + math.Log1p(math.Exp(-math.Abs(x))) },
		double:  doubleSoftplus,
		big: func(x float64) *big.Float {
			z := bigLog1p(bigExp(bigNumber(-math.Abs(x))))
			return z.Add(z, bigNumber(max(x, 0)))
		},
		low: -745.13, high: 800, steep: 4, bound: 0.9, subnormal: 0.8,
		edges: []float64{
			0, math.Ln2 / 2, -math.Ln2 / 2, math.Log(math.Sqrt2 - 1), -math.Log(math.Sqrt2 - 1), -708.39, -744.44,
			36.73, 37.43, -36.73,
		},
	},
	{
		name: "Expm1", run: alone(Expm1),
		one: func(x float64) float64 {
			z, _ := goExpm1(x)
			return z
		},
		library: math.Expm1, double: doubleExpm1, big: bigExpm1,
		low: -760, high: 709.78, steep: 2, bound: 0.83, subnormal: 0.5,
		edges: []float64{
			0, math.Ln2 / 2, -math.Ln2 / 2, 1.5 * math.Ln2, -1.5 * math.Ln2, 36.73, 37.43, 45, -36.73, -37.43,
			709.78, 709.4362, 0x1p-27, -0x1p-53, 0x1p-1022, -0x1p-1021,
		},
	},
	{
		name: "GELU", run: alone(GELU),
		one: func(x float64) float64 {
			z, _ := goGELU(x)
			return z
		},
		library: elementary.GELU, double: doubleGELU, big: bigGELU,
		low: -38.4, high: 100, steep: 6, bound: 4.5, subnormal: 2,
		edges: []float64{0, 5, -5, 1, -1, 6, -6, 12, -12, -37.5, -38.4, 39, 8.3, 0x1p-53, -0x1p-1022},
	},
}

// alone returns a function without its second result.
func alone(f func(z, e, x []float64)) func(z, x []float64) {
	return func(z, x []float64) {
		var e [64]float64
		for ; len(z) > len(e); z, x = z[len(e):], x[len(e):] {
			f(z[:len(e)], e[:], x[:len(e)])
		}
		f(z, e[:len(z)], x)
	}
}

// draw returns a number at which the function has a value that is no special case: one of any magnitude,
// or any from the range, or one where the function is steep, in turns.
func (f *function) draw(r *rand.Rand) float64 {
	for {
		x := scaled(2*r.Float64()-1, 11-r.IntN(70))
		switch r.IntN(3) {
		case 1:
			x = math.Float64frombits(r.Uint64())
			if !math.IsInf(f.high, 1) {
				x = f.low + float64((f.high-f.low)*r.Float64())
			}
		case 2:
			x = max(f.low, -f.steep) + float64(r.Float64()*2*f.steep)
		}
		if f.low < x && x < f.high {
			return x
		}
	}
}

// worst returns by how much the results of f are off, at most: those that are not subnormal, and those
// that are, and where.
func (f *function) worst(xs []float64) (bound, subnormal, at float64) {
	zs := make([]float64, len(xs))
	f.run(zs, xs)
	for i, z := range zs {
		off := f.double(xs[i]).off(z)
		if math.Abs(z) < 0x1p-1022 {
			subnormal = max(subnormal, off)
			continue
		}
		if !(off <= bound) {
			bound, at = off, xs[i]
		}
	}
	return bound, subnormal, at
}

// check holds f at xs against the reference.
func (f *function) check(t *testing.T, xs []float64) (bound float64) {
	t.Helper()
	bound, subnormal, at := f.worst(xs)
	if !(bound <= f.bound) || !(subnormal <= f.subnormal) {
		t.Errorf("%s is off by %.4f units at %v, and by %.4f where it is subnormal, want at most %v and %v",
			f.name, bound, at, subnormal, f.bound, f.subnormal)
	}
	return bound
}

// TestFunctions holds the functions against the reference at random points, slowly at 10⁸ of them.
func TestFunctions(t *testing.T) {
	forceFused(t, true)
	blocks := 600 // of 1,000 numbers
	if slow.Wanted() {
		blocks = 1e5
	}
	for _, f := range functions {
		t.Run(f.name, func(t *testing.T) {
			t.Parallel()
			r, worst := newRand(9), 0.0
			xs := make([]float64, 1000)
			for range blocks / len(functions) {
				for i := range xs {
					xs[i] = f.draw(r)
				}
				worst = max(worst, f.check(t, xs))
			}
			t.Logf("%s is off by at most %.4f units", f.name, worst)
		})
	}
}

// At edges all neighbours are tested.
func TestFunctionsAtEdges(t *testing.T) {
	forceFused(t, true)
	for _, f := range functions {
		for _, edge := range f.edges {
			var xs []float64
			up, down := edge, edge
			for range 5000 {
				up, down = math.Nextafter(up, math.Inf(1)), math.Nextafter(down, math.Inf(-1))
				xs = append(xs, up, down)
			}
			f.check(t, slices.DeleteFunc(xs, func(x float64) bool { return !(f.low < x && x < f.high) }))
		}
	}
}

// TestFunctionsAgainstBig holds the functions against numbers of 300 bits, which owe nothing to the
// reference of the other tests.
func TestFunctionsAgainstBig(t *testing.T) {
	forceFused(t, true)
	points := 500
	if slow.Wanted() {
		points = 1e5 / len(functions)
	}
	r := newRand(10)
	for _, f := range functions {
		z := []float64{0}
		for range points {
			x := f.draw(r)
			f.run(z, []float64{x})
			want := f.big(x)
			unit := max(want.MantExp(nil)-53, -1074)
			d := bigNumber(z[0])
			d.Sub(d, want)
			bound := f.bound
			if unit == -1074 {
				bound = f.subnormal
			}
			if off, _ := d.SetMantExp(d, -unit).Float64(); !(math.Abs(off) <= bound) {
				t.Errorf("%s %v is off by %g units", f.name, x, off)
			}
		}
	}
}

// The special cases are those of package math.
func TestFunctionsSpecial(t *testing.T) {
	inf, zero := math.Inf(1), math.Copysign(0, -1)
	special := []float64{
		0, zero, inf, -inf, math.NaN(), -math.NaN(), math.MaxFloat64, -math.MaxFloat64, 709.782712893384,
		709.7827128933841, 710, 711, -745.1332191019412, -745.13321910194122, -745.2, -746, -747, -1, -2, -5e-324,
		math.Nextafter(-1, -2), -1e-310, 1e19, 20, -20, 40, -40,
	}
	for _, in := range available() {
		force(t, in)
		for _, f := range functions {
			for _, x := range special {
				switch {
				case f.name == "Log1p" && x == 1e19, f.name == "Log" && x > 0 && x < inf:
					continue // off by a unit in package math
				case f.name == "Expm1" && x == 709.782712893384:
					continue // infinite in package math
				}
				z := []float64{1}
				f.run(z, []float64{x})
				want := f.library(x)
				if f.low < x && x < f.high && !(want == 0 || math.Abs(want) == 1) {
					continue // no special case
				}
				if !identical(z[0], want) {
					t.Errorf("%v: %s %v = %v, want %v", in, f.name, x, z[0], want)
				}
			}
		}
	}
}

// forceFused makes the Go code fuse or not until the test ends. A machine that cannot is slow then.
func forceFused(t *testing.T, yes bool) {
	t.Helper()
	if yes && !mayFuse {
		t.Skip("machines of this architecture do not multiply and add in one instruction")
	}
	before := fuses
	fuses = yes
	t.Cleanup(func() { fuses = before })
}

// identical reports whether two numbers have the same bits, or are both NaN.
func identical(x, y float64) bool {
	return math.Float64bits(x) == math.Float64bits(y) || x != x && y != y
}

// Bits depend on the number alone: not on the instructions, nor on the place or the number of elements,
// nor on whether z is x. Nothing is written beyond.
func TestFunctionsSameBits(t *testing.T) {
	forceFused(t, true)
	r := newRand(11)
	for _, in := range available() {
		force(t, in)
		for _, f := range functions {
			for _, n := range append(lengths(), 50000) {
				x := make([]float64, n)
				for i := range x {
					if x[i] = f.draw(r); r.IntN(4) == 0 {
						x[i] = math.Float64frombits(r.Uint64())
					}
				}
				z, inPlace := moved(x, n%5), moved(x, n%3)
				f.run(z, x)
				f.run(inPlace, inPlace)
				for i := range x {
					if want := f.one(x[i]); !identical(z[i], want) || !identical(inPlace[i], want) {
						t.Fatalf("%v: %s %v = %v, in place %v, at %d of %d, want %v",
							in, f.name, x[i], z[i], inPlace[i], i, n, want)
					}
				}
				if !same(z[n:n+9], moved(nil, 0)[:9]) || !same(inPlace[n:n+9], moved(nil, 0)[:9]) {
					t.Fatalf("%v: %s of %d numbers writes beyond", in, f.name, n)
				}
			}
		}
	}
}

// Bits are the same on every architecture that multiplies and adds in one instruction.
func TestFunctionsSameBitsEverywhere(t *testing.T) {
	forceFused(t, true)
	r, sum := newRand(14), fnv.New64a()
	for _, f := range functions {
		z := make([]float64, 2000)
		for i := range z {
			z[i] = f.draw(r)
		}
		f.run(z, z)
		for _, v := range z {
			fmt.Fprintf(sum, "%x ", math.Float64bits(v))
		}
	}
	if got, want := sum.Sum64(), uint64(0x3735ea5705da46ac); got != want {
		t.Errorf("the checksum of %d functions is %#x, want %#x", len(functions), got, want)
	}
}

// Softplus and Expm1 hand out what Exp computes.
func TestKeepExp(t *testing.T) {
	r := newRand(12)
	for _, in := range available() {
		force(t, in)
		x := make([]float64, 1003)
		z, e, want := slices.Clone(x), slices.Clone(x), slices.Clone(x)
		for i := range x {
			x[i] = functions[0].draw(r)
		}
		Expm1(z, e, x)
		if Exp(want, x); !same(e, want) {
			t.Errorf("%v: the exponentials of Expm1 are not those of Exp", in)
		}
		for i := range x {
			want[i] = -math.Abs(x[i])
		}
		Softplus(z, e, x)
		if Exp(want, want); !same(e, want) {
			t.Errorf("%v: the exponentials of Softplus are not those of Exp", in)
		}
	}
}

// SiLU and its derivative are those of package elementary, up to two units in the last place of either.
func TestSiLU(t *testing.T) {
	r, inf := newRand(14), math.Inf(1)
	special := []float64{inf, -inf, math.NaN(), 0, math.Copysign(0, -1), 750, -750, 2000, -2000, 1e300, -1e-310}
	for _, in := range available() {
		force(t, in)
		for _, n := range []int{0, 1, 3, 8, 1003} {
			x := slices.Concat(special, make([]float64, n))[:n]
			for i := min(len(special), n); i < n; i++ {
				x[i] = 50 * r.NormFloat64()
			}
			z, e := slices.Clone(x), make([]float64, 2*n)
			gz, gx := slices.Repeat([]float64{1}, n), make([]float64, n)
			SiLU(z, e, x)
			SiLUGrad(gx, gz, z, e)
			for i, v := range x {
				if want := elementary.SiLU(v); !isNear(z[i], want, 4*unitOf(want)) {
					t.Errorf("%v: SiLU(%v) = %v, want %v", in, v, z[i], want)
				}
				size := elementary.Sigmoid(v) * (1 + min(math.Abs(v), 1000)*elementary.Sigmoid(-v))
				if want := elementary.SiLUSlope(v); !isNear(gx[i], want, 4*unitOf(size)) {
					t.Errorf("%v: the derivative at %v is %v, want %v", in, v, gx[i], want)
				}
			}
		}
	}
}

// isNear reports whether numbers differ by at most that much, or are both NaN.
func isNear(got, want, off float64) bool {
	return got == want || math.IsNaN(got) && math.IsNaN(want) || math.Abs(got-want) <= off
}

// unitOf returns a unit in the last place of a number.
func unitOf(x float64) float64 { return math.Nextafter(math.Abs(x), math.Inf(1)) - math.Abs(x) }

// Without fused multiply-adds the functions are those of package math.
func TestFunctionsNotFused(t *testing.T) {
	force(t, portable)
	forceFused(t, false)
	r := newRand(13)
	for _, f := range functions {
		for range 100 {
			x := []float64{f.draw(r)}
			want := f.library(x[0])
			f.run(x, x)
			if x[0] != want {
				t.Errorf("%s is %v, want %v", f.name, x[0], want)
			}
		}
	}
}

func TestFunctionsPanic(t *testing.T) {
	for _, f := range functions {
		mustPanic(t, f.name+": the lengths differ", func() { f.run(make([]float64, 2), make([]float64, 3)) })
	}
	for _, in := range available() {
		force(t, in)
		mustPanic(t, "Softplus: the lengths differ", func() { Softplus([]float64{1}, nil, []float64{1}) })
		mustPanic(t, "Expm1: the lengths differ", func() { Expm1([]float64{1}, nil, []float64{1}) })
	}
	mustPanic(t, "SiLU: the lengths do not fit", func() { SiLU([]float64{1}, []float64{1}, []float64{1}) })
	mustPanic(t, "SiLUGrad: the lengths do not fit", func() {
		SiLUGrad([]float64{1}, []float64{1}, []float64{1}, []float64{1})
	})
}
