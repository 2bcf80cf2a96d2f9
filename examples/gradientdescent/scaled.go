package main

import (
	"context"
	"fmt"
	"slices"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/examples/gradientdescent/internal/charts"
	"github.com/gradus-go/gradus/examples/gradientdescent/internal/descent"
	"github.com/gradus-go/gradus/examples/gradientdescent/internal/networks"
	"github.com/gradus-go/gradus/internal/picture/chart"
	"github.com/gradus-go/gradus/nn"
)

// sigmoid returns the descent of the wide network with σ(c·z), by the true gradient. With c = 1 this is
// the plain sigmoid. It is recorded once for all c.
func (t *tutorial) sigmoid(c float64) (*descent.Descent, error) {
	if t.exact == nil {
		constant := gradus.New(c).As("c")
		d, err := descent.New(t.wideNetwork(networks.Sigmoid(constant)), x, yTrue, constant)
		if err != nil {
			return nil, err
		}
		t.exact = d
	}
	t.exact.Constants[0] = c
	return t.exact, nil
}

// within is how near to the targets the outputs must be: then gradient descent has arrived.
const within = 0.005

// scaled tries what the text calls a band aid: σ(0.01·z).
func (t *tutorial) scaled(ctx context.Context) error {
	t.Section("4. σ(0.01·z)")
	constant := gradus.New(.01).As("c")
	text, err := descent.New(t.wideNetwork(networks.TextSigmoid(constant)), x, yTrue, constant)
	if err != nil {
		return err
	}
	c, err := t.learn(ctx, text)
	if err != nil {
		return err
	}
	exact, err := t.sigmoid(.01)
	if err != nil {
		return err
	}
	t.compare(text, exact)
	curves, err := t.rates(ctx, exact)
	curves = slices.Insert(curves, 0, c.Until(within).Curve("the text's update, rate 0.01", charts.Iterations))
	t.addErrors("5-scaled.png", charts.LogErrors("σ(0.01·z): the true gradient needs larger rates", curves))
	if err != nil {
		return err
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
	t.Claim("the network learns now", c.Arrival(within) >= 0,
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
	t.Claim("the lost constant is absorbed into the learning rate", absorbed,
		"it is lost once for each layer on the way back: the gradients are %.3g, %.3g and %.3g times "+
			"the true ones, which no single learning rate makes up for", ratios[0], ratios[1], ratios[2])
	title := charts.Verdict(absorbed) + "“absorbed into the learning rate”"
	t.album.Add("4-absorbed.png", charts.Ratios(title, ratios))
}

// rates tries several learning rates with the true gradient. It returns the errors of those that were
// tried before the context ended.
func (t *tutorial) rates(ctx context.Context, d *descent.Descent) (curves []chart.Series, err error) {
	t.Printf("\nWith the true gradient, iterations to within %v of the targets:\n%-16s%s\n",
		within, "learning rate", "iterations, or what E does")
	for _, row := range []struct {
		rate float64
		most int
	}{{.01, 300}, {1, 3000}, {10, 3000}, {100, 3000}, {500, 300}, {1000, 300}} {
		c, err := d.Run(ctx, row.rate, within, min(row.most, t.iterations), t.terminal)
		if err != nil {
			return curves, err
		}
		if row.rate == .01 {
			t.Printf("%-16sbegins at %.6g\n", "any", c.Errors[0])
		}
		t.Printf("%-16v%s\n", row.rate, c.Fate(within))
		if row.rate <= 100 { // the others would hide these
			curves = append(curves, c.Curve(fmt.Sprintf("true gradient, rate %v", row.rate), charts.Iterations))
		}
	}
	if t.isTexts() {
		t.Prose("The runs that do not arrive end early, because their story is over by then. Ten times the rate " +
			"takes a tenth of the iterations, so that rate 0.01 would take a hundred times as many as rate 1.")
	}
	return curves, nil
}

// constants tries other constants than 0.01, with the text's update. The course is that of 0.01.
func (t *tutorial) constants(ctx context.Context, d *descent.Descent, course descent.Course) error {
	defer func() { d.Constants[0] = .01 }()
	t.Printf("\n")
	t.Prose("With other constants, the text's update and learning rate %v, iterations to within %v of the "+
		"targets. A run ends early if E stands still, or if it has taken as many iterations as the best one "+
		"before it.", rate, within)
	best, least := 0.0, min(4000, t.iterations)
	var curves []chart.Series
	var err error
	for _, c := range []float64{.01, .005, .02} {
		if d.Constants[0] = c; c != .01 {
			if course, err = d.Run(ctx, rate, within, least, t.terminal); err != nil {
				break
			}
		}
		t.Printf("c = %-12v%s\n", c, course.Fate(within))
		if n := course.Arrival(within); n >= 0 && n < least {
			best, least = c, n
		}
		curves = append(curves, course.Until(within).Curve(fmt.Sprintf("c = %v", c), chart.Axis{}))
	}
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
	t.Claim("0.01 works best", best == .01, "%s", measured)
	return nil
}

// inputs tries inputs of 0 and inputs that are much larger than 1. The descent is that with σ(0.01·z).
func (t *tutorial) inputs(ctx context.Context, d *descent.Descent) error {
	zero := []float64{0, 0}
	r, err := t.health(t.wideNetwork(nn.Sigmoid), zero)
	if err != nil {
		return err
	}
	large := []float64{20, 30}
	d.Input = large
	c, err := d.Run(ctx, rate, within, min(4000, t.iterations), t.terminal)
	if err != nil {
		return err
	}
	hidden := r.Layers[1]
	t.Claim("this is why inputs must be between 0 and 1", hidden.Zero < 1 && c.Arrival(within) < 0,
		"with the inputs %v and σ(z), z is %.0f to %.0f in layer 2, and %.4g %% of ∂E/∂W2 are "+
			"exactly 0; with the inputs %v and σ(0.01·z), iterations to within %v of the targets: %s",
		zero, hidden.ZMin, hidden.ZMax, 100*hidden.Zero, large, within, c.Iterations(within))
	return nil
}
