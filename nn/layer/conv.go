package layer

import (
	"cmp"
	"math/rand/v2"
	"strings"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/nn"
)

// A Conv is a convolution: a few neurons, the filters, look at each small square of an image. A filter has
// the same weights everywhere, so it finds the same thing everywhere. What it computes at all places is a
// channel of the next image.
//
//	zₖ[i, j] = bₖ + Σ wₖ[c, m, n]·x[c, i·Stride + m − Padding, j·Stride + n − Padding]
//	aₖ[i, j] = φ(zₖ[i, j])
//
// The sum is over the channels c, the rows m and the columns n of the filter k. It is what PyTorch's Conv2d
// computes. [NewConv] makes a Conv of the first fields. There is no need to set Kernel: if it is set, it is
// used, so that two convolutions can have the same weights. It must have the same activation then, and
// nothing is drawn.
//
// The weights of filter 2 are named kernel2.w1 and so on, channel by channel and row by row, and its bias
// kernel2.b. [Conv.Params] lists the filters one after the other, each with its bias at its end.
//
// Source: Y. LeCun and others, Backpropagation applied to handwritten zip code recognition, Neural
// Computation 1(4), 1989.
type Conv struct {
	In         Image         // the image that Forward takes
	Filters    int           // how many filters there are
	Size       int           // the height and the width of a filter
	Stride     int           // by how many numbers a filter moves; 1 if it is 0
	Padding    int           // how many zeros there are in thought at each edge of the image
	Activation nn.Activation // φ; Identity if it is not set
	Init       nn.Init       // draws the weights; if it is nil, He for (leaky) ReLU and Xavier for others
	BiasInit   nn.Init       // draws the biases; if it is nil, they are 0
	NoBias     bool          // whether the filters have no bias

	Kernel *nn.Layer // the filters: a neuron for each, which has a weight for each number in its square
}

// NewConv returns the convolution that d describes. Its initial numbers are drawn from rng. An Init is told
// that fanIn is Size²·Channels and fanOut Size²·Filters.
//
// It panics if a size is less than 1, if a filter is larger than the image with its padding, if a Kernel that
// is set has another size or activation, or if rng is nil and an Init draws from it.
func NewConv(rng *rand.Rand, d Conv) *Conv {
	mustBe(d.Filters > 0, "NewConv: Filters is %d, want at least 1", d.Filters)
	w := d.window()
	w.check("NewConv")
	if d.Kernel == nil {
		area := d.Size * d.Size
		init := d.Init
		if init == nil && (d.Activation.Is(nn.ReLU) || strings.HasPrefix(d.Activation.Name(), "leakyReLU")) {
			init = nn.He
		} else if init == nil {
			init = nn.Xavier
		}
		draw := func(rng *rand.Rand, fanIn, filters int) float64 { return init(rng, fanIn, area*filters) }
		d.Kernel = nn.NewLayer(rng, area*d.In.Channels, nn.Dense{
			Units: d.Filters, Activation: d.Activation, Init: draw, BiasInit: d.BiasInit, NoBias: d.NoBias,
		})
		nameNeurons(d.Kernel, "kernel", -1)
	}
	d.check("NewConv")
	return &d
}

func (c *Conv) window() window { return window{c.In, c.Size, cmp.Or(c.Stride, 1), c.Padding} }

func (c *Conv) check(who string) window {
	mustBe(c != nil, "%s: the Conv is nil, want one made by NewConv", who)
	w := c.window()
	w.check(who)
	mustFit(who, "Kernel", c.Kernel, c.Size*c.Size*c.In.Channels, c.Filters)
	mustBe(c.Activation.Is(c.Kernel.Activation), "%s: Activation is %s and that of Kernel %s, want the same",
		who, c.Activation.Name(), c.Kernel.Activation.Name())
	return w
}

// Forward returns the image that the filters compute from an image, a channel for each filter.
//
// It panics if x is not In.Numbers() Values, or if c was not made by [NewConv].
func (c *Conv) Forward(x ...*gradus.Value) []*gradus.Value {
	w := c.check("Conv.Forward")
	mustBeInputs("Conv.Forward", x, c.In.Numbers())
	out, zero := c.Out(), gradus.Const(0)
	a := make([]*gradus.Value, out.Numbers())
	for i := range out.Height {
		for j := range out.Width {
			var square []*gradus.Value
			for channel := range c.In.Channels {
				square = append(square, w.sees(x, channel, i, j, zero)...)
			}
			for k, v := range c.Kernel.Forward(square...) {
				a[(k*out.Height+i)*out.Width+j] = v
			}
		}
	}
	return a
}

// Params returns the weights of the filters, each filter's with its bias at the end.
//
// It panics if c was not made by [NewConv].
func (c *Conv) Params() []*gradus.Value {
	c.check("Conv.Params")
	return c.Kernel.Params()
}

// Out returns the size of the image that Forward returns. It is In of a layer that comes next.
//
// It panics if c was not made by [NewConv].
func (c *Conv) Out() Image {
	rows, columns := c.check("Conv.Out").places()
	return Image{Height: rows, Width: columns, Channels: c.Filters}
}

// Inputs returns how many numbers Forward takes. It panics if c was not made by [NewConv].
func (c *Conv) Inputs() int {
	c.check("Conv.Inputs")
	return c.In.Numbers()
}

// Outputs returns how many numbers Forward returns. It panics if c was not made by [NewConv].
func (c *Conv) Outputs() int { return c.Out().Numbers() }
