package gallery

import (
	"math/rand/v2"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/gradus-go/gradus/chart"
	"github.com/gradus-go/gradus/examples/digits/internal/score"
	"github.com/gradus-go/gradus/examples/digits/internal/sheet"
	"github.com/gradus-go/gradus/examples/internal/dataset"
	"github.com/gradus-go/gradus/internal/picture"
	"github.com/gradus-go/gradus/nn"
)

func epochs() (e []score.Epoch) {
	for i := range 3 {
		e = append(e, score.Epoch{
			Number:  float64(i),
			Train:   score.Evaluation{Loss: 1 / float64(i+1), Right: i, All: 4},
			HeldOut: score.Evaluation{Loss: 2 / float64(i+1), Right: i, All: 5},
		})
	}
	return e
}

func save(t *testing.T, d picture.Drawing) {
	t.Helper()
	if err := d.Save(filepath.Join(t.TempDir(), "picture.svg")); err != nil {
		t.Error(err)
	}
}

func TestLoss(t *testing.T) {
	c := Loss(epochs())
	x := []float64{0, 1, 2}
	want := []chart.Series{
		{Name: "training", X: x, Y: []float64{1, 1. / 2, 1. / 3}},
		{Name: "held out", X: x, Y: []float64{2, 1, 2. / 3}},
	}
	if diff := cmp.Diff(want, c.Series); diff != "" || !c.Y.Log || c.Title != "Loss by epoch" {
		t.Errorf("logarithmic %t, (-want +got):\n%s", c.Y.Log, diff)
	}
	save(t, c)
}

// A loss of 0 is shown at the bottom.
func TestNoLoss(t *testing.T) {
	c := Loss([]score.Epoch{{Train: score.Evaluation{Loss: 1}, HeldOut: score.Evaluation{Loss: 2}}, {Number: 1}})
	for _, s := range c.Series {
		if got := s.Y[1]; got != 1e-16 {
			t.Errorf("%s: the loss 0 is shown as %v, want 1e-16", s.Name, got)
		}
	}
	if want := "Loss by epoch (1e-16 stands for less)"; c.Title != want {
		t.Errorf("the title is %q, want %q", c.Title, want)
	}
	save(t, c)
}

func TestAccuracy(t *testing.T) {
	c := Accuracy(epochs())
	x := []float64{1, 2}
	want := []chart.Series{
		{Name: "training", X: x, Y: []float64{25, 50}, Style: chart.LinePoints},
		{Name: "held out", X: x, Y: []float64{20, 40}, Style: chart.LinePoints},
	}
	if diff := cmp.Diff(want, c.Series); diff != "" || c.Y.Max != 100 || c.Y.Min != 20 {
		t.Errorf("from %v to %v, (-want +got):\n%s", c.Y.Min, c.Y.Max, diff)
	}
	save(t, c)
	save(t, Accuracy(epochs()[:2]))
	perfect := score.Evaluation{Right: 5, All: 5}
	all := Accuracy([]score.Epoch{{}, {Number: 1, Train: perfect, HeldOut: perfect}})
	if all.Y.Min != 95 || all.Y.Max != 100 {
		t.Errorf("if all is right the axis goes from %v to %v, want 95 to 100", all.Y.Min, all.Y.Max)
	}
	save(t, all)
}

func TestMistakes(t *testing.T) {
	d := dataset.Data{Height: 1, Width: 2, Classes: 3, Test: dataset.Set{
		X: [][]float64{{0, 1}, {0.5, 0.5}, {1, 1}}, Labels: []int{2, 1, 0}, Index: []int{7, 8, 9},
	}}
	got := Mistakes(d, score.Evaluation{Predicted: []int{0, 1, 2}, Certainty: []float64{0.499, 1, 0.7}})
	want := sheet.Sheet{
		Title: "The 2 mistakes, the most confident first",
		Note:  "true class → predicted class, and its probability",
		Width: 2, Height: 1,
		Tiles: []sheet.Tile{
			{Caption: "0 → 2, 70.0 %", Pixels: []float64{1, 1}},
			{Caption: "2 → 0, 49.9 %", Pixels: []float64{0, 1}},
		},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	save(t, got)
}

func TestWeights(t *testing.T) {
	net := nn.NewMLP(rand.New(rand.NewPCG(1, 1)), 2, nn.Dense{Units: 2})
	for i, p := range net.Params() {
		p.Data = []float64{1, -2, 9, 0.5, 0, 9}[i] // two weights and a bias
	}
	want := sheet.Sheet{
		Title: "Weights of the first layer: 2 of 2 neurons",
		Note:  "dark blue: 2, white: 0, vermilion: −2",
		Width: 1, Height: 2,
		Tiles: []sheet.Tile{{Pixels: []float64{0.5, -1}}, {Pixels: []float64{0.25, 0}}},
	}
	got := Weights(net.Layers[0], "neurons", 2, 1)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	save(t, got)
	for _, p := range net.Params() {
		p.Data = 0
	}
	save(t, Weights(net.Layers[0], "neurons", 1, 2)) // all weights are 0
}

// A sheet has at most 60 tiles, or 40 with captions.
func TestMost(t *testing.T) {
	net := nn.NewMLP(rand.New(rand.NewPCG(1, 1)), 1, nn.Dense{Units: 61})
	d := dataset.Data{Height: 1, Width: 1}
	e := score.Evaluation{Predicted: make([]int, 61), Certainty: make([]float64, 61)}
	for range 61 {
		d.Test.X, d.Test.Labels = append(d.Test.X, []float64{1}), append(d.Test.Labels, 1)
	}
	for i, s := range []sheet.Sheet{Weights(net.Layers[0], "neurons", 1, 1), Mistakes(d, e)} {
		want := []string{"Weights of the first layer: 60 of 61 neurons", "The 40 most confident of 61 mistakes"}[i]
		if n := []int{60, 40}[i]; s.Title != want || len(s.Tiles) != n {
			t.Errorf("%q has %d tiles, want %d in %q", s.Title, len(s.Tiles), n, want)
		}
	}
}
