package field

import (
	"math"
	"testing"

	"gonum.org/v1/plot/vg"
)

// The positive area of a square and the length of its border depend on the values at the corners. The
// wanted numbers come from drawing the four triangles by hand.
func TestRegion(t *testing.T) {
	for _, test := range []struct {
		name         string
		z            [4]float64
		area, border float64
	}{
		{"all positive", [4]float64{1, 2, 3, 4}, 1, 0},
		{"all negative", [4]float64{-1, -2, -3, -4}, 0, 0},
		{"zero is not positive", [4]float64{}, 0, 0},
		{"half", [4]float64{-1, -1, 1, 1}, 0.5, 1},
		{"a quarter", [4]float64{-3, -3, 1, 1}, 0.25, 1},
		{"along a diagonal", [4]float64{0, -1, 0, 1}, 0.5, math.Sqrt2},
		{"along a side", [4]float64{0, 0, 1, 1}, 1, 1},
		{"touches zero", [4]float64{0, 1, 1, 1}, 1, 0},
		{"touches zero from below", [4]float64{0, -1, -1, -1}, 0, 0},
		{"a corner", [4]float64{1, -1, -1, -1}, 1. / 6, math.Sqrt(5) / 3},
		{"a saddle", [4]float64{1, -1, 1, -1}, 0.5, 2},
		{"huge", [4]float64{-8e307, -8e307, 8e307, 8e307}, 0.5, 1},
		{"tiny", [4]float64{-5e-324, -5e-324, 5e-324, 5e-324}, 0.5, 1},
	} {
		var r region
		square := []vg.Point{{X: 0, Y: 0}, {X: 1, Y: 0}, {X: 1, Y: 1}, {X: 0, Y: 1}}
		var corners []vertex
		for i, z := range test.z {
			corners = append(corners, vertex{square[i], z})
		}
		r.divide(corners...)
		if got := area(r.positive); math.Abs(got-test.area) > 1e-12 {
			t.Errorf("%s: area %v, want %v", test.name, got, test.area)
		}
		border := 0.0
		for i := 0; i < len(r.border); i += 2 {
			d := r.border[i+1].Pos.Sub(r.border[i].Pos)
			border += math.Hypot(float64(d.X), float64(d.Y))
		}
		if math.Abs(border-test.border) > 1e-12 {
			t.Errorf("%s: border %v, want %v", test.name, border, test.border)
		}
	}
}

// area returns the area of all polygons of a path. The area of a polygon that is drawn clockwise is
// negative.
func area(path vg.Path) (sum float64) {
	var first, last vg.Point
	for _, c := range path {
		switch c.Type {
		case vg.MoveComp:
			first = c.Pos
		case vg.LineComp:
			sum += float64(last.X*c.Pos.Y-last.Y*c.Pos.X) / 2
		case vg.CloseComp:
			sum += float64(last.X*first.Y-last.Y*first.X) / 2
		}
		last = c.Pos
	}
	return sum
}

func TestSample(t *testing.T) {
	sum := func(x, y float64) float64 { return x + y }
	f := Sample("s", []float64{1, 2, 3}, []float64{10, 20}, sum)
	if f.Name != "s" || len(f.X) != 3 || len(f.Y) != 2 || f.Z[0][2][0] != 13 || f.Z[0][0][1] != 21 {
		t.Errorf("%+v, want Z[0][i][j] = X[i] + Y[j]", *f)
	}
}
