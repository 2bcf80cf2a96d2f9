package scan

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"slices"
)

// A Frame says how the digits lie in the images with which a network was trained: how large they are,
// and where they are. Data sets differ in that. The digits may have the same height, or they may fit
// into the same square; their centres of mass may lie at the same point, or the middles of their
// bounding boxes. A Frame is measured: it holds the properties in which the images vary least.
//
// Lengths are in pixels, and the origin is the upper left corner of the image.
type Frame struct {
	Height, Width int        // the size of an image
	Side          Side       // the length whose relative variation between the images is smallest
	Size          float64    // the median of this length
	X, Y          Coordinate // where a digit lies
	Brightness    float64    // the brightness of the ink, the mean of p weighted with p: Σp²/Σp
}

// A Side is one of the lengths of a digit.
type Side int

// The sides.
const (
	LargerSide Side = iota // the larger one of height and width
	HeightSide
	WidthSide
)

// A Coordinate is the x or the y of the point at which a digit lies.
type Coordinate struct {
	Middle bool    // whether the middle of the digit lies there, or its centre of mass
	At     float64 // the mean over the images
}

// A shape holds measurements of a digit. If the resolution of the image changes, only their unit
// changes.
type shape struct {
	width, height    float64
	middleX, middleY float64
	massX, massY     float64
	brightness       float64
}

// newShape measures an image, which is given row by row. In an image of low resolution the outermost
// row of a digit is gray if the digit covers just a part of the row. Therefore each row gets a weight,
// its darkest pixel divided by the darkest pixel of all. The height of the digit is the sum of the
// weights, and its middle is the weighted mean of the rows. The columns give the width in the same
// way.
func newShape(pix []float64, width int) (s shape) {
	rows, columns := make([]float64, len(pix)/width), make([]float64, width)
	var sum, squares float64
	for i, p := range pix {
		x, y := i%width, i/width
		rows[y], columns[x] = max(rows[y], p), max(columns[x], p)
		sum += p
		squares += float64(p * p)
		s.massX += float64(p * (float64(x) + 0.5))
		s.massY += float64(p * (float64(y) + 0.5))
	}
	s.massX, s.massY, s.brightness = s.massX/sum, s.massY/sum, squares/sum
	s.height, s.middleY = extent(rows)
	s.width, s.middleX = extent(columns)
	return s
}

// extent returns the sum of the weights divided by the largest one, and their mean position.
func extent(weights []float64) (length, middle float64) {
	for i, w := range weights {
		length += w
		middle += float64(w * (float64(i) + 0.5))
	}
	return length / slices.Max(weights), middle / length
}

// Measure measures how digits lie in images. Each image has height·width pixels, row by row, from 0,
// the background, to 1. Images without ink do not count; if there are no others, Measure returns an
// error. It panics if an image has another number of pixels.
func Measure(x [][]float64, height, width int) (Frame, error) {
	var shapes []shape
	for i, pix := range x {
		if len(pix) != height*width {
			panic(fmt.Sprintf("scan: Measure: image %d has %d pixels, want %d×%d",
				i, len(pix), height, width))
		}
		if slices.Max(pix) > 0 {
			shapes = append(shapes, newShape(pix, width))
		}
	}
	if shapes == nil {
		return Frame{}, errors.New("all training images are blank, want at least one with ink")
	}
	f := Frame{Height: height, Width: width}
	least := math.Inf(1)
	for _, side := range []Side{LargerSide, HeightSide, WidthSide} {
		mean, deviation := spread(shapes, side.of)
		if deviation/mean < least {
			least, f.Side = deviation/mean, side
		}
	}
	f.Size = median(shapes, f.Side.of)
	f.X = newCoordinate(shapes, shape.x)
	f.Y = newCoordinate(shapes, shape.y)
	f.Brightness, _ = spread(shapes, func(s shape) float64 { return s.brightness })
	return f, nil
}

// of returns the side of a digit.
func (side Side) of(s shape) float64 {
	switch side {
	case HeightSide:
		return s.height
	case WidthSide:
		return s.width
	default:
		return max(s.width, s.height)
	}
}

// x returns the x of the digit's middle or of its centre of mass.
func (s shape) x(middle bool) float64 {
	if middle {
		return s.middleX
	}
	return s.massX
}

// y returns the y of the digit's middle or of its centre of mass.
func (s shape) y(middle bool) float64 {
	if middle {
		return s.middleY
	}
	return s.massY
}

// newCoordinate finds out which of the two points varies less, the middle or the centre of mass.
func newCoordinate(shapes []shape, at func(s shape, middle bool) float64) Coordinate {
	mass, massDeviation := spread(shapes, func(s shape) float64 { return at(s, false) })
	middle, deviation := spread(shapes, func(s shape) float64 { return at(s, true) })
	if deviation < massDeviation {
		return Coordinate{Middle: true, At: middle}
	}
	return Coordinate{At: mass}
}

// spread returns the mean and the standard deviation of a measurement over all shapes.
func spread(shapes []shape, of func(shape) float64) (mean, deviation float64) {
	n := float64(len(shapes))
	for _, s := range shapes {
		mean += of(s) / n
	}
	for _, s := range shapes {
		d := of(s) - mean
		deviation += float64(d * d)
	}
	return mean, math.Sqrt(deviation / n)
}

// median returns the median of a measurement over all shapes.
func median(shapes []shape, of func(shape) float64) float64 {
	sorted := slices.SortedFunc(slices.Values(shapes), func(a, b shape) int {
		return cmp.Compare(of(a), of(b))
	})
	n := len(sorted)
	return (of(sorted[(n-1)/2]) + of(sorted[n/2])) / 2
}
