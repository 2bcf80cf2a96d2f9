package chart

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"github.com/gradus-go/gradus/chart/field"
	"github.com/gradus-go/gradus/internal/finite"
	"github.com/gradus-go/gradus/internal/ticks"
)

// A Chart is a picture before it is drawn.
type Chart struct {
	Title  string
	X, Y   Axis
	Series []Series // drawn in this order, the last on top
	Marks  []Mark
	Levels []Level
	Field  *field.Field // behind the series; nil if there is none

	// Cells, if there are any, make the chart a table, with nothing but a title and axes beside
	// them: rows from the top. Y has the names of the rows, X those of the columns.
	Cells [][]Cell

	// Bins, if there are any, are histograms, with nothing but a title and axes beside them: one, or
	// several in rows from the top.
	Bins []Bins

	Err error // if not nil, what is wrong with the data, which Save returns
}

// An Axis says what is measured along it, and its unit if there is one.
type Axis struct {
	Label string
	Log   bool // logarithmic: powers of ten at equal distances; all numbers must be positive

	Whole bool // ticks stand at whole numbers alone, such as epochs, unless Log is set

	// Names stand at 0, 1, 2 and so on in place of numbers. Those that are too wide for their places are
	// written aslant, and those that would still overlap others are left out. Of a name of more than 20
	// letters, the beginning is written.
	Names []string

	Min, Max float64 // if they differ, the axis reaches at least from Min to Max
}

// A Series is a list of points that belong together.
type Series struct {
	Name string // in the legend; a series named "" has no entry there
	X, Y []float64
	Style

	// Z, if it is not nil, has a number for each point. Points are then circles that are as dark as
	// the chart's field is where it has that number. The field needs Cuts for that.
	Z []float64
}

// Add adds a point to the series. It panics if s is nil.
func (s *Series) Add(x, y float64) {
	if s == nil {
		panic("chart: Add to a nil *Series, want one that is not nil")
	}
	s.X, s.Y = append(s.X, x), append(s.Y, y)
}

// Sequence returns a series with the points (0, y[0]), (1, y[1]), (2, y[2]) and so on.
func Sequence(name string, style Style, y ...float64) Series { return numbered(0, name, style, y) }

// numbered returns a series with the points (first, y[0]), (first + 1, y[1]) and so on.
func numbered(first int, name string, style Style, y []float64) Series {
	x := make([]float64, len(y))
	for i := range x {
		x[i] = float64(first + i)
	}
	return Series{Name: name, X: x, Y: slices.Clone(y), Style: style}
}

// A Style says how the points of a series are shown.
type Style int

// The styles.
const (
	Line       Style = iota // a line joins the points, in their order
	Points                  // every point is shown by itself
	LinePoints              // both

	// One bar stands at each of the names of the x axis, side by side with the bars of the other
	// series. Bars begin at 0, and on a logarithmic y axis at the bottom. Where y is 0, the text
	// "0" stands in place of a bar.
	Bars
)

// A Mark is a vertical line that points out a number on the x axis.
type Mark struct {
	Name string // in the legend
	X    float64
}

// A Level is a horizontal line that points out a number on the y axis, such as the smallest error
// that is possible.
type Level struct {
	Name string // in the legend
	Y    float64
}

// check returns an error that says what cannot be drawn.
func (c Chart) check() error {
	if c.Err != nil {
		return c.Err
	}
	if err := cmp.Or(c.X.check("x"), c.Y.check("y")); err != nil {
		return fmt.Errorf("chart %q, %w", c.Title, err)
	}
	if err := c.checkSizes(); err != nil {
		return err
	}
	if c.Bins != nil {
		return c.checkBins()
	}
	if c.Cells != nil {
		return c.checkCells()
	}
	if len(c.Series) == 0 && c.Field == nil {
		return fmt.Errorf("chart %q has no series, want one or more", c.Title)
	}
	if c.Field != nil {
		if err := c.checkField(); err != nil {
			return err
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
	for _, l := range c.Levels {
		if !c.Y.shows(l.Y) {
			return fmt.Errorf("chart %q, level %q is at %v, want a finite number, positive on "+
				"a logarithmic axis", c.Title, l.Name, l.Y)
		}
	}
	return nil
}

// checkSizes returns an error if a number is too large for a linear axis.
func (c Chart) checkSizes() error {
	var x, y []float64
	for _, s := range c.Series {
		x, y = append(x, s.X...), append(y, s.Y...)
	}
	for _, m := range c.Marks {
		x = append(x, m.X)
	}
	for _, l := range c.Levels {
		y = append(y, l.Y)
	}
	for _, b := range c.Bins {
		x = append(x, b.Edges...)
	}
	x, y = append(x, c.X.Min, c.X.Max), append(y, c.Y.Min, c.Y.Max)
	if err := cmp.Or(c.X.checkSize("x", x), c.Y.checkSize("y", y)); err != nil {
		return fmt.Errorf("chart %q, %w", c.Title, err)
	}
	return nil
}

func (a Axis) checkSize(name string, numbers []float64) error {
	for _, x := range numbers {
		if !a.Log && finite.All(x) && math.Abs(x) > ticks.Largest {
			return fmt.Errorf("%s axis: it is linear and has the number %v, want numbers from %v to %v", name, x,
				-ticks.Largest, ticks.Largest)
		}
	}
	return nil
}

func (c Chart) checkSeries(s Series) error {
	if len(s.X) == 0 && len(s.Y) == 0 && c.Field != nil && len(c.Field.Z) > 1 && s.Style == Points {
		return nil // a region without points
	}
	if len(s.X) != len(s.Y) || len(s.X) == 0 {
		return fmt.Errorf("chart %q, series %q: %d x and %d y, want the same "+
			"number of both, one or more", c.Title, s.Name, len(s.X), len(s.Y))
	}
	if s.Style == Bars {
		return c.checkBars(s)
	}
	if s.Z != nil && (len(s.Z) != len(s.X) || !finite.All(s.Z...) || c.Field == nil || c.Field.Cuts == nil) {
		return fmt.Errorf("chart %q, series %q: %d numbers Z, want a finite one for each of %d points, and a "+
			"field with Cuts", c.Title, s.Name, len(s.Z), len(s.X))
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
		return fmt.Errorf("%s axis: it is logarithmic and has %d names, want one or the other", name, len(a.Names))
	}
	if a.Min != a.Max && (!a.shows(a.Min) || !a.shows(a.Max) || a.Min >= a.Max) {
		return fmt.Errorf("%s axis: Min is %v and Max is %v, want finite numbers, Min < Max, "+
			"positive on a logarithmic axis", name, a.Min, a.Max)
	}
	return nil
}

// shows reports whether x has a place on the axis.
func (a Axis) shows(x float64) bool {
	return finite.All(x) && (x > 0 || !a.Log)
}
