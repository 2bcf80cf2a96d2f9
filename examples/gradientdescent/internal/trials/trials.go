// Package trials trains the networks of the tutorial "Practice Implementing Gradient Descent" again and
// again: with other learning rates, other constants, other initial weights. Of each run it prints how it
// ends, and returns the errors as a curve.
package trials

import (
	"context"
	"fmt"
	"io"
	"math"

	"github.com/gradus-go/gradus/chart"
	"github.com/gradus-go/gradus/examples/gradientdescent/internal/charts"
	"github.com/gradus-go/gradus/examples/gradientdescent/internal/claims"
	"github.com/gradus-go/gradus/examples/gradientdescent/internal/descent"
	"github.com/gradus-go/gradus/examples/gradientdescent/internal/networks"
	"github.com/gradus-go/gradus/examples/gradientdescent/internal/wide"
	"github.com/gradus-go/gradus/internal/mersenne"
	"github.com/gradus-go/gradus/nn"
)

// Trials are runs of gradient descent, and where they print. When their context ends, they return its
// error and the curves of the runs that were complete.
type Trials struct {
	*claims.Report
	Net        *wide.Network
	Terminal   io.Writer // for progress bars
	Rate       float64   // the text's learning rate
	Within     float64   // how near to its target each output must be: then a run has arrived
	Iterations int       // most iterations of a run with another rate or another constant
}

// Seeds trains the network [2,3,3,2] with three seeds. It returns how near to the targets the nearest
// outputs are after 1000 iterations.
func (t Trials) Seeds(ctx context.Context) (nearest float64, curves []chart.Series, err error) {
	t.Printf("%-6s%-16s%-21s%-11s%s\n", "seed", "first outputs", "after 1000", "E then", "iterations to within")
	t.Printf("%54s%-9v%-9s%s\n", "", t.Within, "1e-4", "1e-8")
	nearest = math.Inf(1)
	for _, seed := range []uint32{0, 1, 42} {
		d, err := descent.New(networks.New(seed, nn.Sigmoid, networks.Rand01, 2, 3, 3, 2), t.Net.X, t.Net.YTrue)
		if err != nil {
			return nearest, curves, err
		}
		d.Forward()
		first := d.Outputs()
		after1000, err := d.Run(ctx, t.Rate, 0, 1000, t.Terminal)
		if err != nil {
			return nearest, curves, err
		}
		then := d.Outputs()
		c, err := d.Run(ctx, t.Rate, 1e-8, 100_000, t.Terminal)
		if err != nil {
			return nearest, curves, err
		}
		t.Printf("%-6d%-16.4f%-21.14f%-11.3e%-9s%-9s%s\n%6s%-16.4f%.14f\n",
			seed, first[0], then[0], after1000.Errors[1000],
			c.Iterations(t.Within), c.Iterations(1e-4), c.Iterations(1e-8), "", first[1], then[1])
		nearest = min(nearest, after1000.Offs[1000])
		curves = append(curves, c.Curve(fmt.Sprintf("seed %d", seed), chart.Axis{}))
	}
	t.Printf("The targets are %v.\n", t.Net.YTrue)
	return nearest, curves, nil
}

// Widths computes the gradient of the first layer for other widths of the network, of which it returns a
// curve, and the smallest width at which this gradient is exactly 0.
func (t Trials) Widths() (curve chart.Series, vanished int) {
	at := func(width int) float64 {
		net := networks.New(t.Net.Seed, nn.Sigmoid, networks.Rand01, 2, width, width, 2)
		return networks.LargestGrad(net, 0, t.Net.X, t.Net.YTrue)
	}
	curve = chart.Series{Name: fmt.Sprintf("seed %d", t.Net.Seed), Style: chart.LinePoints}
	t.Printf("%-10s%s\n", "width", "largest |∂E/∂W1|")
	for _, width := range []int{3, 10, 20, 30, 40, 50, 60, 70, 80, 100} {
		g := at(width)
		t.Printf("%-10d%.0e\n", width, g)
		if g > 0 {
			curve.Add(float64(width), g)
		}
	}
	for vanished = 1; at(vanished) > 0; {
		vanished++
	}
	t.Printf("The smallest width with which it is exactly 0 is %d.\n", vanished)
	return curve, vanished
}

// Rates tries several learning rates. The descent is one by the true gradient. Of a rate that is too large
// the curve has the first 50 iterations, since what follows would cover the other curves.
func (t Trials) Rates(ctx context.Context, d *descent.Descent) (curves []chart.Series, err error) {
	const shown = 50
	t.Printf("\nWith the true gradient, iterations to within %v of the targets:\n%-16s%s\n",
		t.Within, "learning rate", "iterations, or what E does")
	for _, row := range []struct {
		rate float64
		most int
	}{{.01, 300}, {1, 3000}, {10, 3000}, {100, 3000}, {500, 300}, {1000, 300}} {
		c, err := d.Run(ctx, row.rate, t.Within, min(row.most, t.Iterations), t.Terminal)
		if err != nil {
			return curves, err
		}
		if len(curves) == 0 {
			t.Printf("%-16sbegins at %.6g\n", "any", c.Errors[0])
		}
		t.Printf("%-16v%s\n", row.rate, c.Fate(t.Within))
		curve := c.Curve(fmt.Sprintf("true gradient, rate %v", row.rate), charts.Iterations)
		if row.rate > 100 && c.Arrival(t.Within) < 0 && len(curve.X) > shown {
			curve.Name += fmt.Sprintf(", first %d", shown)
			curve.X, curve.Y = curve.X[:shown], curve.Y[:shown]
		}
		curves = append(curves, curve)
	}
	return curves, nil
}

// Constants tries other constants than 0.01, of which the course is known. It returns the one that
// arrives first, or 0 if none does.
func (t Trials) Constants(
	ctx context.Context, d *descent.Descent, course descent.Course,
) (best float64, curves []chart.Series, err error) {
	defer func() { d.Constants[0] = .01 }()
	t.Printf("\n")
	t.Prose("With other constants, the text's update and learning rate %v, iterations to within %v of the "+
		"targets. A run ends early if E stands still, or if it has taken as many iterations as the best one "+
		"before it.", t.Rate, t.Within)
	least := min(4000, t.Iterations)
	for _, c := range []float64{.01, .005, .02} {
		if d.Constants[0] = c; c != .01 {
			if course, err = d.Run(ctx, t.Rate, t.Within, least, t.Terminal); err != nil {
				return best, curves, err
			}
		}
		t.Printf("c = %-12v%s\n", c, course.Fate(t.Within))
		name := fmt.Sprintf("c = %v", c)
		switch n := course.Arrival(t.Within); {
		case n < 0:
			name += ", " + course.Fate(t.Within)
		case n < least:
			best, least = c, n
		}
		curves = append(curves, course.Until(t.Within).Curve(name, chart.Axis{}))
	}
	return best, curves, nil
}

// Initials tries other initial weights, with the sigmoid and the leaky ReLU.
func (t Trials) Initials(
	ctx context.Context, sigmoid, leaky *descent.Descent,
) (curves []chart.Series, err error) {
	const most = 500
	t.Printf("\n")
	t.Prose("With other initial weights, in at most %d iterations to within %v of the targets:", most, t.Within)
	t.Printf("%-12s%-23s%-7s%-24s%s\n", "φ", "initial weights", "rate", "iterations", "first ‖∂E/∂W2‖")
	for _, row := range []struct {
		phiName, drawName string
		descent           *descent.Descent
		draw              nn.Init
		rate              float64
	}{
		{"σ", "N(0, 1)/√(inputs + 1)", sigmoid, networks.Scaled(nn.Normal(0, 1)), t.Rate},
		{"σ", "[−1, 1)/√(inputs + 1)", sigmoid, networks.Scaled(nn.Uniform(-1, 1)), t.Rate},
		{"σ", "[0, 1)/√(inputs + 1)", sigmoid, networks.Scaled(networks.Rand01), t.Rate},
		{"leaky ReLU", "N(0, 1)/√(inputs + 1)", leaky, networks.Scaled(nn.Normal(0, 1)), t.Rate},
		{"leaky ReLU", "N(0, 1)/√(inputs + 1)", leaky, networks.Scaled(nn.Normal(0, 1)), t.Rate / 10},
	} {
		row.descent.Redraw(mersenne.NumPy(t.Net.Seed), row.draw)
		gradient := descent.Norm(row.descent.Gradients()[1])
		c, err := row.descent.Run(ctx, row.rate, t.Within, most, t.Terminal)
		if err != nil {
			return curves, err
		}
		t.Printf("%-12s%-23s%-7v%-24s%.0e\n",
			row.phiName, row.drawName, row.rate, c.Fate(t.Within), gradient)
		name := fmt.Sprintf("%s, %s, rate %v", row.phiName, row.drawName, row.rate)
		curves = append(curves, c.Curve(name, charts.Iterations))
	}
	return curves, nil
}
