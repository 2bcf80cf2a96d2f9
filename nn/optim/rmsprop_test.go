package optim_test

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/gradus-go/gradus/nn/optim"
)

// While the gradient stays the same, v = (1−αᵗ)g² and m = (1−αᵗ)g, so that v − m² = (1−αᵗ)αᵗg². With
// momentum, b is the sum of g/(√v + ε), in which older ones have the weight of a power of μ.
func TestRMSPropOnSlope(t *testing.T) {
	for _, centered := range []bool{false, true} {
		for _, momentum := range []float64{0, 0.5} {
			o := &optim.RMSProp{
				Rate: optim.Constant(0.125), Decay: 0.9, Epsilon: 0.01, Momentum: momentum, Centered: centered,
			}
			grad, x := []float64{1000, -3, 0.001, 0}, make([]float64, 4)
			want, b := make([]float64, 4), make([]float64, 4)
			for k := 1; k <= 20; k++ {
				o.Step(x, grad)
				share := 1 - math.Pow(0.9, float64(k))
				if centered {
					share *= math.Pow(0.9, float64(k))
				}
				for i, g := range grad {
					b[i] = momentum*b[i] + g/(math.Abs(g)*math.Sqrt(share)+0.01)
					want[i] -= 0.125 * b[i]
				}
				// v − m² loses up to three bits of v, which has a few roundings of 10⁻¹⁶.
				if diff := cmp.Diff(want, x, cmpopts.EquateApprox(1e-14, 0)); diff != "" {
					t.Fatalf("centered %t, μ = %v: x after %d steps (-want +got):\n%s", centered, momentum, k, diff)
				}
			}
		}
	}
}

// The variance of derivatives that stay the same is rounded, often to less than 0. Its root is none of
// a negative number.
func TestRMSPropVariance(t *testing.T) {
	o := optim.NewRMSProp(optim.Constant(1e-12))
	o.Centered = true
	x, grad := []float64{0, 0, 0}, []float64{0.1, -0.3, 1e5}
	for range 10000 {
		o.Step(x, grad)
	}
	for i := range x {
		if math.IsNaN(x[i]) || x[i]*grad[i] >= 0 {
			t.Errorf("x = %v after steps with the gradient %v, want it to move down the slope", x[i], grad[i])
		}
	}
}

// Weight decay is part of the derivative: the first step is as large as with any other derivative.
func TestRMSPropDecay(t *testing.T) {
	o, x := optim.NewRMSProp(optim.Constant(0.125)), []float64{1000, -1}
	o.Decay, o.WeightDecay = 0, 0.01
	o.Step(x, []float64{0, 0})
	want := []float64{1000 - 0.125, -1 + 0.125} // ε is 10⁻⁶ of the second derivative
	if diff := cmp.Diff(want, x, cmpopts.EquateApprox(0, 2e-7)); diff != "" {
		t.Errorf("x after a step (-want +got):\n%s", diff)
	}
}

// A field that is changed applies from the next step on.
func TestRMSPropFieldsChange(t *testing.T) {
	o, x := &optim.RMSProp{Rate: optim.Constant(1), Epsilon: 1}, []float64{0}
	for i, want := range []float64{
		-0.5,      // g/(√g² + ε) = ½
		-1, -1.75, // μ = ½: b = ½, ¾
		-2.25,                  // μ = 0: b is not asked
		-2.25 - 0.875,          // μ = ½ again: b = ¾/2 + ½
		-2.25 - 0.875 - 1.4375, // centered, with α = 0: v − m² = 0, and b = 0.875/2 + 1
		-2.25 - 0.875 - 1.9375, // not centered and μ = 0
	} {
		o.Momentum = []float64{0, 0.5, 0.5, 0, 0.5, 0.5, 0}[i]
		o.Centered = i == 5
		o.Step(x, []float64{1})
		if x[0] != want {
			t.Fatalf("x = %v after %d steps, want %v", x[0], i+1, want)
		}
	}
}

// Every parameter is updated, and alike, in the assembly as in Go, whatever the length.
func TestRMSPropAtEveryLength(t *testing.T) {
	for n := range 100 {
		o, x, grad := optim.NewRMSProp(optim.Constant(0.1)), make([]float64, n), make([]float64, n)
		o.WeightDecay = 0.5
		for i := range grad {
			grad[i] = float64(i - 3)
		}
		o.Step(x, grad)
		o.Step(x, grad)
		for i := range x {
			one, alone := optim.NewRMSProp(optim.Constant(0.1)), []float64{0}
			one.WeightDecay = 0.5
			one.Step(alone, grad[i:i+1])
			one.Step(alone, grad[i:i+1])
			if x[i] != alone[0] || (alone[0] == 0) != (i == 3) {
				t.Fatalf("%d parameters: x[%d] = %v, alone it is %v", n, i, x[i], alone[0])
			}
		}
	}
}
