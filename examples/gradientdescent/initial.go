package main

import (
	"context"

	"github.com/gradus-go/gradus/examples/gradientdescent/internal/charts"
	"github.com/gradus-go/gradus/examples/gradientdescent/internal/claims"
	"github.com/gradus-go/gradus/examples/internal/healthchart"
	"github.com/gradus-go/gradus/nn"
)

// initialWeights tries what the text calls a better solution, the leaky ReLU, and then shows that the
// cause is the initial weights.
func (t *tutorial) initialWeights(ctx context.Context) error {
	t.Section("5. The leaky ReLU, and other initial weights")
	phi := nn.LeakyReLU(.01)
	r, err := t.health(phi)
	if err != nil {
		return err
	}
	leaky, err := t.Net.Descent(phi)
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
	t.Claim(claims.BetterSolution, better,
		"not by itself: the outputs are so large because the weights are large")

	sigmoid, err := t.Net.Sigmoid(1)
	if err != nil {
		return err
	}
	curves, err := t.Initials(ctx, sigmoid, leaky)
	t.addErrors("8-initial.png", charts.LogErrors("Other initial weights, with σ and the leaky ReLU", curves))
	return err
}
