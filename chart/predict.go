package chart

import (
	"errors"
	"fmt"

	"github.com/gradus-go/gradus/internal/finite"
)

// A Predict computes the outputs of a model for each row of x, as the method Predict of a
// [github.com/gradus-go/gradus/nn/train.Predictor] does.
type Predict func(x [][]float64) ([][]float64, error)

// Each returns the Predict that calls f for one row after the other.
func Each(f func(x ...float64) []float64) Predict {
	if f == nil {
		return nil
	}
	return func(x [][]float64) ([][]float64, error) {
		y := make([][]float64, len(x))
		for i := range x {
			y[i] = f(x[i]...)
		}
		return y, nil
	}
}

// Above makes a classifier of two classes from a model with one output: class 1 where the output is above
// the threshold, otherwise class 0. The threshold is 0.5 for a probability, and 0 for its logit and for
// a model whose targets are −1 and 1.
//
// The Predict returns an error if the model does, or if it has another number of outputs.
func Above(threshold float64, model Predict) Predict {
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

// outputs computes the outputs for points in the plane. It returns an error if the model does, or one
// that says at which point the outputs are wrong.
func (f Predict) outputs(points [][]float64) ([][]float64, error) {
	if f == nil {
		return nil, errors.New("the model is nil, want a function that computes outputs")
	}
	for i, x := range points {
		if len(x) != 2 || !finite.All(x...) {
			return nil, fmt.Errorf("row %d of x is %v, want two finite numbers", i, x)
		}
	}
	y, err := f(points)
	if err != nil {
		return nil, fmt.Errorf("the model: %w", err)
	}
	if len(y) != len(points) {
		return nil, fmt.Errorf("the model returned %d rows of outputs for %d rows of x, want as many", len(y), len(points))
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
