package answers

import (
	alike "github.com/gradus-go/gradus/course/exercises/7-sick-networks/3-alike"
	"github.com/gradus-go/gradus/course/exercises/7-sick-networks/sick"
	"github.com/gradus-go/gradus/course/internal/checking"
	"github.com/gradus-go/gradus/nn"
)

// Answers returns the answers with which the exercise is tested.
func Answers() checking.Answers {
	return checking.Answers{Shipped: alike.Network, Solution: Network, Right: right(), Wrong: wrong()}
}

// changed returns the network as it is handed out, with a change.
func changed(change func(n *sick.Network)) sick.Network {
	n := alike.Network
	change(&n)
	return n
}

func right() []checking.Sample {
	return []checking.Sample{
		{
			Name:   "LeCun",
			Answer: changed(func(n *sick.Network) { n.Weights = nn.LeCun }),
		},
		{
			Name:   "uniform",
			Answer: changed(func(n *sick.Network) { n.Weights = nn.Uniform(-1, 1) }),
		},
		{
			Name:   "biases that differ",
			Answer: changed(func(n *sick.Network) { n.Biases = nn.Uniform(-1, 1) }),
		},
		{
			Name:   "another activation, too",
			Answer: changed(func(n *sick.Network) { n.Activation, n.Weights = nn.ELU, nn.Xavier }),
		},
	}
}

func wrong() []checking.Sample {
	return []checking.Sample{
		{
			Name: "a smaller constant", Factor: "W", Slip: "have equal weights",
			Answer: changed(func(n *sick.Network) { n.Weights = nn.Constant(0.1) }),
		},
		{
			Name: "zero", Factor: "W", Slip: "W = 0 in layer 2",
			Answer: changed(func(n *sick.Network) { n.Weights = nn.Constant(0) }),
		},
		{
			Name: "more units", Factor: "Hidden", Slip: "another network was taken",
			Answer: changed(func(n *sick.Network) { n.Hidden = []int{64} }),
		},
		{
			Name: "a larger rate", Factor: "W", Slip: "times as large",
			Answer: changed(func(n *sick.Network) { n.Rate = 1 }),
		},
		{
			Name: "a smaller rate", Factor: "W", Slip: "have equal weights",
			Answer: changed(func(n *sick.Network) { n.Rate = 0.01 }),
		},
		{
			Name: "equal biases", Factor: "W", Slip: "have equal weights",
			Answer: changed(func(n *sick.Network) { n.Biases = nn.Constant(1) }),
		},
		{
			Name: "another activation", Factor: "W", Slip: "have equal weights",
			Answer: changed(func(n *sick.Network) { n.Activation = nn.ReLU }),
		},
		{
			Name: "no activation", Factor: "φ′", Slip: "computes a plane",
			Answer: changed(func(n *sick.Network) { n.Activation, n.Weights = nn.Identity, nn.Xavier }),
		},
	}
}
