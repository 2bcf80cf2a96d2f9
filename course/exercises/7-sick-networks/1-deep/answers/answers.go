package answers

import (
	deep "github.com/gradus-go/gradus/course/exercises/7-sick-networks/1-deep"
	"github.com/gradus-go/gradus/course/exercises/7-sick-networks/sick"
	"github.com/gradus-go/gradus/course/internal/checking"
	"github.com/gradus-go/gradus/nn"
)

// Answers returns the answers with which the exercise is tested.
func Answers() checking.Answers {
	return checking.Answers{Shipped: deep.Network, Solution: Network, Right: right(), Wrong: wrong()}
}

// changed returns the network as it is handed out, with a change.
func changed(change func(n *sick.Network)) sick.Network {
	n := deep.Network
	change(&n)
	return n
}

func right() []checking.Sample {
	return []checking.Sample{
		{
			Name:   "ELU",
			Answer: changed(func(n *sick.Network) { n.Activation = nn.ELU }),
		},
		{
			Name:   "LeCun",
			Answer: changed(func(n *sick.Network) { n.Activation, n.Weights = nn.Tanh, nn.LeCun }),
		},
		{
			Name:   "a leaky ReLU",
			Answer: changed(func(n *sick.Network) { n.Activation, n.Weights = nn.LeakyReLU(0.1), nn.He }),
		},
		{
			Name:   "a smaller rate, too",
			Answer: changed(func(n *sick.Network) { n.Activation, n.Rate = nn.Tanh, 0.05 }),
		},
	}
}

func wrong() []checking.Sample {
	return []checking.Sample{
		{
			Name: "other weights only", Factor: "∏σ′", Slip: "∂L/∂z shrinks from",
			Answer: changed(func(n *sick.Network) { n.Weights = nn.LeCun }),
		},
		{
			Name: "He for the sigmoid", Factor: "∏σ′", Slip: "∂L/∂z shrinks from",
			Answer: changed(func(n *sick.Network) { n.Weights = nn.He }),
		},
		{
			Name: "larger weights", Factor: "∏σ′", Slip: "∂L/∂z still shrinks",
			Answer: changed(func(n *sick.Network) { n.Weights = nn.Normal(0, 1.5) }),
		},
		{
			Name: "a larger rate", Factor: "η", Slip: "a step at rate 10 changes the weights",
			Answer: changed(func(n *sick.Network) { n.Rate = 10 }),
		},
		{
			Name: "fewer layers", Factor: "Hidden", Slip: "another network was taken",
			Answer: changed(func(n *sick.Network) { n.Hidden = []int{8, 8} }),
		},
		{
			Name: "no layers", Factor: "Hidden", Slip: "another network was taken",
			Answer: changed(func(n *sick.Network) { n.Hidden = nil }),
		},
		{
			Name: "no activation", Factor: "φ′", Slip: "computes a plane",
			Answer: changed(func(n *sick.Network) { n.Activation = nn.Identity }),
		},
		{
			Name: "rate 0", Factor: "η", Slip: "no step changes a weight",
			Answer: changed(func(n *sick.Network) { n.Rate = 0 }),
		},
		{
			Name: "tanh with small weights", Factor: "∏W", Slip: "each matrix on the way",
			Answer: changed(func(n *sick.Network) { n.Activation, n.Weights = nn.Tanh, nn.Uniform(-0.1, 0.1) }),
		},
		{
			Name: "a ReLU at the same rate", Factor: "ReLU′", Slip: "are off for every sample",
			Answer: changed(func(n *sick.Network) { n.Activation, n.Weights = nn.ReLU, nn.He }),
		},
	}
}
