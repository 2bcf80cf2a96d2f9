package nn_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/gradus-go/gradus/nn"
)

// A distribution is what an Init promises: mean, variance and kurtosis E(x − mean)⁴/variance²,
// and the bounds.
type distribution struct {
	name                     string
	init                     nn.Init
	mean, variance, kurtosis float64
	lo, hi                   float64 // lo ≤ x < hi
}

const (
	fanIn, fanOut = 3, 5 // few, so that to count one too many shows
	normal, flat  = 3, 1.8
)

var inf = math.Inf(1)

// The formulas of the variances are those of the sources that init.go names.
func distributions() []distribution {
	glorot, kaiming := math.Sqrt(6./8), math.Sqrt(6./3)
	return []distribution{
		{"Uniform(0, 1)", nn.Uniform(0, 1), 0.5, 1. / 12, flat, 0, 1},
		{"Uniform(-1, 1)", nn.Uniform(-1, 1), 0, 1. / 3, flat, -1, 1},
		{"Uniform(2, 8)", nn.Uniform(2, 8), 5, 3, flat, 2, 8},
		{"Normal(0, 1)", nn.Normal(0, 1), 0, 1, normal, -inf, inf},
		{"Normal(3, 0.5)", nn.Normal(3, 0.5), 3, 0.25, normal, -inf, inf},
		{"Xavier", nn.Xavier, 0, 2. / 8, flat, -glorot, glorot},
		{"XavierNormal", nn.XavierNormal, 0, 2. / 8, normal, -inf, inf},
		{"He", nn.He, 0, 2. / 3, normal, -inf, inf},
		{"HeUniform", nn.HeUniform, 0, 2. / 3, flat, -kaiming, kaiming},
		{"LeCun", nn.LeCun, 0, 1. / 3, normal, -inf, inf},
	}
}

// The standard deviation of the mean of n numbers is √(variance/n), that of their variance is
// variance·√((kurtosis − 1)/n), and that of their kurtosis is at most the √(96/n) of a normal
// distribution. An error of 4 standard deviations happens by chance once in 16,000 times, and not
// with the fixed seed.
func TestMoments(t *testing.T) {
	const n = 100_000
	for _, d := range distributions() {
		rng, x, mean := newRand(), make([]float64, n), 0.0
		for i := range x {
			x[i] = d.init(rng, fanIn, fanOut)
			mean += x[i] / n
			if !(d.lo <= x[i] && x[i] < d.hi) {
				t.Fatalf("%s drew %v, want it in [%v, %v)", d.name, x[i], d.lo, d.hi)
			}
		}
		var variance, fourth float64
		for _, x := range x {
			square := (x - mean) * (x - mean)
			variance += square / n
			fourth += square * square / n
		}
		for _, m := range []struct {
			name             string
			got, want, bound float64
		}{
			{"mean", mean, d.mean, math.Sqrt(d.variance / n)},
			{"variance", variance, d.variance, d.variance * math.Sqrt((d.kurtosis-1)/n)},
			{"kurtosis", fourth / (variance * variance), d.kurtosis, math.Sqrt(96. / n)},
		} {
			if math.Abs(m.got-m.want) > 4*m.bound {
				t.Errorf("%s: %s of %d numbers is %v, want %v ± %.2g",
					d.name, m.name, n, m.got, m.want, 4*m.bound)
			}
		}
	}
}

// The same seed gives the same bits, and every number takes one draw from rng.
func TestSeed(t *testing.T) {
	for _, d := range distributions() {
		a, b, c, draws := newRand(), newRand(), rand.New(rand.NewPCG(2, 0)), newRand()
		differ := false
		for range 100 {
			x := d.init(a, fanIn, fanOut)
			if y := d.init(b, fanIn, fanOut); math.Float64bits(x) != math.Float64bits(y) {
				t.Errorf("%s draws %v and %v from the same seed", d.name, x, y)
			}
			differ = differ || x != d.init(c, fanIn, fanOut)
			if d.kurtosis == normal {
				draws.NormFloat64()
			} else {
				draws.Float64()
			}
		}
		if !differ {
			t.Errorf("%s draws the same numbers from another seed", d.name)
		}
		equal(t, d.name+": what is drawn next", a.Uint64(), draws.Uint64())
	}
}

// Each Init computes its number by its formula from what rng draws.
func TestDraws(t *testing.T) {
	f, g := newRand().Float64(), newRand().NormFloat64()
	for _, tt := range []struct {
		name string
		init nn.Init
		want float64
	}{
		{"Uniform(0, 1)", nn.Uniform(0, 1), f},
		{"Uniform(-1, 1)", nn.Uniform(-1, 1), 2*f - 1}, // 2·f is exact
		{"Normal(0, 1)", nn.Normal(0, 1), g},
		{"Xavier", nn.Xavier, math.Sqrt(6./8) * (2*f - 1)},
		{"XavierNormal", nn.XavierNormal, math.Sqrt(2./8) * g},
		{"He", nn.He, math.Sqrt(2./3) * g},
		{"HeUniform", nn.HeUniform, math.Sqrt(6./3) * (2*f - 1)},
		{"LeCun", nn.LeCun, math.Sqrt(1./3) * g},
		{"Constant(7)", nn.Constant(7), 7},
	} {
		equal(t, tt.name, tt.init(newRand(), fanIn, fanOut), tt.want)
	}
}

// An extreme is a source of random numbers that is always the same.
type extreme uint64

func (e extreme) Uint64() uint64 { return uint64(e) }

// The smallest number that can be drawn is in the range, the largest is below its end.
func TestRangesAreHalfOpen(t *testing.T) {
	for _, d := range distributions() {
		if math.IsInf(d.hi, 1) {
			continue
		}
		equal(t, fmt.Sprintf("%s, smallest", d.name), d.init(rand.New(extreme(0)), fanIn, fanOut), d.lo)
		largest := d.init(rand.New(extreme(math.MaxUint64)), fanIn, fanOut)
		if !(largest < d.hi && near(largest, d.hi, 2, d.hi-d.lo)) {
			t.Errorf("%s draws at most %v, want a number just below %v", d.name, largest, d.hi)
		}
	}
}
