package answers

import (
	off "github.com/gradus-go/gradus/course/exercises/7-sick-networks/2-off"
	"github.com/gradus-go/gradus/course/exercises/7-sick-networks/sick"
	"github.com/gradus-go/gradus/course/internal/checking"
	"github.com/gradus-go/gradus/nn"
)

// Answers returns the answers with which the exercise is tested.
func Answers() checking.Answers {
	return checking.Answers{Shipped: off.Network, Solution: Network, Right: right(), Wrong: wrong()}
}

// changed returns the network as it is handed out, with a change.
func changed(change func(n *sick.Network)) sick.Network {
	n := off.Network
	change(&n)
	return n
}

func right() []checking.Sample {
	return []checking.Sample{
		{
			Name:   "Xavier",
			Answer: changed(func(n *sick.Network) { n.Weights = nn.Xavier }),
		},
		{
			Name:   "the uniform kind",
			Answer: changed(func(n *sick.Network) { n.Weights = nn.HeUniform }),
		},
		{
			Name:   "both signs",
			Answer: changed(func(n *sick.Network) { n.Weights = nn.Uniform(-1, 1) }),
		},
		{
			Name:   "biases above 0",
			Answer: changed(func(n *sick.Network) { n.Biases = nn.Uniform(0, 1.5) }),
		},
	}
}

func wrong() []checking.Sample {
	return []checking.Sample{
		{
			Name: "smaller weights", Factor: "ReLU′", Slip: "16 of 16 units of layer 1 are off",
			Answer: changed(func(n *sick.Network) { n.Weights = nn.Uniform(-0.1, 0) }),
		},
		{
			Name: "weights of 0", Factor: "ReLU′", Slip: "16 of 16 units of layer 1 are off",
			Answer: changed(func(n *sick.Network) { n.Weights = nn.Constant(0) }),
		},
		{
			Name: "a larger rate", Factor: "ReLU′", Slip: "16 of 16 units of layer 1 are off",
			Answer: changed(func(n *sick.Network) { n.Rate = 10 }),
		},
		{
			Name: "a smaller rate", Factor: "ReLU′", Slip: "16 of 16 units of layer 1 are off",
			Answer: changed(func(n *sick.Network) { n.Rate = 0.001 }),
		},
		{
			Name: "more units", Factor: "Hidden", Slip: "another network was taken",
			Answer: changed(func(n *sick.Network) { n.Hidden = []int{64} }),
		},
		{
			Name: "another activation", Factor: "Activation", Slip: "the activation is to stay ReLU",
			Answer: changed(func(n *sick.Network) { n.Activation = nn.Tanh }),
		},
		{
			Name: "all equal", Factor: "W", Slip: "have equal weights",
			Answer: changed(func(n *sick.Network) { n.Weights = nn.Constant(0.1) }),
		},
		{
			Name: "large biases", Factor: "W", Slip: "times as large",
			Answer: changed(func(n *sick.Network) { n.Biases = nn.Constant(5) }),
		},
		{
			Name: "negative biases", Factor: "ReLU′", Slip: "16 of 16 units of layer 1 are off",
			Answer: changed(func(n *sick.Network) { n.Weights, n.Biases = nn.He, nn.Constant(-5) }),
		},
	}
}
