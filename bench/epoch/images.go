package main

import (
	"math"
	"math/rand/v2"

	"github.com/gradus-go/gradus/nn/train"
)

// The format of MNIST's images.
const (
	side    = 28 // pixels
	inputs  = side * side
	classes = 10
)

// images are samples in the format of MNIST: the pixels of all images one after another, a byte
// each and 0 where there is no ink, and for each image a label from 0 to 9.
type images struct{ pixels, labels []byte }

// A point is a place in an image, in pixels from its first one, to the right and down.
type point struct{ x, y float64 }

// newImages draws n images, the same in every call. Each class has a stroke through five points of
// its own, and each image of the class moves these points a little. The width of the pen is chosen
// so that there is about as much ink as in MNIST, where 19 % of the pixels are not 0.
func newImages(n int) images {
	r := rand.New(rand.NewPCG(7, 8))
	var strokes [classes][5]point
	for c := range strokes {
		for k := range strokes[c] {
			strokes[c][k] = point{5 + 17*r.Float64(), 5 + 17*r.Float64()}
		}
	}
	m := images{pixels: make([]byte, n*inputs), labels: make([]byte, n)}
	for i := range n {
		label := r.IntN(classes)
		stroke := strokes[label]
		for k := range stroke {
			stroke[k].x += 2 * r.NormFloat64()
			stroke[k].y += 2 * r.NormFloat64()
		}
		m.labels[i] = byte(label)
		draw(m.pixels[i*inputs:][:inputs], stroke[:])
	}
	return m
}

// draw draws a stroke into the pixels of one image, with a pen whose ink fades towards its edge.
func draw(pixels []byte, stroke []point) {
	const pen = 2.6 // its radius in pixels
	for i := range pixels {
		p, nearest := point{float64(i % side), float64(i / side)}, pen
		for k := range stroke[1:] {
			nearest = min(nearest, distance(p, stroke[k], stroke[k+1]))
		}
		pixels[i] = byte(min(255*(pen-nearest), 255))
	}
}

// distance returns the distance of p from the line between a and b, whose ends are a and b.
func distance(p, a, b point) float64 {
	dx, dy := b.x-a.x, b.y-a.y
	along := ((p.x-a.x)*dx + (p.y-a.y)*dy) / (dx*dx + dy*dy)
	along = max(0, min(along, 1))
	return math.Hypot(p.x-a.x-along*dx, p.y-a.y-along*dy)
}

// data returns the images as a network takes them: the inputs are the pixels, divided by 255, and
// the targets of an image are 1 for its class and 0 for the others.
func (m images) data() train.Data {
	var d train.Data
	x, t := make([]float64, len(m.pixels)), make([]float64, classes*len(m.labels))
	for i, p := range m.pixels {
		x[i] = float64(p) / 255
	}
	for i, label := range m.labels {
		t[i*classes+int(label)] = 1
		d.X = append(d.X, x[i*inputs:][:inputs])
		d.T = append(d.T, t[i*classes:][:classes])
	}
	return d
}
