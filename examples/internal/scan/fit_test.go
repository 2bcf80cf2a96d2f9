package scan

import (
	"image"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// at returns a coordinate at which the middle of a digit lies.
func at(x, y float64) (Coordinate, Coordinate) {
	return Coordinate{Middle: true, At: x}, Coordinate{Middle: true, At: y}
}

// The place of a rectangle of 40×20 pixels, and of one twice or an eighth as large, is computed by hand.
func TestFit(t *testing.T) {
	for _, test := range []struct {
		name string
		side Side
		size float64
		x, y float64
		want [4]float64 // left, top, right, bottom
	}{
		{"larger side", LargerSide, 10, 8, 7, [4]float64{3, 4.5, 13, 9.5}},
		{"height", HeightSide, 3, 8, 7.5, [4]float64{5, 6, 11, 9}},
		{"width", WidthSide, 8, 7, 8, [4]float64{3, 6, 11, 10}},
		{"no wider than the image", HeightSide, 9, 8, 7, [4]float64{0, 3, 16, 11}},
		{"a part of a pixel aside", LargerSide, 8, 7.25, 7.75, [4]float64{3.25, 5.75, 11.25, 9.75}},
	} {
		f := Frame{Height: 14, Width: 16, Side: test.side, Size: test.size, Brightness: 1}
		f.X, f.Y = at(test.x, test.y)
		want := make([]float64, 14*16) // by the part of each pixel that is covered
		for i := range want {
			x, y := float64(i%16), float64(i/16)
			w := min(x+1, test.want[2]) - max(x, test.want[0])
			h := min(y+1, test.want[3]) - max(y, test.want[1])
			want[i] = max(0, w) * max(0, h)
		}
		for _, k := range []int{5, 20, 40, 200} {
			ink := Ink{2 * k, k, slices.Repeat([]float64{1}, 2*k*k)}
			got := f.Fit(ink)
			for i, p := range got {
				// The kernel makes edges a little sharper, or softer where it interpolates: by
				// less than a shift of a quarter of a pixel would.
				if math.Abs(p-want[i]) > 0.21 {
					t.Errorf("%s: from %d×%d, pixel %d,%d is %.3f, want %.3f",
						test.name, 2*k, k, i%16, i/16, p, want[i])
				}
			}
		}
	}
}

// A digit that would be higher than the image is made smaller.
func TestFitNoHigher(t *testing.T) {
	f := Frame{Height: 4, Width: 6, Side: WidthSide, Size: 5, Brightness: 1}
	f.X, f.Y = at(3, 2)
	var want []float64
	for range 4 {
		want = append(want, 0, 0, 1, 1, 0, 0)
	}
	got := f.Fit(Ink{10, 20, slices.Repeat([]float64{1}, 200)})
	// At the corners the kernel makes edges too soft in both directions.
	if d := cmp.Diff(want, got, cmpopts.EquateApprox(0, 0.21)); d != "" {
		t.Error(d)
	}
}

// An enlarged slope stays straight, without steps.
func TestWindowsInterpolate(t *testing.T) {
	ink := Ink{6, 1, []float64{0, 0.2, 0.4, 0.6, 0.8, 1}}
	got := ink.resample(windows(24, 6, 4, 0, 0), windows(1, 1, 1, 0, 0))
	for i := 6; i < 18; i++ { // where the kernel reaches no border
		if want := 0.2 * ((float64(i)+0.5)/4 - 0.5); math.Abs(got[i]-want) > 1e-12 {
			t.Errorf("pixel %d is %v, want %v", i, got[i], want)
		}
	}
}

// Two parts of a digit with a gap between them stay in the image.
func TestFitParts(t *testing.T) {
	f := Frame{Height: 2, Width: 9, Side: WidthSide, Size: 6, Brightness: 1}
	f.X, f.Y = at(4.5, 0.5)
	ink := Ink{90, 10, make([]float64, 900)}
	for i := range ink.Pix {
		if x := i % 90; x < 10 || x >= 80 {
			ink.Pix[i] = 1
		}
	}
	want := append([]float64{1, 0, 0, 0, 0, 0, 0, 0, 1}, make([]float64, 9)...)
	if d := cmp.Diff(want, f.Fit(ink), cmpopts.EquateApprox(0, 0.2)); d != "" {
		t.Error(d)
	}
}

// If all ink is outside the image, the image is blank, and its brightness is not 0/0.
func TestFitBeyond(t *testing.T) {
	f := Frame{Height: 1, Width: 9, Side: HeightSide, Size: 1, Brightness: 1}
	f.X, f.Y = at(30, 0.5)
	want := make([]float64, 9)
	if d := cmp.Diff(want, f.Fit(Ink{3, 1, []float64{1, 1, 1}})); d != "" {
		t.Error(d)
	}
}

// If the centre of mass of an L is put at a point, the L lies farther to the right, and higher.
func TestFitByMass(t *testing.T) {
	ink := Ink{100, 100, bars(100, 100, image.Rect(0, 0, 100, 100), 20)}
	f := Frame{Height: 28, Width: 28, Size: 20, Brightness: 1}
	f.X, f.Y = Coordinate{At: 14}, Coordinate{At: 13}
	// The mean of 2,000 pixels at 10 and 1,600 at 60 is 32.2 of 100, or 6.44 of 20.
	got := f.Fit(ink)
	left, top := 14-6.44444444, 13-(20-6.44444444)
	for y := range 28 {
		for x := range 28 {
			u, v := float64(x)+0.5-left, float64(y)+0.5-top
			inside := u > 0.5 && v > 0.5 && u < 19.5 && v < 19.5 && (u < 3.5 || v > 16.5)
			outside := u < -1 || v < -1 || u > 21 || v > 21 || u > 5 && v < 15
			if p := got[28*y+x]; inside && p < 0.85 || outside && p > 0.05 {
				t.Errorf("pixel %d,%d is %.2f, inside %t, outside %t", x, y, p, inside, outside)
			}
		}
	}
}

// The ink becomes as bright as the ink of the images on average, but no pixel exceeds 1.
func TestFitBrightness(t *testing.T) {
	thin := written(0, image.Pt(200, 200), 40, 20, 160, 3)
	f := Frame{Height: 12, Width: 12, Size: 8}
	f.X, f.Y = at(6, 6)
	for _, want := range []float64{0.1, 0.3, 0.5} {
		f.Brightness = want
		got := newShape(f.Fit(thin), 12).brightness
		if math.Abs(got-want) > 0.02*want {
			t.Errorf("brightness %.4f, want %.4f", got, want)
		}
	}
	f.Brightness = 0.95
	if got := slices.Max(f.Fit(thin)); got != 1 {
		t.Errorf("the darkest pixel is %v, want 1", got)
	}
}

// If a picture is scaled down by 50, each pixel is the mean of those that it covers: white and black
// noise becomes an even gray.
func TestFitAverages(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 0))
	ink := Ink{400, 400, make([]float64, 160_000)}
	for i := range ink.Pix {
		ink.Pix[i] = float64(rng.IntN(2))
	}
	f := Frame{Height: 8, Width: 8, Size: 8, Brightness: 0.5}
	f.X, f.Y = at(4, 4)
	for i, p := range f.Fit(ink) {
		x, y := i%8, i/8
		if 0 < x && x < 7 && 0 < y && y < 7 && math.Abs(p-0.5) > 0.05 {
			t.Errorf("pixel %d is %.3f, want 0.5", i, p)
		}
	}
}

// From pictures of images, ten times as large, Fit gets the images back, if all are framed alike.
func TestFitRoundTrip(t *testing.T) {
	var x [][]float64
	for digit := range 10 {
		x = append(x, (Frame{
			Height: 28, Width: 28, Size: 20, X: Coordinate{At: 14}, Y: Coordinate{At: 14}, Brightness: 0.9,
		}).Fit(written(digit, image.Pt(120, 120), 20, 10, 96, 12)))
	}
	f := measured(t, x, 28, 28)
	for digit, pix := range x {
		got := f.Fit(mustInk(t, blocks(pix, 28, 10).picture(black)))
		if d := difference(got, pix); d > 0.03 {
			t.Errorf("%d comes back with a difference of %.4f", digit, d)
		}
	}
}

// Even a line that is so thin that almost nothing of it remains gives an image.
func TestFitThinLine(t *testing.T) {
	line := Ink{1_000_000, 1, slices.Repeat([]float64{1}, 1_000_000)}
	f := Frame{Height: 4, Width: 4, Size: 4, Brightness: 1}
	f.X, f.Y = at(2, 1.5)
	want := []float64{0, 0, 0, 0, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0}
	if d := cmp.Diff(want, f.Fit(line), cmpopts.EquateApprox(0, 0.1)); d != "" {
		t.Error(d)
	}
}
