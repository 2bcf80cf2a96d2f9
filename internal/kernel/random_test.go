package kernel

import (
	"math"
	"math/rand/v2"
)

func newRand(seed uint64) *rand.Rand { return rand.New(rand.NewPCG(seed, 0)) }

// numbers returns n numbers of both signs and of magnitudes some powers of two apart.
func numbers(r *rand.Rand, n int) []float64 {
	x := make([]float64, n)
	for i := range x {
		x[i] = math.Ldexp(2*r.Float64()-1, r.IntN(8)-4)
	}
	return x
}

func (in instructionSet) String() string {
	return []string{"portable", "avx2", "avx512", "neon"}[in]
}
