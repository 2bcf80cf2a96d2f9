package main

import (
	"context"
	"fmt"
	"math"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/examples/gradientdescent/internal/psi"
	"github.com/gradus-go/gradus/examples/internal/healthchart"
	"github.com/gradus-go/gradus/internal/picture/chart"
	"github.com/gradus-go/gradus/nn"
	"github.com/gradus-go/gradus/nn/health"
)

// wide shows why the network with many neurons in each hidden layer does not learn.
func (t *tutorial) wide(context.Context) error {
	t.Section("3. Layers " + t.layers())
	net := t.wideNetwork(nn.Sigmoid)
	r, err := t.health(net, x)
	if err != nil {
		return err
	}
	t.Printf("%v", r)
	zero := [3]float64{100 * r.Layers[0].Zero, 100 * r.Layers[1].Zero, 100 * r.Layers[2].Zero}
	t.Claim("the gradients are 0", zero == [3]float64{100, 100, 100},
		"layer by layer, %.4g %% of the derivatives are exactly 0, because σ′ = s(1 − s), and s is "+
			"rounded to 1 where z > 37", zero)
	t.album.Add("2-wide-shares.png", healthchart.Shares(t.layers()+": the share of gradients that are 0", r))

	// The same function, with a formula for the derivative in which nothing cancels.
	precise := gradus.Func1("σ", psi.Sigmoid,
		func(z float64) float64 { return psi.Sigmoid(z) * psi.Sigmoid(-z) })
	net = t.wideNetwork(activation("σ(z)σ(−z)", precise))
	t.Printf("\nWith the derivative written as σ(z)σ(−z) the largest |∂E/∂W3| is %.0e.\n\n",
		largestGrad(net, 2))
	return t.sweep()
}

// wideNetwork returns the network [2,n,n,2]. All such networks share their neurons, since all begin with
// the same weights, and a million Values take a while to make.
func (t *tutorial) wideNetwork(phi nn.Activation) *nn.MLP {
	if t.first == nil {
		t.first = newNetwork(uint32(t.seed), phi, rand01, 2, t.width, t.width, 2)
	}
	net := &nn.MLP{}
	for _, l := range t.first.Layers {
		net.Layers = append(net.Layers, &nn.Layer{Neurons: l.Neurons, Activation: phi})
	}
	return net
}

// activation returns an activation that applies an op.
func activation(name string, op *gradus.Op) nn.Activation {
	return nn.NewActivation(name, func(z *gradus.Value) *gradus.Value { return op.Apply(z) })
}

// health checks the gradients for the text's target and the input x.
func (t *tutorial) health(net *nn.MLP, x []float64) (health.Report, error) {
	return health.Check(net, nn.SumSquaredErrors, [][]float64{x}, [][]float64{yTrue}, rate)
}

// largestGrad returns the largest absolute derivative in a layer, for the text's sample.
func largestGrad(net *nn.MLP, layer int) (largest float64) {
	errorOf(net).Backward()
	for _, g := range gradOf(net.Layers[layer].Params()) {
		largest = max(largest, math.Abs(g))
	}
	return largest
}

// sweep finds the smallest width at which the gradient of the first layer is exactly 0.
func (t *tutorial) sweep() error {
	at := func(width int) float64 {
		return largestGrad(newNetwork(uint32(t.seed), nn.Sigmoid, rand01, 2, width, width, 2), 0)
	}
	curve := chart.Series{Name: fmt.Sprintf("seed %d", t.seed), Style: chart.LinePoints}
	t.Printf("%-10s%s\n", "width", "largest |∂E/∂W1|")
	for _, width := range []int{3, 10, 20, 30, 40, 50, 60, 70, 80, 100} {
		g := at(width)
		t.Printf("%-10d%.0e\n", width, g)
		if g > 0 {
			curve.Add(float64(width), g)
		}
	}
	vanished := 1
	for at(vanished) > 0 {
		vanished++
	}
	t.Printf("The smallest width with which it is exactly 0 is %d.\n", vanished)
	t.album.Add("3-width.png", chart.Chart{
		Title:  "[2,n,n,2]: a wider network has a smaller gradient",
		X:      chart.Axis{Label: "n, neurons in each hidden layer"},
		Y:      chart.Axis{Label: "largest |∂E/∂W1|, first layer", Log: true},
		Series: []chart.Series{curve},
		Marks:  []chart.Mark{{Name: fmt.Sprintf("exactly 0 from n = %d on", vanished), X: float64(vanished)}},
	})
	return nil
}
