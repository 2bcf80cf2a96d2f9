package nn

import (
	"fmt"
	"math/rand/v2"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/nn/internal/params"
)

// A Neuron computes a weighted sum of its inputs. The layer that it belongs to applies an
// activation to the sum.
//
//	z = w₁·x₁ + w₂·x₂ + … + b
type Neuron struct {
	W []*gradus.Value // one weight for each input
	B *gradus.Value   // the bias, or nil if the neuron has none
}

// Sum returns the weighted sum z of the inputs.
//
// It panics if the neuron has no weights, if there is not one input for each weight, or if an
// input or a weight is nil.
func (n *Neuron) Sum(x ...*gradus.Value) *gradus.Value {
	if problem := n.problem(-1); problem != "" {
		panic("nn: Neuron" + problem)
	}
	mustBeInputs("Neuron.Sum", x, len(n.W))
	return n.sum(x)
}

func (n *Neuron) sum(x []*gradus.Value) *gradus.Value {
	z := gradus.Dot(n.W, x)
	if n.B != nil {
		z = z.Add(n.B)
	}
	return z
}

// Params returns the weights and then the bias, if there is one. It lists a Value that is in several
// places once.
//
// It panics if the neuron is nil.
func (n *Neuron) Params() []*gradus.Value {
	return params.Once(n.params("Neuron.Params", nil))
}

// params appends the weights and the bias, as often as they occur.
func (n *Neuron) params(who string, params []*gradus.Value) []*gradus.Value {
	if n == nil {
		panic("nn: " + who + ": the Neuron is nil, want a Neuron")
	}
	params = append(params, n.W...)
	if n.B != nil {
		params = append(params, n.B)
	}
	return params
}

// A Layer is a list of neurons that all have the same inputs and the same activation φ.
//
//	aᵢ = φ(zᵢ)
type Layer struct {
	Neurons    []*Neuron
	Activation Activation
}

// A Dense describes a layer to make, in which every neuron has a weight for every input.
type Dense struct {
	Units      int        // the number of neurons
	Activation Activation // Identity if it is not set
	Init       Init       // draws the weights; Xavier if it is nil
	BiasInit   Init       // draws a neuron's bias, after its weights; if it is nil, biases are 0
	NoBias     bool       // whether the neurons have no bias
}

// Stack returns one description for each number of units, which is like d in all else.
func Stack(d Dense, units ...int) []Dense {
	layers := make([]Dense, len(units))
	for i, n := range units {
		layers[i] = d
		layers[i].Units = n
	}
	return layers
}

// NewLayer returns a layer that takes the given number of inputs and is otherwise as d says. Its
// initial numbers are drawn from rng. Its parameters are named neuron1.w1 and so on.
//
// It panics if inputs or d.Units is less than 1, or if rng is nil and an Init draws from it.
func NewLayer(rng *rand.Rand, inputs int, d Dense) *Layer {
	d.check("NewLayer", inputs)
	return d.layer(rng, "", inputs, gradus.Values(make([]float64, d.params(inputs))))
}

func (d Dense) check(where string, inputs int) {
	if inputs < 1 || d.Units < 1 {
		panic(fmt.Sprintf("nn: %s: got a layer of %d inputs and %d units, want at least 1 of each",
			where, inputs, d.Units))
	}
	const most = 1 << 30
	if inputs > most/d.Units {
		panic(fmt.Sprintf("nn: %s: got a layer of %d inputs and %d units, want at most 2³⁰ weights",
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

// layer makes the layer of the given leaves, of which there must be as many as params returns.
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

// name names the parameters of n, with neuron as the prefix.
func (n *Neuron) name(neuron string) {
	for i, w := range n.W {
		w.As(fmt.Sprintf("%s.w%d", neuron, i+1))
	}
	if n.B != nil {
		n.B.As(neuron + ".b")
	}
}

// Inputs returns how many inputs the layer takes: the number of weights of its first neuron.
//
// It panics if the layer has no neurons, or if the first is nil.
func (l *Layer) Inputs() int {
	if l == nil || len(l.Neurons) == 0 || l.Neurons[0] == nil {
		panic("nn: Layer.Inputs: the Layer has no first neuron, want one")
	}
	return len(l.Neurons[0].W)
}

// Forward returns the outputs of the neurons.
//
// It panics if the layer has no neurons, if there is not one input for each weight of every
// neuron, or if an input, a neuron or a weight is nil.
func (l *Layer) Forward(x ...*gradus.Value) []*gradus.Value {
	if problem := l.problem(-1); problem != "" {
		panic("nn: Layer" + problem)
	}
	mustBeInputs("Layer.Forward", x, l.Inputs())
	return l.units(x).A
}

func (l *Layer) units(x []*gradus.Value) Units {
	n := len(l.Neurons)
	both := make([]*gradus.Value, 2*n)
	u := Units{Z: both[:n:n], A: both[n:]}
	for i, neuron := range l.Neurons {
		u.Z[i] = neuron.sum(x)
	}
	for i, z := range u.Z {
		u.A[i] = l.Activation.of(z)
		if u.A[i] == nil {
			l.Activation.panicOfNil()
		}
	}
	return u
}

// Params returns the parameters, neuron by neuron. It lists a Value that is in several places once.
//
// It panics if the layer or one of its neurons is nil.
func (l *Layer) Params() []*gradus.Value {
	return params.Once(l.params("Layer.Params", nil))
}

// params appends the parameters of all neurons, as often as they occur.
func (l *Layer) params(who string, params []*gradus.Value) []*gradus.Value {
	if l == nil {
		panic("nn: " + who + ": the Layer is nil, want a Layer")
	}
	for _, n := range l.Neurons {
		params = n.params(who, params)
	}
	return params
}
