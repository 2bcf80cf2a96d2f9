package chart_test

import (
	"fmt"
	"math"

	"github.com/gradus-go/gradus/chart"
	"github.com/gradus-go/gradus/chart/field"
)

// cubic has a maximum of 1 at x = 0.
func cubic(x float64) float64 { return 1 - x*x + x*x*x/4 }

func ExampleNamed() {
	s := chart.Named("loss", []float64{0.5, 0.25})
	fmt.Println(s.Name, s.X, s.Y)
	// Output: loss [1 2] [0.5 0.25]
}

func ExampleSequence() {
	s := chart.Sequence("errors", chart.Points, 3, 2, 1)
	fmt.Println(s.X, s.Y, s.Style == chart.Points)
	// Output: [0 1 2] [3 2 1] true
}

// A chart of one's own: a function, its slope at a point as a mark, and a level.
func ExampleChart() {
	file := temp("cubic.png")
	defer remove(file)

	curve := chart.Series{Name: "1 − x² + x³/4"}
	for x := -1.0; x <= 3; x += 0.0625 {
		curve.Add(x, cubic(x))
	}
	c := chart.Chart{
		Title:  "A cubic",
		X:      chart.Axis{Label: "x, m"},
		Y:      chart.Axis{Label: "y, m"},
		Series: []chart.Series{curve},
		Marks:  []chart.Mark{{Name: "maximum", X: 0}},
		Levels: []chart.Level{{Name: "its height", Y: 1}},
	}
	if err := c.Save(file); err != nil {
		fmt.Println(err)
	}
	// Output: cubic.png is written: true
}

// What is wrong is said in a sentence.
func ExampleChart_Save() {
	c := chart.Chart{Title: "C", Series: []chart.Series{chart.Named("s", []float64{0.5, math.NaN()})}}
	fmt.Println(c.Save("c.gif"))
	fmt.Println(c.Save("c.png"))
	// Output:
	// c.gif: the ending is ".gif", want .png or .svg
	// c.png: chart "C", series "s": point 1 is (2, NaN), want finite numbers, positive on a logarithmic axis
}

func ExampleChart_Caption() {
	fmt.Println(chart.Chart{Title: "Loss by epoch"}.Caption())
	// Output: Loss by epoch
}

// Bars stand at names.
func ExampleAxis() {
	c := chart.Chart{
		Title:  "Seconds",
		X:      chart.Axis{Names: []string{"float64", "float32"}},
		Y:      chart.Axis{Label: "seconds", Log: true, Min: 0.1, Max: 10},
		Series: []chart.Series{chart.Sequence("", chart.Bars, 4, 2.5)},
	}
	c.X.Log = true
	fmt.Println(c.Save("b.png"))
	// Output: b.png: chart "Seconds", x axis: it is logarithmic and has 2 names, want one or the other
}

func ExampleSeries() {
	s := chart.Series{Name: "measured", Style: chart.LinePoints, X: []float64{1, 2, 4}, Y: []float64{3, 5, 9}}
	fmt.Println(len(s.X), "points")
	// Output: 3 points
}

func ExampleSeries_Add() {
	var squares chart.Series
	for x := range 4 {
		squares.Add(float64(x), float64(x*x))
	}
	fmt.Println(squares.Y)
	// Output: [0 1 4 9]
}

func ExampleStyle() {
	s := chart.Sequence("seconds", chart.Bars, 4, 2.5)
	fmt.Println(chart.Chart{Title: "B", Series: []chart.Series{s}}.Save("b.png"))
	// Output: b.png: chart "B", series "seconds": 2 bars and 0 names of the x axis, want the same number of both
}

// The second epoch is the best one: State.Best of package train is 2 here.
func ExampleMark() {
	c := chart.Loss(chart.Named("validation", []float64{0.5, 0.3, 0.4}))
	c.Marks = []chart.Mark{{Name: "best epoch", X: 2}}
	fmt.Println(c.Marks[0].Name, c.Marks[0].X)
	// Output: best epoch 2
}

func ExampleLevel() {
	c := chart.Loss(chart.Named("training", []float64{0.5, 0.3, 0.2}))
	c.Levels = []chart.Level{{Name: "guessing, ln 2", Y: math.Ln2}}
	fmt.Printf("%.3f\n", c.Levels[0].Y)
	// Output: 0.693
}

// A table of correlations.
func ExampleCell() {
	names := []string{"x", "y"}
	c := chart.Chart{
		Title: "C", X: chart.Axis{Names: names}, Y: chart.Axis{Names: names},
		Cells: [][]chart.Cell{{{Text: "1", Shade: 1}, {Text: "0.3", Shade: 0.3}}, {{Text: "0.3", Shade: 0.3}}},
	}
	fmt.Println(c.Save("c.png"))
	// Output: c.png: chart "C": row 1 has 1 cells, want one for each of the 2 names of the x axis
}

// Numbers that are counted already.
func ExampleBins() {
	file := temp("heights.svg")
	defer remove(file)

	c := chart.Chart{
		Title: "Heights of a class", X: chart.Axis{Label: "cm"}, Y: chart.Axis{Label: "pupils"},
		Bins: []chart.Bins{{Edges: []float64{150, 160, 170, 190}, Counts: []int{4, 15, 6}}},
	}
	if err := c.Save(file); err != nil {
		fmt.Println(err)
	}
	// Output: heights.svg is written: true
}

// A function above, its error below.
func ExampleStack() {
	f, difference := chart.Series{Name: "sin x"}, chart.Series{}
	for x := 0.0; x < 1; x += 0.125 {
		f.Add(x, math.Sin(x))
		difference.Add(x, x-x*x*x/6-math.Sin(x))
	}
	s := chart.Stack{
		{Title: "sin x and two terms of its series", Y: chart.Axis{Label: "y"}, Series: []chart.Series{f}},
		{X: chart.Axis{Label: "x"}, Y: chart.Axis{Label: "error"}, Series: []chart.Series{difference}},
	}
	fmt.Println(s.Caption())
	// Output: sin x and two terms of its series
}

func ExampleStack_Caption() {
	fmt.Println(chart.Stack{{Title: "above"}, {Title: "below"}}.Caption())
	// Output: above
}

func ExampleStack_Save() {
	file := temp("stack.png")
	defer remove(file)

	line := chart.Chart{Series: []chart.Series{chart.Named("", []float64{1, 2})}}
	if err := (chart.Stack{line, line}).Save(file); err != nil {
		fmt.Println(err)
	}
	// Output: stack.png is written: true
}

// The loss of a neuron by its two weights, as a map: the darker, the larger.
func Example_field() {
	file := temp("landscape.png")
	defer remove(file)

	var grid []float64
	for w := -2.0; w <= 2; w += 0.0625 {
		grid = append(grid, w)
	}
	loss := func(w1, w2 float64) float64 { return (w1*w2 - 1) * (w1*w2 - 1) }
	landscape := field.Sample("", grid, grid, loss)
	landscape.Cuts = []float64{0.01, 0.1, 1, 10}
	c := chart.Chart{
		Title: "Loss (w1·w2 − 1)²", X: chart.Axis{Label: "w1"}, Y: chart.Axis{Label: "w2"}, Field: landscape,
	}
	if err := c.Save(file); err != nil {
		fmt.Println(err)
	}
	// Output: landscape.png is written: true
}
