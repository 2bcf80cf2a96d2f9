package chart

import (
	"math"
	"slices"

	"github.com/gradus-go/gradus/internal/finite"
)

// Named returns a line with the points (1, y[0]), (2, y[1]), (3, y[2]) and so on, such as the loss of
// each epoch: as in package train, the first epoch is epoch 1, so that a [Mark] at State.Best stands where
// the validation loss is smallest. A [Sequence] begins at 0, as does a curve whose first loss is that before
// training. [Histogram] takes the numbers y alone.
func Named(name string, y []float64) Series { return numbered(1, name, Line, y) }

// logarithmic is how many times as large as the smallest number the largest one must be to have a
// logarithmic axis.
const logarithmic = 20

// Loss returns a chart of losses by epoch, a curve for each series:
//
//	chart.Loss(chart.Named("training", losses), chart.Named("validation", others)).Save("loss.png")
//
// The y axis is logarithmic if no loss is negative and the largest is more than 20 times the
// smallest that is not 0. Losses of 0, which have no place there, are then points below all others, in
// series of their own.
func Loss(curves ...Series) Chart {
	c := Chart{
		Title: "Loss by epoch", X: Axis{Label: "epoch", Whole: true}, Y: Axis{Label: "loss"},
		Series: slices.Clone(curves),
	}
	lowest, highest, negative := math.Inf(1), 0.0, false
	for _, s := range curves {
		for _, y := range s.Y {
			if y > 0 {
				lowest = min(lowest, y)
			}
			highest, negative = max(highest, y), negative || y < 0 || !finite.All(y)
		}
	}
	if negative || highest/logarithmic <= lowest {
		return c
	}
	c.Y, c.Series = Axis{Label: "loss, logarithmic", Log: true}, nil
	var zeros []Series
	for _, s := range curves {
		positive, zero := s.split(max(lowest/2, math.SmallestNonzeroFloat64))
		if len(zero.X) == 0 || len(positive.X) > 0 {
			c.Series = append(c.Series, positive)
		}
		if len(zero.X) > 0 {
			zeros = append(zeros, zero)
		}
	}
	c.Series = append(c.Series, zeros...)
	return c
}

// split returns the points of a series whose y is not 0, and points at the height bottom in place of the
// others. It leaves a series that is not well formed as it is.
func (s Series) split(bottom float64) (positive, zero Series) {
	if len(s.X) != len(s.Y) || !slices.Contains(s.Y, 0) {
		return s, Series{}
	}
	positive = Series{Name: s.Name, Style: s.Style}
	zero = Series{Name: s.Name + ", exactly 0 (at the bottom)", Style: Points}
	for i, y := range s.Y {
		if y == 0 {
			zero.Add(s.X[i], bottom)
		} else {
			positive.Add(s.X[i], y)
		}
	}
	return positive, zero
}
