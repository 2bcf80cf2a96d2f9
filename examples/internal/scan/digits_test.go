package scan

import (
	"compress/gzip"
	"encoding/csv"
	"image"
	"math"
	"os"
	"strconv"
	"testing"
)

// digits returns the embedded images of 8×8 pixels and their classes.
func digits(t *testing.T) (x [][]float64, classes []int) {
	t.Helper()
	f, err := os.Open("../dataset/digits.csv.gz")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	records, err := csv.NewReader(z).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, record := range records {
		var row []float64
		for _, field := range record {
			v, err := strconv.Atoi(field)
			if err != nil {
				t.Fatal(err)
			}
			row = append(row, float64(v)/16)
		}
		x, classes = append(x, row[:64]), append(classes, int(row[64]*16))
	}
	return x, classes
}

// nearest returns the class of the nearest image: a classifier that needs no training.
func nearest(x [][]float64, classes []int, pix []float64) (class int) {
	least := math.Inf(1)
	for i, row := range x {
		var d float64
		for j, p := range row {
			d += (p - pix[j]) * (p - pix[j])
		}
		if d < least {
			least, class = d, classes[i]
		}
	}
	return class
}

// The digits fill all rows, and their middles vary less than their centres of mass.
func TestMeasureDigits(t *testing.T) {
	x, _ := digits(t)
	f := measured(t, x, 8, 8)
	if f.Size < 7 || f.Size > 8 || !f.Y.Middle ||
		math.Abs(f.X.At-4) > 0.2 || math.Abs(f.Y.At-4) > 0.05 {
		t.Errorf("%+v, want a size of 7 to 8 with the middle near 4, 4", f)
	}
}

// For 96 of 100 images, the nearest of the other images has the right class. A picture of an image
// loses the place in the frame and the faintest pixels, so that a few fewer are right. Digits that
// are written by the pen of this test have another style, but are much sharper.
func TestDigits(t *testing.T) {
	x, classes := digits(t)
	others, theirs := x[:1500], classes[:1500]
	f := measured(t, others, 8, 8)
	direct, pictures, pens := 0, 0, 0
	for i := 1500; i < 1600; i++ {
		if nearest(others, theirs, x[i]) == classes[i] {
			direct++
		}
		picture := blocks(x[i], 8, 12).picture(black)
		if nearest(others, theirs, f.Fit(mustInk(t, picture))) == classes[i] {
			pictures++
		}
	}
	for digit := range 10 {
		for _, pen := range []float64{6, 9, 12} {
			picture := written(digit, image.Pt(120, 140), 30, 22, 80, pen).picture(black)
			if nearest(others, theirs, f.Fit(mustInk(t, picture))) == digit {
				pens++
			}
		}
	}
	t.Logf("right: %d of 100, %d of 100 pictures, %d of 30 by pen", direct, pictures, pens)
	if pictures < direct-10 || pens < 27 {
		t.Errorf("%d of 100 pictures right, want %d; %d of 30 by pen, want 27", pictures, direct-10, pens)
	}
}
