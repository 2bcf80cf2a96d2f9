package main

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/examples/gradientdescent/internal/numpy"
	"github.com/gradus-go/gradus/examples/gradientdescent/internal/psi"
	"github.com/gradus-go/gradus/examples/internal/outputs"
	"github.com/gradus-go/gradus/nn"
)

// byHand is the first half of the text: the shapes of the weights, the forward phase, ψ and the
// gradients, and one update. It compares the gradients with those of autodiff.
func (t *tutorial) byHand(context.Context) error {
	t.Section("1. Layers [2,3,3,2] by hand")
	net := newNetwork(uint32(t.seed), nn.Sigmoid, rand01, 2, 3, 3, 2)
	weights := psi.Weights(net)
	t.Printf("Weights, (neurons in the next layer, neurons in this + 1):\n")
	for i, w := range weights {
		t.Printf("  W%d %s", i+1, shape(w))
	}
	xs := psi.Forward(weights, x, psi.Sigmoid)
	psis, gradients := psi.Backward(weights, xs, yTrue)
	t.Printf("\n\n%-10s %s\n", "", "forward: x_s, with a 1 for the bias at the end of all but the last")
	for i, x := range xs {
		t.Printf("%-10s %.6f\n", fmt.Sprintf("x_s[%d]", i), x)
	}
	t.Printf("\n%-10s %s\n", "", "backward: ψ = ∂E/∂z, from the last layer to the first")
	for i := len(psis) - 1; i >= 0; i-- {
		t.Printf("%-10s %.6f\n", fmt.Sprintf("ψ, layer %d", i+1), psis[i])
	}
	var shapes, weightShapes []string
	for i := len(gradients) - 1; i >= 0; i-- {
		shapes = append(shapes, shape(gradients[i]))
		weightShapes = append(weightShapes, shape(weights[i]))
	}
	t.Claim("the first gradient is the same size as the last layer's weights, and so on",
		slices.Equal(shapes, weightShapes), "the gradients have the shapes %s, the weights from the last layer to "+
			"the first %s", strings.Join(shapes, ", "), strings.Join(weightShapes, ", "))
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
		return fmt.Errorf("the derivatives by ψ and by autodiff differ by %v, want at most 1e-12", worst)
	}
	t.Printf("ψ and autodiff agree to within 1e-12 in all %d derivatives.\n\n", i)
	for _, rate := range []float64{.001, .01} {
		weights := psi.Weights(net)
		psi.Update(weights, gradients, rate)
		after := psi.Forward(weights, x, psi.Sigmoid)
		t.Printf("One update with learning rate %-5v changes E from %.10f to %.10f.\n",
			rate, E.Data, squaredError(after[len(after)-1]))
	}
	return nil
}

// shape returns the shape of a matrix as NumPy prints it.
func shape(m psi.Matrix) string { return fmt.Sprintf("(%d, %d)", len(m), len(m[0])) }

// newNetwork returns a network with these layers, for instance 2, 3, 3, 2. The weights and, as the
// text treats them as weights of a constant 1, the biases come from the same distribution, and are
// drawn row by row.
func newNetwork(seed uint32, phi nn.Activation, draw nn.Init, layers ...int) *nn.MLP {
	like := nn.Dense{Activation: phi, Init: draw, BiasInit: draw}
	return nn.NewMLP(numpy.Random(seed), layers[0], nn.Stack(like, layers[1:]...)...)
}

// rand01 is the distribution of np.random.rand.
var rand01 = nn.Uniform(0, 1)

// errorOf returns the network's error for the text's sample, as a graph.
func errorOf(net *nn.MLP) (E *gradus.Value) {
	in, target := gradus.Values(x), gradus.Values(yTrue)
	for i := range in {
		in[i].As(fmt.Sprintf("x%d", i+1))
		target[i].As(fmt.Sprintf("t%d", i+1))
	}
	layers := net.Trace(in...)
	return nn.SumSquaredErrors(layers[len(layers)-1].A, target).As("E")
}

// squaredError returns the error of outputs for the text's sample.
func squaredError(y []float64) (E float64) {
	for i, t := range yTrue {
		E += float64((t - y[i]) * (t - y[i]))
	}
	return E
}

// showError writes the graph of the error of section 1 into a file, if the flag -show names one.
func (t *tutorial) showError() error {
	E := errorOf(newNetwork(uint32(t.seed), nn.Sigmoid, rand01, 2, 3, 3, 2))
	E.Backward()
	return outputs.SaveGraph(t.show, E)
}
