// Package numpy has the random numbers of NumPy, for tutorials that are written with it.
package numpy

import (
	"math/rand/v2"

	"gonum.org/v1/gonum/mathext/prng"
)

// Random returns the stream of np.random.rand after np.random.seed(seed): its Float64 are
// NumPy's numbers, to the bit.
//
// Source: NumPy's legacy seeding and random doubles of 53 bits, mt19937.c; M. Matsumoto,
// T. Nishimura, Mersenne Twister, ACM TOMACS 8(1), 1998.
func Random(seed uint32) *rand.Rand {
	mt := prng.NewMT19937()
	mt.Seed(uint64(seed))
	return rand.New(source{mt})
}

type source struct{ *prng.MT19937 }

// Uint64 returns, in its low 53 bits, which Float64 of math/rand/v2 divides by 2⁵³, what NumPy
// makes of two draws of 32 bits.
func (s source) Uint64() uint64 {
	high, low := s.Uint32()>>5, s.Uint32()>>6
	return uint64(high)<<26 | uint64(low)
}
