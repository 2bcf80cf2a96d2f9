package field

import (
	"fmt"
	"math"
	"slices"

	"github.com/gradus-go/gradus/internal/finite"
	"github.com/gradus-go/gradus/internal/ticks"
)

// A Predict computes the outputs of a model for each row of x, as the method Predict of a
// [github.com/gradus-go/gradus/nn/train.Predictor] does.
type Predict = func(x [][]float64) ([][]float64, error)

// Explore returns the outputs of a model with two inputs: a field of them on a grid of 161 by 91 points,
// which reaches a little beyond the samples, and those for each sample.
//
// It returns an error if there are no samples, or one that says which does not have two finite
// numbers, from −10³⁰⁷ to 10³⁰⁷, if the model returns an error, or if its outputs are not the same
// number of finite numbers for each point.
func Explore(model Predict, samples [][]float64) (f *Field, y [][]float64, err error) {
	if model == nil || len(samples) == 0 {
		return nil, nil, fmt.Errorf("no model or %d samples, want a model and one sample or more", len(samples))
	}
	var coordinates [2][]float64
	for i, x := range samples {
		if len(x) != 2 || !finite.All(x...) {
			return nil, nil, fmt.Errorf("sample %d is %v, want two finite numbers", i, x)
		}
		if max(math.Abs(x[0]), math.Abs(x[1])) > ticks.Largest {
			return nil, nil, fmt.Errorf("sample %d is %v, want numbers from %v to %v", i, x, -ticks.Largest,
				ticks.Largest)
		}
		coordinates[0], coordinates[1] = append(coordinates[0], x[0]), append(coordinates[1], x[1])
	}
	f = &Field{X: around(coordinates[0], 161), Y: around(coordinates[1], 91)}
	points := slices.Clone(samples)
	for _, x := range f.X {
		for _, y := range f.Y {
			points = append(points, []float64{x, y})
		}
	}
	if y, err = outputs(model, points); err != nil {
		return nil, nil, err
	}
	for k := range y[0] {
		f.Z = append(f.Z, f.each(func(i, j int) float64 { return y[len(samples)+i*len(f.Y)+j][k] }))
	}
	return f, y[:len(samples)], nil
}

// outputs computes the outputs for points in the plane. It returns an error if the model does, or one
// that says at which point the outputs are wrong.
func outputs(model Predict, points [][]float64) ([][]float64, error) {
	y, err := model(points)
	if err != nil {
		return nil, fmt.Errorf("the model: %w", err)
	}
	if len(y) != len(points) {
		return nil, fmt.Errorf("the model returned %d rows of outputs for %d rows of x, want as many",
			len(y), len(points))
	}
	for i, row := range y {
		if len(row) == 0 || len(row) != len(y[0]) {
			return nil, fmt.Errorf("at %v the model returned %d outputs, want one or more, and as many as at %v, %d",
				points[i], len(row), points[0], len(y[0]))
		}
		if !finite.All(row...) {
			return nil, fmt.Errorf("at %v the model returned %v, want finite numbers", points[i], row)
		}
	}
	return y, nil
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
