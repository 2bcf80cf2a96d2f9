package main

import (
	"context"
	"fmt"

	"github.com/gradus-go/gradus/examples/gradientdescent/internal/charts"
	"github.com/gradus-go/gradus/examples/gradientdescent/internal/descent"
	"github.com/gradus-go/gradus/examples/gradientdescent/internal/networks"
	"github.com/gradus-go/gradus/examples/gradientdescent/internal/numpy"
	"github.com/gradus-go/gradus/examples/internal/healthchart"
	"github.com/gradus-go/gradus/internal/picture/chart"
	"github.com/gradus-go/gradus/nn"
)

// initialWeights tries what the text calls a better solution, the leaky ReLU, and then shows that the
// cause is the initial weights.
func (t *tutorial) initialWeights(ctx context.Context) error {
	t.Section("5. The leaky ReLU, and other initial weights")
	net := t.wideNetwork(nn.LeakyReLU(.01))
	r, err := t.health(net, x)
	if err != nil {
		return err
	}
	t.Printf("%v", r)
	leaky, err := descent.New(net, x, yTrue)
	if err != nil {
		return err
	}
	leaky.Forward()
	y := leaky.Outputs()
	c, err := leaky.Run(ctx, rate, within, 100, t.terminal)
	if err != nil {
		return err
	}
	t.Printf("\n")
	t.Prose("The first outputs are %.0f. Iterations of training with learning rate %v to within %v of "+
		"the targets: %s", y, rate, within, c.Iterations(within))
	better := c.Arrival(within) >= 0
	title := charts.Verdict(better) + "the leaky ReLU is “a better solution”"
	t.album.Add("7-leaky-norms.png", healthchart.Norms(title, r))
	t.Claim("the leaky ReLU is a better solution", better,
		"not by itself: the outputs are so large because the weights are large")

	sigmoid, err := t.sigmoid(1)
	if err != nil {
		return err
	}
	curves, err := t.initials(ctx, sigmoid, leaky)
	t.addErrors("8-initial.png", charts.LogErrors("Other initial weights, with σ and the leaky ReLU", curves))
	return err
}

// initials trains networks that begin with other weights. It returns the errors of those that were
// trained before the context ended.
func (t *tutorial) initials(
	ctx context.Context, sigmoid, leaky *descent.Descent,
) (curves []chart.Series, err error) {
	const most = 500
	t.Printf("\n")
	t.Prose("With other initial weights, in at most %d iterations to within %v of the targets:", most, within)
	t.Printf("%-12s%-23s%-7s%-24s%s\n", "φ", "initial weights", "rate", "iterations", "first ‖∂E/∂W2‖")
	for _, row := range []struct {
		phiName, drawName string
		descent           *descent.Descent
		draw              nn.Init
		rate              float64
	}{
		{"σ", "N(0, 1)/√(inputs + 1)", sigmoid, networks.Scaled(nn.Normal(0, 1)), rate},
		{"σ", "[−1, 1)/√(inputs + 1)", sigmoid, networks.Scaled(nn.Uniform(-1, 1)), rate},
		{"σ", "[0, 1)/√(inputs + 1)", sigmoid, networks.Scaled(networks.Rand01), rate},
		{"leaky ReLU", "N(0, 1)/√(inputs + 1)", leaky, networks.Scaled(nn.Normal(0, 1)), rate},
		{"leaky ReLU", "N(0, 1)/√(inputs + 1)", leaky, networks.Scaled(nn.Normal(0, 1)), rate / 10},
	} {
		row.descent.Redraw(numpy.Random(uint32(t.seed)), row.draw)
		gradient := descent.Norm(row.descent.Gradients()[1])
		c, err := row.descent.Run(ctx, row.rate, within, most, t.terminal)
		if err != nil {
			return curves, err
		}
		t.Printf("%-12s%-23s%-7v%-24s%.0e\n",
			row.phiName, row.drawName, row.rate, c.Fate(within), gradient)
		name := fmt.Sprintf("%s, %s, rate %v", row.phiName, row.drawName, row.rate)
		curves = append(curves, c.Curve(name, charts.Iterations))
	}
	return curves, nil
}
