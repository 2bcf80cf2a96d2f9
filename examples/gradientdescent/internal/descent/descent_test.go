package descent

import (
	"io"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/gradus-go/gradus/internal/picture/chart"
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
		c := d.Run(0.0625, 0.3, 100, io.Discard)
		want := []float64{4, 1, 0.25, 0.0625}
		for i, E := range want {
			if len(c.Errors) != 4 || c.Errors[i] != E || c.Offs[i] != math.Sqrt(E) {
				t.Fatalf("errors %v, distances %v, want %v and their roots", c.Errors, c.Offs, want)
			}
		}
		if n := c.Arrival(0.6); n != 2 {
			t.Errorf("within 0.6 after %d, want 2", n)
		}
	}
	if y := d.Outputs(); y[0] != 0.25 {
		t.Errorf("outputs %v, want 0.25", y)
	}
	if c := d.Run(0.0625, 0, 2, io.Discard); len(c.Errors) != 3 {
		t.Errorf("%d errors, want 3: before each of two steps and after the last", len(c.Errors))
	}
	if c := d.Run(1e200, 0, 100, io.Discard); c.Iterations(0) != "overflow at 1" {
		t.Errorf("%s, want an overflow", c.Iterations(0))
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
		{"stands still", repeat(200, func(int) float64 { return .2 }), "stands still"},
		{"falls", repeat(200, func(i int) float64 { return 1 / float64(i+1) }), "falls to 0.005"},
	} {
		if got := test.c.Fate(.005); got != test.want {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
	}
	if got := repeat(3, func(int) float64 { return 1 }).Iterations(.005); got != "not in 2" {
		t.Errorf("no arrival: %q, want %q", got, "not in 2")
	}
}

// A curve has every n-th number, unless a logarithmic axis cannot show it.
func TestCurve(t *testing.T) {
	inf := math.Inf(1)
	got := Curve(2, "a name", []float64{5, 9, 4, 9, 0, 9, inf, 9, 2, 9})
	want := chart.Series{Name: "a name", X: []float64{0, 2, 8}, Y: []float64{5, 4, 2}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
