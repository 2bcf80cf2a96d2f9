package model

import (
	"math/rand/v2"

	"github.com/gradus-go/gradus"
)

// The sizes of the convolution.
const (
	side     = 8 // of the image
	kernel   = 3 // the side of a filter
	side1    = side - kernel + 1
	side2    = side1 - kernel + 1
	filters1 = 4
	filters2 = 8
	patch1   = kernel * kernel // the number of weights of a filter
	patch2   = kernel * kernel * filters1
	flat     = side2 * side2 * filters2
	classes  = 10
)

// A Conv is a network of convolutions with 1,626 parameters for images of 8×8 numbers: 4 filters of 3×3,
// ReLU, 8 filters of 3×3×4, ReLU, and a layer with 10 outputs, whose loss is the cross-entropy of their
// softmax. A filter moves by one pixel, and stays within the image. What it computes is an image for the
// next layer. Images are stored one after the other, row by row, and the weights of a filter in the same
// order. The inputs of a sample are its image and the number of its class, from 0 to 9.
type Conv struct {
	Data
	class []int
	w, g  convWeights
	state convState
}

// convWeights are the parameters of a convolution in the order of P.
type convWeights struct{ first, bias1, second, bias2, out, bias3 []float64 }

var convBlocks = []int{filters1 * patch1, filters1, filters2 * patch2, filters2, classes * flat, classes}

// NewConv returns a convolution with random numbers and that many samples, the same in every call.
func NewConv(samples int) *Conv {
	r := rand.New(rand.NewPCG(9, 10))
	n := new(Conv)
	n.Blocks, n.Each = convBlocks, side*side+1
	scale := []float64{1.0 / 3, 1.0 / 3, 1.0 / 6, 1.0 / 6, 0.1, 0.1}
	n.P = draw(n.Blocks, func(k int) float64 { return scale[k] * (2*r.Float64() - 1) })
	n.G = make([]float64, len(n.P))
	n.w, n.g = newConvWeights(n.P), newConvWeights(n.G)
	for range samples {
		for range side * side {
			n.X = append(n.X, r.Float64())
		}
		n.class = append(n.class, r.IntN(classes))
		n.X = append(n.X, float64(n.class[len(n.class)-1]))
	}
	return n
}

func newConvWeights(p []float64) convWeights {
	m := split(p, convBlocks)
	return convWeights{m[0], m[1], m[2], m[3], m[4], m[5]}
}

// Loss writes the convolution with gradus.
func (n *Conv) Loss(s Style, p, x []*gradus.Value) *gradus.Value {
	m := split(p, n.Blocks)
	a := s.convolve(m[0], m[1], x[:side*side], side)
	a = s.convolve(m[2], m[3], a, side1)
	return s.CrossEntropy(s.times(m[4], a, m[5]), x[side*side])
}

// convolve applies filters with weights w and biases b, and then ReLU, to square images with that side.
func (s Style) convolve(w, b, x []*gradus.Value, side int) []*gradus.Value {
	n := side - kernel + 1
	out, patch := make([]*gradus.Value, len(b)*n*n), make([]*gradus.Value, len(w)/len(b))
	for i := range n {
		for j := range n {
			for k := range len(patch) / kernel { // the rows of the patch, in one image after the other
				from := (k/kernel*side+i+k%kernel)*side + j
				copy(patch[k*kernel:], x[from:][:kernel])
			}
			for f, z := range s.times(w, patch, b) {
				out[(f*n+i)*n+j] = z.ReLU()
			}
		}
	}
	return out
}
