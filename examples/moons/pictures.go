package main

import (
	"fmt"
	"math"
	"slices"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/chart"
	"github.com/gradus-go/gradus/examples/internal/outputs"
	"github.com/gradus-go/gradus/examples/internal/report"
	"github.com/gradus-go/gradus/internal/picture"
	"github.com/gradus-go/gradus/nn"
	"github.com/gradus-go/gradus/nn/train"
)

// addCurves adds charts of the losses and of the accuracy by epoch, if there is more than one epoch.
// Losses of 0 have no place on a logarithmic axis: they are points below all others, and the legend says
// so.
func addCurves(album *picture.Album, epochs []evaluation) {
	if len(epochs) < 2 {
		return
	}
	losses := []chart.Series{{Name: "data loss"}, {Name: "with the L2 term"}}
	for _, s := range losses[:2] {
		losses = append(losses, chart.Series{Name: s.Name + " exactly 0 (at the bottom)", Style: chart.Points})
	}
	accuracy := chart.Series{Name: "on the training points"}
	lowest := math.Inf(1) // of the losses that are not 0
	for _, e := range epochs {
		for i, y := range []float64{e.loss, e.total} {
			if y == 0 {
				i += 2
			} else {
				lowest = min(lowest, y)
			}
			losses[i].Add(float64(e.epoch), y)
		}
		accuracy.Add(float64(e.epoch), e.accuracy)
	}
	for _, zeros := range losses[2:] {
		for i := range zeros.Y {
			zeros.Y[i] = max(lowest/2, math.SmallestNonzeroFloat64)
		}
	}
	empty := func(s chart.Series) bool { return len(s.X) == 0 }
	if losses = slices.DeleteFunc(losses, empty); !math.IsInf(lowest, 1) {
		album.Add("3-loss.png", chart.Chart{
			Title: "Two moons: loss by epoch", X: chart.Axis{Label: "epoch"},
			Y: chart.Axis{Label: "mean loss", Log: true}, Series: losses,
		})
	}
	album.Add("4-accuracy.png", chart.Chart{
		Title: "Two moons: accuracy by epoch", X: chart.Axis{Label: "epoch"},
		Y: chart.Axis{Label: "accuracy, %", Max: 100}, Series: []chart.Series{accuracy},
	})
}

// addBoundary adds a chart of the points. Its background shows to which moon the network assigns each
// place, up to a little beyond the points.
func addBoundary(album *picture.Album, net *nn.MLP, d train.Data, e evaluation) error {
	inner := chart.Series{Name: "inner moon, t = +1", Style: chart.Points}
	outer := chart.Series{Name: "outer moon, t = −1", Style: chart.Points}
	for i, x := range d.X {
		moon := &inner
		if d.T[i][0] < 0 {
			moon = &outer
		}
		moon.Add(x[0], x[1])
	}
	around := func(points []float64, n int) []float64 {
		return spread(math.Floor(slices.Min(points)-0.25), math.Ceil(slices.Max(points)+0.25), n)
	}
	x, y := around(slices.Concat(inner.X, outer.X), 161), around(slices.Concat(inner.Y, outer.Y), 91)
	var grid [][]float64
	for i := range x {
		for j := range y {
			grid = append(grid, []float64{x[i], y[j]})
		}
	}
	p, err := train.NewPredictor(net)
	if err != nil {
		return err
	}
	scores, err := p.Predict(grid)
	if err != nil {
		return err
	}
	album.Add("5-boundary.png", chart.Chart{
		Title: fmt.Sprintf("Two moons: decision boundary, %v %% right", e.accuracy),
		X:     chart.Axis{Label: "x1"}, Y: chart.Axis{Label: "x2"},
		Series: []chart.Series{inner, outer}, // the colours of the field follow this order
		Field: chart.Sample("score = 0", x, y, func(_, _ float64) (score float64) {
			score, scores = scores[0][0], scores[1:] // Sample goes through the grid in the same order
			return score
		}),
	})
	return nil
}

// spread returns n equally spaced numbers from lo to hi.
func spread(lo, hi float64, n int) []float64 {
	x := make([]float64, n)
	for i := range x {
		x[i] = lo + float64((hi-lo)*(float64(i)/float64(n-1)))
	}
	return x
}

// showWorst writes the graph of the hinge loss of the point with the smallest margin into a file, if
// the flag -show names one.
func showWorst(r *report.Report, file string, net *nn.MLP, d train.Data, e evaluation) error {
	worst := max(0, slices.Index(e.margins, slices.Min(e.margins))) // Index returns −1 for NaN
	x1, x2 := gradus.New(d.X[worst][0]).As("x1"), gradus.New(d.X[worst][1]).As("x2")
	t := gradus.New(d.T[worst][0]).As("t")
	layers := net.Trace(x1, x2)
	loss := nn.Hinge(layers[len(layers)-1].A, []*gradus.Value{t}).As("loss")
	loss.ZeroGrad()
	loss.Backward()
	return outputs.SaveGraph(r, file, loss)
}
