package descent

import (
	"context"
	"errors"
	"io"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/chart"
	"github.com/gradus-go/gradus/examples/internal/golden"
	"github.com/gradus-go/gradus/nn"
)

// y = w·x with x = 2, t = 0 and w = 1: every step multiplies w by 1 − 8·rate.
func TestRun(t *testing.T) {
	one := nn.Dense{Units: 1, Init: nn.Constant(1), NoBias: true}
	d, err := New(nn.NewMLP(rand.New(rand.NewPCG(1, 0)), 1, one), []float64{2}, []float64{0})
	if err != nil {
		t.Fatal(err)
	}
	for range 2 { // the second run begins with the same weights
		c := run(t, d, 0.0625, 0.3, 100)
		want := []float64{4, 1, 0.25, 0.0625}
		for i, E := range want {
			if len(c.Errors) != 4 || c.Errors[i] != E || c.Offs[i] != math.Sqrt(E) {
				t.Fatalf("errors %v, distances %v, want %v and their roots", c.Errors, c.Offs, want)
			}
		}
		if n, until := c.Arrival(0.6), c.Until(0.6); n != 2 || len(until.Errors) != 3 || len(until.Offs) != 3 {
			t.Errorf("within 0.6 after %d, and until then %v, want 2 and three errors", n, until)
		}
		if diff := cmp.Diff(c, c.Until(0)); diff != "" {
			t.Errorf("never within 0 (-all +until then):\n%s", diff)
		}
	}
	if y := d.Outputs(); y[0] != 0.25 {
		t.Errorf("outputs %v, want 0.25", y)
	}
	if c := run(t, d, 0.0625, 0, 2); len(c.Errors) != 3 {
		t.Errorf("%d errors, want 3: before each of two steps and after the last", len(c.Errors))
	}
	if c := run(t, d, 1e200, 0, 100); c.Iterations(0) != "overflow at 1" {
		t.Errorf("%s, want an overflow", c.Iterations(0))
	}
	if c := run(t, d, 1e-12, 0.3, 1000); c.Fate(0.3) != "stands still after 300" {
		t.Errorf("a rate that is too small: %s, want an end after 300", c.Fate(0.3))
	}
	if c := run(t, d, 1e-12, 0, 1000); len(c.Errors) != 1001 {
		t.Errorf("%d errors, want 1001, because nothing can be within 0", len(c.Errors))
	}
	ctx := golden.Countdown(t.Context(), 3)
	c, err := d.Run(ctx, 0.0625, 0, 100, io.Discard)
	if want := []float64{4, 1, 0.25}; !errors.Is(err, context.Canceled) || !slices.Equal(c.Errors, want) {
		t.Errorf("interrupted before the fourth error: %v, %v; want %v", c.Errors, err, want)
	}
}

func run(t *testing.T, d *Descent, rate, within float64, steps int) Course {
	t.Helper()
	c, err := d.Run(t.Context(), rate, within, steps, io.Discard)
	if err != nil {
		t.Error(err)
	}
	return c
}

// A Descent that was redrawn, and that has another input and another constant, is the Descent of a
// new network with these.
func TestAgain(t *testing.T) {
	record := func(seed uint64, init nn.Init, x, constant float64) *Descent {
		c := gradus.New(constant).As("c")
		like := nn.Dense{Init: init, BiasInit: init, Activation: nn.NewActivation("tanh(c·z)",
			func(z *gradus.Value) *gradus.Value { return z.Mul(c).Tanh() })}
		net := nn.NewMLP(rand.New(rand.NewPCG(seed, 0)), 1, nn.Stack(like, 3, 2)...)
		d, err := New(net, []float64{x}, []float64{0.5, -0.5}, c)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	got, want := record(1, nn.Uniform(0, 1), 1, 1), record(2, nn.LeCun, 3, 0.25)
	run(t, got, 0.1, 0, 5)
	got.Redraw(rand.New(rand.NewPCG(2, 0)), nn.LeCun)
	got.Input, got.Constants[0] = []float64{3}, 0.25
	if diff := cmp.Diff(run(t, want, 0.1, 0, 5), run(t, got, 0.1, 0, 5)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// Gradients are those of autodiff at the weights of the network, wherever a run has ended.
func TestGradients(t *testing.T) {
	like := nn.Dense{Activation: nn.Tanh}
	net := nn.NewMLP(rand.New(rand.NewPCG(1, 0)), 2, nn.Stack(like, 3, 2)...)
	x, target := []float64{1, 2}, []float64{0.5, -0.5}
	d, err := New(net, x, target)
	if err != nil {
		t.Fatal(err)
	}
	run(t, d, 0.1, 0, 5)
	nn.SumSquaredErrors(net.Forward(gradus.Values(x)...), gradus.Values(target)).Backward()
	var want [][]float64
	for _, l := range net.Layers {
		var layer []float64
		for _, v := range l.Params() {
			layer = append(layer, v.Grad)
		}
		want = append(want, layer)
	}
	if diff := cmp.Diff(want, d.Gradients(), cmpopts.EquateApprox(1e-14, 0)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestFate(t *testing.T) {
	repeat := func(n int, f func(i int) float64) (c Course) {
		for i := range n {
			c.Errors, c.Offs = append(c.Errors, f(i)), append(c.Offs, 1)
		}
		return c
	}
	arrives := Course{[]float64{1, .1}, []float64{.5, .001}}
	for _, test := range []struct {
		name string
		c    Course
		want string
	}{
		{"arrives", arrives, "1"},
		{"overflows", Course{[]float64{1, math.Inf(1)}, []float64{1, math.Inf(1)}}, "overflow at 1"},
		{"becomes NaN", Course{[]float64{1, 1, math.NaN()}, []float64{1, 1, math.NaN()}}, "overflow at 2"},
		{"oscillates", repeat(200, func(i int) float64 { return 1 + float64(i%2) }), "oscillates"},
		{"stands still", repeat(200, func(int) float64 { return .2 }), "stands still after 199"},
		{"falls", repeat(200, func(i int) float64 { return 1 / float64(i+1) }), "E = 0.005 after 199"},
	} {
		if got := test.c.Fate(.005); got != test.want {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
	}
	if got := repeat(3, func(int) float64 { return 1 }).Iterations(.005); got != "not in 2" {
		t.Errorf("no arrival: %q, want %q", got, "not in 2")
	}
}

// A curve has every error, unless a logarithmic axis cannot show it.
func TestCurve(t *testing.T) {
	c := Course{Errors: []float64{5, 4, 0, math.Inf(1), 2, math.NaN()}}
	for _, test := range []struct {
		name string
		axis chart.Axis
		want chart.Series
	}{
		{"linear", chart.Axis{}, chart.Series{X: []float64{0, 1, 4}, Y: []float64{5, 4, 2}}},
		{"logarithmic", chart.Axis{Log: true}, chart.Series{X: []float64{1, 4}, Y: []float64{4, 2}}},
	} {
		test.want.Name = test.name
		if diff := cmp.Diff(test.want, c.Curve(test.name, test.axis)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
	}
}
