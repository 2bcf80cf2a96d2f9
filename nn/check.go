package nn

import (
	"errors"
	"fmt"
	"slices"

	"github.com/gradus-go/gradus"
)

// Check returns an error that names the first part of the network that is missing, or that does
// not fit the part before it:
//
//	nn: layer1 has no neurons, want one or more
//	nn: layer2.neuron1 has len(W) = 3, want 4, one weight for each input
//	nn: layer2.neuron1.w3 is nil, want a Value
//
// It returns nil for a network that [NewMLP] or [Load] has returned, unless it was changed
// since. [MLP.Forward] and [MLP.Trace] panic with what Check says.
func (m *MLP) Check() error {
	if problem := m.problem(); problem != "" {
		return errors.New("nn: " + problem)
	}
	return nil
}

// mustBeWhole panics if Check returns an error.
func (m *MLP) mustBeWhole() {
	if problem := m.problem(); problem != "" {
		panic("nn: " + problem)
	}
}

// problem returns what is wrong with the network, or "".
func (m *MLP) problem() string {
	switch {
	case m == nil:
		return "the MLP is nil, want a network"
	case len(m.Layers) == 0:
		return "the MLP has no layers, want one or more"
	}
	inputs := -1
	for i, l := range m.Layers {
		if problem := l.problem(inputs); problem != "" {
			return layerName(i) + problem
		}
		inputs = len(l.Neurons)
	}
	return ""
}

// problem returns what is wrong with a layer that gets the given number of inputs, or "". If
// inputs is −1, the first neuron determines the number.
func (l *Layer) problem(inputs int) string {
	switch {
	case l == nil:
		return " is nil, want a Layer"
	case len(l.Neurons) == 0:
		return " has no neurons, want one or more"
	}
	for k, n := range l.Neurons {
		if n.isWhole(inputs) {
			continue
		}
		if problem := n.problem(inputs); problem != "" {
			return "." + neuronName(k) + problem
		}
		inputs = len(n.W)
	}
	return ""
}

// isWhole reports whether nothing is wrong with a neuron that gets the given number of inputs. It
// is small enough to be inlined, since every Forward calls it for every neuron.
func (n *Neuron) isWhole(inputs int) bool {
	if n == nil || len(n.W) != inputs || inputs == 0 {
		return false
	}
	for _, w := range n.W {
		if w == nil {
			return false
		}
	}
	return true
}

// problem returns what is wrong with a neuron that gets the given number of inputs, or "". If
// inputs is −1, any number of weights but 0 is right.
func (n *Neuron) problem(inputs int) string {
	switch {
	case n == nil:
		return " is nil, want a Neuron"
	case len(n.W) == 0:
		return " has no weights, want one for each input"
	case inputs >= 0 && len(n.W) != inputs:
		return fmt.Sprintf(" has len(W) = %d, want %d, one weight for each input", len(n.W), inputs)
	}
	if i := slices.Index(n.W, nil); i >= 0 {
		return fmt.Sprintf(".w%d is nil, want a Value", i+1)
	}
	return ""
}

// mustBeInputs panics if x is not the given number of Values.
func mustBeInputs(who string, x []*gradus.Value, want int) {
	if len(x) != want {
		panic(fmt.Sprintf("nn: %s: got %d inputs, want %d", who, len(x), want))
	}
	mustBeValues(who, "input", x)
}

// mustBeValues panics if one of the Values is nil.
func mustBeValues(who, what string, values []*gradus.Value) {
	if i := slices.Index(values, nil); i >= 0 {
		panic(fmt.Sprintf("nn: %s: %s %d is nil, want a Value", who, what, i+1))
	}
}
