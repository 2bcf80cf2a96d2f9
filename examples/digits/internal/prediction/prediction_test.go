package prediction

import (
	"fmt"
	"image"
	"image/color"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"testing"

	"github.com/gradus-go/gradus/examples/digits/internal/score"
	"github.com/gradus-go/gradus/examples/internal/dataset"
	"github.com/gradus-go/gradus/examples/internal/report"
	"github.com/gradus-go/gradus/internal/percent"
	"github.com/gradus-go/gradus/internal/picture/picturetest"
	"github.com/gradus-go/gradus/nn"
	"github.com/gradus-go/gradus/nn/train"
)

func digits(t *testing.T) dataset.Data {
	t.Helper()
	d, err := dataset.Embedded(rand.New(rand.NewPCG(1, 0)), 1500)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// scanned draws 8×8 pixels of ink as a picture of 200×200 pixels, and scans it.
func scanned(t *testing.T, d dataset.Data, ink func(x, y int) float64) ([]float64, error) {
	t.Helper()
	img := image.NewGray(image.Rect(0, 0, 200, 200))
	for y := range 200 {
		for x := range 200 {
			img.SetGray(x, y, color.Gray{Y: uint8(255 * (1 - ink(x/25, y/25)))})
		}
	}
	file := filepath.Join(t.TempDir(), "picture.png")
	picturetest.Write(t, file, img)
	return Scan(file, d)
}

// printed returns what is printed about the pixels, in one line, and the probabilities that the network
// computes.
func printed(t *testing.T, d dataset.Data, pixels []float64) (text string, p []float64) {
	t.Helper()
	net, err := train.NewPredictor(nn.NewMLP(rand.New(rand.NewPCG(1, 1)), 64, nn.Dense{Units: d.Classes}))
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	if err := Print(report.New(&out), "picture.png", pixels, net, d); err != nil {
		t.Fatal(err)
	}
	if p, err = score.Predict(net, pixels); err != nil {
		t.Fatal(err)
	}
	return strings.Join(strings.Fields(out.String()), " "), p
}

// The output says how probable the first and the second class are, and that there is always an answer.
func TestPrint(t *testing.T) {
	d := digits(t)
	text, p := printed(t, d, d.Test.X[0])
	r := score.Ranked(p)
	want := fmt.Sprintf(" The network takes it for %d, with %s. The second is %d, with %.1g %%. The answer "+
		"is always one of the 10 classes, even if the picture shows none of them.",
		r[0], percent.Down(p[r[0]], 1), r[1], 100*p[r[1]])
	if !strings.HasSuffix(text, want) {
		t.Errorf("it does not end with %q:\n%s", want, text)
	}
}

// No picture of a held-out digit is called unlike the training images, and a black square is.
func TestUnlike(t *testing.T) {
	d := digits(t)
	const unlike = "unlike every training image: its ink would fill "
	for i := 0; i < len(d.Test.X); i += 10 {
		pixels, err := scanned(t, d, func(x, y int) float64 { return d.Test.X[i][8*y+x] })
		if err != nil {
			t.Fatal(err)
		}
		if text, _ := printed(t, d, pixels); strings.Contains(text, unlike) {
			t.Errorf("held-out image %d is a digit, but:\n%s", i, text)
		}
	}
	for name, ink := range map[string]func(x, y int) float64{
		"square": func(x, y int) float64 { return float64(min(x, y, 7-x, 7-y, 1)) },
		"dot":    func(x, y int) float64 { return float64(max(0, 1-x-y)) },
	} {
		pixels, err := scanned(t, d, ink)
		if err != nil {
			t.Fatal(err)
		}
		text, _ := printed(t, d, pixels)
		if !strings.Contains(text, unlike) || !strings.HasSuffix(text, " pixels, theirs 11.6 to 27.1.") {
			t.Errorf("%s: it is not called unlike the digits:\n%s", name, text)
		}
	}
}

func TestScan(t *testing.T) {
	d := digits(t)
	if pixels, err := Scan("", d); pixels != nil || err != nil {
		t.Errorf("no file: %v, %v, want nothing", pixels, err)
	}
	_, err := scanned(t, d, func(_, _ int) float64 { return 0 })
	if err == nil || !strings.Contains(err.Error(), ": all pixels are equally bright, want a digit") {
		t.Errorf("a blank picture: error %v, want one that says so", err)
	}
}
