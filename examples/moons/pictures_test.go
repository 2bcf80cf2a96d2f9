package main

import (
	"io"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/chart"
	"github.com/gradus-go/gradus/examples/internal/report"
	"github.com/gradus-go/gradus/internal/picture"
	"github.com/gradus-go/gradus/nn"
	"github.com/gradus-go/gradus/nn/health"
)

// The picture shows the score of the network at every place, and each point in its moon.
func TestBoundary(t *testing.T) {
	cfg := defaults(0)
	cfg.points = 7
	net, d := cfg.begin(t)
	var album picture.Album
	if err := addBoundary(&album, net, d, evaluation{accuracy: 57.14}); err != nil {
		t.Fatal(err)
	}
	c := album[0].Drawing.(chart.Chart)
	if want := "Two moons: decision boundary, 57.14 % right"; c.Title != want {
		t.Errorf("the title is %q, want %q", c.Title, want)
	}
	for i, x := range c.Field.X {
		for j, y := range c.Field.Y {
			score := net.Forward(gradus.New(x), gradus.New(y))[0].Data
			if got := c.Field.Z[1][i][j]; math.Abs(got-score) > 1e-14 {
				t.Fatalf("at (%v, %v): %v, want %v", x, y, got, score)
			}
		}
	}
	for k, from := range []int{0, 3} { // the inner moon has one point more
		var want chart.Series
		for _, x := range d.X[from : from+3+k] {
			want.Add(x[0], x[1])
		}
		want.Name, want.Style = []string{"outer moon, t = −1", "inner moon, t = +1"}[k], chart.Points
		if diff := cmp.Diff(want, c.Series[k]); diff != "" {
			t.Errorf("%s (-want +got):\n%s", want.Name, diff)
		}
	}
}

// There are curves of the losses and of the accuracy as soon as there are two epochs, also if losses are 0.
func TestCurves(t *testing.T) {
	for _, epochs := range [][]evaluation{
		nil,
		{{loss: 1, total: 2, accuracy: 50}},
		{{loss: 1, total: 2, accuracy: 50}, {epoch: 1, loss: 0.5, total: 1, accuracy: 75}},
		{{loss: 1, total: 2}, {epoch: 1, loss: 1e-3, total: 1e-2}, {epoch: 2, total: 1e-3, accuracy: 100}},
		{{accuracy: 100}, {epoch: 1, accuracy: 100}},
	} {
		var album picture.Album
		addCurves(&album, epochs)
		if len(epochs) < 2 {
			if len(album) > 0 {
				t.Errorf("%d epochs: %v, want no pictures", len(epochs), album)
			}
			continue
		}
		want := [][]float64{nil, nil, nil}
		for _, e := range epochs {
			for i, y := range []float64{e.loss, e.total, e.accuracy} {
				want[i] = append(want[i], y)
			}
		}
		losses, accuracy := album[0].Drawing.(chart.Chart), album[1].Drawing.(chart.Chart)
		got := [][]float64{losses.Series[0].Y, losses.Series[1].Y, accuracy.Series[0].Y}
		if losses.Y.Log { // the zeros are in another series
			want[0] = want[0][:2]
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("loss, total and accuracy (-want +got):\n%s", diff)
		}
		if err := album.Save(t.TempDir()); err != nil {
			t.Error(err)
		}
	}
}

// The graph is that of the loss of the worst point, with the gradients of this loss alone.
func TestShowWorst(t *testing.T) {
	cfg := defaults(0)
	cfg.epochs = 30
	net, d := cfg.begin(t)
	if _, err := cfg.descend(t.Context(), report.New(io.Discard), net, d); err != nil {
		t.Fatal(err)
	}
	e, err := evaluate(net, d, 0)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := health.Check(net, nn.Hinge, d.X, d.T, 1); err != nil { // sets other gradients
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "worst.dot")
	if err := showWorst(report.New(io.Discard), file, net, d, e); err != nil {
		t.Fatal(err)
	}
	worst := math.Inf(1)
	var want [][2]float64 // the output bias's gradient is −t or 0
	for i, m := range e.margins {
		if m < worst {
			worst, want = m, [][2]float64{{-d.T[i][0], m}}
		}
	}
	if bias := net.Layers[2].Neurons[0].B; bias.Grad != want[0][0] {
		t.Errorf("the gradient of %s is %v, want %v of the point with the margin %v",
			bias.Name(), bias.Grad, want[0][0], want[0][1])
	}
	nan := evaluation{margins: []float64{math.NaN(), math.NaN()}}
	if err := showWorst(report.New(io.Discard), "", net, d, nan); err != nil {
		t.Errorf("margins of NaN: %v", err)
	}
}

func TestShow(t *testing.T) {
	t.Chdir(t.TempDir())
	net, d := defaults(0).begin(t)
	e, err := evaluate(net, d, 0)
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range []string{"a.dot", "a.mmd", "a.svg", "a.tex", "a.txt", "a.html"} {
		if err := showWorst(report.New(io.Discard), file, net, d, e); err != nil {
			t.Errorf("%s: %v", file, err)
		}
		text, err := os.ReadFile(file)
		if err != nil || !strings.Contains(string(text), "loss") {
			t.Errorf("%s: %v, or the loss is not in it", file, err)
		}
	}
	out := moons(t.Context()).Output(t, "-seed 0 -epochs 0 -out pictures -show b.svg -save net.json")
	for _, want := range []string{"\n== Graph, in b.svg\n\n", "\n== Network, in net.json\nLoaded again, "} {
		if !strings.Contains(out, want) {
			t.Errorf("%q is not in:\n%s", want, out)
		}
	}
	same(t, "a.svg", "b.svg")
}
