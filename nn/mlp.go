package nn

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"github.com/gradus-go/gradus"
)

// An MLP is a multi-layer perceptron: each layer's outputs are the next one's inputs.
type MLP struct {
	Layers []*Layer
}

// NewMLP returns a network of so many inputs, its numbers drawn from rng layer by layer.
//
// It panics if there is no layer, and if a layer has less than 1 input or unit.
func NewMLP(rng *rand.Rand, inputs int, layers ...Dense) *MLP {
	if len(layers) == 0 {
		panic("nn: NewMLP: got no layers, want one or more")
	}
	fanIn, total := inputs, 0
	for _, d := range layers {
		d.check("NewMLP", fanIn)
		total += d.params(fanIn)
		fanIn = d.Units
	}
	leaves := gradus.Values(make([]float64, total)) // side by side, across layers
	m := &MLP{Layers: make([]*Layer, len(layers))}
	fanIn = inputs
	for i, d := range layers {
		n := d.params(fanIn)
		m.Layers[i] = d.layer(rng, layerName(i)+".", fanIn, leaves[:n])
		leaves, fanIn = leaves[n:], d.Units
	}
	return m
}

// Inputs returns how many inputs the network takes.
//
// It panics if the network has no layers, or its first layer no neurons.
func (m *MLP) Inputs() int {
	if len(m.Layers) == 0 {
		panic("nn: MLP: got no layers, want one or more")
	}
	return m.Layers[0].Inputs()
}

// Outputs returns how many outputs the network has.
//
// It panics if the network has no layers.
func (m *MLP) Outputs() int {
	if len(m.Layers) == 0 {
		panic("nn: MLP: got no layers, want one or more")
	}
	return len(m.Layers[len(m.Layers)-1].Neurons)
}

// Forward returns the outputs of the last layer.
//
// It panics if the number of inputs is not the network's.
func (m *MLP) Forward(x ...*gradus.Value) []*gradus.Value {
	for _, u := range m.units(x) {
		x = u.A
	}
	return x
}

// Units are what the neurons of a layer have computed: the weighted sums Z, and A = φ(Z).
type Units struct{ Z, A []*gradus.Value }

// Trace computes what Forward does and returns what every layer has computed on the way. It
// names the Values after their neurons, layer1.neuron2.z and layer1.neuron2.a. Without an
// activation these are the same Value, named z.
//
// It panics as Forward does.
func (m *MLP) Trace(x ...*gradus.Value) []Units {
	layers := m.units(x)
	for l, u := range layers {
		for i, z := range u.Z {
			name := layerName(l) + "." + neuronName(i)
			u.A[i].As(name + ".a")
			z.As(name + ".z")
		}
	}
	return layers
}

func (m *MLP) units(x []*gradus.Value) []Units {
	if want := m.Inputs(); len(x) != want {
		panic(fmt.Sprintf("nn: MLP: got %d inputs, want %d", len(x), want))
	}
	layers := make([]Units, len(m.Layers))
	for i, l := range m.Layers {
		layers[i] = l.units(x)
		x = layers[i].A
	}
	return layers
}

// Params returns all parameters, in the order that the package's comment describes.
func (m *MLP) Params() []*gradus.Value {
	var params []*gradus.Value
	for _, l := range m.Layers {
		params = append(params, l.Params()...)
	}
	return params
}

// String returns the network's widths and activations, as in 2-16-1, tanh, identity.
func (m *MLP) String() string {
	var widths, activations strings.Builder
	if len(m.Layers) > 0 {
		fmt.Fprint(&widths, m.Inputs())
	}
	for _, l := range m.Layers {
		fmt.Fprintf(&widths, "-%d", len(l.Neurons))
		fmt.Fprintf(&activations, ", %s", l.Activation.Name())
	}
	return widths.String() + activations.String()
}
