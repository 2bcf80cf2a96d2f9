package chart

import (
	"bytes"
	"image"
	"math"
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/gradus-go/gradus/chart/field"
	"github.com/gradus-go/gradus/internal/picture/picturetest"
)

// nearest takes a point for the class whose centre is the nearest, of those at x1 = 0, 1, 2 and so on.
func nearest(classes int) field.Predict {
	return func(x [][]float64) (y [][]float64, err error) {
		for _, x := range x {
			var scores []float64
			for k := range classes {
				scores = append(scores, -math.Abs(x[0]-float64(k)))
			}
			y = append(y, scores)
		}
		return y, nil
	}
}

func TestBoundary(t *testing.T) {
	x := [][]float64{{0, 0}, {0.9, 1}, {2, 1}, {1.2, 0}}
	c := Boundary(nearest(4), x, []int{0, 0, 2, 1}, nil)
	if want := "Decision boundary: 75.00 % of 4 samples right"; c.Title != want || c.Err != nil {
		t.Errorf("%q, %v; want %q", c.Title, c.Err, want)
	}
	want := []Series{
		{Name: "class 0", X: []float64{0, 0.9}, Y: []float64{0, 1}, Style: Points},
		{Name: "class 1", X: []float64{1.2}, Y: []float64{0}, Style: Points},
		{Name: "class 2", X: []float64{2}, Y: []float64{1}, Style: Points},
		{Name: "class 3", Style: Points},
	}
	if diff := cmp.Diff(want, c.Series); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	c.Series[0].X, c.Series[0].Y = []float64{0.9}, []float64{1}
	img, at := picturetest.Saved(t, c), placed(t, c)
	for k, x := range []float64{0.4, 0.6, 1.6} {
		if got, want := picturetest.At(img, at(x, 0.3)), field.Tint(k); got != want {
			t.Errorf("at x1 = %v there is %v, want %v of class %d", x, got, want, k)
		}
	}
	if got := picturetest.At(img, at(0.9, 1).Add(image.Pt(6, 0))); got.R < 250 || got.B < 250 {
		t.Errorf("beside the point there is %v, want its white edge", got)
	}
	svg := savedAs(t, "boundary.svg", c)
	checkTexts(t, svg, "class 0", "class 3", "boundary")
	if n := bytes.Count(svg, []byte("<svg role=\"img\"")); n != 1 {
		t.Errorf("%d pictures, want one", n)
	}

	many := slices.Repeat(x, 25_000)
	c = Boundary(nearest(3), many, slices.Repeat([]int{0, 0, 2, 1}, 25_000), []string{"a", "b", "c"})
	n := len(c.Series[0].X) + len(c.Series[1].X) + len(c.Series[2].X)
	if want := "Decision boundary: 75.00 % of 100,000 samples right"; n != 2000 || c.Title != want {
		t.Errorf("%q, %d points; want %q, 2000", c.Title, n, want)
	}
}

func TestAbove(t *testing.T) {
	double := func(x [][]float64) (y [][]float64, err error) {
		for _, x := range x {
			y = append(y, []float64{2 * x[0]})
		}
		return y, nil
	}
	x := [][]float64{{0.125, 0}, {0.5, 1}}
	got, err := Above(0.5, double)(x)
	if diff := cmp.Diff([][]float64{{0.25, -0.25}, {-0.5, 0.5}}, got); diff != "" || err != nil {
		t.Errorf("%v (-want +got):\n%s", err, diff)
	}
	c := Boundary(Above(0.5, double), x, []int{0, 1}, nil)
	if want := "Decision boundary: 100.00 % of 2 samples right"; c.Title != want {
		t.Errorf("%q, %v; want %q", c.Title, c.Err, want)
	}
}

func TestSurface(t *testing.T) {
	sum := func(x [][]float64) (y [][]float64, err error) {
		for _, x := range x {
			y = append(y, []float64{x[0] + x[1]})
		}
		return y, nil
	}
	x := [][]float64{{0, 0}, {4, 4}, {4, 0}}
	c := Surface(sum, x, []float64{0, 8, 7})
	if want := "Output: off by 1.73, the root of the mean square"; c.Title != want || c.Err != nil {
		t.Errorf("%q, %v; want %q", c.Title, c.Err, want) // √(3²/3)
	}
	if want := []float64{0, 2, 4, 6, 8}; !slices.Equal(c.Field.Cuts, want) {
		t.Errorf("cuts %v, want %v", c.Field.Cuts, want)
	}
	img, at := picturetest.Saved(t, c), placed(t, c)
	for _, test := range []struct{ x, y, z float64 }{
		{1, 0.5, 1.5}, {1, 1.5, 2.5}, {2, 3, 5}, // the surface
		{0, 0, 0}, {4, 4, 8}, {4, 0, 7}, // the targets, of which the last is not that of the surface
	} {
		if got, want := picturetest.At(img, at(test.x, test.y)), c.Field.Shade(test.z); got != want {
			t.Errorf("at (%v, %v) there is %v, want %v for %v", test.x, test.y, got, want, test.z)
		}
	}
	checkTexts(t, savedAs(t, "surface.svg", c), "below 0", "0 to 2", "6 to 8", "above 8")
	constant := func(x [][]float64) ([][]float64, error) { return slices.Repeat([][]float64{{3}}, len(x)), nil }
	if err := Surface(constant, x, []float64{3, 3, 3}).Save(filepath.Join(t.TempDir(), "flat.png")); err != nil {
		t.Errorf("a constant: %v", err)
	}
}
