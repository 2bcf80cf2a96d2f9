package charts

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/gradus-go/gradus/chart"
)

// The first two curves of Rates are points at different iterations, and both have their last one.
// The third is a line.
func TestRates(t *testing.T) {
	var curve chart.Series
	for i := range 30 {
		curve.Add(float64(i+1), float64(100-i))
	}
	c := Rates("title", []chart.Series{curve, curve, curve})
	for i, want := range []struct {
		style chart.Style
		x     []float64
	}{
		{chart.Points, []float64{1, 2, 4, 6, 10, 18, 30}},
		{chart.Points, []float64{1, 2, 3, 5, 8, 14, 24, 30}},
		{chart.Line, curve.X},
	} {
		got := c.Series[i]
		if diff := cmp.Diff(want.x, got.X); diff != "" || got.Style != want.style {
			t.Errorf("curve %d, style %d, want %d; iterations (-want +got):\n%s", i, got.Style, want.style, diff)
		}
		for k, x := range got.X {
			if got.Y[k] != 101-x {
				t.Errorf("curve %d at iteration %v: %v, want %v", i, x, got.Y[k], 101-x)
			}
		}
	}
	if !c.X.Log || c.Y.Log {
		t.Errorf("logarithmic axes: x %t and y %t, want x alone", c.X.Log, c.Y.Log)
	}
	c = Rates("interrupted", []chart.Series{curve})
	if len(c.Series) != 1 || c.Series[0].Style != chart.Points {
		t.Errorf("one curve: %v, want points", c.Series)
	}
}
