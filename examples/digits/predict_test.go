package main

import (
	"image"
	"image/color"
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/gradus-go/gradus/internal/picture/picturetest"
)

// draw writes an image into a PNG file, enlarged and not in the middle, dark on light or light on
// dark.
func draw(t *testing.T, file string, pixels []float64, width int, dark bool) {
	t.Helper()
	const scale = 23
	img := image.NewGray(image.Rect(0, 0, 400, 300))
	for y := range 300 {
		for x := range 400 {
			ink, row, column := 0.0, (y-20)/scale, (x-170)/scale
			if y >= 20 && x >= 170 && column < width && row < len(pixels)/width {
				ink = pixels[row*width+column]
			}
			if dark {
				ink = 1 - ink
			}
			img.SetGray(x, y, color.Gray{Y: uint8(math.Round(20 + 220*ink))})
		}
	}
	picturetest.Write(t, file, img)
}

var probability = regexp.MustCompile(`(?m)^ +(\d+) +([\d.]+) %`)

// Pictures of held-out images are classified correctly, whether they are dark or light, and the
// probabilities add up to 1.
func TestPredict(t *testing.T) {
	t.Chdir(t.TempDir())
	digits(t.Context()).Output(t, "-hidden 60 -epochs 12 -out p -save net.json")
	var cfg config
	cfg.flags()
	d, err := cfg.read()
	if err != nil {
		t.Fatal(err)
	}
	for i := range 10 {
		draw(t, "digit.png", d.Test.X[i], d.Width, i%2 == 0)
		out := digits(t.Context()).Output(t, "-load net.json -predict digit.png")
		if !strings.HasPrefix(out, "== digit.png, as the network sees it\n") || strings.Count(out, "==") != 1 {
			t.Errorf("more than a prediction:\n%s", out)
		}
		rows := probability.FindAllStringSubmatch(out, -1)
		if len(rows) != 10 {
			t.Fatalf("%d probabilities, want 10:\n%s", len(rows), out)
		}
		sum, before := 0.0, 100.0
		for _, row := range rows {
			p, err := strconv.ParseFloat(row[2], 64)
			if err != nil || p > before {
				t.Errorf("%s %% after %v, want them to descend; %v", row[2], before, err)
			}
			sum, before = sum+p, p
		}
		if sum > 100 || sum <= 99 { // ten numbers are rounded down
			t.Errorf("the probabilities add up to %v %%", sum)
		}
		if want := strconv.Itoa(d.Test.Labels[i]); rows[0][1] != want {
			t.Errorf("held-out image %d is taken for a %s, want %s:\n%s", i, rows[0][1], want, out)
		}
	}
}

// If no network is loaded, the program trains one before it classifies the picture.
func TestPredictAfterTraining(t *testing.T) {
	t.Chdir(t.TempDir())
	const file = "light.png"
	draw(t, file, []float64{1, 0, 1, 1, 1, 0}, 2, false)
	out := digits(t.Context()).Output(t, "-train 50 -epochs 1 -hidden 5 -out "+t.TempDir()+" -predict "+file)
	_, after, _ := strings.Cut(out, "/digits.json\n")
	between, _, _ := strings.Cut(after, "== Pictures")
	if !strings.Contains(between, "== "+file+", as the network sees it\n") {
		t.Errorf("the prediction is not between the network and the pictures:\n%s", out)
	}
}
