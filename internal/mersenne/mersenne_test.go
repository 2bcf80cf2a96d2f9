package mersenne

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// The numbers are what NumPy 1.24 prints for np.random.seed(s); np.random.rand(3).
func TestNumPy(t *testing.T) {
	for seed, want := range map[uint32][]float64{
		0:  {0.5488135039273248, 0.7151893663724195, 0.6027633760716439},
		1:  {0.417022004702574, 0.7203244934421581, 0.00011437481734488664},
		42: {0.3745401188473625, 0.9507143064099162, 0.7319939418114051},
	} {
		rng := NumPy(seed)
		got := []float64{rng.Float64(), rng.Float64(), rng.Float64()}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("seed %d (-want +got):\n%s", seed, diff)
		}
	}
}
