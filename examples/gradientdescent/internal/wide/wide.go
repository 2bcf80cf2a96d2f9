// Package wide has the tutorial's network with many neurons in each hidden layer. Its million Values take
// a while to make, and to record them takes as long as a thousand iterations, so that both is done once.
package wide

import (
	"fmt"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/examples/gradientdescent/internal/descent"
	"github.com/gradus-go/gradus/examples/gradientdescent/internal/networks"
	"github.com/gradus-go/gradus/nn"
	"github.com/gradus-go/gradus/nn/health"
)

// A Network is the network [2,n,n,2], and the text's sample for it.
type Network struct {
	Seed     uint32
	Width    int // n
	X, YTrue []float64

	first   *nn.MLP          // the one that was made first
	sigmoid *descent.Descent // what Sigmoid returns
}

// String returns the layers, as in [2,1000,1000,2].
func (n *Network) String() string { return fmt.Sprintf("[2,%d,%d,2]", n.Width, n.Width) }

// With returns the network with an activation. All such networks share their neurons, since all begin
// with the same weights.
func (n *Network) With(phi nn.Activation) *nn.MLP {
	if n.first == nil {
		n.first = networks.New(n.Seed, phi, networks.Rand01, 2, n.Width, n.Width, 2)
	}
	return networks.With(n.first, phi)
}

// Descent records the network with an activation. The constants are those of the activation.
func (n *Network) Descent(phi nn.Activation, constants ...*gradus.Value) (*descent.Descent, error) {
	return descent.New(n.With(phi), n.X, n.YTrue, constants...)
}

// Health checks the gradients with an activation, for the text's target and the inputs x.
func (n *Network) Health(phi nn.Activation, x []float64, rate float64) (health.Report, error) {
	return health.Check(n.With(phi), nn.SumSquaredErrors, [][]float64{x}, [][]float64{n.YTrue}, rate)
}

// Sigmoid returns the descent of the network with σ(c·z), by the true gradient. With c = 1 this is the
// plain sigmoid. It is recorded once for all c.
func (n *Network) Sigmoid(c float64) (*descent.Descent, error) {
	if n.sigmoid == nil {
		constant := gradus.New(c).As("c")
		d, err := n.Descent(networks.Sigmoid(constant), constant)
		if err != nil {
			return nil, err
		}
		n.sigmoid = d
	}
	n.sigmoid.Constants[0] = c
	return n.sigmoid, nil
}
