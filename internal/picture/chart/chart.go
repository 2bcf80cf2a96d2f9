// Package chart draws what the examples compute: points, lines and bars over two axes, linear,
// logarithmic or with names, a function of two variables behind them, and tables. A [Chart] is
// data, which a test can look at; [Chart.Save] draws it.
//
// Series are told apart by colour, by the shape of their points, by the dashes of their lines
// and by the hatching of their bars, so that a chart can be read without seeing colours.
package chart

import (
	"cmp"
	"fmt"
	"math"
)

// A Chart is a picture before it is drawn.
type Chart struct {
	Title  string
	X, Y   Axis
	Series []Series // drawn in this order, the last on top
	Marks  []Mark
	Field  *Field   // behind the series; nil if there is none
	Cells  [][]Cell // a table instead of all that: rows from the top, which Y names, X its columns
}

// An Axis says what is measured along it, and its unit if there is one.
type Axis struct {
	Label string
	Log   bool // show powers of ten at equal distances; all numbers must be positive

	// Names are shown at 0, 1, 2 and so on in place of numbers; those that would overlap are
	// left out.
	Names []string

	Min, Max float64 // if they differ, the axis shows at least all from Min to Max
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

	// Bars, one for each of the names of the x axis, are side by side with those of the other
	// series. They stand on 0, and on a logarithmic y axis on the bottom. Where y is 0, the
	// text "0" says so.
	Bars
)

// A Mark is a vertical line that points out a number on the x axis.
type Mark struct {
	Name string // in the legend
	X    float64
}

// check returns an error that says which number cannot be drawn.
func (c Chart) check() error {
	if err := cmp.Or(c.X.check("x"), c.Y.check("y")); err != nil {
		return fmt.Errorf("chart %q, %w", c.Title, err)
	}
	if c.Cells != nil {
		return c.checkCells()
	}
	if len(c.Series) == 0 && c.Field == nil {
		return fmt.Errorf("chart %q has no series, want one or more", c.Title)
	}
	if c.Field != nil {
		if err := c.Field.check(c.X, c.Y); err != nil {
			return fmt.Errorf("chart %q, field %q: %w", c.Title, c.Field.Name, err)
		}
	}
	for _, s := range c.Series {
		if err := c.checkSeries(s); err != nil {
			return err
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

func (c Chart) checkSeries(s Series) error {
	if len(s.X) != len(s.Y) || len(s.X) == 0 {
		return fmt.Errorf("chart %q, series %q: %d x and %d y, want as many of both, "+
			"and one or more", c.Title, s.Name, len(s.X), len(s.Y))
	}
	if s.Style == Bars {
		return c.checkBars(s)
	}
	for i := range s.X {
		if !c.X.shows(s.X[i]) || !c.Y.shows(s.Y[i]) {
			return fmt.Errorf("chart %q, series %q: point %d is (%v, %v), want finite "+
				"numbers, positive on a logarithmic axis", c.Title, s.Name, i, s.X[i], s.Y[i])
		}
	}
	return nil
}

func (a Axis) check(name string) error {
	if len(a.Names) > 0 && a.Log {
		return fmt.Errorf("%s axis: %d names and logarithmic, want one of both", name, len(a.Names))
	}
	if a.Min != a.Max && (!a.shows(a.Min) || !a.shows(a.Max) || a.Min >= a.Max) {
		return fmt.Errorf("%s axis: from Min %v to Max %v, want finite numbers that ascend, "+
			"positive on a logarithmic axis", name, a.Min, a.Max)
	}
	return nil
}

// shows reports whether x has a place on the axis.
func (a Axis) shows(x float64) bool {
	return !math.IsNaN(x) && !math.IsInf(x, 0) && (x > 0 || !a.Log)
}
