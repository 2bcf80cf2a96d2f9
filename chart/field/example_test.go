package field_test

import (
	"bytes"
	"fmt"
	"log"
	"math"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/vgsvg"

	"github.com/gradus-go/gradus/chart/field"
)

// The distance from the origin, with darker background from 1 and from 2 on.
func ExampleField() {
	grid := []float64{-2, -1, 0, 1, 2}
	f := field.Sample("", grid, grid, math.Hypot)
	f.Cuts = []float64{1, 2}
	fmt.Printf("%.3f\n", f.Z[0][0])
	// Output: [2.828 2.236 2.000 2.236 2.828]
}

func ExampleSample() {
	f := field.Sample("x = y", []float64{0, 1}, []float64{0, 1, 2}, func(x, y float64) float64 { return x - y })
	fmt.Println(f.Z[0])
	// Output: [[0 -1 -2] [1 0 -1]]
}

func ExampleExplore() {
	product := func(x [][]float64) (y [][]float64, err error) {
		for _, x := range x {
			y = append(y, []float64{x[0] * x[1]})
		}
		return y, nil
	}
	f, y, err := field.Explore(product, [][]float64{{0, 0}, {2, 3}})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(y)
	fmt.Printf("x from %.2f to %.2f\n", f.X[0], f.X[len(f.X)-1])
	// Output:
	// [[0] [6]]
	// x from -0.16 to 2.16
}

func ExamplePredict() {
	model := func(weight float64) field.Predict {
		return func(x [][]float64) (y [][]float64, err error) {
			for _, x := range x {
				y = append(y, []float64{weight * x[0]})
			}
			return y, nil
		}
	}
	fmt.Println(model(2)([][]float64{{1, 0}, {3, 0}}))
	// Output: [[2] [6]] <nil>
}

func ExampleField_Check() {
	logarithm := func(x, y float64) float64 { return math.Log(x * y) }
	f := field.Sample("", []float64{0, 1}, []float64{1, 2}, logarithm)
	fmt.Println(f.Check())
	// Output: value Z[0][0][0] is -Inf, want a finite number
}

func ExampleField_Shades() {
	f := field.Field{Cuts: []float64{0, 1}}
	for _, shade := range f.Shades() {
		fmt.Println(shade.R)
	}
	// Output:
	// 245
	// 143
	// 41
}

func ExampleField_Shade() {
	f := field.Field{Cuts: []float64{0, 1}}
	fmt.Println(f.Shade(0.5) == f.Shades()[1])
	// Output: true
}

func ExampleTint() {
	fmt.Println(field.Tint(0), field.Tint(1))
	// Output: {179 213 232 255} {249 231 217 255}
}

// A picture of a field alone.
func ExampleField_Draw() {
	paper := vgsvg.New(100, 100)
	f := field.Sample("", []float64{0, 1}, []float64{0, 1}, func(x, y float64) float64 { return x - y })
	f.Draw(draw.New(paper), func(x, y float64) vg.Point {
		return vg.Point{X: vg.Length(100 * x), Y: vg.Length(100 * y)}
	})
	var svg bytes.Buffer
	if _, err := paper.WriteTo(&svg); err != nil {
		log.Fatal(err)
	}
	fmt.Println(bytes.Count(svg.Bytes(), []byte("<path")), "paths")
	// Output: 3 paths
}
