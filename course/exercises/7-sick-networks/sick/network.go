// Package sick checks whether the cure of a network that does not learn has helped: it measures the
// network with package nn/health, trains it, and says which factor of the chain rule is still wrong.
package sick

import (
	"math/rand/v2"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/nn"
)

// A Network is what a learner may change: a network with two inputs and one output, and how it is
// trained.
type Network struct {
	Hidden     []int         // the units of each hidden layer
	Activation nn.Activation // of the hidden layers; the output has none
	Weights    nn.Init       // draws the weights; nn.Xavier if it is nil
	Biases     nn.Init       // draws the biases; they are 0 if it is nil
	Rate       float64       // the learning rate η
}

// build returns the network, as it is before training.
func (n Network) build() *nn.MLP {
	dense := nn.Dense{Activation: n.Activation, Init: n.Weights, BiasInit: n.Biases}
	layers := nn.Stack(dense, n.Hidden...)
	return nn.NewMLP(rand.New(rand.NewPCG(7, 0)), 2, append(layers, nn.Dense{Units: 1, Init: n.Weights})...)
}

// samples returns a grid of 5×5 inputs between from and to, each with its target: the product of
// both coordinates, which go from −1 to 1 on the grid. No plane comes near to it: the best one is 0
// everywhere, and has a mean squared error of 0.25.
func samples(from, to float64) (x, t [][]float64) {
	for i := range 5 {
		for j := range 5 {
			u, v := float64(i)/2-1, float64(j)/2-1
			at := func(u float64) float64 { return from + float64((to-from)*(u+1)/2) }
			x, t = append(x, []float64{at(u), at(v)}), append(t, []float64{u * v})
		}
	}
	return x, t
}

func leaf(x float64) *gradus.Value { return gradus.Const(x) }
