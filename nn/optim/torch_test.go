package optim_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/internal/torchdata"
	"github.com/gradus-go/gradus/nn/optim"
)

// rosenbrock returns the gradient of Σ 100(xᵢ₊₁ − xᵢ²)² + (1 − xᵢ)², as gradus computes it.
// Source: Rosenbrock, An automatic method for finding the greatest or least value of a
// function, The Computer Journal 3, 1960.
func rosenbrock(params []float64) []float64 {
	x, hundred, one := gradus.Values(params), gradus.New(100), gradus.New(1)
	var terms []*gradus.Value
	for i := range len(x) - 1 {
		valley := x[i+1].Sub(x[i].Square()).Square()
		terms = append(terms, hundred.Mul(valley), one.Sub(x[i]).Square())
	}
	gradus.Sum(terms...).Backward()
	grad := make([]float64, len(x))
	for i := range x {
		grad[i] = x[i].Grad
	}
	return grad
}

// A torchRun is what testdata/torch.py does under the same name. Its gradients are clipped if
// limit is not 0.
type torchRun struct {
	optimizer optim.Optimizer
	limit     float64
}

func torchRuns() map[string]torchRun {
	slow, tenth := optim.Constant(2e-4), optim.Constant(0.1)
	small := &optim.Adam{Rate: tenth, Beta1: 0.7, Beta2: 0.9, Epsilon: 5}
	coupled, decoupled := optim.NewAdam(tenth), optim.NewAdamW(tenth)
	coupled.WeightDecay, decoupled.WeightDecay = 50, 0.5
	return map[string]torchRun{
		"SGD":                  {optim.NewSGD(slow), 0},
		"SGD, momentum":        {&optim.SGD{Rate: slow, Momentum: 0.9}, 0},
		"SGD, decay":           {&optim.SGD{Rate: slow, WeightDecay: 5}, 0},
		"SGD, momentum, decay": {&optim.SGD{Rate: slow, Momentum: 0.9, WeightDecay: 5}, 0},
		"SGD, linear rate":     {&optim.SGD{Rate: optim.Linear(2e-4, 2e-5, 5), Momentum: 0.5}, 0},
		"SGD, clipped":         {&optim.SGD{Rate: optim.Constant(5e-4), Momentum: 0.9}, 200},
		"Adam":                 {optim.NewAdam(tenth), 0},
		"Adam, betas, epsilon": {small, 0},
		"Adam, decay":          {coupled, 0},
		"Adam, cosine rate":    {optim.NewAdam(optim.Cosine(0.1, 0.01, 10)), 0},
		"Adam, clipped":        {optim.NewAdam(tenth), 200},
		"AdamW":                {optim.NewAdamW(tenth), 0},
		"AdamW, decay":         {decoupled, 0},
	}
}

// torchFile is what testdata/torch.json holds.
type torchFile struct {
	Start []float64
	Runs  map[string][]struct {
		Params []float64
		Norm   *float64
	}
}

// PyTorch and gradus add some numbers up in different orders. In ten steps with numbers of about 1
// that makes differences of a few 10⁻¹⁶. SGD does not amplify them, since the rate times each
// eigenvalue of the Hessian is less than 1. Adam does: a rounding of 0.999ᵗ, which is ½·10⁻¹⁶,
// changes 1 − 0.999ᵗ by 10⁻¹³/t of itself, and a step of 0.1 by half of that share. In ten steps
// these add up to 10⁻¹⁴.
var equateTorch = cmpopts.EquateApprox(1e-14, 1e-14)

func TestTorch(t *testing.T) {
	file, runs := torchdata.Read[torchFile](t), torchRuns()
	for name := range file.Runs {
		if _, ok := runs[name]; !ok {
			t.Errorf("%s: PyTorch did this run, the test does not", name)
		}
	}
	for name, run := range runs {
		x, o := slices.Clone(file.Start), run.optimizer
		if run.limit != 0 {
			o = optim.Clip(o, run.limit)
		}
		clipped := 0
		for i, want := range file.Runs[name] {
			grad := rosenbrock(x)
			o.Step(x, grad)
			if diff := cmp.Diff(want.Params, x, equateTorch); diff != "" {
				t.Fatalf("%s: parameters after %d steps (-PyTorch +got):\n%s", name, i+1, diff)
			}
			if run.limit == 0 {
				continue
			}
			norm := optim.ClipNorm(grad, run.limit)
			if diff := cmp.Diff(*want.Norm, norm, equateTorch); diff != "" {
				t.Errorf("%s: norm in step %d (-PyTorch +got):\n%s", name, i, diff)
			}
			if norm > run.limit {
				clipped++
			}
		}
		if steps := len(file.Runs[name]); steps != 10 {
			t.Errorf("%s: %d steps in testdata/torch.json, want 10", name, steps)
		}
		if run.limit != 0 && (clipped < 3 || clipped > 7) {
			t.Errorf("%s: %d of 10 steps clipped, want 3 to 7 of each kind", name, clipped)
		}
	}
}
