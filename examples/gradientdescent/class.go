package main

import (
	"context"
	"math"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/examples/gradientdescent/internal/descent"
	"github.com/gradus-go/gradus/nn"
)

// A neuralNetwork is the text's class. It has the activation σ(0.01·z) and learns with the text's
// update: learning rate 0.01, and a gradient without the constant factors 0.01.
type neuralNetwork struct{ *descent.Descent }

// newNeuralNetwork is the class's __init__.
func newNeuralNetwork(seed uint32, layers ...int) (neuralNetwork, *nn.MLP, error) {
	net := newNetwork(seed, textSigmoid(gradus.Const(.01)), rand01, layers...)
	d, err := descent.New(net, make([]float64, net.Inputs()), make([]float64, net.Outputs()))
	return neuralNetwork{d}, net, err
}

// predict returns the outputs for data.
func (n neuralNetwork) predict(data []float64) []float64 {
	n.Input = data
	n.Forward()
	return n.Outputs()
}

// train makes one update, and returns the error before the update.
func (n neuralNetwork) train(data, yTrue []float64) (E float64) {
	n.Input, n.Target = data, yTrue
	E = n.Forward()
	n.Program.Descend(rate)
	return E
}

// class trains the text's class.
func (t *tutorial) class(context.Context) error {
	t.Section("6. The text's class, layers [2,3,3,2]")
	n, _, err := newNeuralNetwork(uint32(t.seed), 2, 3, 3, 2)
	if err != nil {
		return err
	}
	for i := range 10_001 {
		if E := n.train(x, yTrue); i%2000 == 0 {
			t.Printf("iteration %-8d train returns %.12f\n", i, E)
		}
	}
	outputs := n.predict(x)
	t.Printf("predict(%v) = %.6f, the targets are %v\n", x, outputs, yTrue)
	off, z := 0.0, 0.0
	for i, y := range outputs {
		off = max(off, math.Abs(y-yTrue[i]))
		z = max(z, math.Abs(math.Log(yTrue[i]/(1-yTrue[i]))/.01))
	}
	t.Claim("with σ(0.01·z) we have solved our problem", off < within,
		"not for this network: after 10,000 iterations its outputs are off by up to %.2f. For its targets "+
			"|0.01·z| must be up to %.2f, so |z| up to %.0f, and with three neurons in a layer the weights have "+
			"a long way to go. Section 2 gets there with σ(z), and section 5 with other initial weights, without "+
			"a constant that has to suit the width", off, z*.01, z)
	t.Printf("\n")
	t.Prose("What the text promises next, to read handwritten digits, is done by go run ./examples/digits.")
	return nil
}
