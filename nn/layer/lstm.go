package layer

import (
	"math/rand/v2"
	"slices"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/nn"
)

// An LSTM is a cell with a long short-term memory. It keeps two vectors from step to step: the state h, which
// it hands on, and the memory c. Three layers of gates, numbers from 0 to 1, decide what goes into the
// memory, what stays in it and what comes out:
//
//	i = σ(Wᵢ·(x, h) + bᵢ)    f = σ(W_f·(x, h) + b_f)    o = σ(Wₒ·(x, h) + bₒ)
//	c′ = f·c + i·tanh(W_c·(x, h) + b_c)    h′ = o·tanh(c′)
//
// It is what PyTorch's LSTM computes, which has two biases in place of each: b is their sum. (x, h) are the
// numbers that are read and then those of the state. So forget2.x3 is the weight of input 3 in the forget
// gate of unit 2, forget2.h1 that of number 1 of the state, and forget2.b the bias. [LSTM.Params] lists the
// layers in the order of the fields, and each neuron by neuron.
//
// Sources: S. Hochreiter, J. Schmidhuber, Long short-term memory, Neural Computation 9(8), 1997; F. Gers,
// J. Schmidhuber, F. Cummins, Learning to forget, Neural Computation 12(10), 2000.
type LSTM struct {
	Cell
	Input, Forget, Memory, Output *nn.Layer // each reads x and then h
}

// NewLSTM returns the LSTM that d describes. Its initial numbers are drawn from rng. The biases of the forget
// gate are 1 unless d says otherwise, so that the memory lasts.
//
// It panics if d.Inputs or d.Units is less than 1, or if rng is nil and an Init draws from it.
//
// Source: R. Jozefowicz, W. Zaremba, I. Sutskever, An empirical exploration of recurrent network
// architectures, ICML 2015, section 2.2, for the forget gate.
func NewLSTM(rng *rand.Rand, d Cell) *LSTM {
	d.check("NewLSTM")
	return &LSTM{
		Cell:   d,
		Input:  d.gate(rng, "input", d.Inputs, d.Units, nn.Sigmoid, 0),
		Forget: d.gate(rng, "forget", d.Inputs, d.Units, nn.Sigmoid, 1),
		Memory: d.gate(rng, "memory", d.Inputs, d.Units, nn.Tanh, 0),
		Output: d.gate(rng, "output", d.Inputs, d.Units, nn.Sigmoid, 0),
	}
}

func (l *LSTM) check(who string) {
	mustBe(l != nil, "%s: the LSTM is nil, want one made by NewLSTM", who)
	l.Cell.check(who)
	n := l.Inputs + l.Units
	mustFit(who, "Input", l.Input, n, l.Units)
	mustFit(who, "Forget", l.Forget, n, l.Units)
	mustFit(who, "Memory", l.Memory, n, l.Units)
	mustFit(who, "Output", l.Output, n, l.Units)
}

// Step reads a vector x and returns the state and the memory that follow h and c.
//
// It panics if there are not Inputs Values in x or not Units in h and in c, or if l was not made by
// [NewLSTM].
func (l *LSTM) Step(x, h, c []*gradus.Value) (nextH, nextC []*gradus.Value) {
	l.check("LSTM.Step")
	mustBeInputs("LSTM.Step", x, l.Inputs)
	mustBeInputs("LSTM.Step: the state", h, l.Units)
	mustBeInputs("LSTM.Step: the memory", c, l.Units)
	return l.step(x, h, c)
}

func (l *LSTM) step(x, h, c []*gradus.Value) (nextH, nextC []*gradus.Value) {
	read := slices.Concat(x, h)
	in, forget := l.Input.Forward(read...), l.Forget.Forward(read...)
	memory, out := l.Memory.Forward(read...), l.Output.Forward(read...)
	nextH, nextC = make([]*gradus.Value, l.Units), make([]*gradus.Value, l.Units)
	for i := range nextH {
		nextC[i] = forget[i].Mul(c[i]).Add(in[i].Mul(memory[i]))
		nextH[i] = out[i].Mul(nextC[i].Tanh())
	}
	return nextH, nextC
}

// Forward reads vectors one after the other, from a state and a memory of zeros on. It returns the state
// after the last of them, or, if Every is set, after each of them.
//
// It panics if x is not one or more vectors of Inputs Values, or if l was not made by [NewLSTM].
func (l *LSTM) Forward(x ...*gradus.Value) []*gradus.Value {
	l.check("LSTM.Forward")
	mustBeVectors("LSTM.Forward", x, l.Inputs)
	zero := zeros(l.Units)
	c := zero
	return l.run(x, zero, func(x, h []*gradus.Value) []*gradus.Value {
		h, c = l.step(x, h, c)
		return h
	})
}

// Params returns the parameters of the four layers.
//
// It panics if l was not made by [NewLSTM].
func (l *LSTM) Params() []*gradus.Value {
	l.check("LSTM.Params")
	return paramsOf(l.Input, l.Forget, l.Memory, l.Output)
}
