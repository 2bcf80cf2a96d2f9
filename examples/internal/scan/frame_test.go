package scan

import (
	"image"
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// bars returns an image with an L in a box: a bar on the left side of the box and one at its lower
// end, both of the same thickness in pixels.
func bars(rows, columns int, box image.Rectangle, thick int) []float64 {
	pix := make([]float64, rows*columns)
	for y := box.Min.Y; y < box.Max.Y; y++ {
		for x := box.Min.X; x < box.Max.X; x++ {
			if x < box.Min.X+thick || y >= box.Max.Y-thick {
				pix[y*columns+x] = 1
			}
		}
	}
	return pix
}

// Measure finds what the images have in common. The centre of mass of an L is computed by hand.
func TestMeasure(t *testing.T) {
	rect := image.Rect
	for _, test := range []struct {
		name    string
		boxes   []image.Rectangle
		columns int
		want    Frame
	}{
		{
			"the same height and middle",
			[]image.Rectangle{rect(2, 1, 6, 9), rect(1, 1, 7, 9), rect(3, 1, 5, 9)},
			12,
			Frame{10, 12, LargerSide, 8, Coordinate{true, 4}, Coordinate{true, 5}, 1},
		},
		{
			"the same height",
			[]image.Rectangle{rect(0, 1, 4, 7), rect(1, 1, 9, 7), rect(2, 1, 6, 7)},
			12,
			Frame{
				10, 12, HeightSide, 6,
				Coordinate{false, (10.5/9 + 1 + 34.5/13 + 2 + 10.5/9) / 3},
				Coordinate{true, 4},
				1,
			},
		},
		{
			"the same width",
			[]image.Rectangle{rect(1, 1, 5, 9), rect(1, 2, 5, 8), rect(1, 4, 5, 6)},
			7,
			Frame{10, 7, WidthSide, 4, Coordinate{true, 3}, Coordinate{true, 5}, 1},
		},
		{
			"the same larger side",
			[]image.Rectangle{rect(1, 1, 9, 5), rect(2, 1, 5, 9), rect(2, 1, 10, 9)},
			12,
			Frame{
				10, 12, LargerSide, 8,
				Coordinate{false, (1 + 33.5/11 + 2 + 8.0/10 + 2 + 35.5/15) / 3},
				Coordinate{true, 13.0 / 3},
				1,
			},
		},
	} {
		var x [][]float64
		for _, box := range test.boxes {
			x = append(x, bars(10, test.columns, box, 1))
		}
		x = append(x, make([]float64, 10*test.columns)) // without ink
		got := measured(t, x, 10, test.columns)
		if d := cmp.Diff(test.want, got, cmpopts.EquateApprox(0, 1e-12)); d != "" {
			t.Errorf("%s: -want +got\n%s", test.name, d)
		}
	}
}

// The median of an even number of sizes is the mean of the two in the middle, whatever an outlier is.
func TestMeasureMedian(t *testing.T) {
	var x [][]float64
	for _, height := range []int{4, 14, 5, 6} {
		x = append(x, bars(15, 3, image.Rect(0, 0, 1, height), 1))
	}
	if f := measured(t, x, 15, 3); f.Side != WidthSide || f.Size != 1 {
		t.Errorf("%+v, want the width 1", f)
	}
	x[0][1], x[1][1], x[2][1], x[2][2] = 1, 1, 1, 1 // widths 2, 2, 3, 1
	if f := measured(t, x, 15, 3); f.Side != WidthSide || f.Size != 2 {
		t.Errorf("%+v, want the width 2", f)
	}
	if m := median([]shape{{width: 4}, {width: 14}, {width: 5}, {width: 6}}, WidthSide.of); m != 5.5 {
		t.Errorf("the median is %v, want 5.5", m)
	}
}

// A row that is half covered counts half, in any resolution, and in faint images, too.
func TestShape(t *testing.T) {
	pix := []float64{
		0, 0, 0, 0, 0,
		0, 0.25, 0.25, 0, 0,
		0, 0.5, 0.5, 0.25, 0,
		0, 0.5, 0.5, 0.25, 0,
	}
	want := shape{
		2.5, 2.5, (1.5 + 2.5 + 3.5*0.5) / 2.5, (1.5*0.5 + 2.5 + 3.5) / 2.5,
		6.75 / 3, 8.25 / 3, 1.25 / 3,
	}
	got := newShape(pix, 5)
	approx := cmpopts.EquateApprox(0, 1e-12)
	if d := cmp.Diff(want, got, cmp.AllowUnexported(shape{}), approx); d != "" {
		t.Error(d)
	}
	large := newShape(blocks(pix, 5, 7).Pix, 35)
	for _, p := range []*float64{
		&large.width, &large.height, &large.middleX, &large.middleY, &large.massX, &large.massY,
	} {
		*p /= 7
	}
	if d := cmp.Diff(want, large, cmp.AllowUnexported(shape{}), approx); d != "" {
		t.Errorf("seven times as large: %s", d)
	}
}

func measured(t *testing.T, x [][]float64, height, width int) Frame {
	t.Helper()
	f, err := Measure(x, height, width)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// The brightness is that of the ink, averaged over the images.
func TestMeasureBrightness(t *testing.T) {
	box := image.Rect(0, 0, 1, 4)
	x := [][]float64{bars(5, 3, box, 1), bars(5, 3, box, 1)}
	for i := range x[0] {
		x[0][i] *= 0.5
		x[1][i] *= 0.25
	}
	if f := measured(t, x, 5, 3); math.Abs(f.Brightness-0.375) > 1e-15 {
		t.Errorf("%+v, want the brightness 0.375", f)
	}
}

func TestMeasureWithoutInk(t *testing.T) {
	const want = "all training images are blank, want at least one with ink"
	for _, x := range [][][]float64{nil, {make([]float64, 6)}} {
		if _, err := Measure(x, 2, 3); err == nil || err.Error() != want {
			t.Errorf("%d images: error %v, want %s", len(x), err, want)
		}
	}
}

func TestMeasurePanics(t *testing.T) {
	defer func() {
		const want = "scan: Measure: image 1 has 7 pixels, want 2×3"
		if got := recover(); got != want {
			t.Errorf("panic %v, want %s", got, want)
		}
	}()
	_, _ = Measure([][]float64{make([]float64, 6), make([]float64, 7)}, 2, 3)
}
