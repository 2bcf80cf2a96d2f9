package chart

import (
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestConfusion(t *testing.T) {
	c := Confusion([][]int{{3, 1, 0}, {2, 4, 0}, {0, 0, 0}}, []string{"cat", "dog", "cow"})
	want := Chart{
		Title: "Confusion matrix: 70.00 % of 10 samples right",
		X:     Axis{Label: "predicted class", Names: []string{"cat", "dog", "cow"}},
		Y:     Axis{Label: "true class", Names: []string{"cat", "dog", "cow"}},
		Cells: [][]Cell{
			{{"3\n75.0 %", math.Sqrt(0.75)}, {"1\n25.0 %", 0.5}, {}},
			{{"2\n33.3 %", math.Sqrt(2. / 6)}, {"4\n66.6 %", math.Sqrt(4. / 6)}, {}},
			{{}, {}, {}},
		},
	}
	if diff := cmp.Diff(want, c); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	seven := make([][]int, 7)
	for i := range seven {
		seven[i] = make([]int, 7)
		seven[i][i] = 300
	}
	seven[0][6] = 1
	c = Confusion(seven, nil)
	if c.Title != "Confusion matrix: 99.95 % of 2,101 samples right" || c.Cells[1][1].Text != "300" ||
		c.Y.Names[6] != "6" {
		t.Errorf("%q, %v, %v; want counts without shares, and the names 0 to 6", c.Title, c.Y.Names, c.Cells)
	}
	const words = " Rows: 0; 1; 2; 3; 4; 5; 6. Row: 300; empty; "
	if svg := string(savedAs(t, "seven.svg", c)); !strings.Contains(svg, words) {
		t.Errorf("%q is not in %.900s", words, svg)
	}
}

// A mistake among many is no 100 %.
func TestConfusionNearlyAll(t *testing.T) {
	cells := Confusion([][]int{{2999, 1}, {0, 3000}}, nil).Cells
	for i, want := range []string{"2999\n99.9 %", "3000\n100.0 %"} {
		if got := cells[i][i].Text; got != want {
			t.Errorf("class %d: %q, want %q", i, got, want)
		}
	}
}
