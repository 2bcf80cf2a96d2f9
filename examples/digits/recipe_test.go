package main

import (
	"math/rand/v2"
	"testing"

	"github.com/gradus-go/gradus/internal/slow"
	"github.com/gradus-go/gradus/nn"
	"github.com/gradus-go/gradus/nn/health"
	"github.com/gradus-go/gradus/nn/optim"
	"github.com/gradus-go/gradus/nn/train"
)

// The network of the tutorial "Practice Implementing Gradient Descent" cannot learn to read digits,
// which the tutorial promises. It has two hidden layers of 1,000 neurons, weights and biases from
// [0, 1), σ in every layer, the sum of squared errors, and gradient descent at rate 0.01 with one
// image at a time. Every gradient is exactly 0, and no weight changes. A tenth of the neurons are
// enough for that.
func TestTutorialsRecipe(t *testing.T) {
	width := 100
	if slow.Wanted() {
		width = 1000 // the graph for one image has a million Mul and Add
	}
	var cfg config
	cfg.flags()
	d, err := cfg.read()
	if err != nil {
		t.Fatal(err)
	}
	layer := nn.Dense{Activation: nn.Sigmoid, Init: nn.Uniform(0, 1), BiasInit: nn.Uniform(0, 1)}
	rng := rand.New(rand.NewPCG(1, 1))
	net := nn.NewMLP(rng, 64, nn.Stack(layer, width, width, 10)...)
	few := d.Train.Slice(0, 3)
	report, err := health.Check(net, nn.SumSquaredErrors, few.X, few.Targets(10), 0.01)
	if err != nil || report.Condition != health.Saturated {
		t.Errorf("the diagnosis is %v, %v, want saturated", report, err)
	}
	var weights []float64
	for _, p := range net.Params() {
		weights = append(weights, p.Data)
	}
	err = train.Run(t.Context(), train.Config{
		Net: net, Loss: nn.SumSquaredErrors, Data: train.Data{X: few.X, T: few.Targets(10)},
		Optimizer: optim.NewSGD(optim.Constant(0.01)), Batch: 1, Epochs: 1,
	})
	if err != nil {
		t.Fatal(err)
	}
	for i, p := range net.Params() {
		if p.Data != weights[i] {
			t.Fatalf("parameter %d went from %v to %v", i, weights[i], p.Data)
		}
	}
}
