package layer

import (
	"math/rand/v2"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/nn"
)

// A Cell describes a cell that reads a sequence of vectors, and keeps a state from step to step.
type Cell struct {
	Inputs   int     // how many numbers a step reads
	Units    int     // how many numbers the state h has
	Init     nn.Init // draws the weights; Xavier if it is nil
	BiasInit nn.Init // draws the biases; if it is nil, they are 0, but for those of the forget gate, which are 1
	Every    bool    // whether Forward returns the state after every step, and not only after the last
}

// gate returns a layer of neurons, each of which reads so many inputs and numbers of the state. Its biases
// are as given unless d says otherwise.
func (d Cell) gate(rng *rand.Rand, name string, inputs, state int, a nn.Activation, bias float64) *nn.Layer {
	init := d.BiasInit
	if init == nil {
		init = nn.Constant(bias)
	}
	l := nn.NewLayer(rng, inputs+state, nn.Dense{
		Units: d.Units, Activation: a, Init: d.Init, BiasInit: init,
	})
	nameNeurons(l, name, inputs)
	return l
}

func (d Cell) check(who string) {
	const most = 1 << 15
	mustBe(min(d.Inputs, d.Units) > 0 && max(d.Inputs, d.Units) <= most,
		"%s: got %d Inputs and %d Units, want from 1 to %d of each", who, d.Inputs, d.Units, most)
}

// zeros returns n constants 0, a state to begin with.
func zeros(n int) []*gradus.Value {
	z := make([]*gradus.Value, n)
	for i := range z {
		z[i] = gradus.Const(0) // each is a node of its own, so that replay need not copy them side by side
	}
	return z
}

// run reads vectors with step, from the state h on, and returns the last or every state.
func (d Cell) run(
	x, h []*gradus.Value, step func(x, h []*gradus.Value) []*gradus.Value,
) (z []*gradus.Value) {
	for ; len(x) > 0; x = x[d.Inputs:] {
		if h = step(x[:d.Inputs], h); d.Every {
			z = append(z, h...)
		}
	}
	if !d.Every {
		return h
	}
	return z
}
