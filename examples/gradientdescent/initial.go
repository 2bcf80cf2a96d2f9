package main

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"

	"github.com/gradus-go/gradus/examples/gradientdescent/internal/descent"
	"github.com/gradus-go/gradus/examples/internal/healthchart"
	"github.com/gradus-go/gradus/internal/picture/chart"
	"github.com/gradus-go/gradus/nn"
	"github.com/gradus-go/gradus/nn/optim"
	"github.com/gradus-go/gradus/nn/train"
)

// initialWeights tries what the text calls a better solution, the leaky ReLU, and then shows that the
// cause is the initial weights.
func (t *tutorial) initialWeights() error {
	t.Section("5. The leaky ReLU, and other initial weights")
	leaky := nn.LeakyReLU(.01)
	net := t.wideNetwork(leaky, rand01)
	r, err := t.health(net, x)
	if err != nil {
		return err
	}
	t.Printf("%v", r)
	t.album.Add("leaky-norms.png", healthchart.Norms("[2,n,n,2], leaky ReLU, weights from [0, 1)", r))
	p, err := train.NewPredictor(net)
	if err != nil {
		return err
	}
	y, err := p.Predict([][]float64{x})
	if err != nil {
		return err
	}
	err = train.Run(context.Background(), train.Config{
		Net: net, Loss: nn.SumSquaredErrors, Data: train.Data{X: [][]float64{x}, T: [][]float64{yTrue}},
		Optimizer: optim.NewSGD(optim.Constant(rate)), Epochs: 100,
	})
	t.Printf("\n")
	t.Prose("The first outputs are %.0f. Training with learning rate %v ends with: %v", y[0], rate, err)
	t.Claim("the leaky ReLU is a better solution", err == nil,
		"not by itself: the outputs are so large because the weights are large")
	return t.initials(leaky)
}

// scaled returns the distribution draw, divided by √(fan-in + 1): here the bias is the weight of an
// input, too.
func scaled(draw nn.Init) nn.Init {
	return func(rng *rand.Rand, fanIn, fanOut int) float64 {
		return draw(rng, fanIn, fanOut) / math.Sqrt(float64(fanIn+1))
	}
}

// initials trains networks that begin with other weights.
func (t *tutorial) initials(leaky nn.Activation) error {
	t.Printf("\n%-12s%-24s%-16s%-14s%s\n",
		"φ", "initial weights", "learning rate", "iterations", "initial ‖∂E/∂W2‖")
	var curves []chart.Series
	for _, row := range []struct {
		phiName, drawName string
		phi               nn.Activation
		draw              nn.Init
		rate              float64
	}{
		{"σ", "N(0, 1)/√(fan-in + 1)", nn.Sigmoid, scaled(nn.Normal(0, 1)), rate},
		{"σ", "[−1, 1)/√(fan-in + 1)", nn.Sigmoid, scaled(nn.Uniform(-1, 1)), rate},
		{"σ", "[0, 1)/√(fan-in + 1)", nn.Sigmoid, scaled(rand01), rate},
		{"leaky ReLU", "N(0, 1)/√(fan-in + 1)", leaky, scaled(nn.Normal(0, 1)), rate},
		{"leaky ReLU", "N(0, 1)/√(fan-in + 1)", leaky, scaled(nn.Normal(0, 1)), rate / 10},
	} {
		net := t.wideNetwork(row.phi, row.draw)
		errorOf(net).Backward()
		gradient := norm(gradOf(net.Layers[1].Params()))
		d, err := descent.New(net, x, yTrue)
		if err != nil {
			return err
		}
		c := d.Run(row.rate, within, 2000, t.terminal)
		t.Printf("%-12s%-24s%-16v%-14s%.0e\n",
			row.phiName, row.drawName, row.rate, c.Iterations(within), gradient)
		if c.Arrival(within) >= 0 {
			name := fmt.Sprintf("%s, %s, rate %v", row.phiName, row.drawName, row.rate)
			curves = append(curves, descent.Curve(1, name, c.Errors))
		}
	}
	t.album.Add("initial.png",
		errorChart("[2,n,n,2], other initial weights: error by iteration", curves...))
	return nil
}
