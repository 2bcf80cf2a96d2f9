package chart_test

import (
	"fmt"
	"log"
	"math"
	"os"
	"path/filepath"

	"github.com/gradus-go/gradus/chart"
	"github.com/gradus-go/gradus/chart/field"
)

// temp is the name of a file in a new folder for temporary files.
func temp(name string) string {
	folder, err := os.MkdirTemp("", "chart-")
	if err != nil {
		log.Fatal(err)
	}
	return filepath.Join(folder, name)
}

// remove removes what temp has made, and prints whether there was a picture.
func remove(file string) {
	info, err := os.Stat(file)
	fmt.Println(filepath.Base(file), "is written:", err == nil && info.Size() > 0)
	if err := os.RemoveAll(filepath.Dir(file)); err != nil {
		log.Fatal(err)
	}
}

// cubic has a maximum of 1 at x = 0.
func cubic(x float64) float64 { return 1 - x*x + x*x*x/4 }

// The shortest way to curves of losses. The largest is 45 times the smallest, so that the axis is
// logarithmic.
func ExampleLoss() {
	file := temp("loss.png")
	defer remove(file)

	training := []float64{0.9, 0.3, 0.1, 0.05, 0.02}
	validation := []float64{0.9, 0.4, 0.2, 0.15, 0.2}
	c := chart.Loss(chart.Named("training", training), chart.Named("validation", validation))
	if err := c.Save(file); err != nil {
		log.Fatal(err)
	}
	fmt.Println(c.Title, "–", c.Y.Label)
	// Output:
	// Loss by epoch – loss, logarithmic
	// loss.png is written: true
}

// A classifier of points by their distance to the centre of each class.
func ExampleBoundary() {
	file := temp("boundary.svg")
	defer remove(file)

	centres := [][]float64{{0, 0}, {2, 0}, {1, 2}}
	predict := func(x [][]float64) (scores [][]float64, err error) {
		for _, x := range x {
			var row []float64
			for _, c := range centres {
				row = append(row, -math.Hypot(x[0]-c[0], x[1]-c[1]))
			}
			scores = append(scores, row)
		}
		return scores, nil
	}
	x := [][]float64{{0.2, 0.1}, {-0.3, 0.4}, {1.8, 0.2}, {2.1, -0.5}, {0.8, 0.3}, {1.2, 1.5}}
	classes := []int{0, 0, 1, 1, 1, 2}
	c := chart.Boundary(predict, x, classes, []string{"setosa", "versicolor", "virginica"})
	if err := c.Save(file); err != nil {
		log.Fatal(err)
	}
	fmt.Println(c.Title)
	// Output:
	// Decision boundary: 83.33 % of 6 samples right
	// boundary.svg is written: true
}

// A model with one output, a logit: class 1 where it is positive.
func ExampleAbove() {
	logit := func(x [][]float64) (y [][]float64, err error) {
		for _, x := range x {
			y = append(y, []float64{x[0] + x[1] - 1})
		}
		return y, nil
	}
	x := [][]float64{{0, 0}, {0, 1}, {1, 0}, {1, 1}}
	or := []int{0, 1, 1, 1}
	fmt.Println(chart.Boundary(logit, x, or, nil).Err)
	fmt.Println(chart.Boundary(chart.Above(0, logit), x, or, nil).Title)
	fmt.Println(chart.Boundary(chart.Above(-0.5, logit), x, or, nil).Title)
	// Output:
	// the model has 1 outputs and there are 1 names of classes, want two or more and a name for each output, or for one output chart.Above
	// Decision boundary: 50 % of 4 samples right
	// Decision boundary: 100 % of 4 samples right
}

func ExampleSurface() {
	file := temp("surface.png")
	defer remove(file)

	plane := func(x [][]float64) (y [][]float64, err error) {
		for _, x := range x {
			y = append(y, []float64{x[0] + 2*x[1]})
		}
		return y, nil
	}
	c := chart.Surface(plane, [][]float64{{0, 0}, {1, 0}, {0, 1}, {1, 1}}, []float64{0, 1, 2, 5})
	if err := c.Save(file); err != nil {
		log.Fatal(err)
	}
	fmt.Println(c.Title)
	// Output:
	// Output: off by 1, the root of the mean square
	// surface.png is written: true
}

func ExampleConfusion() {
	file := temp("confusion.png")
	defer remove(file)

	c := chart.Confusion([][]int{
		{45, 5}, // of 50 cats 5 are taken for dogs
		{2, 48},
	}, []string{"cat", "dog"})
	if err := c.Save(file); err != nil {
		log.Fatal(err)
	}
	fmt.Println(c.Title)
	// Output:
	// Confusion matrix: 93 % of 100 samples right
	// confusion.png is written: true
}

// The gradients of the first layer are a hundred times as small as those of the second: the axis is
// logarithmic.
func ExampleHistogram() {
	file := temp("gradients.png")
	defer remove(file)

	first := []float64{0.002, -0.001, 0.004, 0, -0.003, 0.002, 0, 0.001}
	second := []float64{0.2, -0.1, 0.4, 0.3, -0.3, 0.2, -0.5, 0.1}
	c := chart.Histogram(chart.Named("layer 1", first), chart.Named("layer 2", second))
	c.Title, c.X.Label = "Gradients", "|∂L/∂w|"
	if err := c.Save(file); err != nil {
		log.Fatal(err)
	}
	fmt.Printf("%q, logarithmic: %t\n", c.Y.Names, c.X.Log)
	// Output:
	// ["layer 1\n25 % are 0" "layer 2"], logarithmic: true
	// gradients.png is written: true
}

func ExampleNamed() {
	s := chart.Named("loss", []float64{0.5, 0.25})
	fmt.Println(s.Name, s.X, s.Y)
	// Output: loss [0 1] [0.5 0.25]
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
		log.Fatal(err)
	}
	// Output: cubic.png is written: true
}

// What is wrong is said in a sentence.
func ExampleChart_Save() {
	c := chart.Loss(chart.Named("training", []float64{0.5, math.NaN()}))
	fmt.Println(c.Save("loss.gif"))
	fmt.Println(c.Save("loss.png"))
	// Output:
	// loss.gif: the ending is ".gif", want .png or .svg
	// loss.png: chart "Loss by epoch", series "training": point 1 is (1, NaN), want finite numbers, positive on a logarithmic axis
}

func ExampleChart_Caption() {
	fmt.Println(chart.Chart{Title: "Loss by epoch"}.Caption())
	// Output: Loss by epoch
}

// Bars stand at names.
func ExampleAxis() {
	c := chart.Chart{
		Title:  "Seconds of training",
		X:      chart.Axis{Names: []string{"float64", "float32"}},
		Y:      chart.Axis{Label: "seconds", Log: true, Min: 0.1, Max: 10},
		Series: []chart.Series{chart.Sequence("", chart.Bars, 4, 2.5)},
	}
	c.X.Log = true
	fmt.Println(c.Save("bars.png"))
	// Output: bars.png: chart "Seconds of training", x axis: it is logarithmic and has 2 names, want one or the other
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
	s := chart.Named("seconds", []float64{4, 2.5})
	s.Style = chart.Bars
	fmt.Println(chart.Chart{Title: "Bars", Series: []chart.Series{s}}.Save("bars.png"))
	// Output: bars.png: chart "Bars", series "seconds": 2 bars and 0 names of the x axis, want the same number of both
}

func ExampleMark() {
	c := chart.Loss(chart.Named("validation", []float64{0.5, 0.3, 0.4}))
	c.Marks = []chart.Mark{{Name: "best epoch", X: 1}}
	fmt.Println(c.Marks[0].Name, c.Marks[0].X)
	// Output: best epoch 1
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
		Title: "Correlations", X: chart.Axis{Names: names}, Y: chart.Axis{Names: names},
		Cells: [][]chart.Cell{{{Text: "1", Shade: 1}, {Text: "0.3", Shade: 0.3}}, {{Text: "0.3", Shade: 0.3}}},
	}
	fmt.Println(c.Save("table.png"))
	// Output: table.png: chart "Correlations": row 1 has 1 cells, want one for each of the 2 names of the x axis
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
		log.Fatal(err)
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
		log.Fatal(err)
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
		log.Fatal(err)
	}
	// Output: landscape.png is written: true
}
