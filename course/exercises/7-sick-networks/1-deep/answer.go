// Package deep describes a deep network in which the gradient vanishes.
package deep

import (
	"github.com/gradus-go/gradus/course/exercises/7-sick-networks/sick"
	"github.com/gradus-go/gradus/nn"
)

// Network describes the network. It does not learn.
//
// TODO: change one line so that it learns.
var Network = sick.Network{
	Hidden:     []int{8, 8, 8, 8, 8, 8, 8, 8, 8, 8},
	Activation: nn.Sigmoid,
	Weights:    nn.Xavier,
	Rate:       0.1,
}
