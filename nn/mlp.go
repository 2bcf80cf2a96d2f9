package nn

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/nn/internal/params"
)

// An MLP is a multi-layer perceptron: the outputs of each layer are the inputs of the next.
type MLP struct {
	Layers []*Layer
}

// NewMLP returns a network with the given number of inputs and the layers that are described.
// Its initial numbers are drawn from rng, layer by layer.
//
// It panics if there are no layers, if inputs or the Units of a layer is less than 1, or if rng
// is nil and an Init draws from it.
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
// It panics if the network has no layers, or if its first layer has no neurons.
func (m *MLP) Inputs() int {
	if m == nil || len(m.Layers) == 0 {
		panic("nn: MLP.Inputs: the MLP has no layers, want one or more")
	}
	return m.Layers[0].Inputs()
}

// Outputs returns how many outputs the network has.
//
// It panics if the network has no layers, or if its last layer is nil.
func (m *MLP) Outputs() int {
	if m == nil || len(m.Layers) == 0 || m.Layers[len(m.Layers)-1] == nil {
		panic("nn: MLP.Outputs: the MLP has no last layer, want one")
	}
	return len(m.Layers[len(m.Layers)-1].Neurons)
}

// Forward returns the outputs of the last layer.
//
// It panics if the number of inputs is not the network's, if an input is nil, or if
// [MLP.Check] returns an error.
func (m *MLP) Forward(x ...*gradus.Value) []*gradus.Value {
	for _, u := range m.units(x) {
		x = u.A
	}
	return x
}

// Units holds what the neurons of a layer have computed: the weighted sums Z, and A = φ(Z).
type Units struct{ Z, A []*gradus.Value }

// Trace computes what Forward computes, and returns the results of every layer, not only those
// of the last. It names the Values after their neurons: layer1.neuron2.z and layer1.neuron2.a.
// Where the activation is [Identity], these two are the same Value, named z.
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
	m.mustBeWhole()
	mustBeInputs("MLP", x, m.Inputs())
	layers := make([]Units, len(m.Layers))
	for i, l := range m.Layers {
		layers[i] = l.units(x)
		x = layers[i].A
	}
	return layers
}

// Params returns all parameters, in the order that the package comment describes. It lists a Value
// that is in several places once.
//
// It panics if the network, a layer or a neuron is nil.
func (m *MLP) Params() []*gradus.Value {
	if m == nil {
		panic("nn: MLP.Params: the MLP is nil, want a network")
	}
	var all []*gradus.Value
	for _, l := range m.Layers {
		all = l.params("MLP.Params", all)
	}
	return params.Once(all)
}

// String returns the number of inputs, the units of each layer, and the activations of the
// layers: "2-16-1, tanh, identity". For a network of which [MLP.Check] returns an error, it
// returns the text of that error.
func (m *MLP) String() string {
	if err := m.Check(); err != nil {
		return err.Error()
	}
	var widths, activations strings.Builder
	fmt.Fprint(&widths, m.Inputs())
	for _, l := range m.Layers {
		fmt.Fprintf(&widths, "-%d", len(l.Neurons))
		fmt.Fprintf(&activations, ", %s", l.Activation.Name())
	}
	return widths.String() + activations.String()
}
