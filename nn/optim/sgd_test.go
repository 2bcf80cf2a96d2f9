package optim_test

import (
	"math"
	"testing"

	"github.com/gradus-go/gradus/nn/optim"
)

// On ½x² every step multiplies x by 1 − η. With η = ¼ nothing is rounded.
func TestSGDOnQuadratic(t *testing.T) {
	o, x := optim.NewSGD(optim.Constant(0.25)), []float64{1, -8}
	for k := 1; k <= 20; k++ {
		o.Step(x, []float64{x[0], x[1]})
		if want := math.Pow(0.75, float64(k)); x[0] != want || x[1] != -8*want {
			t.Fatalf("x = %v after %d steps, want %v times [1 -8]", x, k, want)
		}
	}
}

// With g = 1 and μ = ½ the velocity is 2 − 2¹⁻ᵏ, and x the sum of velocities, exactly.
func TestMomentumOnSlope(t *testing.T) {
	o, x := &optim.SGD{Rate: optim.Constant(1), Momentum: 0.5}, []float64{0}
	for k := 1; k <= 20; k++ {
		o.Step(x, []float64{1})
		if want := -(2*float64(k) - 2 + math.Ldexp(2, -k)); x[0] != want {
			t.Fatalf("x = %v after %d steps, want %v", x[0], k, want)
		}
	}
}

// With g = 1 and μ = ½, each step is the velocity that ordinary momentum has a step later: 2 − 2⁻ᵏ.
func TestNesterovOnSlope(t *testing.T) {
	o, x := &optim.SGD{Rate: optim.Constant(1), Momentum: 0.5, Nesterov: true}, []float64{0}
	for k := 1; k <= 20; k++ {
		o.Step(x, []float64{1})
		if want := -(2*float64(k) - 1 + math.Ldexp(1, -k)); x[0] != want {
			t.Fatalf("x = %v after %d steps, want %v", x[0], k, want)
		}
	}
}

// x is the point θ + μu at which Sutskever et al. take the gradient, where u = μu − η∇f(θ + μu) and
// θ = θ + u. Here f = ½x₁² + 50x₂², with weight decay in the gradient.
// Source: I. Sutskever et al., ICML 2013, equations 3 and 4.
func TestNesterovLooksAhead(t *testing.T) {
	const eta, mu, decay = 0.005, 0.9, 0.5
	o := &optim.SGD{Rate: optim.Constant(eta), Momentum: mu, Nesterov: true, WeightDecay: decay}
	x, curvature := []float64{1, -8}, []float64{1, 100}
	theta, u := []float64{1, -8}, []float64{0, 0}
	for k := 1; k <= 100; k++ {
		o.Step(x, []float64{curvature[0] * x[0], curvature[1] * x[1]})
		for i, c := range curvature {
			u[i] = mu*u[i] - eta*(c+decay)*(theta[i]+mu*u[i])
			theta[i] += u[i]
			// The numbers are less than 10, a hundred roundings of which are less than 10⁻¹³.
			if want := theta[i] + mu*u[i]; math.Abs(x[i]-want) > 1e-13 {
				t.Fatalf("x[%d] = %v after %d steps, want %v", i, x[i], k, want)
			}
		}
	}
}

// Without a gradient, decay multiplies x by 1 − ηλ.
func TestSGDDecay(t *testing.T) {
	o, x := &optim.SGD{Rate: optim.Constant(0.5), WeightDecay: 0.5}, []float64{1}
	for k := 1; k <= 20; k++ {
		o.Step(x, []float64{0})
		if want := math.Pow(0.75, float64(k)); x[0] != want {
			t.Fatalf("x = %v after %d steps, want %v", x[0], k, want)
		}
	}
}

// A field that is changed applies from the next step on.
func TestSGDFieldsChange(t *testing.T) {
	o, x := optim.NewSGD(optim.Constant(1)), []float64{0}
	for i, want := range []float64{
		-1,              // no velocity yet
		-2, -3.5, -5.25, // μ = ½: v = 1, 1.5, 1.75
		-6.25,             // μ = 0: v is not asked
		-6.25 - 1 - 0.875, // μ = ½ again: v = 1.75/2 + 1
	} {
		o.Momentum = []float64{0, 0.5, 0.5, 0.5, 0, 0.5}[i]
		o.Step(x, []float64{1})
		if x[0] != want {
			t.Fatalf("x = %v after %d steps, want %v", x[0], i+1, want)
		}
	}
}

// Every parameter is updated, and alike, in the assembly as in Go, whatever the length.
func TestSGDAtEveryLength(t *testing.T) {
	for n := range 100 {
		for _, momentum := range []float64{0, 0.5} {
			o := &optim.SGD{Rate: optim.Constant(0.5), Momentum: momentum}
			x, grad := make([]float64, n), make([]float64, n)
			for i := range grad {
				grad[i] = float64(i)
			}
			o.Step(x, grad)
			o.Step(x, grad)
			for i := range x {
				if want := -0.5 * (2 + momentum) * float64(i); x[i] != want {
					t.Fatalf("%d parameters: x[%d] = %v, want %v", n, i, x[i], want)
				}
			}
		}
	}
}
