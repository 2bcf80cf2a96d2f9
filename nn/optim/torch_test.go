package optim_test

import (
	"maps"
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
	falling := optim.Exponential(2e-4, 0.8)
	warm := &optim.SGD{Rate: optim.WarmUp(4, falling), Momentum: 0.5}
	return map[string]torchRun{
		"SGD":                  {optim.NewSGD(slow), 0},
		"SGD, momentum":        {&optim.SGD{Rate: slow, Momentum: 0.9}, 0},
		"SGD, decay":           {&optim.SGD{Rate: slow, WeightDecay: 5}, 0},
		"SGD, momentum, decay": {&optim.SGD{Rate: slow, Momentum: 0.9, WeightDecay: 5}, 0},
		"SGD, linear rate":     {&optim.SGD{Rate: optim.Linear(2e-4, 2e-5, 5), Momentum: 0.5}, 0},
		"SGD, clipped":         {&optim.SGD{Rate: optim.Constant(5e-4), Momentum: 0.9}, 200},
		"SGD, Nesterov":        {&optim.SGD{Rate: slow, Momentum: 0.9, Nesterov: true}, 0},
		"SGD, Nesterov, decay": {
			&optim.SGD{Rate: falling, Momentum: 0.9, Nesterov: true, WeightDecay: 5}, 200,
		},
		"SGD, step decay":        {&optim.SGD{Rate: optim.StepDecay(2e-4, 0.5, 3), Momentum: 0.5}, 0},
		"SGD, exponential rate":  {&optim.SGD{Rate: falling, Momentum: 0.5}, 0},
		"SGD, warm-up":           {warm, 0},
		"SGD, warm-up by lambda": {&optim.SGD{Rate: warm.Rate, Momentum: 0.5}, 0},
		"Adam":                   {optim.NewAdam(tenth), 0},
		"Adam, betas, epsilon":   {small, 0},
		"Adam, decay":            {coupled, 0},
		"Adam, cosine rate":      {optim.NewAdam(optim.Cosine(0.1, 0.01, 10)), 0},
		"Adam, clipped":          {optim.NewAdam(tenth), 200},
		"AdamW":                  {optim.NewAdamW(tenth), 0},
		"AdamW, decay":           {decoupled, 0},
	}
}

func torchRMSProps() map[string]torchRun {
	heavy, centered := optim.NewRMSProp(optim.Constant(0.01)), optim.NewRMSProp(optim.Constant(0.01))
	heavy.Momentum, centered.Centered = 0.9, true
	return map[string]torchRun{
		"RMSProp":                 {optim.NewRMSProp(optim.Constant(0.01)), 0},
		"RMSProp, alpha, epsilon": {&optim.RMSProp{Rate: optim.Constant(0.01), Decay: 0.5, Epsilon: 5}, 0},
		"RMSProp, momentum":       {heavy, 0},
		"RMSProp, centered":       {centered, 0},
		"RMSProp, all": {&optim.RMSProp{
			Rate: optim.Exponential(0.01, 0.8), Decay: 0.9, Epsilon: 1e-8, Momentum: 0.5, Centered: true,
			WeightDecay: 50,
		}, 400},
	}
}

// torchGroups returns the runs with groups of the parameters x.
func torchGroups(x []*gradus.Value) map[string]torchRun {
	even := []*gradus.Value{x[0], x[2], x[4]}
	adamW := func(decay float64) *optim.Adam {
		a := optim.NewAdamW(optim.Constant(0.1))
		a.WeightDecay = decay
		return a
	}
	adam := optim.NewAdam(optim.Constant(0.1))
	adam.WeightDecay = 50
	sgd := func(decay float64) *optim.SGD {
		return &optim.SGD{Rate: optim.Constant(5e-4), Momentum: 0.9, WeightDecay: decay}
	}
	return map[string]torchRun{
		"groups, SGD": {optim.NewGroups(
			&optim.SGD{Rate: optim.Constant(2e-4), Momentum: 0.9, Nesterov: true},
			optim.Group{
				Params:    x[:2],
				Optimizer: &optim.SGD{Rate: optim.Constant(1e-4), Momentum: 0.9, WeightDecay: 5},
			},
		), 0},
		"groups, AdamW": {optim.NewGroups(adamW(0), optim.Group{Params: even, Optimizer: adamW(0.5)}), 0},
		"groups, schedules": {optim.NewGroups(
			optim.NewRMSProp(optim.StepDecay(0.01, 0.5, 3)),
			optim.Group{Params: even, Optimizer: optim.NewRMSProp(optim.Exponential(0.01, 0.8))},
		), 0},
		"groups, clipped": {optim.NewGroups(
			optim.NewAdam(optim.Constant(0.1)), optim.Group{Params: even, Optimizer: adam},
		), 200},
		"groups, frozen": {optim.NewGroups(optim.Frozen{}, optim.Group{Params: even, Optimizer: adamW(0.5)}), 0},
		"groups, frozen, clipped": {optim.NewGroups(
			sgd(0), optim.Group{Params: []*gradus.Value{x[0], x[4]}, Optimizer: sgd(5)},
			optim.Group{Params: x[2:3], Optimizer: optim.Frozen{}},
		), 200},
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
// these add up to 10⁻¹⁴. RMSProp does not: it corrects nothing, and v − m² is far from 0.
var equateTorch = cmpopts.EquateApprox(1e-14, 1e-14)

func TestTorch(t *testing.T) {
	file := torchdata.Read[torchFile](t)
	params := gradus.Values(file.Start)
	runs := torchRuns()
	maps.Copy(runs, torchRMSProps())
	maps.Copy(runs, torchGroups(params))
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
		if b, ok := o.(optim.Binder); ok {
			b.Bind(params)
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
			if name == "groups, frozen, clipped" {
				grad[2] = 0
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
