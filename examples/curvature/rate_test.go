package main

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/gradus-go/gradus/examples/curvature/internal/linear"
	"github.com/gradus-go/gradus/examples/internal/regression"
)

// The Hessian is 2·(Σx² Σx; Σx n), and gradient descent diverges above 2/λmax, to 11 digits.
func TestLargestRate(t *testing.T) {
	for seed := range uint64(3) {
		p := regression.NewPoints(rand.New(rand.NewPCG(seed, 0)), 2)
		want := [][]float64{{0, 0}, {0, 0}}
		for _, x := range p.X {
			want[0][0] += 2 * x * x
			want[0][1] += 2 * x
			want[1][0] += 2 * x
			want[1][1] += 2
		}
		H := errorHessian(p, regression.Line{M: 0.5, C: 0.25})
		if diff := cmp.Diff(want, H, cmpopts.EquateApprox(1e-14, 0)); diff != "" {
			t.Errorf("seed %d: Hessian (-want +got):\n%s", seed, diff)
		}
		_, larger := linear.Eigenvalues(H)
		if math.Abs(larger/p.Curvature()-1) > 1e-14 {
			t.Errorf("seed %d: λmax = %v, want %v", seed, larger, p.Curvature())
		}
		rate, err := divergesAbove(t.Context(), p, regression.Line{M: 0.5, C: 0.25})
		if err != nil || math.Abs(rate*larger/2-1) > 1e-11 {
			t.Errorf("seed %d: diverges above %v, %v; want %v", seed, rate, err, 2/larger)
		}
	}
}

func TestDiverges(t *testing.T) {
	p := regression.NewPoints(rand.New(rand.NewPCG(7, 0)), 2)
	for factor, want := range map[float64]bool{
		1e-6: false, 0.5: false, 1 - 1e-10: false, 1 + 1e-10: true, 1.5: true, 1000: true,
	} {
		if got := diverges(p, regression.Line{}, factor*2/p.Curvature()); got != want {
			t.Errorf("%v times 2/λmax: diverges: %t, want %t", factor, got, want)
		}
	}
}
