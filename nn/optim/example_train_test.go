package optim_test

import (
	"context"
	"fmt"
	"math/rand/v2"

	"github.com/gradus-go/gradus/nn"
	"github.com/gradus-go/gradus/nn/optim"
	"github.com/gradus-go/gradus/nn/train"
)

// Package train calls Bind: a network is trained, on the sign of a product, whose first layer is frozen.
// The rates of the others rise for ten steps; the last one has ten times the rate.
func ExampleNewGroups_train() {
	tanh := func(units int) nn.Dense { return nn.Dense{Units: units, Activation: nn.Tanh} }
	net := nn.NewMLP(rand.New(rand.NewPCG(1, 2)), 2, tanh(8), tanh(8), tanh(1))
	rate := func(r float64) optim.Rate { return optim.WarmUp(10, optim.Constant(r)) }
	groups := optim.NewGroups(optim.NewAdam(rate(0.003)),
		optim.Group{Params: net.Layers[0].Params(), Optimizer: optim.Frozen{}},
		optim.Group{Params: net.Layers[2].Params(), Optimizer: optim.NewAdam(rate(0.03))})

	first, second := net.Layers[0].Neurons[0].W[0], net.Layers[1].Neurons[0].W[0]
	before := []float64{first.Data, second.Data}
	err := train.Run(context.Background(), train.Config{
		Net: net, Loss: nn.SumSquaredErrors, Optimizer: optim.Clip(groups, 1), Epochs: 300,
		Data: train.Data{
			X: [][]float64{{1, 1}, {1, -1}, {-1, 1}, {-1, -1}}, T: [][]float64{{1}, {-1}, {-1}, {1}},
		},
	})
	fmt.Println(err, first.Data == before[0], second.Data == before[1])
	// Output:
	// <nil> true false
}
