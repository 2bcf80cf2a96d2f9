package nn

import "github.com/gradus-go/gradus/internal/sealed"

// These begin the files of [MLP.Save] and of [SaveParams].
var (
	networkHead = sealed.Head{Format: sealed.Network, Version: 1}
	paramsHead  = sealed.Head{Format: sealed.Parameters, Version: 1}
)

// A file is the contents of a file that holds a network. [Load] reads the same keys in the same order.
type file struct {
	sealed.Head
	Architecture []int       `json:"architecture"` // the number of inputs, then of each layer's units
	Layers       []fileLayer `json:"layers"`
}

type fileLayer struct {
	Activation string       `json:"activation"`
	Neurons    []fileNeuron `json:"neurons"`
}

type fileNeuron struct {
	Name    string    `json:"name"`
	Weights []float64 `json:"weights"`
	Bias    *float64  `json:"bias"` // null if there is none
}

// leastSize returns how many bytes a layer has at least in a file that Save writes, where each weight has
// a line of its own, with six spaces before it and a comma behind it. It is a float64, which does not
// overflow, whatever the numbers are.
func leastSize(inputs, units int) float64 {
	const weight, neuron, layer = 9, 80, 50
	return layer + float64(units)*(neuron+float64(inputs)*weight)
}
