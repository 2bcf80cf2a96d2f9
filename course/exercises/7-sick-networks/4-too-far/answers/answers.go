package answers

import (
	far "github.com/gradus-go/gradus/course/exercises/7-sick-networks/4-too-far"
	"github.com/gradus-go/gradus/course/exercises/7-sick-networks/sick"
	"github.com/gradus-go/gradus/course/internal/checking"
	"github.com/gradus-go/gradus/nn"
)

// Answers returns the answers with which the exercise is tested.
func Answers() checking.Answers {
	return checking.Answers{Shipped: far.Network, Solution: Network, Right: right(), Wrong: wrong()}
}

// changed returns the network as it is handed out, with a change.
func changed(change func(n *sick.Network)) sick.Network {
	n := far.Network
	change(&n)
	return n
}

func right() []checking.Sample {
	return []checking.Sample{
		{
			Name:   "0.3",
			Answer: changed(func(n *sick.Network) { n.Rate = 0.3 }),
		},
		{
			Name:   "0.02",
			Answer: changed(func(n *sick.Network) { n.Rate = 0.02 }),
		},
		{
			Name:   "with other weights",
			Answer: changed(func(n *sick.Network) { n.Rate, n.Weights = 0.1, nn.LeCun }),
		},
	}
}

func wrong() []checking.Sample {
	return []checking.Sample{
		{
			Name: "half", Factor: "η", Slip: "a step at rate 10 changes the weights",
			Answer: changed(func(n *sick.Network) { n.Rate = 10 }),
		},
		{
			Name: "still too large", Factor: "η", Slip: "a step at rate 2 changes the weights",
			Answer: changed(func(n *sick.Network) { n.Rate = 2 }),
		},
		{
			Name: "1", Factor: "η", Slip: "training has diverged",
			Answer: changed(func(n *sick.Network) { n.Rate = 1 }),
		},
		{
			Name: "0", Factor: "η", Slip: "no step changes a weight",
			Answer: changed(func(n *sick.Network) { n.Rate = 0 }),
		},
		{
			Name: "negative", Factor: "η", Slip: "goes up the slope",
			Answer: changed(func(n *sick.Network) { n.Rate = -0.1 }),
		},
		{
			Name: "much too small", Factor: "η", Slip: "is too small",
			Answer: changed(func(n *sick.Network) { n.Rate = 0.00001 }),
		},
		{
			Name: "too small", Factor: "η", Slip: "is too small",
			Answer: changed(func(n *sick.Network) { n.Rate = 0.001 }),
		},
		{
			Name: "smaller weights", Factor: "η", Slip: "training has diverged",
			Answer: changed(func(n *sick.Network) { n.Weights = nn.Uniform(-0.1, 0.1) }),
		},
		{
			Name: "a sigmoid", Factor: "η", Slip: "a step at rate 20 changes the weights",
			Answer: changed(func(n *sick.Network) { n.Activation = nn.Sigmoid }),
		},
		{
			Name: "larger weights", Factor: "η", Slip: "training has diverged",
			Answer: changed(func(n *sick.Network) { n.Rate, n.Weights = 0.1, nn.Normal(0, 5) }),
		},
		{
			Name: "a smaller network", Factor: "Hidden", Slip: "another network was taken",
			Answer: changed(func(n *sick.Network) { n.Hidden = []int{2} }),
		},
	}
}
