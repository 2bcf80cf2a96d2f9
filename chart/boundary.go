package chart

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"github.com/gradus-go/gradus/chart/field"
	"github.com/gradus-go/gradus/internal/ticks"
)

// Above makes a classifier of two classes from a model with one output: class 1 where the output is above
// the threshold, otherwise class 0. The threshold is 0.5 for a probability, and 0 for its logit and for
// a model whose targets are −1 and 1.
//
// The result returns an error if the model does, or if it has another number of outputs.
func Above(threshold float64, model field.Predict) field.Predict {
	if model == nil {
		return nil
	}
	return func(x [][]float64) ([][]float64, error) {
		y, err := model(x)
		scores := make([][]float64, len(y))
		for i, row := range y {
			if len(row) != 1 {
				return nil, fmt.Errorf("row %d has %d outputs, want one to compare with a threshold", i, len(row))
			}
			scores[i] = []float64{threshold - row[0], row[0] - threshold}
		}
		return scores, err
	}
}

// Boundary returns a chart of the regions of the plane that a classifier of two inputs assigns to the
// classes, with samples on top: x[i] has the two inputs of a sample, and classes[i] is its true
// class, counted from 0. The names are those of the classes; nil stands for class 0, class 1 and so on.
//
//	chart.Boundary(p.Predict, x, classes, []string{"cat", "dog"}).Save("boundary.svg")
//
// The model has an output for each class, the largest of which decides, as those of a softmax do. For a
// model with one output see [Above]. The title says how many samples are right. Of more than 2,000
// samples about 2,000 are drawn.
func Boundary(model field.Predict, x [][]float64, classes []int, names []string) Chart {
	c, y := explored(model, x, len(classes))
	if c.Err != nil {
		return c
	}
	n := len(c.Field.Z)
	for k := 0; names == nil && k < n; k++ {
		c.Series = append(c.Series, Series{Name: fmt.Sprint("class ", k), Style: Points})
	}
	for _, name := range names {
		c.Series = append(c.Series, Series{Name: name, Style: Points})
	}
	if n < 2 || len(c.Series) != n {
		c.Err = fmt.Errorf("names of classes: %d, outputs of the model: %d; want two or more, and as many of "+
			"both; chart.Above makes two outputs of one", len(c.Series), n)
		return c
	}
	right, every := 0, drawn(len(x))
	for i, class := range classes {
		if class < 0 || class >= n {
			c.Err = fmt.Errorf("class %d of sample %d, want 0 to %d", class, i, n-1)
			return c
		}
		if slices.Index(y[i], slices.Max(y[i])) == class {
			right++
		}
		if i%every == 0 {
			c.Series[class].Add(x[i][0], x[i][1])
		}
	}
	c.Field.Name = "boundary"
	c.Title = "Decision boundary: " + rightOf(right, len(x))
	return c
}

// Surface returns a chart of the output of a model of two inputs, such as a regression: the darker, the
// larger it is. The samples on top, x[i] with the target t[i], are as dark as their targets: one that
// cannot be told from its surroundings is predicted well.
//
//	chart.Surface(p.Predict, x, targets).Save("surface.png")
//
// The title has the root of the mean square of the errors. Of more than 2,000 samples about 2,000 are drawn.
func Surface(model field.Predict, x [][]float64, t []float64) Chart {
	c, y := explored(model, x, len(t))
	c.Err = cmp.Or(c.Err, checkNumbers([]Series{{Name: "targets", Y: t}}))
	if n := len(c.Field.Z); c.Err == nil && n != 1 {
		c.Err = fmt.Errorf("the model has %d outputs, want one", n)
	}
	if c.Err != nil {
		return c
	}
	points := Series{Name: "samples, as dark as their targets", Style: Points}
	norm, every := 0.0, drawn(len(x))
	for i := range t {
		norm = math.Hypot(norm, y[i][0]-t[i])
		if i%every == 0 {
			points.Add(x[i][0], x[i][1])
			points.Z = append(points.Z, t[i])
		}
	}
	c.Series = []Series{points}
	all := append(slices.Concat(c.Field.Z[0]...), t...)
	c.Field.Cuts = ticks.Between(slices.Min(all), slices.Max(all), 8)
	c.Title = fmt.Sprintf("Output: off by %.3g, the root of the mean square", norm/math.Sqrt(float64(len(t))))
	return c
}

// explored returns a chart of a model's outputs, and those for the samples x.
func explored(model field.Predict, x [][]float64, targets int) (c Chart, y [][]float64) {
	c = Chart{X: Axis{Label: "x1"}, Y: Axis{Label: "x2"}, Field: new(field.Field)} // never nil
	if len(x) != targets {
		c.Err = fmt.Errorf("%d samples and %d classes or targets, want as many of both", len(x), targets)
		return c, nil
	}
	f, y, err := field.Explore(model, x)
	if c.Err = err; err == nil {
		c.Field = f
	}
	return c, y
}

// drawn returns of how many samples one is drawn. More than 2,000 would hide the regions.
func drawn(samples int) (every int) { return (samples + 1999) / 2000 }
