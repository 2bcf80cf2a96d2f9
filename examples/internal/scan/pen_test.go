package scan

import (
	"image"
	"image/color"
	"math"
)

// A stroke is a line through points; a digit is 1 high, and from 0 to about 0.6 wide.
type stroke [][2]float64

// arc returns a piece of an ellipse between two angles in degrees, where 0 is right and 90 is down.
func arc(x, y, rx, ry, from, to float64) (s stroke) {
	for i := range 33 {
		sin, cos := math.Sincos((from + (to-from)*float64(i)/32) * math.Pi / 180)
		s = append(s, [2]float64{x + rx*cos, y + ry*sin})
	}
	return s
}

func joined(strokes ...stroke) (s stroke) {
	for _, t := range strokes {
		s = append(s, t...)
	}
	return s
}

// strokes holds the strokes with which people write the ten digits.
var strokes = [10][]stroke{
	{arc(0.3, 0.5, 0.3, 0.5, 0, 360)},
	{{{0.3, 0}, {0.3, 1}}},
	{joined(arc(0.3, 0.28, 0.28, 0.28, 190, 380), stroke{{0.02, 1}, {0.6, 1}})},
	{joined(arc(0.28, 0.26, 0.27, 0.26, 200, 450), arc(0.28, 0.74, 0.31, 0.26, 270, 510))},
	{{{0.4, 0}, {0, 0.65}, {0.6, 0.65}}, {{0.42, 0.35}, {0.42, 1}}},
	{joined(stroke{{0.55, 0}, {0.1, 0}, {0.06, 0.45}}, arc(0.27, 0.68, 0.32, 0.32, 225, 500))},
	{joined(stroke{{0.4, 0}, {0.1, 0.45}}, arc(0.3, 0.7, 0.28, 0.3, 200, 560))},
	{{{0, 0}, {0.6, 0}, {0.2, 1}}},
	{arc(0.3, 0.27, 0.26, 0.27, 0, 360), arc(0.3, 0.77, 0.26, 0.23, 0, 360)},
	{joined(arc(0.3, 0.3, 0.28, 0.3, 0, 360), stroke{{0.58, 0.3}, {0.55, 1}})},
}

// written returns the ink of a digit of this height in pixels that a round pen has written on a sheet.
// The upper left corner of the digit is at (x, y).
func written(digit int, sheet image.Point, x, y, height, pen float64) Ink {
	k := Ink{sheet.X, sheet.Y, make([]float64, sheet.X*sheet.Y)}
	for _, s := range strokes[digit] {
		for i := range len(s) - 1 {
			ax, ay := x+height*s[i][0], y+height*s[i][1]
			dx, dy := height*(s[i+1][0]-s[i][0]), height*(s[i+1][1]-s[i][1])
			for j := range k.Pix {
				u, v := float64(j%sheet.X)+0.5-ax, float64(j/sheet.X)+0.5-ay
				t := max(0, min(1, (u*dx+v*dy)/(dx*dx+dy*dy)))
				distance := math.Hypot(u-t*dx, v-t*dy)
				k.Pix[j] = max(k.Pix[j], min(1, pen/2-distance+0.5)) // the edge is a pixel wide
			}
		}
	}
	return k
}

// picture returns a picture in which the colour of each point depends on the ink there.
func (k Ink) picture(colour func(ink float64, x, y int) color.Color) image.Image {
	m := image.NewNRGBA64(image.Rect(0, 0, k.Width, k.Height))
	for i, p := range k.Pix {
		m.Set(i%k.Width, i/k.Width, colour(p, i%k.Width, i/k.Width))
	}
	return m
}

func gray(light float64) color.Color {
	return color.Gray{Y: uint8(math.Round(255 * max(0, min(1, light))))}
}

func black(ink float64, _, _ int) color.Color { return gray(1 - ink) }

// blocks enlarges pixels: each becomes a square of n×n pixels.
func blocks(pix []float64, width, size int) Ink {
	k := Ink{Width: width * size, Height: len(pix) / width * size}
	for i := range k.Width * k.Height {
		x, y := i%k.Width, i/k.Width
		k.Pix = append(k.Pix, pix[y/size*width+x/size])
	}
	return k
}

// difference returns the mean absolute difference of two images.
func difference(a, b []float64) (d float64) {
	for i := range a {
		d += math.Abs(a[i]-b[i]) / float64(len(a))
	}
	return d
}
