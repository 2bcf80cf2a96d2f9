package main

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/floats"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/examples/gradientdescent/internal/descent"
	"github.com/gradus-go/gradus/examples/gradientdescent/internal/psi"
	"github.com/gradus-go/gradus/internal/picture/chart"
	"github.com/gradus-go/gradus/nn"
)

// textSigmoid is σ(c·z) with the derivative that the text uses, in which the factor c is missing. It
// is defined with Func1, because no function of package gradus has a wrong derivative.
func textSigmoid(c float64) nn.Activation {
	op := gradus.Func1("σ", func(z float64) float64 { return psi.Sigmoid(c * z) },
		func(z float64) float64 { s := psi.Sigmoid(c * z); return s * (1 - s) })
	return activation(fmt.Sprintf("σ(%vz), derivative s(1 − s)", c), op)
}

// within is how near to the targets the outputs must be: then gradient descent has arrived.
const within = 0.005

// scaled tries what the text calls a band aid: σ(0.01·z).
func (t *tutorial) scaled() error {
	t.Section("4. σ(0.01·z)")
	text := t.wideNetwork(textSigmoid(.01), rand01)
	exact := t.wideNetwork(nn.ScaledSigmoid(.01), rand01)
	d, err := descent.New(text, x, yTrue)
	if err != nil {
		return err
	}
	c := d.Run(rate, 0, t.iterations, t.terminal)
	end := fmt.Sprintf("%.1e", c.Errors[t.iterations])
	if c.Errors[t.iterations] < 1e-25 {
		end = "below 1e-25" // the rest is rounding
	}
	t.Printf("With the text's update and learning rate %v, E is %s after %d iterations.\n",
		rate, end, t.iterations)
	t.Claim("the network learns now", c.Arrival(within) >= 0,
		"iterations to within %v of the targets with the text's update: %s", within, c.Iterations(within))

	t.compare(text, exact)
	curves := []chart.Series{descent.Curve(10, "the text's update, rate 0.01", c.Errors)}
	more, err := t.rates(exact)
	if err != nil {
		return err
	}
	t.album.Add("scaled.png",
		errorChart("[2,n,n,2], σ(0.01·z): error by iteration", append(curves, more...)...))
	if err := t.constants(); err != nil {
		return err
	}
	return t.inputs()
}

// compare compares the text's gradient with the true gradient, layer by layer.
func (t *tutorial) compare(text, exact *nn.MLP) {
	errorOf(text).Backward()
	errorOf(exact).Backward()
	t.Printf("\n")
	t.Head("ratio of norms", "cosine of angle")
	for i := range text.Layers {
		a, b := gradOf(text.Layers[i].Params()), gradOf(exact.Layers[i].Params())
		t.Row(fmt.Sprintf("∂E/∂W%d, text's / true", i+1), "%.6g", norm(a)/norm(b), cosine(a, b))
	}
	a, b := gradOf(text.Params()), gradOf(exact.Params())
	t.Row("all layers together", "%.6g", norm(a)/norm(b), cosine(a, b))
	ratio := func(layer int) float64 {
		return norm(gradOf(text.Layers[layer].Params())) / norm(gradOf(exact.Layers[layer].Params()))
	}
	t.Claim("the lost constant is absorbed into the learning rate", ratio(0) < 1.01*ratio(2),
		"it is lost once for each layer on the way back: the gradients are %.3g, %.3g and %.3g times "+
			"the true ones, which no single learning rate makes up for",
		ratio(0), ratio(1), ratio(2))
}

// gradOf returns the gradients of parameters.
func gradOf(params []*gradus.Value) []float64 {
	g := make([]float64, len(params))
	for i, v := range params {
		g[i] = v.Grad
	}
	return g
}

func norm(g []float64) float64 { return floats.Norm(g, 2) }

func cosine(a, b []float64) float64 { return floats.Dot(a, b) / norm(a) / norm(b) }

// rates tries several learning rates with the true gradient.
func (t *tutorial) rates(net *nn.MLP) (curves []chart.Series, err error) {
	d, err := descent.New(net, x, yTrue)
	if err != nil {
		return nil, err
	}
	t.Printf("\nWith the true gradient, in at most 3000 iterations to within %v of the targets:\n%-16s%s\n",
		within, "learning rate", "iterations")
	for _, rate := range []float64{.01, 1, 10, 100, 500, 1000} {
		c := d.Run(rate, within, 3000, t.terminal)
		t.Printf("%-16v%s\n", rate, c.Fate(within))
		if rate <= 100 {
			curves = append(curves, descent.Curve(1, fmt.Sprintf("true gradient, rate %v", rate), c.Errors))
		}
	}
	return curves, nil
}

// constants tries other constants than 0.01, with the text's update.
func (t *tutorial) constants() error {
	t.Printf("\nWith other constants, the text's update and learning rate %v:\n", rate)
	best, least := 0.0, math.MaxInt
	for _, c := range []float64{.005, .01, .02} {
		d, err := descent.New(t.wideNetwork(textSigmoid(c), rand01), x, yTrue)
		if err != nil {
			return err
		}
		course := d.Run(rate, within, 4000, t.terminal)
		t.Printf("c = %-6v iterations to within %v: %s\n", c, within, course.Iterations(within))
		if n := course.Arrival(within); n >= 0 && n < least {
			best, least = c, n
		}
	}
	measured := "none of these three arrives"
	if best > 0 {
		measured = fmt.Sprintf("the best of these three is %v", best)
	}
	t.Claim("0.01 works best", best == .01, "%s", measured)
	return nil
}

// inputs tries inputs of 0 and inputs that are much larger than 1.
func (t *tutorial) inputs() error {
	zero := []float64{0, 0}
	r, err := t.health(t.wideNetwork(nn.Sigmoid, rand01), zero)
	if err != nil {
		return err
	}
	large := []float64{20, 30}
	d, err := descent.New(t.wideNetwork(textSigmoid(.01), rand01), large, yTrue)
	if err != nil {
		return err
	}
	c := d.Run(rate, within, 4000, t.terminal)
	hidden := r.Layers[1]
	t.Claim("this is why inputs must be between 0 and 1", hidden.Zero < 1 && c.Arrival(within) < 0,
		"with the inputs %v and σ(z), z is %.0f to %.0f in layer 2, and %.4g %% of ∂E/∂W2 are "+
			"exactly 0; with the inputs %v and σ(0.01·z), iterations to within %v of the targets: %s",
		zero, hidden.ZMin, hidden.ZMax, 100*hidden.Zero, large, within, c.Iterations(within))
	return nil
}
