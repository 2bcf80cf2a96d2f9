package recipe

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"

	"github.com/gradus-go/gradus/examples/internal/dataset"
	"github.com/gradus-go/gradus/internal/program"
	"github.com/gradus-go/gradus/nn"
	"github.com/gradus-go/gradus/nn/optim"
	"github.com/gradus-go/gradus/nn/train"
)

// A Recipe says how a network is made and trained. The outputs of the network are the logarithms of
// the classes' probabilities, up to a constant that is the same for all. The loss is softmax
// cross-entropy, and the optimiser is AdamW.
type Recipe struct {
	Hidden       []int  // units of each hidden layer
	Activation   string // of the hidden layers; the initial weights depend on it
	Epochs       int    // how often every image is used
	Batch        int    // images in a step
	Rate         float64
	Beta1, Beta2 float64
	Epsilon      float64
	Decay        float64 // weight decay
	Seed         uint64  // of the initial weights and of the order of the images
}

// Default returns the recipe that choose.sh found to be the best one for the embedded images.
func Default() Recipe {
	return Recipe{
		Hidden: []int{400}, Activation: "ReLU", Epochs: 60, Batch: 16, Rate: 0.005,
		Beta1: 0.9, Beta2: 0.999, Epsilon: 1e-8, Decay: 0.1, Seed: 1,
	}
}

// Flags adds a flag for each part of the recipe, with the present value as its default.
func (c *Recipe) Flags(flags *flag.FlagSet) {
	flags.Var(program.Wholes(&c.Hidden, 9, 1, 10_000), "hidden",
		"units of each hidden layer, as in 100,50; empty for none")
	flags.Var(program.OneOf(&c.Activation, names()...), "activation",
		"activation of the hidden layers: "+strings.Join(names(), ", "))
	flags.Var(program.Whole(&c.Epochs, 0, 100_000), "epochs",
		"how often every image is used; 0 only evaluates")
	flags.Var(program.Whole(&c.Batch, 1, 10_000), "batch", "images in a batch")
	flags.Var(program.Between(&c.Rate, 1e-9, 1000), "rate", "initial learning rate, which falls to 0")
	flags.Var(program.Between(&c.Beta1, 0, 0.999999), "beta1",
		"AdamW's decay rate of the mean of the gradient")
	flags.Var(program.Between(&c.Beta2, 0, 0.999999), "beta2",
		"AdamW's decay rate of the mean of the gradient's square")
	flags.Var(program.Between(&c.Epsilon, 1e-30, 1), "epsilon",
		"AdamW's ε, which is added to the root of the mean square")
	flags.Var(program.Between(&c.Decay, 0, 1000), "decay", "AdamW's factor λ of the weight decay")
	flags.Var(program.Seed(&c.Seed), "seed", "seed of the initial weights and of the images' order")
}

// String describes the training.
func (c Recipe) String() string {
	return fmt.Sprintf("softmax cross-entropy, epochs: %d, batches of %d, seed %d; "+
		"AdamW, rate %v falling to 0, β₁ %v, β₂ %v, ε %v, weight decay %v",
		c.Epochs, c.Batch, c.Seed, c.Rate, c.Beta1, c.Beta2, c.Epsilon, c.Decay)
}

// activations are the choices for the hidden layers, each with suitable initial weights.
var activations = []nn.Dense{
	{Activation: nn.ReLU, Init: nn.He},
	{Activation: nn.Tanh, Init: nn.XavierNormal},
	{Activation: nn.Sigmoid, Init: nn.XavierNormal},
	{Activation: nn.Softplus, Init: nn.He},
}

// names returns the names of the activations.
func names() (names []string) {
	for _, a := range activations {
		names = append(names, a.Activation.Name())
	}
	return names
}

// mostParams is the largest number of parameters. Each takes about 200 bytes.
const mostParams = 4_000_000

// weightStream is the random stream of the seed for the weights. Stream 0 is for the order of the
// images.
const weightStream = 1

// Network returns a new network, or an error if it would have more than four million parameters.
func (c Recipe) Network(inputs, classes int) (*nn.MLP, error) {
	params, width := 0, inputs
	for _, units := range append(slices.Clone(c.Hidden), classes) {
		params, width = params+(width+1)*units, units
	}
	if params > mostParams {
		return nil, fmt.Errorf("hidden layers of %v units make a network of %d parameters, want at most %d",
			c.Hidden, params, mostParams)
	}
	hidden := activations[slices.Index(names(), c.Activation)]
	layers := append(nn.Stack(hidden, c.Hidden...), nn.Dense{Units: classes, Init: nn.XavierNormal})
	return nn.NewMLP(rand.New(rand.NewPCG(c.Seed, weightStream)), inputs, layers...), nil
}

// Steps returns the number of steps of training with this number of images.
func (c Recipe) Steps(images int) int { return c.Epochs * ((images-1)/c.Batch + 1) }

// Optimizer returns the optimiser for this number of images.
func (c Recipe) Optimizer(images int) *optim.Adam {
	return &optim.Adam{
		Rate:  optim.Cosine(c.Rate, 0, max(1, c.Steps(images))),
		Beta1: c.Beta1, Beta2: c.Beta2, Epsilon: c.Epsilon, WeightDecay: c.Decay, Decoupled: true,
	}
}

// Train trains the network and calls callback after every batch. It returns the errors of
// [train.Run].
func (c Recipe) Train(
	ctx context.Context, net *nn.MLP, s dataset.Set, callback func(train.State),
) error {
	if c.Epochs == 0 {
		return nil
	}
	err := train.Run(ctx, train.Config{
		Net: net, Loss: nn.SoftmaxCrossEntropy, Data: train.Data{X: s.X, T: s.Targets(net.Outputs())},
		Optimizer: c.Optimizer(len(s.X)), Batch: c.Batch, Epochs: c.Epochs, Seed: c.Seed,
		Callback: callback,
	})
	if e := new(train.NonFiniteError); errors.As(err, &e) && (e.Epoch > 1 || e.Batch > 1) {
		err = fmt.Errorf("%w; want a smaller rate than %v", err, c.Rate)
	}
	return err
}
