package optim_test

import (
	"math"
	"testing"

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
	for _, tt := range []struct {
		name string
		o    optim.Optimizer
		want uint64 // a digest of all parameters after each of 300 steps, from an amd64 machine
	}{
		{"SGD", optim.NewSGD(slow), 0x6bc6e92bbd078c62},
		{"momentum and decay", heavy, 0x79efde53ae3194b1},
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
