package optim_test

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/gradus-go/gradus/nn/optim"
)

// While the gradient stays the same, m̂ = g and v̂ = g²: every step is η·g/(|g| + ε), from the
// first one on. 1 − 0.999ᵗ loses up to ten bits of 1, hence the tolerance.
func TestAdamOnSlope(t *testing.T) {
	for _, epsilon := range []float64{1e-8, 1} {
		o := optim.NewAdam(optim.Constant(0.125))
		o.Epsilon = epsilon
		grad, x := []float64{1000, -3, 0.001, 0}, make([]float64, 4)
		for k := 1; k <= 1000; k++ {
			o.Step(x, grad)
			want := make([]float64, len(x))
			for i, g := range grad {
				want[i] = -0.125 * float64(k) * g / (math.Abs(g) + epsilon)
			}
			if diff := cmp.Diff(want, x, cmpopts.EquateApprox(1e-12, 0)); diff != "" {
				t.Fatalf("ε = %v: x after %d steps (-want +got):\n%s", epsilon, k, diff)
			}
		}
	}
}

// With β₁ = β₂ = 0 nothing is remembered, and nothing to be corrected.
func TestAdamWithoutMemory(t *testing.T) {
	o, x := &optim.Adam{Rate: optim.Constant(1), Epsilon: 1}, []float64{0}
	for i, want := range []float64{-0.75, -0.25, -0.75} {
		o.Step(x, []float64{[]float64{3, -1, 1}[i]}) // 3/4, -1/2, 1/2
		if x[0] != want {
			t.Fatalf("x = %v after %d steps, want %v", x[0], i+1, want)
		}
	}
}

// Without a gradient, AdamW multiplies x by 1 − ηλ and does nothing else.
func TestAdamWDecay(t *testing.T) {
	o := optim.NewAdamW(optim.Linear(0.5, 0.25, 1))
	o.WeightDecay = 0.5
	x := []float64{1, -4}
	want := 0.75 // η is ½ in the first step, and ¼ in all others
	for k := range 10 {
		o.Step(x, []float64{0, 0})
		if x[0] != want || x[1] != -4*want {
			t.Fatalf("x = %v after %d steps, want %v times [1 -4]", x, k+1, want)
		}
		want *= 0.875
	}
}

// What decays by λx in the gradient moves as far as with any other gradient.
func TestAdamDecay(t *testing.T) {
	o, x := optim.NewAdam(optim.Constant(0.125)), []float64{1000, -1}
	o.WeightDecay = 0.01
	o.Step(x, []float64{0, 0})
	want := []float64{1000 - 0.125, -1 + 0.125} // ε is 10⁻⁶ of the second derivative
	if diff := cmp.Diff(want, x, cmpopts.EquateApprox(0, 2e-7)); diff != "" {
		t.Errorf("x after a step (-want +got):\n%s", diff)
	}
}

func TestDefaults(t *testing.T) {
	rate := cmpopts.IgnoreFields(optim.Adam{}, "Rate")
	unexported := cmpopts.IgnoreUnexported(optim.Adam{})
	want := &optim.Adam{Beta1: 0.9, Beta2: 0.999, Epsilon: 1e-8}
	if diff := cmp.Diff(want, optim.NewAdam(nil), rate, unexported); diff != "" {
		t.Errorf("NewAdam (-want +got):\n%s", diff)
	}
	want.WeightDecay, want.Decoupled = 0.01, true
	if diff := cmp.Diff(want, optim.NewAdamW(nil), rate, unexported); diff != "" {
		t.Errorf("NewAdamW (-want +got):\n%s", diff)
	}
}
