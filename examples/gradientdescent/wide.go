package main

import (
	"context"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/examples/gradientdescent/internal/charts"
	"github.com/gradus-go/gradus/examples/gradientdescent/internal/claims"
	"github.com/gradus-go/gradus/examples/gradientdescent/internal/networks"
	"github.com/gradus-go/gradus/examples/gradientdescent/internal/psi"
	"github.com/gradus-go/gradus/examples/internal/healthchart"
	"github.com/gradus-go/gradus/nn"
	"github.com/gradus-go/gradus/nn/health"
)

// wide trains the network with many neurons in each hidden layer, and shows why it does not learn.
func (t *tutorial) wide(ctx context.Context) error {
	t.Section("3. Layers " + t.Net.String())
	if err := t.trainWide(ctx); err != nil {
		return err
	}
	t.Printf("\n")
	r, err := t.health(nn.Sigmoid)
	if err != nil {
		return err
	}
	zero := [3]float64{100 * r.Layers[0].Zero, 100 * r.Layers[1].Zero, 100 * r.Layers[2].Zero}
	all := zero == [3]float64{100, 100, 100}
	t.Claim(claims.GradientsZero, all,
		"layer by layer, %.4g %% of the derivatives are exactly 0; σ′ = s(1 − s) is, where s is rounded to 1, "+
			"for z > 37, and z is up to %.3g", zero, r.Layers[2].ZMax)
	title := charts.Verdict(all) + "“the gradients are 0”, layers " + t.Net.String()
	t.album.Add("2-wide-shares.png", healthchart.Shares(title, r))

	// The same function, with a formula for the derivative in which nothing cancels.
	precise := gradus.Func1("σ", psi.Sigmoid,
		func(z float64) float64 { return psi.Sigmoid(z) * psi.Sigmoid(-z) })
	net := t.Net.With(networks.Activation("σ(z)σ(−z)", precise))
	t.Printf("\nWith the derivative written as σ(z)σ(−z) the largest |∂E/∂W3| is %.0e.\n\n",
		networks.LargestGrad(net, 2, x, yTrue))
	curve, vanished := t.Widths()
	t.album.Add("3-width.png", charts.Widths(curve, vanished))
	return nil
}

// trainWide trains the network with the plain sigmoid, as the text does.
func (t *tutorial) trainWide(ctx context.Context) error {
	d, err := t.Net.Sigmoid(1)
	if err != nil {
		return err
	}
	d.Forward()
	first := d.Outputs()
	c, err := d.Run(ctx, rate, within, t.iterations, t.terminal)
	if err != nil {
		return err
	}
	last := len(c.Errors) - 1
	t.Prose("The first outputs are %.6g, and E is %.6g. After %d iterations with learning rate %v the outputs "+
		"are %.6g, and E is %.6g. The targets are %v.",
		first, c.Errors[0], last, rate, d.Outputs(), c.Errors[last], yTrue)
	fate := c.Fate(within)
	if c.Errors[last] == c.Errors[0] {
		fate += ". E still has its first value, to the last bit; the gradients say why"
	}
	t.Claim(claims.DoesNotWork, c.Arrival(within) < 0,
		"iterations to within %v of the targets: %s", within, fate)
	return nil
}

// health prints the health of the wide network with an activation.
func (t *tutorial) health(phi nn.Activation) (health.Report, error) {
	r, err := t.Net.Health(phi, x, rate)
	if err == nil {
		t.Printf("In this table the error E is called L, for loss.\n%v", r)
	}
	return r, err
}
