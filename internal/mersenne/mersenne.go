package mersenne

import (
	"math/rand/v2"

	"gonum.org/v1/gonum/mathext/prng"
)

// NumPy returns a generator whose method Float64 returns the numbers of np.random.rand() after
// np.random.seed(seed), to the last bit.
//
// Source: NumPy's file mt19937.c, its legacy seeding and its random doubles of 53 bits.
func NumPy(seed uint32) *rand.Rand {
	mt := prng.NewMT19937()
	mt.Seed(uint64(seed))
	return rand.New(source{mt})
}

type source struct{ *prng.MT19937 }

// Uint64 returns the 53 bits that NumPy and CPython make of two numbers of 32 bits. The method Float64 of
// math/rand/v2 uses the low 53 bits of a Uint64 and divides them by 2⁵³, as they do.
func (s source) Uint64() uint64 {
	high, low := s.Uint32()>>5, s.Uint32()>>6
	return uint64(high)<<26 | uint64(low)
}
