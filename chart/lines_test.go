package chart

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
)

// Of many points of a line those are left that reach highest and lowest.
func TestThinned(t *testing.T) {
	points := make(plotter.XYs, 100_003)
	for i := range points {
		points[i] = plotter.XY{X: float64(i), Y: math.Sin(float64(i))}
	}
	points[50_001].Y, points[77_777].Y = 5, -5
	kept := thinned(points)
	if n := len(kept); n > 4100 || kept[0] != points[0] || kept[n-1] != points[len(points)-1] {
		t.Errorf("%d points from %v to %v, want 4100 or fewer, and the ends", n, kept[0], kept[n-1])
	}
	for _, i := range []int{50_001, 77_777} {
		if !slices.Contains(kept, points[i]) {
			t.Errorf("point %d is missing", i)
		}
	}
	for i := range kept[1:] {
		if kept[i+1].X < kept[i].X {
			t.Fatalf("%v comes after %v", kept[i+1], kept[i])
		}
	}
	if got := thinned(points[:9000]); len(got) != 9000 {
		t.Errorf("%d of 9000 points are left, want all", len(got))
	}
}

// Series differ in colour or shape, and lines in colour or dashes, also if there are more than colours.
func TestManySeries(t *testing.T) {
	c := Chart{Title: "Many"}
	for i := range 20 {
		c.Series = append(c.Series, Series{Name: fmt.Sprint("s", i), X: []float64{0, 1}, Y: []float64{0, 1}})
	}
	seen := map[string]int{}
	for i := range c.Series {
		one := Chart{Series: c.Series[:i+1]}
		svg := string(savedAs(t, "one.svg", one))
		_, line, _ := strings.Cut(svg[strings.LastIndex(svg, "fill:none;"):], ";")
		line, _, _ = strings.Cut(line, ">")
		if j, ok := seen[line]; ok {
			t.Errorf("series %d looks like series %d: %s", i, j, line)
		}
		seen[line] = i
	}
}

func TestManyPoints(t *testing.T) {
	seen := map[string]int{}
	for i := range 36 {
		scatter := Points.add(plot.New(), nil, i, 0, false)[0].(*plotter.Scatter)
		look := fmt.Sprintf("%T %v %v", scatter.Shape, scatter.Shape, scatter.Color)
		if j, ok := seen[look]; ok {
			t.Errorf("the points of series %d look like those of series %d: %s", i, j, look)
		}
		seen[look] = i
	}
}
