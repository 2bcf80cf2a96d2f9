package main

import (
	"fmt"
	"math"

	"github.com/gradus-go/gradus/examples/gradientdescent/internal/descent"
	"github.com/gradus-go/gradus/internal/picture/chart"
	"github.com/gradus-go/gradus/nn"
)

// mapping trains the network [2,3,3,2] for 1000 iterations, as the text does, and then for longer.
func (t *tutorial) mapping() error {
	t.Section("2. 1000 iterations of gradient descent with learning rate 0.01")
	t.Printf("%-8s%-22s%-40s%-12s%s\n", "seed", "first output", "after 1000 iterations", "E",
		"iterations to within 0.005, 1e-4, 1e-8")
	var curves []chart.Series
	nearest := math.Inf(1)
	for _, seed := range []uint32{0, 1, 42} {
		d, err := descent.New(newNetwork(seed, nn.Sigmoid, rand01, 2, 3, 3, 2), x, yTrue)
		if err != nil {
			return err
		}
		d.Forward()
		first := d.Outputs()
		after1000 := d.Run(rate, 0, 1000, t.terminal)
		t.Printf("%-8d%-22s%-40s%-12.3e", seed, fmt.Sprintf("%.4f", first),
			fmt.Sprintf("%.14f", d.Outputs()), after1000.Errors[1000])
		c := d.Run(rate, 1e-8, 100_000, t.terminal)
		t.Printf("%-9s%-9s%s\n", c.Iterations(within), c.Iterations(1e-4), c.Iterations(1e-8))
		nearest = min(nearest, after1000.Offs[1000])
		curves = append(curves, descent.Curve(10, fmt.Sprintf("seed %d", seed), c.Errors))
	}
	t.Printf("%-8s%-22s%v\n", "", "targets", yTrue)
	t.Claim("after 1000 iterations the output matches the targets exactly", nearest < 5e-9,
		"the nearest outputs are off by %.4f; the last column says how long 1e-8 takes", nearest)
	t.album.Add("mapping.png", errorChart("[2,3,3,2]: error by iteration", curves...))
	return nil
}

// errorChart returns a chart of errors E by iteration.
func errorChart(title string, curves ...chart.Series) chart.Chart {
	e := chart.Axis{Label: "E", Log: true}
	return chart.Chart{Title: title, X: chart.Axis{Label: "iteration"}, Y: e, Series: curves}
}
