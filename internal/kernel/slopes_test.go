package kernel

import (
	"math"
	"slices"
	"testing"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/internal/builtin"
	"github.com/gradus-go/gradus/internal/elementary"
)

// A sloped function, the op that defines it, and by how much results and slopes at x may differ from those of
// the op. If off is nil, they must have the same bits.
var sloped = []struct {
	op  *gradus.Op
	run func(z, d, x []float64)
	off func(x float64) (z, d float64)
}{
	{builtin.ELU.Op(), ELU, func(x float64) (z, d float64) {
		return 2 * unitOf(elementary.ELU(x)), 2 * unitOf(math.Exp(min(x, 0)))
	}},
	// The op rounds x/√2 twice, which changes Φ(x) by up to 2x² units.
	{builtin.GELU.Op(), GELU, func(x float64) (z, d float64) {
		normal, density := math.Erfc(-x/math.Sqrt2)/2, math.Exp(-x*x/2)/elementary.Sqrt2Pi
		units := 6 + min(2*x*x, 1e4)
		return units * unitOf(elementary.GELU(x)), units * unitOf(normal+math.Abs(max(x, -1000)*density))
	}},
	{builtin.LeakyReLU.Op(), func(z, d, x []float64) { LeakyReLU(z, d, x, 0.01) }, nil},
	{builtin.Abs.Op(), Abs, nil},
	{builtin.Sign.Op(), func(z, d, x []float64) { clear(d); Sign(z, x) }, nil},
	{builtin.Step.Op(), func(z, d, x []float64) { clear(d); Step(z, x) }, nil},
}

// Functions and their slopes are those of the ops, also where the ops have special cases.
func TestSlopes(t *testing.T) {
	r, inf := newRand(15), math.Inf(1)
	special := []float64{
		0, math.Copysign(0, -1), inf, -inf, math.NaN(), 1, -1, 5e-324, -5e-324, 40, -40, 800, -800, 1e300, -1e300,
		-1e-310, 1e-9, -1e-9, 38.5, -38.5, 1.9e-8,
	}
	for _, in := range available() {
		force(t, in)
		for _, f := range sloped {
			for _, n := range append(lengths(), 1003) {
				x := slices.Concat(special, make([]float64, n))[:n]
				for i := min(len(special), n); i < n; i++ {
					x[i] = 10 * r.NormFloat64()
				}
				z, d := moved(x, n%3), moved(x, n%5)
				f.run(z, d, x)
				for i, v := range x {
					want, slope := f.op.Eval(v), []float64{0}
					f.op.Partials(slope, []float64{v}, want)
					same := identical(z[i], want) && identical(d[i], slope[0])
					if f.off != nil {
						zOff, dOff := f.off(v)
						same = isNear(z[i], want, zOff) && isNear(d[i], slope[0], dOff) &&
							(v != 0 || math.Signbit(z[i]) == math.Signbit(want))
					}
					if !same {
						t.Errorf("%v: %s(%v) = %v with slope %v at %d of %d, want %v with %v",
							in, f.op.Name(), v, z[i], d[i], i, n, want, slope[0])
					}
				}
				if !same(z[n:n+9], moved(nil, 0)[:9]) || !same(d[n:n+9], moved(nil, 0)[:9]) {
					t.Fatalf("%v: %s of %d numbers writes beyond", in, f.op.Name(), n)
				}
			}
			for _, x := range [][]float64{{1}, {1, 2, 3}} {
				mustPanic(t, "lengths differ", func() { f.run([]float64{1, 2}, []float64{1, 2}, x) })
			}
			if f.op != builtin.Sign.Op() && f.op != builtin.Step.Op() {
				mustPanic(t, "lengths differ", func() { f.run([]float64{1, 2, 3}, []float64{1, 2}, []float64{1, 2, 3}) })
			}
		}
	}
}
