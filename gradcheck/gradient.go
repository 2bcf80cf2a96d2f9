package gradcheck

import (
	"math"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/internal/chain"
)

// TestGradient is for tests that know the whole gradient: it reports with t.Errorf each of the
// derivatives of root with respect to the Values in by that differs from the number in want. A
// number may be off by 10⁻⁹·Σ Π|∂|, the sum over all paths of the product of the absolute local
// derivatives, as a number of a [Derivation] that was computed. Numbers with fewer digits belong
// in quotes, in [TestDerivation].
//
// The Grad of the Values is neither used nor changed.
//
// It panics if t is nil. It reports an error if root or a Value is nil, if a Value is not one that
// root was computed from, or if by and want differ in length.
func TestGradient(t TB, root *gradus.Value, by []*gradus.Value, want []float64) {
	mustHave(t, "TestGradient").Helper()
	switch {
	case root == nil:
		t.Errorf("gradcheck: the root of the graph is nil, want a Value")
		return
	case len(by) != len(want):
		t.Errorf("gradcheck: got %d Values and %d derivatives, want the same number", len(by), len(want))
		return
	}
	gradient, size := chain.Gradient(root)
	for i, v := range by {
		if got, ok := gradient[v]; !ok {
			t.Errorf("gradcheck: the root was not computed from Value %d of %d: %v", i+1, len(by), v)
		} else if !equals(got, want[i], 1e-9*size[v]) {
			t.Errorf("gradcheck: the derivative by %s is %v, want %v", nameOf(v, i), got, want[i])
		}
	}
}

// equals reports whether two numbers are equal to within a tolerance. NaN equals NaN.
func equals(x, y, tolerance float64) bool {
	return x == y || math.IsNaN(x) && math.IsNaN(y) || math.Abs(x-y) <= tolerance && !math.IsInf(tolerance, 1)
}
