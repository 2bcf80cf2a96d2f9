package main

import (
	"context"

	"github.com/gradus-go/gradus/chart"
	"github.com/gradus-go/gradus/examples/gradientdescent/internal/charts"
	"github.com/gradus-go/gradus/examples/gradientdescent/internal/claims"
)

// mapping trains the network [2,3,3,2] for 1000 iterations, as the text does, and then for longer.
func (t *tutorial) mapping(ctx context.Context) error {
	t.Section("2. 1000 iterations of gradient descent with learning rate 0.01")
	nearest, curves, err := t.Seeds(ctx)
	matches := nearest < eightDecimals
	c := charts.Matches(charts.Verdict(matches)+"“matches exactly” after 1000 iterations", curves, eightDecimals)
	t.addErrors("1-mapping.png", c)
	if err != nil {
		return err
	}
	t.Claim(claims.MatchesExactly, matches,
		"the nearest outputs are off by %.4f; the last column says how long 1e-8 takes", nearest)
	return nil
}

// eightDecimals is how near to its target an output must be to be printed as the target is. NumPy prints
// eight decimals.
const eightDecimals = 0.5e-8

// addErrors adds a chart to the pictures, unless the program was interrupted before there was a curve.
func (t *tutorial) addErrors(file string, c chart.Chart) {
	if len(c.Series) > 0 {
		t.album.Add(file, c)
	}
}
