package main

import (
	"math/rand/v2"

	"gonum.org/v1/gonum/mathext/prng"
)

// numpyRandom returns the stream of np.random.rand after np.random.seed(seed): its Float64 are
// NumPy's numbers, to the bit.
//
// Source: NumPy's legacy seeding and random doubles of 53 bits, mt19937.c; M. Matsumoto,
// T. Nishimura, Mersenne Twister, ACM TOMACS 8(1), 1998.
func numpyRandom(seed uint32) *rand.Rand {
	mt := prng.NewMT19937()
	mt.Seed(uint64(seed))
	return rand.New(numpySource{mt})
}

type numpySource struct{ *prng.MT19937 }

// Uint64 returns, in its low 53 bits, which Float64 of math/rand/v2 divides by 2⁵³, what NumPy
// makes of two draws of 32 bits.
func (s numpySource) Uint64() uint64 {
	high, low := s.Uint32()>>5, s.Uint32()>>6
	return uint64(high)<<26 | uint64(low)
}
