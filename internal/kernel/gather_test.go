package kernel

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// A place may occur twice: AddAt adds both.
func TestGather(t *testing.T) {
	x, at, z := []float64{10, 20, 30}, []int32{2, 0, 2}, make([]float64, 4)
	Gather(z, x, at)
	if diff := cmp.Diff([]float64{30, 10, 30, 0}, z); diff != "" {
		t.Errorf("Gather (-want +got):\n%s", diff)
	}
	AddAt(x, []float64{1, 2, 4, 8}, at)
	if diff := cmp.Diff([]float64{12, 20, 35}, x); diff != "" {
		t.Errorf("AddAt (-want +got):\n%s", diff)
	}
}
