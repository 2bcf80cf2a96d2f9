package healthchart

import (
	"math"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/gradus-go/gradus/chart"
	"github.com/gradus-go/gradus/nn/health"
)

var report = health.Report{Rate: 0.1, Layers: []health.Layer{
	{Name: "layer1", Zero: 1, Saturated: 0.5, GradNorm: 0, WeightNorm: 2, UpdateRatio: 0},
	{Name: "conv2", Tiny: 0.25, Dead: 0.75, GradNorm: 3, WeightNorm: math.Inf(1), UpdateRatio: math.NaN()},
}}

func TestCharts(t *testing.T) {
	for name, test := range map[string]struct {
		c      chart.Chart
		names  []string
		series [][]float64
	}{
		"shares": {
			Shares("Title", report),
			[]string{"layer 1", "conv2"},
			[][]float64{{1, 0}, {0, 0.25}, {0.5, 0}, {0, 0.75}},
		},
		"norms": {
			Norms("Title", report),
			[]string{"layer 1", "conv2: not finite"},
			[][]float64{{0, 3}, {2, 0}, {0, 0}},
		},
	} {
		if diff := cmp.Diff(test.names, test.c.X.Names); diff != "" || test.c.Title != "Title" {
			t.Errorf("%s: title %q, names (-want +got):\n%s", name, test.c.Title, diff)
		}
		var got [][]float64
		for _, s := range test.c.Series {
			got = append(got, s.Y)
		}
		if diff := cmp.Diff(test.series, got); diff != "" {
			t.Errorf("%s: series (-want +got):\n%s", name, diff)
		}
		if err := test.c.Save(filepath.Join(t.TempDir(), "x.svg")); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	if !math.IsInf(report.Layers[1].WeightNorm, 1) {
		t.Error("Norms has changed the report, want it to change a copy")
	}
}
