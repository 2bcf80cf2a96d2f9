package kernel

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Any number of places, some of which occur twice: AddAt adds both.
func TestGather(t *testing.T) {
	r := newRand(14)
	for n := range 14 {
		x, at, z := numbers(r, 5), make([]int32, n), numbers(r, n+1)
		for i := range at {
			at[i] = int32(r.IntN(len(x)))
		}
		want := slices.Clone(z)
		for i, k := range at {
			want[i] = x[k]
		}
		Gather(z, x, at)
		if diff := cmp.Diff(want, z); diff != "" {
			t.Errorf("Gather of %d (-want +got):\n%s", n, diff)
		}
		want = slices.Clone(x)
		for i, k := range at {
			want[k] += z[i]
		}
		AddAt(x, z, at)
		if diff := cmp.Diff(want, x); diff != "" {
			t.Errorf("AddAt of %d (-want +got):\n%s", n, diff)
		}
	}
}
