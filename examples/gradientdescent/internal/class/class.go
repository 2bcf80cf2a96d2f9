// Package class has the class with which the tutorial ends.
package class

import (
	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/examples/gradientdescent/internal/descent"
	"github.com/gradus-go/gradus/examples/gradientdescent/internal/networks"
	"github.com/gradus-go/gradus/nn"
)

// A NeuralNetwork is the text's class. It has the activation σ(0.01·z) and learns with the text's
// update: learning rate 0.01, and a gradient without the constant factors 0.01.
type NeuralNetwork struct {
	*nn.MLP
	descent *descent.Descent
}

// New is the class's __init__.
func New(seed uint32, layers ...int) (NeuralNetwork, error) {
	net := networks.New(seed, networks.TextSigmoid(gradus.Const(.01)), networks.Rand01, layers...)
	d, err := descent.New(net, make([]float64, net.Inputs()), make([]float64, net.Outputs()))
	return NeuralNetwork{net, d}, err
}

// Predict returns the outputs for data.
func (n NeuralNetwork) Predict(data []float64) []float64 {
	n.descent.Input = data
	n.descent.Forward()
	return n.descent.Outputs()
}

// Train makes one update, and returns the error before the update.
func (n NeuralNetwork) Train(data, yTrue []float64) (E float64) {
	n.descent.Input, n.descent.Target = data, yTrue
	E = n.descent.Forward()
	n.descent.Program.Descend(.01)
	return E
}
