package optim_test

import (
	"math"
	"testing"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/nn/optim"
)

// TestSameBits: parameters are the same on every architecture, to the last bit. On arm64 it
// fails if a product that feeds a sum is not rounded. There are so few parameters that SGD
// makes no use of assembly. Left out is what takes a cosine or a norm.
func TestSameBits(t *testing.T) {
	slow, fast := optim.Linear(2e-4, 1e-5, 300), optim.Linear(0.1, 0.001, 300)
	heavy := &optim.SGD{Rate: slow, Momentum: 0.9, WeightDecay: 30}
	adam, adamW := optim.NewAdam(fast), optim.NewAdamW(fast)
	adam.WeightDecay, adamW.WeightDecay = 3, 0.3
	leap := &optim.SGD{Rate: slow, Momentum: 0.9, WeightDecay: 30, Nesterov: true}
	rms, centered := optim.NewRMSProp(optim.StepDecay(0.02, 0.7, 50)), optim.NewRMSProp(optim.Constant(1e-3))
	rms.WeightDecay, rms.Momentum = 3, 0.5
	centered.Centered = true
	params := named(5)
	groups := optim.NewGroups(
		optim.NewRMSProp(optim.WarmUp(20, optim.Exponential(0.01, 0.99))),
		optim.Group{Params: []*gradus.Value{params[0], params[3]}, Optimizer: optim.NewAdamW(fast)})
	groups.Bind(params)
	for _, tt := range []struct {
		name string
		o    optim.Optimizer
		want uint64 // a digest of all parameters after each of 300 steps, from an amd64 machine
	}{
		{"SGD", optim.NewSGD(slow), 0x6bc6e92bbd078c62},
		{"momentum and decay", heavy, 0x79efde53ae3194b1},
		{"Nesterov and decay", leap, 0x351a4610b21c2343},
		{"RMSProp, momentum and decay", rms, 0xc805f4483c59bd5b},
		{"RMSProp, centred", centered, 0x2954089c6986a557},
		{"groups", groups, 0xe15984dadd1d91b7},
		{"Adam", adam, 0xca1e88b16b8be0a8},
		{"AdamW", adamW, 0x61ddfe2f536be6e8},
	} {
		x := []float64{-1.2, 1, -0.5, 0.8, 1.5}
		var digest uint64
		for range 300 {
			tt.o.Step(x, rosenbrock(x))
			for _, v := range x {
				digest = 31*digest + math.Float64bits(v)
			}
		}
		if digest != tt.want {
			t.Errorf("%s: digest %#x, want %#x", tt.name, digest, tt.want)
		}
	}
}
