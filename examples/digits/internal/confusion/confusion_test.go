package confusion

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/gradus-go/gradus/internal/picture/chart"
	"github.com/gradus-go/gradus/nn/data"
)

// The classes are cats, dogs and a third one, which occurs in no picture but is predicted for one.
func TestChart(t *testing.T) {
	names := []string{"cat", "dog", "cow"}
	want := chart.Chart{
		Title: "T", X: chart.Axis{Label: "taken for", Names: names},
		Y: chart.Axis{Label: "true class", Names: names},
		Cells: [][]chart.Cell{
			{{Text: "3", Shade: math.Sqrt(0.75)}, {Text: "1", Shade: 0.5}, {}},
			{
				{Text: "2", Shade: math.Sqrt(2. / 6)},
				{Text: "3", Shade: math.Sqrt(0.5)},
				{Text: "1", Shade: math.Sqrt(1. / 6)},
			},
			{{}, {}, {}},
		},
	}
	c := Chart("T", &data.Confusion{Classes: names, Counts: [][]int{{3, 1, 0}, {2, 3, 1}, {0, 0, 0}}})
	if diff := cmp.Diff(want, c); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if err := c.Save(t.TempDir() + "/confusion.png"); err != nil {
		t.Error(err)
	}
}
