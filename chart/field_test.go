package chart

import (
	"image"
	"image/color"
	"math"
	"testing"

	"github.com/gradus-go/gradus/chart/field"
	"github.com/gradus-go/gradus/internal/picture"
	"github.com/gradus-go/gradus/internal/picture/picturetest"
)

// evenly returns n numbers from a to b.
func evenly(a, b float64, n int) (x []float64) {
	for i := range n {
		x = append(x, a+(b-a)*float64(i)/float64(n-1))
	}
	return x
}

// Both sides of the zero line, and the line itself, have their colours.
func TestField(t *testing.T) {
	type point struct{ x, y float64 }
	coarse, fine := evenly(-2, 2, 3), evenly(-2, 2, 101)
	for _, test := range []struct {
		name                     string
		x                        Axis
		field                    *field.Field
		positive, negative, zero []point
	}{
		{
			"plane, which even a coarse grid has exactly",
			Axis{},
			field.Sample("", coarse, coarse, func(x, y float64) float64 { return x - 2*y - 0.5 }),
			[]point{{1.3, 0.3}, {-1, -0.85}, {1.9, 0.6}},
			[]point{{1.3, 0.5}, {-1, -0.65}, {-1.9, 1.9}},
			[]point{{-1.3, -0.9}, {0.3, -0.1}, {1.7, 0.6}},
		},
		{
			"outside a circle",
			Axis{},
			field.Sample("", fine, fine, func(x, y float64) float64 { return x*x + y*y - 1 }),
			[]point{{1.1, 0.1}, {0.1, -1.1}, {-0.8, 0.8}, {1.9, -1.9}},
			[]point{{0.9, 0.1}, {0.1, -0.9}, {-0.6, 0.6}, {0.1, 0.1}},
			[]point{{0.6, 0.8}, {-0.8, 0.6}, {-0.28, -0.96}, {0.96, -0.28}},
		},
		{
			"inside a circle",
			Axis{},
			field.Sample("", fine, fine, func(x, y float64) float64 { return 1 - x*x - y*y }),
			[]point{{0.9, 0.1}, {0.1, -0.9}, {-0.6, 0.6}, {0.1, 0.1}},
			[]point{{1.1, 0.1}, {0.1, -1.1}, {-0.8, 0.8}, {1.9, -1.9}},
			[]point{{0.6, 0.8}, {-0.8, 0.6}, {-0.28, -0.96}, {0.96, -0.28}},
		},
		{
			"a hollow at one point of the grid, in the corners of four cells",
			Axis{},
			field.Sample("", coarse, coarse, func(x, y float64) float64 { return min(1, 2*math.Hypot(x, y)-3) }),
			[]point{{1.2, 1.2}, {-1.2, 1.2}, {1.2, -1.2}, {-1.2, -1.2}},
			[]point{{0.8, 0.8}, {-0.8, 0.8}, {0.8, -0.8}, {-0.8, -0.8}},
			[]point{{1.25, 0.5}, {-1.25, 0.5}, {0.5, -1.25}, {-0.5, -1.25}},
		},
		{
			"nowhere positive",
			Axis{},
			field.Sample("", coarse, coarse, func(_, _ float64) float64 { return 0 }),
			nil,
			[]point{{-1.9, -1.9}, {0.1, 0.1}, {1.9, 1.9}},
			nil,
		},
		{
			"zero at one point of the grid",
			Axis{},
			field.Sample("", coarse, coarse, math.Hypot),
			[]point{{-1.9, -1.9}, {0.1, 0.1}, {-0.1, 0.1}, {0.3, -0.9}, {1.9, 1.9}},
			nil, nil,
		},
		{
			"logarithmic, linear in the logarithm",
			Axis{Log: true},
			field.Sample("", []float64{1, 100}, coarse, func(x, _ float64) float64 { return x - 50.5 }),
			[]point{{11, 0.1}, {90, 1.9}},
			[]point{{9, 0.1}, {1.1, -1.9}},
			[]point{{10, 0.1}, {10, -1.5}},
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			c := Chart{Title: "Field", X: test.x, Field: test.field}
			img, at := picturetest.Saved(t, c), placed(t, c)
			for _, side := range []struct {
				name   string
				points []point
				color  color.RGBA
			}{
				{"positive", test.positive, field.Tint(0)},
				{"negative", test.negative, field.Tint(1)},
			} {
				for _, p := range side.points {
					if got := picturetest.At(img, at(p.x, p.y)); got != side.color {
						t.Errorf("%v is %v, want it %s, %v", p, got, side.name, side.color)
					}
				}
			}
			for _, p := range test.zero {
				around := at(p.x, p.y)
				near := pixels(img, image.Rectangle{around.Sub(image.Pt(1, 1)), around.Add(image.Pt(2, 2))})
				if near[color.RGBA{A: 255}] == 0 {
					t.Errorf("no zero line at %v: %v", p, near)
				}
			}
			left, right := test.field.X[0], test.field.X[len(test.field.X)-1]
			all := pixels(img, image.Rectangle{at(left, 1.9), at(right, -1.9)})
			if n := all[color.RGBA{A: 255}]; (n > 0) != (len(test.zero) > 0) {
				t.Errorf("%d black pixels, want some just if there is a zero line", n)
			}
		})
	}
}

// There are no seams between the cells of a grid: each side of the line has one colour.
func TestFieldSeams(t *testing.T) {
	grid := evenly(0, 1, 98)
	c := Chart{Field: field.Sample("", grid, grid, func(_, y float64) float64 { return y - 0.513 })}
	img, at := picturetest.Saved(t, c), placed(t, c)
	from, to := at(0, 0.5303), at(1, 0.7)
	n := pixels(img, image.Rect(from.X+1, to.Y, to.X-1, from.Y-3))
	if all := (to.X - from.X - 2) * (from.Y - 3 - to.Y); n[field.Tint(0)] < all {
		t.Errorf("%d of %d pixels have the positive tint, want all: %v", n[field.Tint(0)], all, n)
	}
}

// The first two series lie on tints of their own colours, the field reaches the frame, and the file
// of a fine grid is not large.
func TestFieldWithPoints(t *testing.T) {
	grid := evenly(-1, 1, 101)
	c := Chart{
		Title: "Field",
		Field: field.Sample("boundary", grid, grid, func(x, y float64) float64 {
			return math.Sin(9*x) + math.Sin(9*y)
		}),
		Series: []Series{
			{Name: "yes", Style: Points, X: []float64{0.15}, Y: []float64{0.15}},
			{Name: "no", Style: Points, X: []float64{-0.15}, Y: []float64{-0.15}},
		},
	}
	img, at := picturetest.Saved(t, c), placed(t, c)
	for i, x := range []float64{0.15, -0.15} {
		if got := picturetest.At(img, at(x, x)); got != picture.Palette[i] {
			t.Errorf("point %d is %v, want %v", i, got, picture.Palette[i])
		}
		want := []color.RGBA{field.Tint(0), field.Tint(1)}[i]
		if got := picturetest.At(img, at(x, x).Add(image.Pt(12, 0))); got != want {
			t.Errorf("right of point %d is %v, want %v", i, got, want)
		}
	}
	p, _ := c.plot()
	if p.X.Min != -1 || p.X.Max != 1 || p.Y.Min != -1 || p.Y.Max != 1 {
		t.Errorf("axes from %v to %v and %v to %v, want -1 to 1",
			p.X.Min, p.X.Max, p.Y.Min, p.Y.Max)
	}
	svg := savedAs(t, "chart.svg", c)
	if len(svg) > 250_000 {
		t.Errorf("the SVG has %d bytes, want 250 kB or less", len(svg))
	}
	checkTexts(t, svg, "boundary", "yes", "no")
}
