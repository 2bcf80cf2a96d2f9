package recipe

import (
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"slices"

	"github.com/gradus-go/gradus/examples/digits/internal/convolution"
	"github.com/gradus-go/gradus/nn"
)

// A Network is what a [Recipe] makes: an [nn.MLP] or a [convolution.Net].
type Network interface {
	nn.Model
	fmt.Stringer
	Inputs() int
	Outputs() int
}

// An Images says for which images a network is.
type Images struct{ Height, Width, Classes int }

// mostParams is the largest number of parameters. Each takes about 200 bytes.
const mostParams = 4_000_000

// weightStream is the random stream of the seed for the weights. Stream 0 is for the order of the
// images.
const weightStream = 1

// Network returns a new network, or an error if it would be too large, or if the images are too small for
// a convolution with so many layers.
func (c Recipe) Network(d Images) (Network, error) {
	rng := rand.New(rand.NewPCG(c.Seed, weightStream))
	if c.Conv {
		net, err := convolution.New(rng, convolution.Design{
			Height: d.Height, Width: d.Width, Classes: d.Classes, Filters: c.Filters, Dropout: c.Dropout,
		})
		if err != nil {
			return nil, err
		}
		return net, nil
	}
	params, width := 0, d.Height*d.Width
	for _, units := range append(slices.Clone(c.Hidden), d.Classes) {
		params, width = params+(width+1)*units, units
	}
	if params > mostParams {
		return nil, fmt.Errorf("hidden layers of %v units make a network of %d parameters, want at most %d",
			c.Hidden, params, mostParams)
	}
	hidden := activations[slices.Index(names(), c.Activation)]
	layers := append(nn.Stack(hidden, c.Hidden...), nn.Dense{Units: d.Classes, Init: nn.XavierNormal})
	return nn.NewMLP(rng, d.Height*d.Width, layers...), nil
}

// Load returns the network in a file that [Save] has written. If it is a convolution, the file has only its
// parameters, and the recipe says what it consists of. Load returns an error that names the file if the
// network is not for such images, or if the convolution is not that of the recipe.
func (c Recipe) Load(file string, d Images) (Network, error) {
	if c.Conv {
		net, err := c.Network(d)
		if err == nil {
			err = hinted(nn.LoadParams(file, net), "with -conv the file must be that of a convolution with the "+
				"same -filters, for images of the same size")
		}
		return net, err
	}
	net, err := nn.Load(file)
	if err != nil {
		return nil, hinted(err, "if it is the file of a convolution, -conv must be set")
	}
	if inputs := d.Height * d.Width; net.Inputs() != inputs || net.Outputs() != d.Classes {
		return nil, fmt.Errorf("%s: the network has %d inputs and %d outputs, want %d and %d, for images of "+
			"%d×%d pixels in %d classes; if it was trained with others, -data must name their folder",
			file, net.Inputs(), net.Outputs(), inputs, d.Classes, d.Height, d.Width, d.Classes)
	}
	return net, nil
}

// hinted adds a hint to an error about what a file contains.
func hinted(err error, hint string) error {
	if err == nil || errors.As(err, new(*fs.PathError)) {
		return err
	}
	return fmt.Errorf("%w; %s", err, hint)
}

// Save writes the network to a file: an MLP as a whole, and of a convolution the parameters.
func Save(file string, net Network) error {
	if mlp, ok := net.(*nn.MLP); ok {
		return mlp.Save(file)
	}
	return nn.SaveParams(file, net)
}

// First returns the units of the network that look at pixels and what they are called, and the size of what
// they look at: neurons at the whole image, filters at a small square of it.
func First(net Network, d Images) (l *nn.Layer, units string, height, width int) {
	if c, ok := net.(*convolution.Net); ok {
		return c.Kernel(), "filters", convolution.Side, convolution.Side
	}
	return net.(*nn.MLP).Layers[0], "neurons", d.Height, d.Width
}

// Size returns about how many products the network computes for an image.
func Size(net Network) int {
	if c, ok := net.(*convolution.Net); ok {
		return c.Products()
	}
	return len(net.Params())
}
