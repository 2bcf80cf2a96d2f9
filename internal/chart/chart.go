// Package chart draws what the examples compute: points and lines over two axes, linear or
// logarithmic. A [Chart] is data, which a test can look at; [Chart.Save] draws it.
//
// Series are told apart by colour, by the shape of their points and by the dashes of their
// lines, so that a chart can be read without seeing colours.
package chart

import (
	"fmt"
	"math"
)

// A Chart is a picture before it is drawn.
type Chart struct {
	Title  string
	X, Y   Axis
	Series []Series // drawn in this order, the last on top
	Marks  []Mark
}

// An Axis says what is measured along it, and its unit if there is one.
type Axis struct {
	Label string
	Log   bool // show powers of ten at equal distances; all numbers must be positive
}

// A Series is a list of points that belong together.
type Series struct {
	Name string // in the legend; "" if it is to have no entry there
	X, Y []float64
	Style
}

// Add adds a point to the series.
func (s *Series) Add(x, y float64) { s.X, s.Y = append(s.X, x), append(s.Y, y) }

// Sequence returns a series of y over 0, 1, 2 and so on.
func Sequence(name string, style Style, y ...float64) Series {
	x := make([]float64, len(y))
	for i := range x {
		x[i] = float64(i)
	}
	return Series{Name: name, X: x, Y: y, Style: style}
}

// A Style says how the points of a series are shown.
type Style int

// The styles.
const (
	Line       Style = iota // joined by a line, in their order
	Points                  // each by itself
	LinePoints              // both
)

// A Mark is a vertical line that points out a number on the x axis.
type Mark struct {
	Name string // in the legend
	X    float64
}

// check returns an error that says which number cannot be drawn.
func (c Chart) check() error {
	if len(c.Series) == 0 {
		return fmt.Errorf("chart %q has no series, want one or more", c.Title)
	}
	for _, s := range c.Series {
		if len(s.X) != len(s.Y) || len(s.X) == 0 {
			return fmt.Errorf("chart %q, series %q: %d x and %d y, want as many of both, "+
				"and one or more", c.Title, s.Name, len(s.X), len(s.Y))
		}
		for i := range s.X {
			if !c.X.shows(s.X[i]) || !c.Y.shows(s.Y[i]) {
				return fmt.Errorf("chart %q, series %q: point %d is (%v, %v), want finite "+
					"numbers, positive on a logarithmic axis", c.Title, s.Name, i, s.X[i], s.Y[i])
			}
		}
	}
	for _, m := range c.Marks {
		if !c.X.shows(m.X) {
			return fmt.Errorf("chart %q, mark %q is at %v, want a finite number, positive on "+
				"a logarithmic axis", c.Title, m.Name, m.X)
		}
	}
	return nil
}

// shows reports whether x has a place on the axis.
func (a Axis) shows(x float64) bool {
	return !math.IsNaN(x) && !math.IsInf(x, 0) && (x > 0 || !a.Log)
}
