package scan

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"slices"
)

// A Frame is how the images are framed on which a network was trained: how large the digits are
// and where they lie. It is measured, as everybody frames digits in another way. They may have
// the same height, or fit into the same square; their centres of mass may lie in the same point,
// or the middles of their boxes. A Frame has what the images agree on most.
//
// Lengths are in pixels, and points are seen from the upper left corner of the image.
type Frame struct {
	Height, Width int        // of an image
	Side          Side       // the length that varies least from image to image, in proportion
	Size          float64    // the median of it
	X, Y          Coordinate // where a digit lies
	Brightness    float64    // of the ink, the mean of p weighted by p: Σp²/Σp
}

// A Side is one of the lengths of a digit.
type Side int

// The sides.
const (
	LargerSide Side = iota // the larger one of both
	HeightSide
	WidthSide
)

// A Coordinate is one of the two of the point in which a digit lies.
type Coordinate struct {
	Middle bool    // the middle of the digit lies there, else its centre of mass
	At     float64 // the mean of the images
}

// A shape is what is measured of a digit. It does not change with the resolution, but for its
// unit.
type shape struct {
	width, height    float64
	middleX, middleY float64
	massX, massY     float64
	brightness       float64
}

// newShape measures an image row by row. In one of low resolution the outer row or column of a
// digit is gray if it covers just a part of it. So a row counts as much as its darkest pixel, in
// proportion to the darkest of all, and the sum is the height; the middle is the mean of the
// rows with these weights. Columns make the width.
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

// extent returns the length of a row of weights, in which the largest one counts 1, and their
// mean position.
func extent(weights []float64) (length, middle float64) {
	for i, w := range weights {
		length += w
		middle += float64(w * (float64(i) + 0.5))
	}
	return length / slices.Max(weights), middle / length
}

// Measure measures how images are framed, each with height·width numbers, row by row, from 0,
// the background, to 1. Images without ink do not count; if there is no other, that is an error.
// It panics if one has another number of pixels.
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
		return Frame{}, errors.New("none of the images to train with has ink, want one or more that do")
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

func (s shape) x(middle bool) float64 {
	if middle {
		return s.middleX
	}
	return s.massX
}

func (s shape) y(middle bool) float64 {
	if middle {
		return s.middleY
	}
	return s.massY
}

// newCoordinate finds out which of the two points varies less.
func newCoordinate(shapes []shape, at func(s shape, middle bool) float64) Coordinate {
	mass, massDeviation := spread(shapes, func(s shape) float64 { return at(s, false) })
	middle, deviation := spread(shapes, func(s shape) float64 { return at(s, true) })
	if deviation < massDeviation {
		return Coordinate{Middle: true, At: middle}
	}
	return Coordinate{At: mass}
}

// spread returns the mean and the standard deviation of what is measured of all shapes.
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

func median(shapes []shape, of func(shape) float64) float64 {
	sorted := slices.SortedFunc(slices.Values(shapes), func(a, b shape) int {
		return cmp.Compare(of(a), of(b))
	})
	n := len(sorted)
	return (of(sorted[(n-1)/2]) + of(sorted[n/2])) / 2
}
