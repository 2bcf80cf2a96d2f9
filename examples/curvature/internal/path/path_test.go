package path

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/gradus-go/gradus/chart"
)

func TestTexts(t *testing.T) {
	p := Path{0.5, 0.125, 1e-15}
	var got []string
	for i := range 4 {
		got = append(got, p.Error(i), p.Ratio(i, 1), p.Ratio(i, 2))
	}
	want := "5.0e-01,–,–,1.2e-01,0.250,0.500,< 1e-14,–,–,–,–,–"
	if diff := cmp.Diff(want, strings.Join(got, ",")); diff != "" {
		t.Errorf("texts (-want +got):\n%s", diff)
	}
}

func TestSeries(t *testing.T) {
	got := Path{0.5, 1e-15}.Series("name", chart.Points)
	want := chart.Series{Name: "name", X: []float64{1, 2}, Y: []float64{0.5, 1e-14}, Style: chart.Points}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("series (-want +got):\n%s", diff)
	}
}
