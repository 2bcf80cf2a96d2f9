package main

import (
	"context"
	"fmt"
	"math"

	"github.com/gradus-go/gradus/examples/gradientdescent/internal/charts"
	"github.com/gradus-go/gradus/examples/gradientdescent/internal/descent"
	"github.com/gradus-go/gradus/examples/gradientdescent/internal/networks"
	"github.com/gradus-go/gradus/internal/picture/chart"
	"github.com/gradus-go/gradus/nn"
)

// mapping trains the network [2,3,3,2] for 1000 iterations, as the text does, and then for longer.
func (t *tutorial) mapping(ctx context.Context) error {
	t.Section("2. 1000 iterations of gradient descent with learning rate 0.01")
	nearest, curves, err := t.seeds(ctx)
	matches := nearest < eightDecimals
	c := charts.Matches(charts.Verdict(matches)+"“matches exactly” after 1000 iterations", curves, eightDecimals)
	t.addErrors("1-mapping.png", c)
	if err != nil {
		return err
	}
	t.Claim("after 1000 iterations the output matches the targets exactly", matches,
		"the nearest outputs are off by %.4f; the last column says how long 1e-8 takes", nearest)
	return nil
}

// eightDecimals is how near to its target an output must be to be printed as the target is. NumPy prints
// eight decimals.
const eightDecimals = 0.5e-8

// seeds trains networks with three seeds. It returns how near to the targets the nearest outputs are
// after 1000 iterations, and the errors of those networks that were trained before the context ended.
func (t *tutorial) seeds(ctx context.Context) (nearest float64, curves []chart.Series, err error) {
	t.Printf("%-6s%-16s%-21s%-11s%s\n", "seed", "first outputs", "after 1000", "E then", "iterations to within")
	t.Printf("%54s%-9v%-9s%s\n", "", within, "1e-4", "1e-8")
	nearest = math.Inf(1)
	for _, seed := range []uint32{0, 1, 42} {
		d, err := descent.New(networks.New(seed, nn.Sigmoid, networks.Rand01, 2, 3, 3, 2), x, yTrue)
		if err != nil {
			return nearest, curves, err
		}
		d.Forward()
		first := d.Outputs()
		after1000, err := d.Run(ctx, rate, 0, 1000, t.terminal)
		if err != nil {
			return nearest, curves, err
		}
		then := d.Outputs()
		c, err := d.Run(ctx, rate, 1e-8, 100_000, t.terminal)
		if err != nil {
			return nearest, curves, err
		}
		t.Printf("%-6d%-16.4f%-21.14f%-11.3e%-9s%-9s%s\n%6s%-16.4f%.14f\n",
			seed, first[0], then[0], after1000.Errors[1000],
			c.Iterations(within), c.Iterations(1e-4), c.Iterations(1e-8), "", first[1], then[1])
		nearest = min(nearest, after1000.Offs[1000])
		curves = append(curves, c.Curve(fmt.Sprintf("seed %d", seed), chart.Axis{}))
	}
	t.Printf("The targets are %v.\n", yTrue)
	return nearest, curves, nil
}

// addErrors adds a chart to the pictures, unless the program was interrupted before there was a curve.
func (t *tutorial) addErrors(file string, c chart.Chart) {
	if len(c.Series) > 0 {
		t.album.Add(file, c)
	}
}
