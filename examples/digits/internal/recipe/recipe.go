package recipe

import (
	"context"
	"errors"
	"flag"
	"fmt"
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
	Hidden       []int   // units of each hidden layer
	Activation   string  // of the hidden layers; the initial weights depend on it
	Conv         bool    // whether it is a convolution, with Filters and Dropout in place of hidden layers
	Filters      []int   // of each layer of the convolution
	Dropout      float64 // the probability with which training leaves out one of its last numbers
	Epochs       int     // how often every image is used
	Batch        int     // images in a step
	Rate         float64
	Beta1, Beta2 float64
	Epsilon      float64
	Decay        float64 // weight decay
	Seed         uint64  // of the initial weights and of the order of the images
}

// Default returns the recipe that choose.sh found to be the best one for the embedded images.
func Default() Recipe {
	return Recipe{
		Hidden: []int{400}, Activation: "ReLU", Filters: []int{16, 32}, Dropout: 0.5,
		Epochs: 60, Batch: 16, Rate: 0.005, Beta1: 0.9, Beta2: 0.999, Epsilon: 1e-8, Decay: 0.1, Seed: 1,
	}
}

// convEpochs takes the place of Epochs in [Default] for a convolution.
const convEpochs = 40

// Flags adds a flag for each part of the recipe, with the present value as its default. After the flags
// have been parsed, call [Recipe.Complete].
func (c *Recipe) Flags(flags *flag.FlagSet) {
	flags.BoolVar(&c.Conv, "conv", false, "train a small convolution in place of an MLP")
	flags.Var(program.Wholes(&c.Filters, 9, 1, 1000), "filters",
		"3×3 filters of each layer of the convolution, as in 16,32")
	flags.Var(program.Between(&c.Dropout, 0, 0.999), "dropout",
		"probability with which training leaves out a number before the convolution's outputs")
	flags.Var(program.Wholes(&c.Hidden, 9, 1, 10_000), "hidden",
		"units of each hidden layer, as in 100,50; empty for none")
	flags.Var(program.OneOf(&c.Activation, names()...), "activation",
		"activation of the hidden layers: "+strings.Join(names(), ", "))
	flags.Var(program.Whole(&c.Epochs, 0, 100_000), "epochs",
		fmt.Sprintf("how often every image is used; 0 only evaluates; with -conv the default is %d", convEpochs))
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

// Complete sets what depends on other flags: a convolution has another number of epochs, unless the flag was
// set. It returns an error if two flags contradict each other, so that one of them would have no effect.
func (c *Recipe) Complete(flags *flag.FlagSet) error {
	set := map[string]bool{}
	flags.Visit(func(f *flag.Flag) { set[f.Name] = true })
	if c.Conv {
		if !set["epochs"] {
			c.Epochs = convEpochs
		}
		return program.Exclusive(flags, "a convolution has filters in place of hidden layers, and their "+
			"activation is ReLU", "conv", "hidden", "activation")
	}
	for _, name := range []string{"filters", "dropout"} {
		if set[name] {
			return program.Usagef("-%s is set, but only a convolution has that, want -conv, too", name)
		}
	}
	return nil
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
	ctx context.Context, net Network, s dataset.Set, callback func(train.State),
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
