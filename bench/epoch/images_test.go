package main

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Of the pixels of MNIST's training images, 19.1 % are not 0.
func TestInk(t *testing.T) {
	m := newImages(2000)
	ink, labels := 0, [classes]int{}
	for _, p := range m.pixels {
		if p != 0 {
			ink++
		}
	}
	if share := float64(ink) / float64(len(m.pixels)); share < 0.18 || share > 0.20 {
		t.Errorf("%.3f of the pixels are not 0, want 0.19", share)
	}
	for _, label := range m.labels {
		labels[label]++
	}
	for label, n := range labels {
		if n < 150 || n > 250 { // of 200 ± 13
			t.Errorf("label %d: %d images, want about 200", label, n)
		}
	}
}

// A line from (10, 10) to (20, 10) has round ends.
func TestDraw(t *testing.T) {
	pixels := make([]byte, inputs)
	draw(pixels, []point{{10, 10}, {20, 10}})
	for _, test := range []struct {
		x, y int
		want byte
		why  string
	}{
		{10, 10, 255, "the beginning of the line"},
		{15, 10, 255, "on the line"},
		{15, 11, 255, "1 beside it: more than 1 from the edge of the ink, which is at 2.6"},
		{15, 12, 153, "2 beside it: 0.6 of 255"},
		{15, 8, 153, "2 beside it, on the other side"},
		{22, 10, 153, "2 after its end"},
		{8, 10, 153, "2 before its beginning"},
		{22, 11, 92, "√5 from its end: 0.364 of 255"},
		{22, 12, 0, "√8 from its end"},
		{15, 13, 0, "3 beside it"},
		{0, 0, 0, "far away"},
	} {
		if got := pixels[test.y*side+test.x]; got != test.want {
			t.Errorf("(%d, %d), %s: %d, want %d", test.x, test.y, test.why, got, test.want)
		}
	}
}

func TestData(t *testing.T) {
	m := images{pixels: make([]byte, 2*inputs), labels: []byte{9, 0}}
	m.pixels[0], m.pixels[inputs+1] = 255, 51
	d := m.data()
	if diff := cmp.Diff([][]float64{{1, 0, 0}, {0, 0.2, 0}}, [][]float64{d.X[0][:3], d.X[1][:3]}); diff != "" {
		t.Errorf("inputs (-want +got):\n%s", diff)
	}
	targets := [][]float64{{0, 0, 0, 0, 0, 0, 0, 0, 0, 1}, {1, 0, 0, 0, 0, 0, 0, 0, 0, 0}}
	if diff := cmp.Diff(targets, d.T); diff != "" {
		t.Errorf("targets (-want +got):\n%s", diff)
	}
	if len(d.X) != 2 || len(d.X[0]) != inputs || len(d.X[1]) != inputs {
		t.Errorf("%d rows, of %d inputs, want 2 of %d", len(d.X), len(d.X[0]), inputs)
	}
}
