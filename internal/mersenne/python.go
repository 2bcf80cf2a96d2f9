package mersenne

import (
	"math"
	"math/bits"
	"sort"

	"gonum.org/v1/gonum/mathext/prng"
)

// A Python draws the numbers of CPython's module random, in the same order.
//
// Source: CPython 3.11, the documentation of its module random; the bits of a number are those of its
// file _randommodule.c, and the formulas those of random.py.
type Python struct {
	bits   source
	spare  float64 // the second number of a pair of Gauss
	spared bool
}

// NewPython returns the generator that random.seed(seed) leaves.
func NewPython(seed uint64) *Python {
	mt, keys := prng.NewMT19937(), []uint32{uint32(seed)}
	if high := uint32(seed >> 32); high != 0 {
		keys = append(keys, high)
	}
	mt.SeedFromKeys(keys)
	return &Python{bits: source{mt}}
}

// Float64 returns random.random(), a number in [0, 1).
func (p *Python) Float64() float64 { return float64(p.bits.Uint64()) / (1 << 53) }

// Gauss returns random.gauss(0, sigma). It makes two numbers at a time of two uniform ones, u and v:
// cos(2πu)·√(−2·ln(1 − v)), and the same with the sine.
func (p *Python) Gauss(sigma float64) float64 {
	if p.spared {
		p.spared = false
		return p.spare * sigma
	}
	sin, cos := math.Sincos(p.Float64() * (2 * math.Pi))
	radius := math.Sqrt(-2 * math.Log(1-p.Float64()))
	p.spare, p.spared = sin*radius, true
	return cos * radius * sigma
}

// Shuffle is random.shuffle of n elements, of which swap swaps two.
func (p *Python) Shuffle(n int, swap func(i, j int)) {
	for i := n - 1; i > 0; i-- {
		swap(i, p.below(uint32(i+1)))
	}
}

// below returns a whole number in [0, n): the first of as many random bits as n has that is less than n.
func (p *Python) below(n uint32) int {
	for {
		if x := p.bits.Uint32() >> bits.LeadingZeros32(n); x < n {
			return int(x)
		}
	}
}

// Choice returns random.choices(range(len(weights)), weights)[0]: the index i with the probability
// weights[i]/Σ weights.
func (p *Python) Choice(weights []float64) int {
	sums, sum := make([]float64, len(weights)), 0.0
	for i, w := range weights {
		sum += w
		sums[i] = sum
	}
	u := p.Float64() * sum
	return sort.Search(len(sums)-1, func(i int) bool { return u < sums[i] })
}
