package chart

import (
	"bytes"
	"fmt"
	"math"
	"slices"
	"testing"
)

// The axis of losses is logarithmic where the range asks for it, and losses of 0 are points there.
func TestLoss(t *testing.T) {
	const bottom = ", exactly 0 (at the bottom)"
	for _, test := range []struct {
		name   string
		curves []Series
		log    bool
		want   string // of each series its name and the numbers y
	}{
		{"20 times", []Series{Named("a", []float64{2, 0.1})}, false, "a[2 0.1]"},
		{"more", []Series{Named("a", []float64{2, 1}), Named("b", []float64{0.09})}, true, "a[2 1]b[0.09]"},
		{"negative", []Series{Named("a", []float64{100, 1, -1})}, false, "a[100 1 -1]"},
		{"NaN", []Series{Named("a", []float64{100, 1, math.NaN()})}, false, "a[100 1 NaN]"},
		{"infinite", []Series{Named("a", []float64{1, math.Inf(1)})}, false, "a[1 +Inf]"},
		{"zeros alone", []Series{Named("a", []float64{0, 0})}, false, "a[0 0]"},
		{"zero and not small", []Series{Named("a", []float64{1, 0.5, 0})}, false, "a[1 0.5 0]"},
		{"then 0", []Series{Named("a", []float64{50, 0, 1, 0})}, true, "a[50 1]a" + bottom + "[0.5 0.5]"},
		{
			"one is 0",
			[]Series{Named("a", []float64{0, 0}), Named("b", []float64{50, 2, 0})},
			true,
			"b[50 2]a" + bottom + "[1 1]b" + bottom + "[1]",
		},
		{"smallest", []Series{Named("a", []float64{1, 5e-324, 0})}, true, "a[1 5e-324]a" + bottom + "[5e-324]"},
	} {
		c := Loss(test.curves...)
		got := ""
		for _, s := range c.Series {
			got += s.Name + fmt.Sprint(s.Y)
		}
		if got != test.want || c.Y.Log != test.log {
			t.Errorf("%s: %s, logarithmic %t; want %s, %t", test.name, got, c.Y.Log, test.want, test.log)
		}
	}
	if x := Loss(Named("a", []float64{50, 0, 1, 0})).Series[1].X; !slices.Equal(x, []float64{2, 4}) {
		t.Errorf("the zeros are at %v, want 2 and 4, counted from 1 as epochs are", x)
	}
}

// A line through one point cannot be seen, so the point is drawn: a circle, which is two arcs in an SVG file.
func TestOneEpoch(t *testing.T) {
	one := savedAs(t, "one.svg", Loss(Named("a", []float64{2})))
	two := savedAs(t, "two.svg", Loss(Named("a", []float64{2, 1})))
	if got := bytes.Count(one, []byte("A3,3")); got != 4 || bytes.Contains(two, []byte("A3,3")) {
		t.Errorf("one loss has %d arcs, want those of its point and of the legend; two losses have none", got)
	}
}

// Epochs are whole numbers, few or many.
func TestEpochs(t *testing.T) {
	for n, want := range map[int]string{2: "[1 2]", 3: "[1 2 3]", 4: "[1 2 3 4]", 100: "[0 20 40 60 80 100]"} {
		p, _ := Loss(Named("a", make([]float64, n))).plot()
		var got []string
		for _, tick := range p.X.Tick.Marker.Ticks(p.X.Min, p.X.Max) {
			if tick.Value != math.Round(tick.Value) {
				t.Errorf("%d epochs have a tick at %v", n, tick.Value)
			}
			if tick.Label != "" {
				got = append(got, tick.Label)
			}
		}
		if fmt.Sprint(got) != want {
			t.Errorf("%d epochs have ticks at %v, want %v", n, got, want)
		}
	}
}
