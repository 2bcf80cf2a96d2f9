package chart_test

import (
	"fmt"
	"log"
	"math"
	"os"
	"path/filepath"

	"github.com/gradus-go/gradus/chart"
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

// The shortest way to curves of losses. The largest is 45 times the smallest, so that the axis is
// logarithmic.
func ExampleLoss() {
	file := temp("loss.png")
	defer remove(file)

	training := []float64{0.9, 0.3, 0.1, 0.05, 0.02}
	validation := []float64{0.9, 0.4, 0.2, 0.15, 0.2}
	c := chart.Loss(chart.Named("training", training), chart.Named("validation", validation))
	if err := c.Save(file); err != nil {
		fmt.Println(err)
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
		fmt.Println(err)
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
	fmt.Println(chart.Boundary(chart.Above(0, logit), x, or, nil).Title)
	fmt.Println(chart.Boundary(chart.Above(-0.5, logit), x, or, nil).Title)
	// Output:
	// Decision boundary: 50.00 % of 4 samples right
	// Decision boundary: 100.00 % of 4 samples right
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
		fmt.Println(err)
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
		fmt.Println(err)
	}
	fmt.Println(c.Title)
	// Output:
	// Confusion matrix: 93.00 % of 100 samples right
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
		fmt.Println(err)
	}
	fmt.Printf("%q, logarithmic: %t\n", c.Y.Names, c.X.Log)
	// Output:
	// ["layer 1\n25.0 % are 0" "layer 2"], logarithmic: true
	// gradients.png is written: true
}
