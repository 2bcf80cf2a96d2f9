package compile

import (
	"math"
	"testing"
)

// Sums with one product each, whose factors have the numbers of nodes at equal distances, as those of the
// samples of a loss do, lie in the table of gather as if at random.
func TestHash(t *testing.T) {
	const sums, width = 5000, 14
	for distance := range 200 {
		w := &rewrite{role: make([]role, 1), level: make([]int32, 1)}
		places := map[uint64]bool{}
		for k := range sums {
			w.pairs = []pair{{0, int32((distance + 1) * k)}}
			s := sum{pairs: span{0, 1}, addends: span{0, 1}}
			places[w.hash(&s)>>(64-width)] = true
		}
		const size = 1 << width
		want := size * (1 - math.Exp(-sums/float64(size)))
		if n := len(places); float64(n) < 0.97*want {
			t.Errorf("%d sums, at a distance of %d, lie at %d places of %d, want about %.0f or more",
				sums, distance+1, n, size, want)
		}
	}
}
