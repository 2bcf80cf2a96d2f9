package main

import (
	"fmt"
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/gradus-go/gradus/examples/curvature/internal/linear"
)

// The gradient is Xᵀ(p − passed) and the Hessian Xᵀ·diag(p(1 − p))·X, where a row of X is hours and 1.
func TestDerivatives(t *testing.T) {
	d, err := recordDerivatives()
	if err != nil {
		t.Fatal(err)
	}
	for _, at := range [][]float64{{0, 0}, {1.5, -4}, {-2, 3}, {0.1, 0.2}} {
		gradient, hessian := []float64{0, 0}, [][]float64{{0, 0}, {0, 0}}
		for _, s := range students {
			row := []float64{s.hours, 1}
			p := 1 / (1 + math.Exp(-at[0]*s.hours-at[1]))
			for i := range row {
				gradient[i] += row[i] * (p - s.passed)
				for j := range row {
					hessian[i][j] += row[i] * p * (1 - p) * row[j]
				}
			}
		}
		d.at(at)
		near := cmpopts.EquateApprox(1e-13, 1e-13) // sums of 20 terms of up to 25
		if diff := cmp.Diff(gradient, d.gradient, near); diff != "" {
			t.Errorf("gradient at %v (-want +got):\n%s", at, diff)
		}
		if diff := cmp.Diff(hessian, d.hessian, near); diff != "" {
			t.Errorf("Hessian at %v (-want +got):\n%s", at, diff)
		}
	}
}

// The coefficients and their standard errors, the square roots of the diagonal of the Hessian's inverse, are
// those that Wikipedia's article prints.
func TestMinimum(t *testing.T) {
	d, err := recordDerivatives()
	if err != nil {
		t.Fatal(err)
	}
	x, err := d.minimum()
	if err != nil {
		t.Fatal(err)
	}
	first, _ := linear.Solve(d.hessian, []float64{1, 0})
	second, _ := linear.Solve(d.hessian, []float64{0, 1})
	got := fmt.Sprintf("%.4f %.4f %.4f %.4f", x[0], x[1], math.Sqrt(first[0]), math.Sqrt(second[1]))
	if want := "1.5046 -4.0777 0.6287 1.7610"; got != want {
		t.Errorf("coefficients and standard errors %s, want %s", got, want)
	}
	if math.Hypot(d.gradient[0], d.gradient[1]) > 1e-13 {
		t.Errorf("the gradient is %v, want 0", d.gradient)
	}
}

// Newton's method arrives in 8 steps at most, and its errors are squared. Those of gradient descent are in
// the end (λmax − λmin)/(λmax + λmin) times the last one.
func TestDescend(t *testing.T) {
	d, err := recordDerivatives()
	if err != nil {
		t.Fatal(err)
	}
	minimum, err := d.minimum()
	if err != nil {
		t.Fatal(err)
	}
	smaller, larger := linear.Eigenvalues(d.hessian)
	rate := 2 / (smaller + larger)
	p, err := d.descend(t.Context(), minimum, d.newtonStep)
	if n := len(p) - 1; err != nil || n > 8 || p[n] > arrived {
		t.Errorf("errors %.1e, %v; want at most %v after 8 steps or less", p, err, arrived)
	}
	for i := 1; i < len(p); i++ {
		if p[i] > 0.3*p[i-1]*p[i-1] {
			t.Errorf("step %d: the error is %v after %v, want at most 0.3 times its square", i, p[i], p[i-1])
		}
	}
	p, err = d.descend(t.Context(), minimum, func() ([]float64, error) {
		return []float64{-rate * d.gradient[0], -rate * d.gradient[1]}, nil
	})
	if n := len(p) - 1; err != nil || n < 900 || n > 1100 || p[n] > arrived {
		t.Fatalf("%v after %d steps with the error %v, want %v after about 1000", err, n, p[n], arrived)
	}
	got, want := math.Pow(p[900]/p[800], 0.01), (larger-smaller)/(larger+smaller)
	if math.Abs(got-want) > 5e-4 {
		t.Errorf("each error is %v times the last one, want %v", got, want)
	}
}

// A Hessian that is not positive definite has no step to a minimum.
func TestNewtonStepUphill(t *testing.T) {
	d := &derivatives{gradient: []float64{1, 1}, hessian: [][]float64{{1, 2}, {2, 1}}}
	if s, err := d.newtonStep(); err == nil {
		t.Errorf("step %v, want an error", s)
	}
}
