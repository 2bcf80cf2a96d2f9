package convolution

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"github.com/gradus-go/gradus/nn"
	"github.com/gradus-go/gradus/nn/layer"
)

// A Design says what a network consists of: layers of 3×3 filters with ReLU, the maxima of squares of
// 2×2, dropout, and an output for each class. The filters of the first layer also look beyond the edge of
// the image, where they see zeros, so that its channels are as large as the image. Each further layer
// makes them smaller by two rows and two columns.
type Design struct {
	Height, Width int // of the images, in pixels
	Classes       int
	Filters       []int   // of each layer
	Dropout       float64 // the probability with which training leaves out one of the maxima
}

// Side is the height and the width of a filter.
const Side = 3

// square is the side of a square of which the maximum is taken.
const square = 2

// most is the largest number of products that the network may compute for an image. The program needs about
// 300 bytes for each, to record the graph.
const most = 5_000_000

// A Net is a network of that design.
type Net struct {
	*layer.Sequence
	Design
	first *layer.Conv
}

// New returns a network with He's initial weights for the filters and Xavier's for the outputs, which are
// drawn from rng. It returns an error if the images are too small for so many layers, or so large that
// there are more than 5 million products to compute.
func New(rng *rand.Rand, d Design) (*Net, error) {
	if err := d.check(); err != nil {
		return nil, err
	}
	net := &Net{Design: d}
	var models []nn.Model
	in := layer.Image{Height: d.Height, Width: d.Width, Channels: 1}
	for i, filters := range d.Filters {
		c := layer.Conv{In: in, Filters: filters, Size: Side, Activation: nn.ReLU}
		if i == 0 {
			c.Padding = Side / 2
		}
		conv := layer.NewConv(rng, c)
		if i == 0 {
			net.first = conv
		}
		models, in = append(models, conv), conv.Out()
	}
	pool := layer.MaxPool{In: in, Size: square}
	models = append(models, pool)
	if d.Dropout > 0 {
		models = append(models, layer.NewDropout(pool.Outputs(), d.Dropout))
	}
	outputs := nn.NewMLP(rng, pool.Outputs(), nn.Dense{Units: d.Classes, Init: nn.XavierNormal})
	net.Sequence = layer.NewSequence(append(models, outputs)...)
	return net, nil
}

// check returns an error that says why there is no such network.
func (d Design) check() error {
	if len(d.Filters) == 0 {
		return fmt.Errorf("there are no filters, want at least one layer of them")
	}
	if least := square * len(d.Filters); min(d.Height, d.Width) < least {
		return fmt.Errorf("images of %d×%d pixels are too small for filters %s, want at least %d×%d",
			d.Height, d.Width, d.list(), least, least)
	}
	if n := d.Products(); n > most {
		return fmt.Errorf("filters %s make a network that computes %d products for an image of %d×%d pixels, "+
			"want at most %d", d.list(), n, d.Height, d.Width, most)
	}
	return nil
}

// Products returns how many products the network computes for an image.
func (d Design) Products() (n int) {
	height, width, channels := d.Height, d.Width, 1
	for i, filters := range d.Filters {
		if i > 0 {
			height, width = height-(Side-1), width-(Side-1)
		}
		n += height * width * Side * Side * channels * filters
		channels = filters
	}
	return n + (height/square)*(width/square)*channels*d.Classes
}

// list returns the numbers of filters as in 12,24.
func (d Design) list() string {
	return strings.ReplaceAll(strings.Trim(fmt.Sprint(d.Filters), "[]"), " ", ",")
}

// Kernel returns the filters of the first layer: a neuron for each, which has 3×3 weights.
func (n *Net) Kernel() *nn.Layer { return n.first.Kernel }

// Inputs returns the number of pixels of an image.
func (n *Net) Inputs() int { return n.Height * n.Width }

// Outputs returns the number of classes.
func (n *Net) Outputs() int { return n.Classes }

// String describes the network.
func (n *Net) String() string {
	return fmt.Sprintf("convolution %d×%d, filters %s of %d×%d, ReLU, maxima of %d×%d, dropout %v, %d outputs",
		n.Height, n.Width, n.list(), Side, Side, square, square, n.Dropout, n.Classes)
}
