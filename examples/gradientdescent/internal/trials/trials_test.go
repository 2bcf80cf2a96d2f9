package trials

import (
	"io"
	"strings"
	"testing"

	"github.com/gradus-go/gradus/examples/gradientdescent/internal/claims"
	"github.com/gradus-go/gradus/examples/gradientdescent/internal/wide"
	"github.com/gradus-go/gradus/examples/internal/report"
)

// Each rate has a curve. Those of rates that are too large end early, and say so.
func TestRates(t *testing.T) {
	var out strings.Builder
	trials := Trials{
		Report: &claims.Report{Report: report.New(&out)}, Terminal: io.Discard,
		Net:    &wide.Network{Width: 1, X: []float64{.2, .3}, YTrue: []float64{.3, .67}},
		Within: 1e-9, Iterations: 60,
	}
	d, err := trials.Net.Sigmoid(.01)
	if err != nil {
		t.Fatal(err)
	}
	curves, err := trials.Rates(t.Context(), d)
	if err != nil {
		t.Fatal(err)
	}
	want := []struct {
		name   string
		points int
	}{
		{"0.01", 60}, {"1", 60}, {"10", 60}, {"100", 60}, {"500, first 50", 50}, {"1000, first 50", 50},
	}
	if len(curves) != len(want) {
		t.Fatalf("%d curves, want %d", len(curves), len(want))
	}
	for i, c := range curves {
		if name := "true gradient, rate " + want[i].name; c.Name != name || len(c.X) != want[i].points {
			t.Errorf("curve %q of %d points, want %q of %d", c.Name, len(c.X), name, want[i].points)
		}
	}
	if rows := strings.Count(out.String(), "\n"); rows != 10 {
		t.Errorf("%d lines, want 10:\n%s", rows, &out)
	}
}
