package chart

import (
	"errors"
	"math"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// What cannot be drawn is said in a sentence, and no file is left.
func TestRecipeErrors(t *testing.T) {
	x := [][]float64{{0, 0}, {1, 1}}
	fails := func([][]float64) ([][]float64, error) { return nil, errors.New("no weights") }
	one := func(x [][]float64) ([][]float64, error) { return slices.Repeat([][]float64{{1}}, len(x)), nil }
	const (
		none = "no model or 2 samples, want a model and one sample or more"
		both = "; want two or more, and as many of both; chart.Above makes two outputs of one"
		loss = `chart "Loss by epoch", series `
		same = ", want the same number of both, one or more"
		rows = ", want one or more rows, and a name for each"
	)
	for _, test := range []struct {
		chart Chart
		want  string
	}{
		{Loss(), `chart "Loss by epoch" has no series, want one or more`},
		{Loss(Named("a", nil)), loss + `"a": 0 x and 0 y` + same},
		{
			Loss(Named("a", []float64{1, math.NaN()})),
			loss + `"a": point 1 is (2, NaN), want finite numbers, positive on a logarithmic axis`,
		},
		{
			Loss(Series{Name: "a", X: []float64{1}, Y: []float64{0, 100, 1}}),
			loss + `"a": 1 x and 3 y` + same,
		},
		{Histogram(), "a histogram of no series, want one or more"},
		{Histogram(Named("a", nil)), `series "a" has no numbers, want one or more`},
		{Histogram(Named("a", []float64{1, math.Inf(1)})), `series "a": number 1 is +Inf, want a finite one`},
		{Confusion(nil, nil), "a confusion matrix with 0 rows and 0 names" + rows},
		{
			Confusion([][]int{{1, 0}, {0, 1}}, []string{"a"}),
			"a confusion matrix with 2 rows and 1 names" + rows,
		},
		{Confusion([][]int{{1, 0}, {-1, 1}}, nil), "a confusion matrix with -1 in row 1, column 0, want 0 or more"},
		{
			Confusion([][]int{{1, 0}, {1}}, nil),
			`chart "Confusion matrix: 50.00 % of 2 samples right": row 1 has 1 cells, ` +
				"want one for each of the 2 names of the x axis",
		},
		{Boundary(nearest(2), x, []int{0}, nil), "2 samples and 1 classes or targets, want as many of both"},
		{Boundary(nearest(2), x, []int{0, 2}, nil), "class 2 of sample 1, want 0 to 1"},
		{Boundary(one, x, []int{0, 1}, nil), "names of classes: 1, outputs of the model: 1" + both},
		{
			Boundary(nearest(3), x, []int{0, 1}, []string{"a", "b"}),
			"names of classes: 2, outputs of the model: 3" + both,
		},
		{Boundary(nil, x, []int{0, 1}, nil), none},
		{Boundary(Above(0, nil), x, []int{0, 1}, nil), none},
		{Boundary(Above(0, fails), x, []int{0, 1}, nil), "the model: no weights"},
		{
			Boundary(Above(0, nearest(2)), x, []int{0, 1}, nil),
			"the model: row 0 has 2 outputs, want one to compare with a threshold",
		},
		{Surface(nearest(2), x, []float64{0, 1}), "the model has 2 outputs, want one"},
		{Surface(one, x, []float64{0, math.NaN()}), `series "targets": number 1 is NaN, want a finite one`},
		{
			Chart{Title: "B", Bins: []Bins{{Edges: []float64{0, 1}, Counts: []int{1, 2}}}},
			`chart "B", bins 0: 2 edges and 2 counts, want one count or more, and one edge more than counts`,
		},
		{
			Chart{Title: "B", Bins: []Bins{{Edges: []float64{0, 0}, Counts: []int{1}}}},
			`chart "B", bins 0: Edges[1] is 0, want finite, ascending numbers, positive on a logarithmic axis`,
		},
		{
			Chart{Title: "B", Bins: []Bins{{Edges: []float64{0, 1}, Counts: []int{-1}}}},
			`chart "B", bins 0: count 0 is -1, want 0 or more`,
		},
		{
			Chart{Title: "B", Bins: make([]Bins, 2)},
			`chart "B": 0 names of the y axis and 2 bins, want a name for each of several`,
		},
		{
			Chart{Title: "B", Bins: make([]Bins, 1), Series: make([]Series, 1)},
			`chart "B" has bins and also series, marks, levels, cells, a field or a logarithmic y axis, ` +
				"want bins alone",
		},
	} {
		file := filepath.Join(t.TempDir(), "chart.png")
		err := test.chart.Save(file)
		if want := file + ": " + test.want; err == nil || err.Error() != want {
			t.Errorf("error\n%v, want\n%s", err, want)
		}
		if test.chart.Err != nil && strings.HasPrefix(test.want, "no model") && test.chart.Field == nil {
			t.Error("there is no field, whose name the caller may set")
		}
	}
}
