package chart

import (
	"fmt"
	"image"
	"image/color"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/gradus-go/gradus/internal/picture"
	"github.com/gradus-go/gradus/internal/picture/picturetest"
)

// groups returns a chart of bars: heights[i][j] is that of series i at name j.
func groups(y Axis, heights ...[]float64) Chart {
	c := Chart{Title: "Bars", X: Axis{Names: layers(len(heights[0]))}, Y: y}
	for i := range heights {
		c.Series = append(c.Series, Sequence(fmt.Sprint("series ", i), Bars, heights[i]...))
	}
	return c
}

// Each bar has its colour from its foot to its end, and the colour is nowhere else in its column.
func TestBars(t *testing.T) {
	logarithmic := Axis{Log: true}
	for _, test := range []struct {
		name  string
		foot  float64
		chart Chart
	}{
		{
			"linear", 0,
			groups(Axis{}, []float64{0.5, 0.25, 1}, []float64{0.1, 0.75, 0}, []float64{0, 1, 0.5}),
		},
		{"negative", 0, groups(Axis{}, []float64{1, -2, 0}, []float64{-1, 0, 2})},
		{"one name", 0, groups(Axis{}, []float64{3})},
		{"logarithmic", 1e-14, groups(logarithmic, []float64{1e-13, 1e-3, 1}, []float64{1e-6, 0, 1e-9})},
		{"all are zero", 0, groups(Axis{}, []float64{0, 0}, []float64{0, 0})},
		{"all are zero, logarithmic", 1, groups(logarithmic, []float64{0, 0})},
		{"range", 1e-9, groups(Axis{Log: true, Min: 1e-9, Max: 1e3}, []float64{1e-3, 1e-2, 0})},
	} {
		t.Run(test.name, func(t *testing.T) {
			img, at := picturetest.Saved(t, test.chart), placed(t, test.chart)
			n := float64(len(test.chart.Series))
			y, isBottom := at(0, test.foot).Y, test.name != "negative"
			if isBottom && !dark(picturetest.At(img, image.Pt(at(0.5, 1).X, y))) {
				t.Errorf("there is no axis in row %d, where the bars stand", y)
			}
			for i, s := range test.chart.Series {
				for j, y := range s.Y {
					// A group is 0.8 wide, half of it to the left of the name.
					left := float64(j) - 0.4 + 0.8*float64(i)/n
					from, to := at(left, test.foot), at(left+0.8/n, test.foot)
					if y != 0 {
						to.Y = at(0, y).Y
					}
					t.Logf("series %d, bar %d, %v high", i, j, y)
					checkBar(t, img, image.Rectangle{from, to}, picture.Palette[i], i == 0)
				}
			}
		})
	}
}

func checkBar(t *testing.T, img image.Image, bar image.Rectangle, c color.RGBA, filled bool) {
	t.Helper()
	foot, isZero := bar.Min.Y, bar.Min.Y == bar.Max.Y
	bar = bar.Canon()
	middle := (bar.Min.X + bar.Max.X) / 2
	half := min(20, bar.Dx()/2-3)
	column := image.Rect(middle-half, 58, middle+half, 470) // from the title to the legend
	if isZero {
		text := like(img, image.Rect(column.Min.X, foot-14, column.Max.X, foot-2), color.RGBA{A: 255})
		if all := like(img, column, c); all > 0 || text == 0 {
			t.Errorf("%d pixels of its colour, want none; %d black ones, want a 0", all, text)
		}
		return
	}
	inside := image.Rect(column.Min.X, bar.Min.Y+3, column.Max.X, bar.Max.Y-3)
	size, n := inside.Dx()*inside.Dy(), like(img, inside, c)
	if filled && n != size || n < size/8 || !filled && n > size/2 {
		t.Errorf("inside %d of %d pixels have its colour; filled: %t", n, size, filled)
	}
	for y := column.Min.Y; y < column.Max.Y; y++ {
		row := like(img, image.Rect(column.Min.X, y, column.Max.X, y+1), c)
		if row > 0 && (y < bar.Min.Y-2 || y > bar.Max.Y+2) {
			t.Errorf("its colour in row %d, want it in %d to %d", y, bar.Min.Y, bar.Max.Y)
			break
		}
	}
	for _, y := range []int{bar.Min.Y, bar.Max.Y} { // the outline, of two pixels or less
		if like(img, image.Rect(column.Min.X, y-2, column.Max.X, y+3), c) < column.Dx() {
			t.Errorf("no line of its colour at row %d", y)
		}
	}
}

// Bars of different series differ even without colours.
func TestHatches(t *testing.T) {
	c := groups(Axis{}, []float64{1}, []float64{1}, []float64{1}, []float64{1}, []float64{1})
	img, at := picturetest.Saved(t, c), placed(t, c)
	const n = 20
	var patterns [][]bool
	for i := range c.Series {
		corner := at(-0.4+0.8*float64(i)/5, 0).Add(image.Pt(5, -5-n))
		var pattern []bool
		for k := range n * n {
			pattern = append(pattern, picturetest.At(img, corner.Add(image.Pt(k%n, k/n))).G > 200)
		}
		for j := range patterns {
			differ := 0
			for k := range pattern {
				if pattern[k] != patterns[j][k] {
					differ++
				}
			}
			if differ < n*n/8 {
				t.Errorf("series %d and %d differ in %d of %d pixels", j, i, differ, n*n)
			}
		}
		patterns = append(patterns, pattern)
	}
	if slices.Contains(patterns[0], true) {
		t.Error("the first series is not filled")
	}
}

// The ends of the bars and of the axes are these, in gonum's coordinates.
func TestBarsScale(t *testing.T) {
	logarithmic := Axis{Log: true}
	for _, test := range []struct {
		name     string
		chart    Chart
		min, max float64
	}{
		{"from zero, 3 % above", groups(Axis{}, []float64{0.5, 2}), 0, 2.06},
		{"negative ones have room below too", groups(Axis{}, []float64{-1, 1}), -1.06, 1.06},
		{"only negative", groups(Axis{}, []float64{-1, -2}), -2.06, 0.06},
		{"all are zero", groups(Axis{}, []float64{0, 0}), 0, 1.03},
		{"share", groups(Axis{Max: 1}, []float64{0.25, 0}), 0, 1.03},
		{"a decade below 1e-13", groups(logarithmic, []float64{1e-13, 1}), -14, 0.42},
		{"most of a decade", groups(logarithmic, []float64{5e-13, 1}), -13, 0.39},
		{"not half a decade is left", groups(logarithmic, []float64{2e-13, 1}), -14, 0.42},
		{"zero does not count", groups(logarithmic, []float64{0, 1}), -1, 0.03},
		{"one height", groups(logarithmic, []float64{1e3, 1e3}), 2, 3.03},
		{"all are zero, logarithmic", groups(logarithmic, []float64{0, 0}), 0, 1.03},
	} {
		p, _ := test.chart.plot()
		if math.Abs(p.Y.Min-test.min) > 1e-12 || math.Abs(p.Y.Max-test.max) > 1e-12 {
			t.Errorf("%s: from %v to %v, want %v to %v", test.name, p.Y.Min, p.Y.Max, test.min, test.max)
		}
		if n := float64(len(test.chart.X.Names)); p.X.Min != -0.5 || p.X.Max != n-0.5 {
			t.Errorf("%s: x from %v to %v, want room for %v names", test.name, p.X.Min, p.X.Max, n)
		}
	}
	// If all bars are zero, a line at one height decides on the range of the axis.
	c := groups(logarithmic, []float64{0, 0})
	c.Series = append(c.Series, Sequence("line", Line, 1e-5, 1e-5))
	at := placed(t, c)
	if y := at(0, 1e-5).Y; y < 60 || y > 460 {
		t.Errorf("the line is in row %d, want it between the axes", y)
	}
}

// An SVG file has the names, and a 0 for each bar that is zero.
func TestBarsSVG(t *testing.T) {
	c := groups(Axis{Log: true}, []float64{1e-3, 0, 1}, []float64{0, math.Copysign(0, -1), 10})
	svg := savedAs(t, "chart.svg", c)
	checkTexts(t, svg, "layer 1", "layer 2", "layer 3", "series 0", "series 1")
	if n := texts(t, svg)["0"]; n != 3 {
		t.Errorf("%d texts 0, want 3", n)
	}
}

// The 0 of a bar can be read, however narrow the bar is.
func TestSmallZero(t *testing.T) {
	zeros := make([]float64, 40)
	svg := string(savedAs(t, "chart.svg", groups(Axis{}, zeros, zeros, zeros, zeros)))
	if n := strings.Count(svg, "font-size:7px\">0<"); n != 160 {
		t.Errorf("%d texts 0 of size 7, want 160", n)
	}
}
