// Package charts makes the pictures of gradientdescent.
package charts

import (
	"fmt"
	"math"

	"github.com/gradus-go/gradus/chart"
)

// Verdict begins the title of a picture that shows whether a claim of the text holds.
func Verdict(holds bool) string {
	if holds {
		return "True: "
	}
	return "False: "
}

// Iterations is the axis of [LogErrors].
var Iterations = chart.Axis{Label: "iteration (logarithmic)", Log: true}

// Errors returns a chart of errors E by iteration.
func Errors(title string, curves []chart.Series) chart.Chart {
	return chart.Chart{
		Title: title, X: chart.Axis{Label: "iteration", Whole: true},
		Y: chart.Axis{Label: "E, sum of squared errors", Log: true}, Series: curves,
	}
}

// LogErrors returns a chart of errors E by iteration, in which iterations 1 to 10 have as much
// room as 100 to 1000.
func LogErrors(title string, curves []chart.Series) chart.Chart {
	c := Errors(title, curves)
	c.X = Iterations
	return c
}

// Rates returns a chart of errors E by iteration, on a linear axis, where a fall in E can be told from
// one that oscillates. The first two curves are points, because others cover them.
func Rates(title string, curves []chart.Series) chart.Chart {
	c := LogErrors(title, curves)
	c.Y.Log = false
	for i := range min(2, len(curves)) {
		curves[i] = points(curves[i], float64(i)/2)
	}
	return c
}

// points returns the last point of a curve, and four for each power of ten on a logarithmic axis of
// iterations. A shift of a half puts them halfway between those without a shift.
func points(curve chart.Series, shift float64) chart.Series {
	thinned := chart.Series{Name: curve.Name, Style: chart.Points}
	before := math.Inf(-1)
	for i, x := range curve.X {
		if step := math.Floor(4*math.Log10(x) + shift); step > before || i == len(curve.X)-1 {
			thinned.Add(x, curve.Y[i])
			before = step
		}
	}
	return thinned
}

// Matches returns a chart of errors E, with a mark after 1000 iterations and a line at the largest E with
// which two outputs can be as near to their targets as the number says.
func Matches(title string, curves []chart.Series, near float64) chart.Chart {
	c := Errors(title, curves)
	c.Marks = []chart.Mark{{Name: "1000 iterations, where the text stops", X: 1000}}
	c.Levels = []chart.Level{{Name: "largest E with which outputs match in 8 decimals", Y: 2 * near * near}}
	return c
}

// Ratios returns a chart of how many times as large as the true gradient the text's is, layer by layer.
func Ratios(title string, ratios []float64) chart.Chart {
	x := chart.Axis{}
	for i := range ratios {
		x.Names = append(x.Names, fmt.Sprintf("layer %d", i+1))
	}
	return chart.Chart{
		Title: title, X: x, Y: chart.Axis{Label: "the text's gradient / the true one", Log: true, Min: 1, Max: 1e6},
		Series: []chart.Series{chart.Sequence(
			"ratio of the norms with σ(0.01·z); one rate would need bars of one height", chart.Bars, ratios...)},
	}
}

// Widths returns a chart of gradients by width, which are 0 from a width on.
func Widths(curve chart.Series, vanished int) chart.Chart {
	return chart.Chart{
		Title:  "[2,n,n,2]: a wider network has a smaller gradient",
		X:      chart.Axis{Label: "n, neurons in each hidden layer", Max: 100},
		Y:      chart.Axis{Label: "largest |∂E/∂W1|, first layer", Log: true},
		Series: []chart.Series{curve},
		Marks:  []chart.Mark{{Name: fmt.Sprintf("exactly 0 from n = %d on", vanished), X: float64(vanished)}},
	}
}
