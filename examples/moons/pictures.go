package main

import (
	"fmt"
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
func addCurves(album *picture.Album, epochs []evaluation) {
	if len(epochs) < 2 {
		return
	}
	loss, total := chart.Series{Name: "data loss"}, chart.Series{Name: "with the L2 term"}
	accuracy := chart.Series{Name: "on the training points"}
	for _, e := range epochs {
		loss.Add(float64(e.epoch), e.loss)
		total.Add(float64(e.epoch), e.total)
		accuracy.Add(float64(e.epoch), e.accuracy)
	}
	losses := chart.Loss(loss, total)
	losses.Title = "Two moons: loss by epoch"
	album.Add("3-loss.png", losses)
	album.Add("4-accuracy.png", chart.Chart{
		Title: "Two moons: accuracy by epoch", X: chart.Axis{Label: "epoch", Whole: true},
		Y: chart.Axis{Label: "accuracy, %", Max: 100}, Series: []chart.Series{accuracy},
	})
}

// addBoundary adds a chart of the points. Its background shows to which moon the network assigns each
// place, up to a little beyond the points.
func addBoundary(album *picture.Album, net *nn.MLP, d train.Data, e evaluation) error {
	p, err := train.NewPredictor(net)
	if err != nil {
		return err
	}
	moons := make([]int, len(d.X))
	for i, t := range d.T {
		if t[0] > 0 {
			moons[i] = 1
		}
	}
	names := []string{"outer moon, t = −1", "inner moon, t = +1"}
	c := chart.Boundary(chart.Above(0, p.Predict), d.X, moons, names)
	c.Title = fmt.Sprintf("Two moons: decision boundary, %v %% right", e.accuracy)
	c.Field.Name = "score = 0"
	album.Add("5-boundary.png", c)
	return nil
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
