package optim_test

import (
	"math"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/gradus-go/gradus/nn/optim"
)

// A norm, a quotient and a product are off by four roundings or fewer.
var equateNorm = cmp.Options{cmpopts.EquateApprox(4.5e-16, 0), cmpopts.EquateNaNs()}

// The 10⁻⁶ of ClipNorm is a millionth of the norm or less.
var equateClip = cmpopts.EquateApprox(1e-6, 0)

func TestClipNorm(t *testing.T) {
	const tiny, huge = math.SmallestNonzeroFloat64, math.MaxFloat64
	for _, tt := range []struct {
		why   string
		grad  []float64
		limit float64
		norm  float64
		want  []float64
	}{
		{"longer", []float64{3, -4}, 1, 5, []float64{0.6 / (1 + 2e-7), -0.8 / (1 + 2e-7)}},
		{"shorter", []float64{3, -4}, 6, 5, []float64{3, -4}},
		{"10⁻⁶ decides", []float64{3, -4}, 5, 5, []float64{3 / (1 + 2e-7), -4 / (1 + 2e-7)}},
		{"it just does not", []float64{3, -4}, 5.000001, 5, []float64{3, -4}},
		{"none", nil, 1, 0, nil},
		{"zeros", []float64{0, 0}, 1, 0, []float64{0, 0}},
		{"squares overflow", []float64{3e200, 4e200}, 1e200, 5e200, []float64{0.6e200, 0.8e200}},
		{"squares underflow", []float64{3e-200, 4e-200}, 1, 5e-200, []float64{3e-200, 4e-200}},
		{"subnormal", []float64{3 * tiny, 4 * tiny}, 1, 5 * tiny, []float64{3 * tiny, 4 * tiny}},
		{"the norm overflows", []float64{huge, -huge, 1}, 1, inf, []float64{0, 0, 0}},
		{"NaN", []float64{1, nan, 0}, 1, nan, []float64{nan, nan, nan}},
		{"Inf", []float64{1, inf, -inf, 0}, 1, inf, []float64{0, nan, nan, 0}},
		{"both", []float64{inf, nan, 1}, 1, nan, []float64{nan, nan, nan}},
		{"both, the other way round", []float64{1, nan, inf}, 1, nan, []float64{nan, nan, nan}},
	} {
		grad := slices.Clone(tt.grad)
		norm := optim.ClipNorm(grad, tt.limit)
		if diff := cmp.Diff(tt.norm, norm, equateNorm); diff != "" {
			t.Errorf("%s: norm of %v (-want +got):\n%s", tt.why, tt.grad, diff)
		}
		if diff := cmp.Diff(tt.want, grad, equateNorm); diff != "" {
			t.Errorf("%s: %v clipped to %v (-want +got):\n%s", tt.why, tt.grad, tt.limit, diff)
		}
	}
}

// Clip does what ClipNorm and the optimiser do one after the other, to the bit.
func TestClip(t *testing.T) {
	rate := optim.Constant(0.1)
	clipped := optim.Clip(optim.NewAdamW(rate), 2)
	plain := optim.NewAdamW(rate)
	x, y := []float64{1, 2, 3}, []float64{1, 2, 3}
	for _, grad := range [][]float64{{3, 0, 4}, {1, -1, 0.5}, {nan, 0, 0}, {1, 1, 1}} {
		clipped.Step(x, grad)
		optim.ClipNorm(grad, 2)
		plain.Step(y, grad)
		if diff := cmp.Diff(y, x, cmpopts.EquateNaNs()); diff != "" {
			t.Errorf("after %v (-ClipNorm and Step +Clip):\n%s", grad, diff)
		}
	}
}
