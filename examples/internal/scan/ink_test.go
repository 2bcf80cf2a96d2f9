package scan

import (
	"image"
	"image/color"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func mustInk(t *testing.T, m image.Image) Ink {
	t.Helper()
	k, err := newInk(m)
	if err != nil {
		t.Fatal(err)
	}
	return k
}

// The ink is the same, to the last bit, wherever the digit is on the sheet, whatever the shape of the
// sheet is, and whichever of the two colours is the darker one.
func TestInkIsInvariant(t *testing.T) {
	want := mustInk(t, written(5, image.Pt(120, 140), 30, 20, 90, 9).picture(black))
	if want.Width < 60 || want.Height < 96 {
		t.Fatalf("the digit has %d×%d pixels, want more", want.Width, want.Height)
	}
	for name, m := range map[string]image.Image{
		"elsewhere":        written(5, image.Pt(120, 140), 6, 40, 90, 9).picture(black),
		"on a broad sheet": written(5, image.Pt(400, 150), 300, 30, 90, 9).picture(black),
		"on a high sheet":  written(5, image.Pt(100, 500), 20, 333, 90, 9).picture(black),
		"inverted": written(5, image.Pt(120, 140), 30, 20, 90, 9).picture(
			func(p float64, _, _ int) color.Color { return color.Gray{Y: 255 - gray(1-p).(color.Gray).Y} }),
	} {
		if d := cmp.Diff(want, mustInk(t, m)); d != "" {
			t.Errorf("%s: %s", name, d)
		}
	}
}

// Noise, shadows and dust are not taken for ink.
func TestInkOnUnevenPaper(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 0))
	noise := func(scale float64) float64 { return scale * rng.NormFloat64() }
	paper := image.Pt(140, 140)
	f := Frame{Height: 28, Width: 28, Size: 20, Brightness: 0.8}
	f.X, f.Y = Coordinate{At: 14}, Coordinate{At: 14}
	for _, test := range []struct {
		name   string
		colour func(ink float64, x, y int) color.Color
	}{
		{"noise", func(p float64, _, _ int) color.Color { return gray(0.8 - 0.6*p + noise(0.08)) }},
		{"light from one side", func(p float64, x, y int) color.Color {
			return gray((0.9 - 0.001*float64(x+y)) * (1 - 0.8*p))
		}},
		{"dark corners", func(p float64, x, y int) color.Color {
			r := math.Hypot(float64(x-70), float64(y-70)) / 99
			return gray((0.9-0.3*r*r)*(1-0.8*p) + noise(0.01))
		}},
		{"light corners", func(p float64, x, y int) color.Color {
			r := math.Hypot(float64(x-70), float64(y-70)) / 99
			return gray(0.1 + 0.1*r*r + 0.6*p)
		}},
		{"dust", func(p float64, x, y int) color.Color {
			if x%31 < 2 && y%29 < 3 {
				p = 1
			}
			return gray(1 - p)
		}},
	} {
		for digit := range 10 {
			k := written(digit, paper, 35, 30, 80, 9)
			want := f.Fit(mustInk(t, k.picture(black)))
			got := f.Fit(mustInk(t, k.picture(test.colour)))
			if d := difference(got, want); d > 0.025 {
				t.Errorf("%s: %d differs by %.4f", test.name, digit, d)
			}
		}
	}
}

// The unit is half a level. The median of 10, 20, 40 and 90 is 30. Most of the differing ink is lighter.
func TestContrast(t *testing.T) {
	for _, test := range []struct {
		levels string // two bytes each
		want   []int32
	}{
		{"\x00\x5a\x00\x0a\x00\x14\x00\x28", []int32{120, 0, 0, 20}},
		{"\x00\x0a\x00\x5a\x00\x50\x00\x3c", []int32{120, 0, 0, 20}}, // of 100 less
	} {
		g := image.NewGray16(image.Rect(0, 0, 2, 2))
		copy(g.Pix, test.levels)
		if d := cmp.Diff(test.want, contrast(g)); d != "" {
			t.Errorf("%x: %s", test.levels, d)
		}
	}
}

// Pixels that touch at a corner are connected, too, and a part with 1/20 of the ink is kept.
func TestRemoveSpecks(t *testing.T) {
	k := Ink{8, 6, make([]float64, 48)}
	set := func(ink float64, at ...int) {
		for _, i := range at {
			k.Pix[i] = ink
		}
	}
	set(1, 0, 1, 2, 8, 9, 10, 16, 17, 18, 27) // 9 and one by a corner: 10
	set(0.5, 6)                               // just enough
	set(0.49, 40)                             // not enough
	set(0.25, 46, 39)                         // enough together, by a corner
	want := Ink{8, 6, append([]float64(nil), k.Pix...)}
	want.Pix[40] = 0
	k.removeSpecks()
	if d := cmp.Diff(want, k); d != "" {
		t.Error(d)
	}
}

// The background is the median of the border, even if the digit covers nearly half of the border.
func TestInkAtTheBorder(t *testing.T) {
	m := image.NewGray(image.Rect(0, 0, 20, 20)) // 76 pixels at the border
	for i := range m.Pix {
		if x, y := i%20, i/20; x < 5 || y < 6 && x < 14 {
			m.Pix[i] = 200 // 37 of them
		}
	}
	m.Pix[0] = 255 // a few pixels are no more than solid
	k := mustInk(t, m)
	if k.Width != 14 || k.Height != 20 || k.Pix[0] != 1 || k.Pix[279] != 0 {
		t.Errorf("%d×%d pixels, %v…%v, want 14×20, 1…0",
			k.Width, k.Height, k.Pix[0], k.Pix[len(k.Pix)-1])
	}
}

// The threshold is the one with the smallest sum of squared distances to the means of both classes.
func TestOtsu(t *testing.T) {
	within := func(count []int) (sum float64) {
		var n, mean float64
		for v, c := range count {
			n, mean = n+float64(c), mean+float64(v*c)
		}
		for v, c := range count {
			sum += float64(c) * math.Pow(float64(v)-mean/n, 2)
		}
		return sum
	}
	rng := rand.New(rand.NewPCG(2, 0))
	for range 100 {
		count := make([]int, 2+rng.IntN(30))
		for v := range count {
			count[v] = rng.IntN(20) * rng.IntN(2)
		}
		count[0], count[len(count)-1] = 1+rng.IntN(50), 1+rng.IntN(9)
		best, least := 0, math.Inf(1)
		for v := range len(count) - 1 {
			lower := append([]int(nil), count[:v+1]...)
			upper := append(make([]int, v+1), count[v+1:]...)
			if w := within(lower) + within(upper); w < least-1e-9 {
				best, least = v, w
			}
		}
		if got := otsu(count); int(got) != best {
			t.Errorf("threshold %d of %v, want %d", got, count, best)
		}
	}
}

func TestQuantile95(t *testing.T) {
	for _, test := range []struct {
		count     []int
		threshold int32
		want      int
	}{
		{[]int{9, 9, 19, 1}, 1, 2},
		{[]int{9, 9, 18, 1}, 1, 3},
		{[]int{9, 0, 0, 1}, 0, 3},
		{[]int{1000, 1, 0, 0, 18, 0, 1}, 1, 6},
		{[]int{1000, 1, 0, 0, 20, 0, 1}, 1, 4},
		{[]int{1000, 1, 0, 0, 20, 0, 1}, 0, 4},
	} {
		if got := quantile95(test.count, test.threshold); got != test.want {
			t.Errorf("%d for %v above %d, want %d", got, test.count, test.threshold, test.want)
		}
	}
}
