package slab_test

import (
	"testing"

	"github.com/gradus-go/gradus/internal/slab"
)

// Slices must not overlap, whatever their lengths. After Reset the same memory is lent again.
func TestSlab(t *testing.T) {
	var s slab.Slab[int]
	lengths := []int{1, 255, 0, 256, 257, 1000, 3, 300, 5000, 2}
	lend := func() {
		s.Reset()
		var lent [][]int
		for i, n := range lengths {
			x := s.Take(n)
			if len(x) != n || cap(x) != n {
				t.Fatalf("Take(%d) has length %d and capacity %d", n, len(x), cap(x))
			}
			for j := range x {
				x[j] = i
			}
			lent = append(lent, x)
		}
		for i, x := range lent {
			for j := range x {
				if x[j] != i {
					t.Fatalf("element %d of slice %d belongs to slice %d, too", j, i, x[j])
				}
			}
		}
	}
	lend()
	if got := testing.AllocsPerRun(10, func() {
		s.Reset()
		for _, n := range lengths {
			s.Take(n)
		}
	}); got != 0 {
		t.Errorf("the second time it allocates %v times, want 0", got)
	}
	lend()
}
