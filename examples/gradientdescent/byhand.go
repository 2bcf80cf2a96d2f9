package main

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/gradus-go/gradus/examples/gradientdescent/internal/claims"
	"github.com/gradus-go/gradus/examples/gradientdescent/internal/networks"
	"github.com/gradus-go/gradus/examples/gradientdescent/internal/psi"
	"github.com/gradus-go/gradus/examples/internal/outputs"
	"github.com/gradus-go/gradus/nn"
)

// byHand is the first half of the text: the shapes of the weights, the forward phase, ψ and the
// gradients, and one update. It compares the gradients with those of autodiff.
func (t *tutorial) byHand(context.Context) error {
	t.Section("1. Layers [2,3,3,2] by hand")
	net := networks.New(t.seed, nn.Sigmoid, networks.Rand01, 2, 3, 3, 2)
	weights := psi.Weights(net)
	t.Printf("Weights, (neurons in the next layer, neurons in this + 1):\n")
	for i, w := range weights {
		t.Printf("  W%d %s", i+1, w.Shape())
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
		shapes = append(shapes, gradients[i].Shape())
		weightShapes = append(weightShapes, weights[i].Shape())
	}
	t.Claim(claims.SameShapes,
		slices.Equal(shapes, weightShapes), "the gradients have the shapes %s, the weights from the last layer to "+
			"the first %s", strings.Join(shapes, ", "), strings.Join(weightShapes, ", "))
	E := networks.Error(net, x, yTrue)
	E.Backward()
	t.Printf("\n")
	t.Head("by ψ", "by autodiff")
	worst, params := 0.0, net.Params()
	for i, byPsi := range psi.Numbers(gradients) {
		t.Row("∂E/∂"+params[i].Name(), "%.12f", byPsi, params[i].Grad)
		worst = max(worst, math.Abs(byPsi-params[i].Grad))
	}
	if worst > 1e-12 {
		return fmt.Errorf("the derivatives by ψ and by autodiff differ by %v, want at most 1e-12", worst)
	}
	t.Printf("ψ and autodiff agree to within 1e-12 in all %d derivatives.\n\n", len(params))
	t.Prose("The text has learning rate 0.001 in its prose and 0.01 in its code. The sections below use %v.",
		rate)
	for _, rate := range []float64{.001, .01} {
		weights := psi.Weights(net)
		psi.Update(weights, gradients, rate)
		after := psi.Forward(weights, x, psi.Sigmoid)
		t.Printf("One update with learning rate %-5v changes E from %.10f to %.10f.\n",
			rate, E.Data, psi.Error(after[len(after)-1], yTrue))
	}
	return nil
}

// showError writes the graph of the error of section 1 into a file, if the flag -show names one.
func (t *tutorial) showError() error {
	E := networks.Error(networks.New(t.seed, nn.Sigmoid, networks.Rand01, 2, 3, 3, 2), x, yTrue)
	E.Backward()
	return outputs.SaveGraph(t.Report.Report, t.show, E)
}
