package chart

import (
	"fmt"
	"math"
	"slices"
)

// Boundary returns a chart of the regions of the plane that a classifier of two inputs assigns to the
// classes, with samples on top: x[i] has the two inputs of a sample, and classes[i] is its true
// class, counted from 0. The names are those of the classes; nil stands for class 0, class 1 and so on.
//
//	chart.Boundary(p.Predict, x, classes, []string{"cat", "dog"}).Save("boundary.svg")
//
// The model has an output for each class, the largest of which decides, as those of a softmax do. For a
// model with one output see [Above]. The title says how many samples are right. Of more than 2,000
// samples about 2,000 are drawn.
func Boundary(model Predict, x [][]float64, classes []int, names []string) Chart {
	s, err := explore(model, x, len(classes))
	c := Chart{X: Axis{Label: "x1"}, Y: Axis{Label: "x2"}, Field: s.field("boundary"), Err: err}
	if err != nil {
		return c
	}
	n := len(s.outputs[0])
	for i := 0; names == nil && i < n; i++ {
		c.Series = append(c.Series, Series{Name: fmt.Sprint("class ", i), Style: Points})
	}
	for _, name := range names {
		c.Series = append(c.Series, Series{Name: name, Style: Points})
	}
	if n < 2 || len(c.Series) != n {
		c.Err = fmt.Errorf("the model has %d outputs and there are %d names of classes, want two or more and a "+
			"name for each output, or for one output chart.Above", n, len(c.Series))
		return c
	}
	for k := range n {
		c.Field.Scores = append(c.Field.Scores, s.grid(k))
	}
	right := 0
	for i, class := range classes {
		if class < 0 || class >= n {
			c.Err = fmt.Errorf("class %d of sample %d, want 0 to %d", class, i, n-1)
			return c
		}
		if y := s.outputs[i]; slices.Index(y, slices.Max(y)) == class {
			right++
		}
		if s.isDrawn(i) {
			c.Series[class].Add(x[i][0], x[i][1])
		}
	}
	c.Title = "Decision boundary: " + rightOf(right, len(x)) + s.drawn()
	return c
}

// Surface returns a chart of the output of a model of two inputs, such as a regression: the darker, the
// larger it is. The samples on top, x[i] with the target t[i], are as dark as their targets: one that
// cannot be told from its surroundings is predicted well.
//
//	chart.Surface(p.Predict, x, targets).Save("surface.png")
//
// The title has the root of the mean square of the errors. Of more than 2,000 samples about 2,000 are drawn.
func Surface(model Predict, x [][]float64, t []float64) Chart {
	s, err := explore(model, x, len(t))
	c := Chart{X: Axis{Label: "x1"}, Y: Axis{Label: "x2"}, Field: s.field(""), Err: err}
	if err != nil {
		return c
	}
	if n := len(s.outputs[0]); n != 1 {
		c.Err = fmt.Errorf("the model has %d outputs, want one", n)
		return c
	}
	c.Field.Z = s.grid(0)
	points := Series{Name: "samples, as dark as their targets", Style: Points}
	lo, hi, norm := slices.Min(t), slices.Max(t), 0.0
	for i, y := range s.outputs {
		lo, hi = min(lo, y[0]), max(hi, y[0])
		if i < len(t) {
			norm = math.Hypot(norm, y[0]-t[i])
		}
		if i < len(t) && s.isDrawn(i) {
			points.Add(x[i][0], x[i][1])
			points.Z = append(points.Z, t[i])
		}
	}
	c.Series = []Series{points}
	c.Field.Cuts = cuts(lo, hi)
	c.Title = fmt.Sprintf("Output, off by %.3g (root mean square of %s)", norm/math.Sqrt(float64(len(t))),
		samples(len(t))) + s.drawn()
	return c
}

// cuts returns at most eight round numbers between lo and hi.
func cuts(lo, hi float64) (all []float64) {
	width := hi/8 - lo/8
	if !(width > 1e-12*max(math.Abs(lo), math.Abs(hi))) {
		return []float64{lo}
	}
	step, _ := roundStep(width)
	for k := math.Floor(lo/step) + 1; k*step < hi; k++ {
		all = append(all, k*step)
	}
	return all
}

// A survey has the outputs of a model for samples, and after them on a grid of points in the plane, which
// reaches a little beyond the samples.
type survey struct {
	samples int
	x, y    []float64 // the coordinates of the grid
	outputs [][]float64
}

// explore makes a survey. It returns an error that says what is wrong with the model or the samples, for
// each of which there must be a target.
func explore(model Predict, x [][]float64, targets int) (s survey, err error) {
	if len(x) == 0 || len(x) != targets {
		return s, fmt.Errorf("%d samples x and %d classes or targets, want one or more, and as many of both",
			len(x), targets)
	}
	s.samples = len(x)
	var coordinates [2][]float64
	for i, point := range x {
		if len(point) != 2 {
			return s, fmt.Errorf("sample %d has %d inputs, want two", i, len(point))
		}
		for k := range coordinates {
			coordinates[k] = append(coordinates[k], point[k])
		}
	}
	s.x, s.y = around(coordinates[0], 161), around(coordinates[1], 91)
	points := slices.Clone(x)
	for _, x := range s.x {
		for _, y := range s.y {
			points = append(points, []float64{x, y})
		}
	}
	s.outputs, err = model.outputs(points)
	return s, err
}

// around returns n equally spaced numbers from a little below the smallest of x to a little above the
// largest.
func around(x []float64, n int) []float64 {
	lo, hi := slices.Min(x), slices.Max(x)
	margin := 0.08 * (hi - lo)
	if margin == 0 {
		margin = max(1, math.Abs(lo))
	}
	all := make([]float64, n)
	for i := range all {
		share := float64(i) / float64(n-1)
		all[i] = float64((lo-margin)*(1-share)) + float64((hi+margin)*share)
	}
	return all
}

// field returns the grid without numbers.
func (s survey) field(name string) *Field { return &Field{Name: name, X: s.x, Y: s.y} }

// grid returns output k on the grid.
func (s survey) grid(k int) (z [][]float64) {
	for i := range s.x {
		z = append(z, make([]float64, len(s.y)))
		for j := range s.y {
			z[i][j] = s.outputs[s.samples+i*len(s.y)+j][k]
		}
	}
	return z
}

// mostDrawn is how many samples are drawn at most. More would hide the regions.
const mostDrawn = 2000

// every returns how many samples there are for each that is drawn.
func (s survey) every() int { return (s.samples + mostDrawn - 1) / mostDrawn }

func (s survey) isDrawn(i int) bool { return i%s.every() == 0 }

// drawn says how many samples are drawn, unless all are.
func (s survey) drawn() string {
	if s.every() == 1 {
		return ""
	}
	return " (" + grouped((s.samples+s.every()-1)/s.every()) + " drawn)"
}
