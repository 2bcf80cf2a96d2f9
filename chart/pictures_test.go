package chart

import (
	"bytes"
	"encoding/xml"
	"errors"
	"image"
	"image/color"
	"io"
	"testing"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/vgsvg"

	"github.com/gradus-go/gradus/internal/picture"
)

// placed returns a function that returns the pixel of a point of the chart in its PNG picture.
func placed(t *testing.T, c Chart) func(x, y float64) image.Point {
	t.Helper()
	p, legend := c.plot()
	page := draw.New(vgsvg.New(picture.Width, picture.Height))
	above := legend.draw(draw.Crop(page, vg.Points(8), -vg.Points(14), vg.Points(8), -vg.Points(10)))
	c.spread(p, above)
	area := p.DataCanvas(above)
	toX, toY := p.Transforms(&area)
	return func(x, y float64) image.Point {
		return image.Point{
			X: int(toX(c.X.at(x)).Dots(picture.DPI)), Y: int((picture.Height - toY(c.Y.at(y))).Dots(picture.DPI)),
		}
	}
}

func dark(c color.RGBA) bool { return max(c.R, c.G, c.B) < 200 }

// like counts the pixels with a colour, or nearly that colour, as at the edges of a line.
func like(img image.Image, in image.Rectangle, c color.RGBA) (n int) {
	near := func(a, b uint8) bool { return max(a, b)-min(a, b) <= 45 }
	for p, k := range pixels(img, in) {
		if near(p.R, c.R) && near(p.G, c.G) && near(p.B, c.B) {
			n += k
		}
	}
	return n
}

// texts returns how often each text occurs in an SVG picture.
func texts(t *testing.T, svg []byte) map[string]int {
	t.Helper()
	n := map[string]int{}
	for d := xml.NewDecoder(bytes.NewReader(svg)); ; {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return n
		}
		if err != nil {
			t.Fatal(err)
		}
		if s, ok := token.(xml.CharData); ok && len(bytes.TrimSpace(s)) > 0 {
			n[string(bytes.TrimSpace(s))]++
		}
	}
}

func checkTexts(t *testing.T, svg []byte, want ...string) {
	t.Helper()
	got := texts(t, svg)
	for _, text := range want {
		if got[text] == 0 {
			t.Errorf("%q is not in the picture's texts: %v", text, got)
		}
	}
}
