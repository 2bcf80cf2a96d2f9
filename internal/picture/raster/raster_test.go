package raster

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/show"
)

func tutorial() *gradus.Value {
	x, w, b := gradus.New(1).As("x"), gradus.New(0.5).As("w⁽³⁾₁₂"), gradus.New(0).As("b1")
	return w.Mul(x).Add(b).As("z").Sigmoid().Mul(2).As("y")
}

func decode(t *testing.T, svg []byte) *image.RGBA {
	t.Helper()
	file, err := PNG(svg)
	if err != nil {
		t.Fatal(err)
	}
	img, err := png.Decode(bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	copied := image.NewRGBA(img.Bounds())
	for y := range img.Bounds().Dy() {
		for x := range img.Bounds().Dx() {
			copied.Set(x, y, img.At(x, y))
		}
	}
	return copied
}

// The PNG file is twice as large as the SVG file, its paper is white, and every box, line and arrow has its
// colour where the SVG file has it.
func TestPNG(t *testing.T) {
	svg := show.SVG(tutorial(), show.FoldNothing)
	img := decode(t, svg)
	size := regexp.MustCompile(`width="([\d.]+)" height="([\d.]+)"`).FindSubmatch(svg)
	number := func(s []byte) float64 {
		x, err := strconv.ParseFloat(string(s), 64)
		if err != nil {
			t.Fatal(err)
		}
		return x
	}
	want := image.Pt(int(2*number(size[1])+0.5), int(2*number(size[2])+0.5))
	if got := img.Bounds().Max; got != want {
		t.Errorf("the picture has the size %v, want %v", got, want)
	}
	check := func(what string, x, y float64, want color.RGBA) {
		if got := img.RGBAAt(int(2*x), int(2*y)); got != want {
			t.Errorf("%s at (%v, %v): the colour is %v, want %v", what, x, y, got, want)
		}
	}
	check("paper", 1, 1, color.RGBA{R: 255, G: 255, B: 255, A: 255})
	n := `([\d.]+)`
	boxes := regexp.MustCompile(`"box" x="` + n + `" y="` + n + `" width="` + n + `" height="` + n + `" rx="12"`)
	leaves := boxes.FindAllSubmatch(svg, -1)
	if len(leaves) != 3 {
		t.Fatalf("%d leaves, want 3", len(leaves))
	}
	for _, b := range leaves {
		x, y, width, height := number(b[1]), number(b[2]), number(b[3]), number(b[4])
		check("the inside of a leaf", x+4, y+height/2, color.RGBA{R: 0xd6, G: 0xea, B: 0xf8, A: 255})
		check("the left side of a leaf", x, y+height/2, color.RGBA{R: 0, G: 0x72, B: 0xb2, A: 255})
		check("the corner of a leaf", x+1, y+1, color.RGBA{R: 255, G: 255, B: 255, A: 255})
		dark := 0
		for i := range int(2 * width) {
			for j := range 30 {
				if img.RGBAAt(int(2*x)+i, int(2*y)+6+j).R < 0x60 {
					dark++
				}
			}
		}
		if dark < 20 {
			t.Errorf("%d dark pixels where the name of a leaf is, want some letters", dark)
		}
	}
	heads := regexp.MustCompile(`<path class="head" d="M([\d.]+) ([\d.]+)l-8 -4v8z"`).FindAllSubmatch(svg, -1)
	for _, h := range heads {
		check("the head of an arrow", number(h[1])-4, number(h[2]), color.RGBA{R: 0x1a, G: 0x1a, B: 0x1a, A: 255})
	}
	hexagons := regexp.MustCompile(`<path class="box" d="M([\d.]+) ([\d.]+)l`).FindAllSubmatch(svg, -1)
	for _, h := range hexagons {
		check("a hexagon", number(h[1])+8, number(h[2]), color.RGBA{R: 0xfd, G: 0xeb, B: 0xc8, A: 255})
	}
	if len(heads) == 0 || len(hexagons) == 0 {
		t.Error("there is no arrow or no hexagon")
	}
}

// Where the gradient is not computed, the outline of a box is dashed.
func TestDashes(t *testing.T) {
	gaps := func(svg []byte) (n int) {
		img := decode(t, svg)
		b := regexp.MustCompile(`<rect class="box" x="([\d.]+)" y="([\d.]+)" width="([\d.]+)"`).FindSubmatch(svg)
		x, _ := strconv.ParseFloat(string(b[1]), 64)
		y, _ := strconv.ParseFloat(string(b[2]), 64)
		width, _ := strconv.ParseFloat(string(b[3]), 64)
		for i := int(2*x) + 30; i < int(2*(x+width))-30; i++ {
			if img.RGBAAt(i, int(2*y)).R > 0x80 {
				n++
			}
		}
		return n
	}
	y := tutorial()
	if gaps(show.SVG(y, show.FoldNothing)) == 0 {
		t.Error("before Backward the outline of a leaf has no gaps")
	}
	y.Backward()
	if n := gaps(show.SVG(y, show.FoldNothing)); n != 0 {
		t.Errorf("after Backward the outline of a leaf has gaps of %d pixels", n)
	}
}

func TestErrors(t *testing.T) {
	path := func(d string) string {
		return "<svg width='9' height='9'><g><path class='line' d='" + d + "'/></g></svg>"
	}
	for svg, want := range map[string]string{
		"":                                     "the picture is not SVG: EOF",
		"<svg>":                                "the picture is not SVG",
		`<svg width="1e9" height="1e9"></svg>`: "pixels, want 1 to 100000000; an SVG file may be larger",
		`<svg></svg>`:                          "the picture has 0 pixels",
		path("M1 1Q1 2"):                       "has the command Q, want one of M C H h",
		path("M1 1Hx"):                         "has the command x",
		path("M1 1H-"):                         `has no number in "H-"`,
	} {
		if _, err := PNG([]byte(svg)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: the error is %v, want %q", svg, err, want)
		}
	}
}
