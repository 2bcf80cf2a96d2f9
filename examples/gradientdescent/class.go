package main

import (
	"fmt"
	"math"

	"github.com/gradus-go/gradus/nn"
)

// A neuralNetwork is the text's class, which learns by its update: σ(0.01·z), learning rate 0.01,
// and a gradient that lacks the constant.
type neuralNetwork struct{ *descent }

// newNeuralNetwork is __init__.
func newNeuralNetwork(seed uint32, layers ...int) (neuralNetwork, *nn.MLP, error) {
	net := newNetwork(seed, textSigmoid(.01), rand01, layers...)
	d, err := newDescent(net, make([]float64, net.Inputs()), make([]float64, net.Outputs()))
	return neuralNetwork{d}, net, err
}

// predict returns the outputs for data.
func (n neuralNetwork) predict(data []float64) []float64 {
	n.input = data
	n.forward()
	return n.y()
}

// train makes one update, and returns the error before it.
func (n neuralNetwork) train(data, yTrue []float64) (E float64) {
	n.input, n.target = data, yTrue
	E = n.forward()
	n.program.Descend(rate)
	return E
}

// class trains the text's class, and its algorithm by hand beside it.
func (t *tutorial) class() error {
	t.Section("6. The text's class, layers [2,3,3,2]")
	n, net, err := newNeuralNetwork(uint32(t.seed), 2, 3, 3, 2)
	if err != nil {
		return err
	}
	weights := byRows(net)
	sigmoid := func(z float64) float64 { return sigmoid(.01 * z) }
	t.Head("train returns", "by hand")
	worst := 0.0
	for i := range 3001 {
		E := n.train(x, yTrue)
		xs := forwardPhase(weights, x, sigmoid)
		_, gradients := backwardPhase(weights, xs, yTrue)
		update(weights, gradients, rate)
		byHand := squaredError(xs[len(xs)-1])
		worst = max(worst, math.Abs(E-byHand))
		if i%1000 == 0 {
			t.Row(fmt.Sprintf("iteration %d", i), "%.12f", E, byHand)
		}
	}
	if worst > 1e-12 {
		return fmt.Errorf("the class and the algorithm by hand differ by %v, want 1e-12 at most", worst)
	}
	t.Printf("predict(%v) = %.6f, the targets are %v\n", x, n.predict(x), yTrue)
	return nil
}
