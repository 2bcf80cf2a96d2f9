package chart

import (
	"bytes"
	"errors"
	"fmt"
	"math"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"gonum.org/v1/plot/plotter"

	"github.com/gradus-go/gradus/chart/field"
	"github.com/gradus-go/gradus/internal/picture/picturetest"
)

// The axis of losses is logarithmic where the range asks for it, and losses of 0 are points of their own there.
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
			"one is 0", []Series{Named("a", []float64{0, 0}), Named("b", []float64{50, 2, 0})}, true,
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
	if x := Loss(Named("a", []float64{50, 0, 1, 0})).Series[1].X; !slices.Equal(x, []float64{1, 3}) {
		t.Errorf("the zeros are at %v, want 1 and 3", x)
	}
}

func TestConfusion(t *testing.T) {
	c := Confusion([][]int{{3, 1, 0}, {2, 4, 0}, {0, 0, 0}}, []string{"cat", "dog", "cow"})
	want := Chart{
		Title: "Confusion matrix: 70 % of 10 samples right",
		X:     Axis{Label: "predicted class", Names: []string{"cat", "dog", "cow"}},
		Y:     Axis{Label: "true class", Names: []string{"cat", "dog", "cow"}},
		Cells: [][]Cell{
			{{"3\n75 %", math.Sqrt(0.75)}, {"1\n25 %", 0.5}, {}},
			{{"2\n33.3 %", math.Sqrt(2. / 6)}, {"4\n66.7 %", math.Sqrt(4. / 6)}, {}},
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
	if c.Title != "Confusion matrix: 99.95 % of 2,101 samples right" || c.Cells[1][1].Text != "300" || c.Y.Names[6] != "6" {
		t.Errorf("%q, %v, %v; want counts without shares, and the names 0 to 6", c.Title, c.Y.Names, c.Cells)
	}
	const words = " Rows: 0; 1; 2; 3; 4; 5; 6. Row: 300; empty; empty; empty; empty; empty; 1. Row: empty; 300;"
	if svg := string(savedAs(t, "seven.svg", c)); !strings.Contains(svg, words) {
		t.Errorf("%q is not in %.900s", words, svg)
	}
}

// bins writes the places and the counts of bins that are not empty.
func bins(c Chart) string {
	var s strings.Builder
	for i, b := range c.Bins {
		if i < len(c.Y.Names) {
			fmt.Fprintf(&s, "%q ", c.Y.Names[i])
		}
		for k, n := range b.Counts {
			if n > 0 {
				fmt.Fprintf(&s, "%.3g…%.3g:%d ", b.Edges[k], b.Edges[k+1], n)
			}
		}
	}
	return strings.TrimSpace(s.String())
}

func TestHistogram(t *testing.T) {
	thousand := make([]float64, 1000)
	for i := range thousand {
		thousand[i] = float64(i)
	}
	for _, test := range []struct {
		name string
		sets []Series
		want string
	}{
		{"one", []Series{Named("a", []float64{0, 0.05, 0.25, 1})}, "0…0.1:2 0.2…0.3:1 0.9…1:1"},
		{"a number alone", []Series{Named("a", []float64{7})}, "7…8:1"},
		{"0 alone", []Series{Named("a", []float64{0})}, "0…0.1:1"},
		{"huge", []Series{Named("a", []float64{-1e308, 1e308})}, "-1e+308…-8e+307:1 8e+307…1e+308:1"},
		{"a thousand", []Series{Named("a", thousand)}, "0…100:100 100…200:100 200…300:100 300…400:100 " +
			"400…500:100 500…600:100 600…700:100 700…800:100 800…900:100 900…1e+03:100"},
		{
			"rows", []Series{Named("a", []float64{-1, 0}), Named("b", []float64{1, 1})},
			`"a" -1…-0.8:1 0…0.2:1 "b" 0.8…1:2`,
		},
		{
			"of different sizes", []Series{Named("a", []float64{-1, 0.01, 0, 0, 0}), Named("b", []float64{1e-4})},
			`"a\n60 % are 0" 0.01…0.0316:1 0.316…1:1 "b" 0.0001…0.000316:1`,
		},
		{"zeros", []Series{Named("a", []float64{0}), Named("b", []float64{0})}, `"a" 0…0.1:1 "b" 0…0.1:1`},
	} {
		c := Histogram(test.sets...)
		if got := bins(c); got != test.want || c.Err != nil {
			t.Errorf("%s: %s, %v; want\n%s", test.name, got, c.Err, test.want)
		}
		if err := c.Save(filepath.Join(t.TempDir(), "histogram.svg")); err != nil {
			t.Errorf("%s: %v", test.name, err)
		}
	}
}

// Each row has bars up to the same height, from its base line, and none where there are no numbers.
func TestHistogramRows(t *testing.T) {
	c := Histogram(Named("a", []float64{0.05, 0.05, 0.55}), Named("b", []float64{0.95, 0}))
	img, at := picturetest.Saved(t, c), placed(t, c)
	for _, test := range []struct {
		x, y   float64 // y is 1 for the second row
		inside bool
	}{
		{0.05, -0.3, true}, {0.05, 0.3, true}, {0.55, 0.2, true}, {0.55, -0.1, false}, {0.25, 0.3, false},
		{0.95, 0.3, false}, {0.95, 0.7, true}, {0.05, 0.7, true}, {0.55, 1.3, false},
	} {
		if got := picturetest.At(img, at(test.x, test.y)); (got.R < 200) != test.inside {
			t.Errorf("at (%v, %v) there is %v; a bar: %t", test.x, test.y, got, test.inside)
		}
	}
}

// nearest takes a point for the class whose centre is the nearest, of those at x1 = 0, 1, 2 and so on.
func nearest(classes int) field.Predict {
	return func(x [][]float64) (y [][]float64, err error) {
		for _, x := range x {
			var scores []float64
			for k := range classes {
				scores = append(scores, -math.Abs(x[0]-float64(k)))
			}
			y = append(y, scores)
		}
		return y, nil
	}
}

func TestBoundary(t *testing.T) {
	x := [][]float64{{0, 0}, {0.9, 1}, {2, 1}, {1.2, 0}}
	c := Boundary(nearest(4), x, []int{0, 0, 2, 1}, nil)
	if want := "Decision boundary: 75 % of 4 samples right"; c.Title != want || c.Err != nil {
		t.Errorf("%q, %v; want %q", c.Title, c.Err, want)
	}
	want := []Series{
		{Name: "class 0", X: []float64{0, 0.9}, Y: []float64{0, 1}, Style: Points},
		{Name: "class 1", X: []float64{1.2}, Y: []float64{0}, Style: Points},
		{Name: "class 2", X: []float64{2}, Y: []float64{1}, Style: Points},
		{Name: "class 3", Style: Points},
	}
	if diff := cmp.Diff(want, c.Series); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	c.Series[0].X, c.Series[0].Y = []float64{0.9}, []float64{1}
	img, at := picturetest.Saved(t, c), placed(t, c)
	for k, x := range []float64{0.4, 0.6, 1.6} {
		if got, want := picturetest.At(img, at(x, 0.3)), field.Tint(k); got != want {
			t.Errorf("at x1 = %v there is %v, want %v of class %d", x, got, want, k)
		}
	}
	svg := savedAs(t, "boundary.svg", c)
	checkTexts(t, svg, "class 0", "class 3", "boundary")
	if n := bytes.Count(svg, []byte("<svg role=\"img\"")); n != 1 {
		t.Errorf("%d pictures, want one", n)
	}

	many := slices.Repeat(x, 25_000)
	c = Boundary(nearest(3), many, slices.Repeat([]int{0, 0, 2, 1}, 25_000), []string{"a", "b", "c"})
	n := len(c.Series[0].X) + len(c.Series[1].X) + len(c.Series[2].X)
	if want := "Decision boundary: 75 % of 100,000 samples right"; n != 2000 || c.Title != want {
		t.Errorf("%q, %d points; want %q, 2000", c.Title, n, want)
	}
}

func TestAbove(t *testing.T) {
	double := func(x [][]float64) (y [][]float64, err error) {
		for _, x := range x {
			y = append(y, []float64{2 * x[0]})
		}
		return y, nil
	}
	x := [][]float64{{0.125, 0}, {0.5, 1}}
	got, err := Above(0.5, double)(x)
	if diff := cmp.Diff([][]float64{{0.25, -0.25}, {-0.5, 0.5}}, got); diff != "" || err != nil {
		t.Errorf("%v (-want +got):\n%s", err, diff)
	}
	if c := Boundary(Above(0.5, double), x, []int{0, 1}, nil); c.Title != "Decision boundary: 100 % of 2 samples right" {
		t.Errorf("%q, %v; want all right", c.Title, c.Err)
	}
}

func TestSurface(t *testing.T) {
	sum := func(x [][]float64) (y [][]float64, err error) {
		for _, x := range x {
			y = append(y, []float64{x[0] + x[1]})
		}
		return y, nil
	}
	x := [][]float64{{0, 0}, {4, 4}, {4, 0}}
	c := Surface(sum, x, []float64{0, 8, 7})
	if want := "Output: off by 1.73, the root of the mean square"; c.Title != want || c.Err != nil {
		t.Errorf("%q, %v; want %q", c.Title, c.Err, want) // √(3²/3)
	}
	if want := []float64{0, 2, 4, 6, 8}; !slices.Equal(c.Field.Cuts, want) {
		t.Errorf("cuts %v, want %v", c.Field.Cuts, want)
	}
	img, at := picturetest.Saved(t, c), placed(t, c)
	for _, test := range []struct{ x, y, z float64 }{
		{1, 0.5, 1.5}, {1, 1.5, 2.5}, {2, 3, 5}, // the surface
		{0, 0, 0}, {4, 4, 8}, {4, 0, 7}, // the targets, of which the last is not that of the surface
	} {
		if got, want := picturetest.At(img, at(test.x, test.y)), c.Field.Shade(test.z); got != want {
			t.Errorf("at (%v, %v) there is %v, want %v for %v", test.x, test.y, got, want, test.z)
		}
	}
	checkTexts(t, savedAs(t, "surface.svg", c), "below 0", "0 to 2", "6 to 8", "above 8")
	constant := func(x [][]float64) ([][]float64, error) { return slices.Repeat([][]float64{{3}}, len(x)), nil }
	if err := Surface(constant, x, []float64{3, 3, 3}).Save(filepath.Join(t.TempDir(), "flat.png")); err != nil {
		t.Errorf("a constant: %v", err)
	}
}

// What cannot be drawn is said in a sentence, and no file is left.
func TestRecipeErrors(t *testing.T) {
	x := [][]float64{{0, 0}, {1, 1}}
	fails := func([][]float64) ([][]float64, error) { return nil, errors.New("no weights") }
	one := func(x [][]float64) ([][]float64, error) { return slices.Repeat([][]float64{{1}}, len(x)), nil }
	for _, test := range []struct {
		chart Chart
		want  string
	}{
		{Loss(), `chart "Loss by epoch" has no series, want one or more`},
		{Loss(Named("a", nil)), `chart "Loss by epoch", series "a": 0 x and 0 y, want the same number of both, one or more`},
		{
			Loss(Named("a", []float64{1, math.NaN()})),
			`chart "Loss by epoch", series "a": point 1 is (1, NaN), want finite numbers, positive on a logarithmic axis`,
		},
		{
			Loss(Series{Name: "a", X: []float64{1}, Y: []float64{0, 100, 1}}),
			`chart "Loss by epoch", series "a": 1 x and 3 y, want the same number of both, one or more`,
		},
		{Histogram(), "a histogram of no series, want one or more"},
		{Histogram(Named("a", nil)), `series "a" has no numbers, want one or more`},
		{Histogram(Named("a", []float64{1, math.Inf(1)})), `series "a": number 1 is +Inf, want a finite one`},
		{Confusion(nil, nil), "a confusion matrix with 0 rows and 0 names, want one or more rows, and a name for each"},
		{
			Confusion([][]int{{1, 0}, {0, 1}}, []string{"a"}),
			"a confusion matrix with 2 rows and 1 names, want one or more rows, and a name for each",
		},
		{Confusion([][]int{{1, 0}, {-1, 1}}, nil), "a confusion matrix with -1 in row 1, column 0, want 0 or more"},
		{
			Confusion([][]int{{1, 0}, {1}}, nil),
			`chart "Confusion matrix: 50 % of 2 samples right": row 1 has 1 cells, want one for each of the 2 names of the x axis`,
		},
		{Boundary(nearest(2), x, []int{0}, nil), "2 samples and 1 classes or targets, want as many of both"},
		{Boundary(nearest(2), x, []int{0, 2}, nil), "class 2 of sample 1, want 0 to 1"},
		{
			Boundary(one, x, []int{0, 1}, nil), "the model has 1 outputs and there are 1 names of classes, want two or " +
				"more and a name for each output, or for one output chart.Above",
		},
		{
			Boundary(nearest(3), x, []int{0, 1}, []string{"a", "b"}), "the model has 3 outputs and there are 2 names of " +
				"classes, want two or more and a name for each output, or for one output chart.Above",
		},
		{Boundary(nil, x, []int{0, 1}, nil), "no model or 2 samples, want a model and one sample or more"},
		{Boundary(Above(0, nil), x, []int{0, 1}, nil), "no model or 2 samples, want a model and one sample or more"},
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
			`chart "B" has bins and also series, marks, levels, cells, a field or a logarithmic y axis, want bins alone`,
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

// Of many points of a line those are left that reach highest and lowest.
func TestThinned(t *testing.T) {
	points := make(plotter.XYs, 100_003)
	for i := range points {
		points[i] = plotter.XY{X: float64(i), Y: math.Sin(float64(i))}
	}
	points[50_001].Y, points[77_777].Y = 5, -5
	kept := thinned(points)
	if n := len(kept); n > 4100 || kept[0] != points[0] || kept[n-1] != points[len(points)-1] {
		t.Errorf("%d points from %v to %v, want 4100 or fewer, and the ends", n, kept[0], kept[n-1])
	}
	for _, i := range []int{50_001, 77_777} {
		if !slices.Contains(kept, points[i]) {
			t.Errorf("point %d is missing", i)
		}
	}
	for i := range kept[1:] {
		if kept[i+1].X < kept[i].X {
			t.Fatalf("%v comes after %v", kept[i+1], kept[i])
		}
	}
	if got := thinned(points[:9000]); len(got) != 9000 {
		t.Errorf("%d of 9000 points are left, want all", len(got))
	}
}

// Series differ in colour or shape, and lines in colour or dashes, also if there are more than colours.
func TestManySeries(t *testing.T) {
	c := Chart{Title: "Many"}
	for i := range 20 {
		c.Series = append(c.Series, Series{Name: fmt.Sprint("s", i), X: []float64{0, 1}, Y: []float64{0, 1}})
	}
	seen := map[string]int{}
	for i := range c.Series {
		one := Chart{Series: c.Series[:i+1]}
		svg := string(savedAs(t, "one.svg", one))
		line := svg[strings.LastIndex(svg, "fill:none;"):]
		line = line[:strings.Index(line, ">")]
		if j, ok := seen[line]; ok {
			t.Errorf("series %d looks like series %d: %s", i, j, line)
		}
		seen[line] = i
	}
}
