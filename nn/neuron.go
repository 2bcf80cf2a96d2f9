package nn

import (
	"fmt"
	"math/rand/v2"

	"github.com/gradus-go/gradus"
)

// A Neuron is a weighted sum of its inputs, to which its layer applies an activation.
//
//	z = w₁·x₁ + w₂·x₂ + … + b
type Neuron struct {
	W []*gradus.Value // a weight for each input
	B *gradus.Value   // the bias, nil for none
}

// Sum returns the weighted sum z of the inputs.
//
// It panics if the number of inputs is not that of the weights.
func (n *Neuron) Sum(x ...*gradus.Value) *gradus.Value {
	if len(x) != len(n.W) {
		panic(fmt.Sprintf("nn: Neuron.Sum: got %d inputs, want %d", len(x), len(n.W)))
	}
	z := gradus.Dot(n.W, x)
	if n.B != nil {
		z = z.Add(n.B)
	}
	return z
}

// Params returns the weights and then the bias, if there is one.
func (n *Neuron) Params() []*gradus.Value {
	if n.B == nil {
		return n.W[:len(n.W):len(n.W)]
	}
	return append(n.W[:len(n.W):len(n.W)], n.B)
}

// A Layer is a number of neurons that have the same inputs and the same activation φ.
//
//	aᵢ = φ(zᵢ)
type Layer struct {
	Neurons    []*Neuron
	Activation Activation
}

// A Dense says how to make a layer in which every neuron sees every input.
type Dense struct {
	Units      int        // the number of neurons
	Activation Activation // Identity if it is not set
	Init       Init       // of the weights; Xavier if it is nil
	BiasInit   Init       // of the biases, drawn after the weights of the neuron; 0 if it is nil
	NoBias     bool       // the neurons have no bias
}

// Stack returns a layer like d for each number of units.
func Stack(d Dense, units ...int) []Dense {
	layers := make([]Dense, len(units))
	for i, n := range units {
		layers[i] = d
		layers[i].Units = n
	}
	return layers
}

// NewLayer returns a layer for so many inputs, its numbers drawn from rng. Its parameters are
// named neuron1.w1 and so on.
//
// It panics if there are less than 1 inputs or units.
func NewLayer(rng *rand.Rand, inputs int, d Dense) *Layer {
	d.check("NewLayer", inputs)
	return d.layer(rng, "", inputs, gradus.Values(make([]float64, d.params(inputs))))
}

func (d Dense) check(where string, inputs int) {
	if inputs < 1 || d.Units < 1 {
		panic(fmt.Sprintf("nn: %s: got a layer of %d inputs and %d units, want at least 1 of both",
			where, inputs, d.Units))
	}
}

// params returns how many parameters the layer has.
func (d Dense) params(inputs int) int {
	if d.NoBias {
		return d.Units * inputs
	}
	return d.Units * (inputs + 1)
}

// layer makes the layer of leaves, as many as params says.
func (d Dense) layer(rng *rand.Rand, prefix string, inputs int, leaves []*gradus.Value) *Layer {
	draw, drawBias := d.Init, d.BiasInit
	if draw == nil {
		draw = Xavier
	}
	if drawBias == nil {
		drawBias = Constant(0)
	}
	l := &Layer{Neurons: make([]*Neuron, d.Units), Activation: d.Activation}
	per := len(leaves) / d.Units
	for i := range l.Neurons {
		p := leaves[i*per:]
		n := &Neuron{W: p[:inputs:inputs]}
		for _, w := range n.W {
			w.Data = draw(rng, inputs, d.Units)
		}
		if !d.NoBias {
			n.B = p[inputs]
			n.B.Data = drawBias(rng, inputs, d.Units)
		}
		n.name(prefix + neuronName(i))
		l.Neurons[i] = n
	}
	return l
}

func layerName(i int) string  { return fmt.Sprintf("layer%d", i+1) }
func neuronName(i int) string { return fmt.Sprintf("neuron%d", i+1) }

// name names the parameters.
func (n *Neuron) name(neuron string) {
	for i, w := range n.W {
		w.As(fmt.Sprintf("%s.w%d", neuron, i+1))
	}
	if n.B != nil {
		n.B.As(neuron + ".b")
	}
}

// Inputs returns how many inputs the layer takes.
//
// It panics if the layer has no neurons.
func (l *Layer) Inputs() int {
	if len(l.Neurons) == 0 {
		panic("nn: Layer: got no neurons, want one or more")
	}
	return len(l.Neurons[0].W)
}

// Forward returns the outputs of the neurons.
//
// It panics if the number of inputs is not that of the weights of every neuron.
func (l *Layer) Forward(x ...*gradus.Value) []*gradus.Value { return l.units(x).A }

func (l *Layer) units(x []*gradus.Value) Units {
	if want := l.Inputs(); len(x) != want {
		panic(fmt.Sprintf("nn: Layer: got %d inputs, want %d", len(x), want))
	}
	n := len(l.Neurons)
	both := make([]*gradus.Value, 2*n)
	u := Units{Z: both[:n:n], A: both[n:]}
	for i, neuron := range l.Neurons {
		u.Z[i] = neuron.Sum(x...)
	}
	for i, z := range u.Z {
		u.A[i] = l.Activation.Apply(z)
	}
	return u
}

// Params returns the parameters, neuron by neuron.
func (l *Layer) Params() []*gradus.Value {
	var params []*gradus.Value
	for _, n := range l.Neurons {
		params = append(params, n.Params()...)
	}
	return params
}
