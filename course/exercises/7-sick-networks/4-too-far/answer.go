// Package far describes a network whose steps go too far.
package far

import (
	"github.com/gradus-go/gradus/course/exercises/7-sick-networks/sick"
	"github.com/gradus-go/gradus/nn"
)

// Network describes the network. It does not learn.
//
// TODO: change one line so that it learns.
var Network = sick.Network{
	Hidden:     []int{16, 16},
	Activation: nn.Tanh,
	Weights:    nn.Xavier,
	Rate:       20,
}
