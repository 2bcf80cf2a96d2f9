// Package off describes a network whose ReLUs are off.
package off

import (
	"github.com/gradus-go/gradus/course/exercises/7-sick-networks/sick"
	"github.com/gradus-go/gradus/nn"
)

// Network describes the network. It does not learn.
//
// TODO: change one line so that it learns.
var Network = sick.Network{
	Hidden:     []int{16},
	Activation: nn.ReLU,
	Weights:    nn.Uniform(-1, 0),
	Rate:       0.1,
}
