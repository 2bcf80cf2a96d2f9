package main

import (
	"context"
	"fmt"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/examples/gradientdescent/internal/charts"
	"github.com/gradus-go/gradus/examples/gradientdescent/internal/networks"
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
		"layer by layer, %.4g %% of the derivatives are exactly 0; σ′ = s(1 − s) is, where s is rounded to 1, "+
			"for z > 37, and z is up to %.3g", zero, r.Layers[2].ZMax)
	t.album.Add("2-wide-shares.png", healthchart.Shares(t.layers()+": the share of gradients that are 0", r))

	// The same function, with a formula for the derivative in which nothing cancels.
	precise := gradus.Func1("σ", psi.Sigmoid,
		func(z float64) float64 { return psi.Sigmoid(z) * psi.Sigmoid(-z) })
	net = t.wideNetwork(networks.Activation("σ(z)σ(−z)", precise))
	t.Printf("\nWith the derivative written as σ(z)σ(−z) the largest |∂E/∂W3| is %.0e.\n\n",
		networks.LargestGrad(net, 2, x, yTrue))
	return t.sweep()
}

// wideNetwork returns the network [2,n,n,2]. All such networks share their neurons, since all begin with
// the same weights.
func (t *tutorial) wideNetwork(phi nn.Activation) *nn.MLP {
	if t.first == nil {
		t.first = networks.New(uint32(t.seed), phi, networks.Rand01, 2, t.width, t.width, 2)
	}
	return networks.With(t.first, phi)
}

// health checks the gradients for the text's target and the input x.
func (t *tutorial) health(net *nn.MLP, x []float64) (health.Report, error) {
	return health.Check(net, nn.SumSquaredErrors, [][]float64{x}, [][]float64{yTrue}, rate)
}

// sweep finds the smallest width at which the gradient of the first layer is exactly 0.
func (t *tutorial) sweep() error {
	at := func(width int) float64 {
		net := networks.New(uint32(t.seed), nn.Sigmoid, networks.Rand01, 2, width, width, 2)
		return networks.LargestGrad(net, 0, x, yTrue)
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
	t.album.Add("3-width.png", charts.Widths(curve, vanished))
	return nil
}
