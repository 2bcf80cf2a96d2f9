package layer

import (
	"cmp"

	"github.com/gradus-go/gradus"
)

// A MaxPool makes an image smaller: of each square it keeps the largest number, in each channel. It has no
// parameters, and needs no constructor.
//
//	z[c, i, j] = max x[c, i·Stride + m, j·Stride + n] over 0 ≤ m, n < Size
//
// Rows and columns at the lower and the right edge that make up no whole square are left out. It is what
// PyTorch's MaxPool2d computes. Where several numbers are the largest, PyTorch gives the gradient to the
// first of them, and this to all, in parts that [gradus.Value.Max] decides.
type MaxPool struct {
	In     Image // the image that Forward takes
	Size   int   // the height and the width of a square
	Stride int   // from a square to the next; Size if it is 0
}

// Forward returns the smaller image.
//
// It panics if x is not In.Numbers() Values, or if a square does not fit into the image.
func (p MaxPool) Forward(x ...*gradus.Value) []*gradus.Value {
	return pool(p).squares("MaxPool.Forward", x, func(seen []*gradus.Value) *gradus.Value {
		largest := seen[0]
		for _, v := range seen[1:] {
			largest = largest.Max(v)
		}
		return largest
	})
}

// Params returns nil: there are no parameters.
func (p MaxPool) Params() []*gradus.Value { return nil }

// Out returns the size of the image that Forward returns. It panics if a square does not fit into the image.
func (p MaxPool) Out() Image { return pool(p).out("MaxPool.Out") }

// Inputs returns how many numbers Forward takes.
func (p MaxPool) Inputs() int { return p.In.Numbers() }

// Outputs returns how many numbers Forward returns. It panics if a square does not fit into the image.
func (p MaxPool) Outputs() int { return pool(p).out("MaxPool.Outputs").Numbers() }

// A MeanPool makes an image smaller: it replaces each square by the mean of its numbers, in each channel. It
// has no parameters, and needs no constructor.
//
//	z[c, i, j] = Σ x[c, i·Stride + m, j·Stride + n]/Size² over 0 ≤ m, n < Size
//
// Rows and columns at the lower and the right edge that make up no whole square are left out. It is what
// PyTorch's AvgPool2d computes.
type MeanPool struct {
	In     Image // the image that Forward takes
	Size   int   // the height and the width of a square
	Stride int   // from a square to the next; Size if it is 0
}

// Forward returns the smaller image.
//
// It panics if x is not In.Numbers() Values, or if a square does not fit into the image.
func (p MeanPool) Forward(x ...*gradus.Value) []*gradus.Value {
	return pool(p).squares("MeanPool.Forward", x, func(seen []*gradus.Value) *gradus.Value {
		sum := seen[0]
		for _, v := range seen[1:] {
			sum = sum.Add(v)
		}
		return sum.Div(len(seen))
	})
}

// Params returns nil: there are no parameters.
func (p MeanPool) Params() []*gradus.Value { return nil }

// Out returns the size of the image that Forward returns. It panics if a square does not fit into the image.
func (p MeanPool) Out() Image { return pool(p).out("MeanPool.Out") }

// Inputs returns how many numbers Forward takes.
func (p MeanPool) Inputs() int { return p.In.Numbers() }

// Outputs returns how many numbers Forward returns. It panics if a square does not fit into the image.
func (p MeanPool) Outputs() int { return pool(p).out("MeanPool.Outputs").Numbers() }

// A pool has what a MaxPool and a MeanPool have in common.
type pool MaxPool

func (p pool) window(who string) window {
	w := window{in: p.In, size: p.Size, stride: cmp.Or(p.Stride, p.Size, 1)}
	w.check(who)
	return w
}

func (p pool) out(who string) Image {
	rows, columns := p.window(who).places()
	return Image{Height: rows, Width: columns, Channels: p.In.Channels}
}

// squares returns of(what the window sees) for each place in each channel.
func (p pool) squares(
	who string, x []*gradus.Value, of func(seen []*gradus.Value) *gradus.Value,
) []*gradus.Value {
	w := p.window(who)
	mustBeInputs(who, x, p.In.Numbers())
	rows, columns := w.places()
	var z []*gradus.Value
	for channel := range p.In.Channels {
		for i := range rows {
			for j := range columns {
				z = append(z, of(w.sees(x, channel, i, j, nil)))
			}
		}
	}
	return z
}
