package main

import (
	"context"
	"fmt"
	"slices"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/examples/gradientdescent/internal/charts"
	"github.com/gradus-go/gradus/examples/gradientdescent/internal/claims"
	"github.com/gradus-go/gradus/examples/gradientdescent/internal/descent"
	"github.com/gradus-go/gradus/examples/gradientdescent/internal/networks"
	"github.com/gradus-go/gradus/nn"
)

// scaled tries what the text calls a band aid: σ(0.01·z).
func (t *tutorial) scaled(ctx context.Context) error {
	t.Section("4. σ(0.01·z)")
	constant := gradus.New(.01).As("c")
	text, err := t.Net.Descent(networks.TextSigmoid(constant), constant)
	if err != nil {
		return err
	}
	c, err := t.learn(ctx, text)
	if err != nil {
		return err
	}
	exact, err := t.Net.Sigmoid(.01)
	if err != nil {
		return err
	}
	t.compare(text, exact)
	curves, err := t.Rates(ctx, exact)
	curves = slices.Insert(curves, 0, c.Until(within).Curve("the text's update, rate 0.01", charts.Iterations))
	t.addErrors("5-scaled.png", charts.Rates("σ(0.01·z): the true gradient needs larger rates", curves))
	if err != nil {
		return err
	}
	if t.isTexts() {
		t.Prose("The runs that do not arrive end early, because their story is over by then. Ten times the rate " +
			"takes a tenth of the iterations, so that rate 0.01 would take a hundred times as many as rate 1.")
	}
	if err := t.constants(ctx, text, c); err != nil {
		return err
	}
	return t.inputs(ctx, text)
}

// learn trains the network with the text's update, until the outputs are within 1e-4 of the targets.
func (t *tutorial) learn(ctx context.Context, text *descent.Descent) (c descent.Course, err error) {
	c, err = text.Run(ctx, rate, 1e-4, t.iterations, t.terminal)
	if err != nil {
		return c, err
	}
	last := len(c.Errors) - 1
	t.Prose("With the text's update and learning rate %v, E is %.1e after %d iterations.",
		rate, c.Errors[last], last)
	if last < t.iterations {
		t.Prose("The text trains for 10,000. This run ends earlier, because every output is now within " +
			"1e-4 of its target.")
	}
	t.Claim(claims.LearnsNow, c.Arrival(within) >= 0,
		"iterations to within %v of the targets with the text's update: %s", within, c.Iterations(within))
	return c, nil
}

// compare compares the text's gradient with the true gradient, layer by layer.
func (t *tutorial) compare(text, exact *descent.Descent) {
	texts, trues := text.Gradients(), exact.Gradients()
	var ratios []float64
	t.Printf("\n")
	t.Head("ratio of norms", "cosine of angle")
	for i := range texts {
		ratios = append(ratios, descent.Norm(texts[i])/descent.Norm(trues[i]))
		t.Row(fmt.Sprintf("∂E/∂W%d, text's / true", i+1), "%.6g", ratios[i], descent.Cosine(texts[i], trues[i]))
	}
	a, b := slices.Concat(texts...), slices.Concat(trues...)
	t.Row("all layers together", "%.6g", descent.Norm(a)/descent.Norm(b), descent.Cosine(a, b))
	absorbed := ratios[0] < 1.01*ratios[2]
	t.Claim(claims.Absorbed, absorbed,
		"it is lost once for each layer on the way back: the gradients are %.3g, %.3g and %.3g times "+
			"the true ones, which no single learning rate makes up for", ratios[0], ratios[1], ratios[2])
	title := charts.Verdict(absorbed) + "“absorbed into the learning rate”"
	t.album.Add("4-absorbed.png", charts.Ratios(title, ratios))
}

// constants tries other constants than 0.01, with the text's update. The course is that of 0.01.
func (t *tutorial) constants(ctx context.Context, text *descent.Descent, course descent.Course) error {
	best, curves, err := t.Constants(ctx, text, course)
	title := "“0.01 works best”; σ(c·z) by the constant c"
	if err == nil {
		title = charts.Verdict(best == .01) + title
	}
	t.addErrors("6-constants.png", charts.Errors(title, curves))
	if err != nil {
		return err
	}
	measured := "none of these three arrives"
	if best > 0 {
		measured = fmt.Sprintf("the best of these three is %v", best)
	}
	t.Claim(claims.WorksBest, best == .01, "%s", measured)
	return nil
}

// inputs tries inputs of 0 and inputs that are much larger than 1. The descent is that with σ(0.01·z).
func (t *tutorial) inputs(ctx context.Context, text *descent.Descent) error {
	zero, large := []float64{0, 0}, []float64{20, 30}
	r, err := t.Net.Health(nn.Sigmoid, zero, rate)
	if err != nil {
		return err
	}
	text.Input = large
	c, err := text.Run(ctx, rate, within, min(4000, t.iterations), t.terminal)
	if err != nil {
		return err
	}
	hidden := r.Layers[1]
	t.Claim(claims.WhyInputs, hidden.Zero < 1 && c.Arrival(within) < 0,
		"with the inputs %v and σ(z), z is %.0f to %.0f in layer 2, and %.4g %% of ∂E/∂W2 are "+
			"exactly 0; with the inputs %v and σ(0.01·z), iterations to within %v of the targets: %s",
		zero, hidden.ZMin, hidden.ZMax, 100*hidden.Zero, large, within, c.Iterations(within))
	return nil
}
