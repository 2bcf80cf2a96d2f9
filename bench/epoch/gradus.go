package main

import (
	"context"
	"math/rand/v2"
	"time"

	"gonum.org/v1/gonum/floats"

	"github.com/gradus-go/gradus/nn"
	"github.com/gradus-go/gradus/nn/optim"
	"github.com/gradus-go/gradus/nn/train"
)

const (
	hidden = 30 // neurons
	seed   = 1  // of the weights, and of the order of the images
)

// newNet returns the network with which every variant begins.
func newNet() *nn.MLP {
	return nn.NewMLP(rand.New(rand.NewPCG(seed, 0)), inputs,
		nn.Dense{Units: hidden, Activation: nn.ReLU}, nn.Dense{Units: classes})
}

// numbers returns the parameters of a network, in the order of package nn.
func numbers(net *nn.MLP) (x []float64) {
	for _, p := range net.Params() {
		x = append(x, p.Data)
	}
	return x
}

// gradus trains a new network for an epoch with nn/train, as a user would. It calls watch, unless
// that is nil, after each batch.
func (s *session) gradus(w way, workers int, watch func(train.State)) (o outcome, err error) {
	net := newNet()
	begin := time.Now()
	err = train.Run(context.Background(), train.Config{
		Net: net, Data: s.data, Loss: nn.SoftmaxCrossEntropy,
		Optimizer: optim.NewSGD(optim.Constant(w.rate)),
		Batch:     w.batch, Epochs: 1, Seed: seed, Workers: workers,
		Callback: func(state train.State) {
			o.loss = state.EpochLoss
			if watch != nil {
				watch(state)
			}
		},
	})
	o.time, o.norm = time.Since(begin), floats.Norm(numbers(net), 2)
	return o, err
}
