package optim_test

import (
	"math"
	"testing"

	"github.com/gradus-go/gradus/nn/optim"
)

func TestRates(t *testing.T) {
	for _, tt := range []struct {
		name string
		rate optim.Rate
		want map[int]float64
	}{
		{"constant", optim.Constant(0.3), map[int]float64{0: 0.3, 1: 0.3, 1e9: 0.3}},
		{
			"linear, down", optim.Linear(1, 0, 4),
			map[int]float64{0: 1, 1: 0.75, 2: 0.5, 3: 0.25, 4: 0, 5: 0, 1e9: 0},
		},
		{"linear, up", optim.Linear(0, 2, 2), map[int]float64{0: 0, 1: 1, 2: 2, 3: 2}},
		{"linear, one step", optim.Linear(0.1, 0.7, 1), map[int]float64{0: 0.1, 1: 0.7, 2: 0.7}},
		{
			// ½(1 − cos(π/3)) = 1/4 and ½(1 − cos(2π/3)) = 3/4
			"cosine, down", optim.Cosine(1, 0.2, 6),
			map[int]float64{0: 1, 2: 0.8, 3: 0.6, 4: 0.4, 6: 0.2, 7: 0.2, 1e9: 0.2},
		},
		{"cosine, up", optim.Cosine(0, 2, 2), map[int]float64{0: 0, 1: 1, 2: 2, 3: 2}},
		{
			"step decay", optim.StepDecay(0.8, 0.5, 3),
			map[int]float64{0: 0.8, 1: 0.8, 2: 0.8, 3: 0.4, 5: 0.4, 6: 0.2, 8: 0.2, 9: 0.1, 1e9: 0},
		},
		{"step decay, each step", optim.StepDecay(1, 0.25, 1), map[int]float64{0: 1, 1: 0.25, 2: 0.0625}},
		{"exponential", optim.Exponential(2, 0.5), map[int]float64{0: 2, 1: 1, 2: 0.5, 10: 2. / 1024, 1e9: 0}},
		{"exponential, up", optim.Exponential(1e-3, 10), map[int]float64{0: 1e-3, 1: 1e-2, 3: 1}},
		{
			"warm-up", optim.WarmUp(4, optim.Constant(0.5)),
			map[int]float64{0: 0.1, 1: 0.2, 2: 0.3, 3: 0.4, 4: 0.5, 5: 0.5, 1e9: 0.5},
		},
		{
			"warm-up, then down", optim.WarmUp(2, optim.Linear(0.9, 0.1, 4)),
			map[int]float64{0: 0.3, 1: 0.6, 2: 0.9, 3: 0.7, 4: 0.5, 5: 0.3, 6: 0.1, 7: 0.1},
		},
		{"no warm-up", optim.WarmUp(0, optim.Linear(1, 0, 2)), map[int]float64{0: 1, 1: 0.5, 2: 0}},
	} {
		for step, want := range tt.want {
			got := tt.rate(step)
			// Inside, a few roundings of numbers up to 1; the ends are exact, tested below.
			if math.Abs(got-want) > 4e-16 {
				t.Errorf("%s: %v in step %d, want %v", tt.name, got, step, want)
			}
		}
	}
}

// The ends are exact, even if to − from is rounded.
func TestRateEnds(t *testing.T) {
	for name, ramp := range map[string]func(from, to float64, steps int) optim.Rate{
		"Linear": optim.Linear, "Cosine": optim.Cosine,
	} {
		rate := ramp(0.1, 1e-17, 7)
		if rate(0) != 0.1 || rate(7) != 1e-17 || rate(8) != 1e-17 {
			t.Errorf("%s: %v, …, %v, %v, want 0.1, …, 1e-17 twice",
				name, rate(0), rate(7), rate(8))
		}
	}
}

// Linear has the numbers of micrograd's demo, to the bit.
// Source: https://github.com/karpathy/micrograd/blob/master/demo.ipynb
func TestMicrogradRate(t *testing.T) {
	rate := optim.Linear(1, 0.1, 100)
	for k := range 100 {
		if want := 1.0 - float64(0.9*float64(k))/100; rate(k) != want {
			t.Errorf("%v in step %d, want %v", rate(k), k, want)
		}
	}
}

// Optimisers ask for the rate of step 0, 1, 2, …, once each.
func TestRateIsAskedInOrder(t *testing.T) {
	var asked []int
	rate := func(step int) float64 {
		asked = append(asked, step)
		return 0.1
	}
	for name, o := range map[string]optim.Optimizer{
		"SGD": optim.NewSGD(rate), "Adam": optim.NewAdam(rate),
		"Clip": optim.Clip(optim.NewAdamW(rate), 1), "RMSProp": optim.NewRMSProp(rate),
		"Groups": optim.NewGroups(optim.NewSGD(rate)),
	} {
		if b, ok := o.(optim.Binder); ok {
			b.Bind(named(1))
		}
		asked = nil
		for range 3 {
			o.Step([]float64{1}, []float64{1})
		}
		if len(asked) != 3 || asked[0] != 0 || asked[1] != 1 || asked[2] != 2 {
			t.Errorf("%s asked for the rate of steps %v, want [0 1 2]", name, asked)
		}
	}
}

// A rate of 0, at the end of a schedule, is a rate: parameters rest.
func TestRateOfZero(t *testing.T) {
	rate := optim.Linear(1, 0, 1)
	for name, o := range map[string]optim.Optimizer{
		"SGD": optim.NewSGD(rate), "AdamW": optim.NewAdamW(rate),
		"RMSProp": optim.NewRMSProp(rate), "Nesterov": &optim.SGD{Rate: rate, Momentum: 0.9, Nesterov: true},
	} {
		x := []float64{1}
		o.Step(x, []float64{1})
		before := x[0]
		o.Step(x, []float64{1})
		if x[0] != before || before == 1 {
			t.Errorf("%s: x = 1, then %v, then %v, want a move and none", name, before, x[0])
		}
	}
}
