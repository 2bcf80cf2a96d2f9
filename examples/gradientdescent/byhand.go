package main

import (
	"fmt"
	"math"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/examples/gradientdescent/internal/numpy"
	"github.com/gradus-go/gradus/examples/internal/outputs"
	"github.com/gradus-go/gradus/nn"

	"github.com/gradus-go/gradus/examples/gradientdescent/internal/psi"
)

// byHand is the text's first half: the shapes of the weights, the forward phase, ψ and the
// gradients, one update. Autodiff stands beside it.
func (t *tutorial) byHand() error {
	t.Section("1. Layers [2,3,3,2] by hand")
	net := newNetwork(uint32(t.seed), nn.Sigmoid, rand01, 2, 3, 3, 2)
	weights := psi.Weights(net)
	t.Printf("Weights, (neurons in the next layer, neurons in this + 1):")
	for i, w := range weights {
		t.Printf("  W%d (%d, %d)", i+1, len(w), len(w[0]))
	}
	xs := psi.Forward(weights, x, psi.Sigmoid)
	psis, gradients := psi.Backward(weights, xs, yTrue)
	t.Printf("\n\n%-10s %s\n", "", "forward: x_s, ending in the 1 for the bias")
	for i, x := range xs {
		t.Printf("%-10s %.6f\n", fmt.Sprintf("x_s[%d]", i), x)
	}
	t.Printf("\n%-10s %s\n", "", "backward: ψ = ∂E/∂z, from the last layer to the first")
	for i := len(psis) - 1; i >= 0; i-- {
		t.Printf("%-10s %.6f\n", fmt.Sprintf("ψ, layer %d", i+1), psis[i])
	}
	E := errorOf(net)
	E.Backward()
	t.Printf("\n")
	t.Head("by ψ", "by autodiff")
	worst, i := 0.0, 0
	for _, g := range gradients {
		for _, row := range g {
			for _, byPsi := range row {
				v := net.Params()[i]
				t.Row("∂E/∂"+v.Name(), "%.12f", byPsi, v.Grad)
				worst = max(worst, math.Abs(byPsi-v.Grad))
				i++
			}
		}
	}
	if worst > 1e-12 {
		return fmt.Errorf("ψ and autodiff differ by %v, want 1e-12 at most", worst)
	}
	t.Printf("ψ and autodiff agree to 1e-12 in all %d derivatives.\n\n", i)
	for _, rate := range []float64{.001, .01} {
		weights := psi.Weights(net)
		psi.Update(weights, gradients, rate)
		after := psi.Forward(weights, x, psi.Sigmoid)
		t.Printf("One update with learning rate %-5v takes E from %.10f to %.10f.\n",
			rate, E.Data, squaredError(after[len(after)-1]))
	}
	return nil
}

// newNetwork returns one of the text's layers, for instance 2, 3, 3, 2: all weights, and the
// biases, which are weights on a constant 1, come from the same draw, row by row.
func newNetwork(seed uint32, phi nn.Activation, draw nn.Init, layers ...int) *nn.MLP {
	like := nn.Dense{Activation: phi, Init: draw, BiasInit: draw}
	return nn.NewMLP(numpy.Random(seed), layers[0], nn.Stack(like, layers[1:]...)...)
}

// rand01 is what np.random.rand draws from.
var rand01 = nn.Uniform(0, 1)

// errorOf returns the error of the text's sample, as a graph.
func errorOf(net *nn.MLP) (E *gradus.Value) {
	in, target := gradus.Values(x), gradus.Values(yTrue)
	for i := range in {
		in[i].As(fmt.Sprintf("x%d", i+1))
		target[i].As(fmt.Sprintf("t%d", i+1))
	}
	layers := net.Trace(in...)
	return nn.SumSquaredErrors(layers[len(layers)-1].A, target).As("E")
}

func squaredError(y []float64) (E float64) {
	for i, t := range yTrue {
		E += float64((t - y[i]) * (t - y[i]))
	}
	return E
}

func (t *tutorial) showError() error {
	E := errorOf(newNetwork(uint32(t.seed), nn.Sigmoid, rand01, 2, 3, 3, 2))
	E.Backward()
	return outputs.SaveGraph(t.show, E)
}
