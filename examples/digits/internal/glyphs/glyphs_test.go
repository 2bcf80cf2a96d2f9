package glyphs

import (
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestSideBySide(t *testing.T) {
	const want = "  ░░▒▒    ████▓▓\n▓▓████        ▒▒\n"
	got := SideBySide(3, []float64{0, 0.2, 0.4, 0.6, 0.8, 1}, []float64{1, 0.99, 0.7, 0, 0.1, 0.5})
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	// Each shade covers a fifth of the range.
	got = SideBySide(6, []float64{0.199, 0.201, 0.399, 0.401, 0.799, math.Nextafter(1, 0)})
	if want := "  ░░░░▒▒▓▓██\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestBlankRows(t *testing.T) {
	blank, one := []float64{0, 0, 0, 0, 0}, []float64{0, 1, 0, 1, 0}
	for _, test := range []struct {
		images [][]float64
		want   string
	}{
		{[][]float64{one}, "██\n\n██\n"},
		{[][]float64{blank, one}, "      ██\n\n      ██\n"},
		{[][]float64{blank}, "\n"},
	} {
		if got := SideBySide(1, test.images...); got != test.want {
			t.Errorf("%v: got %q, want %q", test.images, got, test.want)
		}
	}
}

// As many images are written as fit in 80 columns. One of 8 pixels takes 16 columns, and 4 are between
// two.
func TestSideBySideFits(t *testing.T) {
	for _, test := range []struct{ width, images, want int }{
		{8, 0, 0},
		{8, 1, 1},
		{8, 4, 4},
		{8, 9, 4},
		{28, 9, 1},
		{19, 9, 2},
		{20, 9, 1},
		{40, 9, 1},
		{41, 9, 0},
		{3000, 1, 0},
		{1, 30, 14},
	} {
		images := make([][]float64, test.images)
		for i := range images {
			images[i] = make([]float64, 2*test.width)
			for k := range images[i] {
				images[i][k] = 1
			}
		}
		text := SideBySide(test.width, images...)
		if got, want := strings.Count(text, "█"), 4*test.width*test.want; got != want {
			t.Errorf("%d of %d pixels: %d letters, want %d:\n%s", test.images, test.width, got, want, text)
		}
	}
}
