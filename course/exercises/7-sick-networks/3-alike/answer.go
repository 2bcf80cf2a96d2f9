// Package alike describes a network whose units are alike.
package alike

import (
	"github.com/gradus-go/gradus/course/exercises/7-sick-networks/sick"
	"github.com/gradus-go/gradus/nn"
)

// Network describes the network. It does not learn.
//
// TODO: change one line so that it learns.
var Network = sick.Network{
	Hidden:     []int{8},
	Activation: nn.Tanh,
	Weights:    nn.Constant(0.5),
	Rate:       0.1,
}
