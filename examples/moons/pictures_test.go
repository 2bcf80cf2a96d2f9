package main

import (
	"fmt"
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
			if math.Abs(c.Field.Z[i][j]-score) > 1e-14 {
				t.Fatalf("at (%v, %v): %v, want %v", x, y, c.Field.Z[i][j], score)
			}
		}
	}
	last := func(x []float64) float64 { return x[len(x)-1] }
	for k, from := range []int{3, 0} { // the inner moon has one point more
		var want chart.Series
		for _, x := range d.X[from : from+4-k] {
			want.Add(x[0], x[1])
			for axis, numbers := range [][]float64{c.Field.X, c.Field.Y} {
				if x[axis] < numbers[0]+0.25 || x[axis] > last(numbers)-0.25 {
					t.Errorf("%v is next to the border of the picture or outside", x)
				}
			}
		}
		want.Name, want.Style = []string{"inner moon, t = +1", "outer moon, t = −1"}[k], chart.Points
		if diff := cmp.Diff(want, c.Series[k]); diff != "" {
			t.Errorf("%s (-want +got):\n%s", want.Name, diff)
		}
	}
}

// Losses of 0 are points of their own, below all others. If there are no others, there is no chart of the
// losses.
func TestCurves(t *testing.T) {
	epoch := func(epoch int, loss, total float64) evaluation {
		return evaluation{epoch: epoch, loss: loss, total: total, accuracy: 50}
	}
	for _, test := range []struct {
		name   string
		epochs []evaluation
		want   string // files, and in them the numbers of points
	}{
		{"one epoch", []evaluation{epoch(0, 1, 2)}, ""},
		{"two", []evaluation{epoch(0, 1, 2), epoch(1, 1, 2)}, "3-loss.png 2 2 4-accuracy.png 2"},
		{"then 0", []evaluation{epoch(0, 1, 2), epoch(1, 0, 2)}, "3-loss.png 1 2 1 4-accuracy.png 2"},
		{"no data loss", []evaluation{epoch(0, 0, 2), epoch(1, 0, 2)}, "3-loss.png 2 2 4-accuracy.png 2"},
		{"no loss", []evaluation{epoch(0, 0, 0), epoch(1, 0, 0)}, "4-accuracy.png 2"},
	} {
		var album picture.Album
		addCurves(&album, test.epochs)
		var got []string
		for _, p := range album {
			got = append(got, p.File)
			for _, s := range p.Drawing.(chart.Chart).Series {
				got = append(got, fmt.Sprint(len(s.X)))
				if strings.Contains(s.Name, "exactly 0") && (s.Style != chart.Points || s.Y[0] != 0.5 && s.Y[0] != 1) {
					t.Errorf("%s: %s: %v, %v; want points below 1 or 2", test.name, s.Name, s.Y, s.Style)
				}
			}
		}
		if diff := cmp.Diff(test.want, strings.Join(got, " ")); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
		if err := album.Save(t.TempDir()); err != nil {
			t.Errorf("%s: %v", test.name, err)
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
