package train

import (
	"cmp"
	"context"
	"errors"
	"fmt"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/internal/finite"
	"github.com/gradus-go/gradus/nn"
	"github.com/gradus-go/gradus/nn/internal/params"
	"github.com/gradus-go/gradus/nn/internal/rows"
	"github.com/gradus-go/gradus/nn/optim"
)

// Data holds samples: row i of X has the inputs of sample i, and row i of T its targets. The
// losses of package nn want one target for each output of the network.
type Data struct {
	X, T [][]float64
	// Weights says how much each sample counts: its loss is multiplied by its weight. The mean is still
	// that over the number of samples. If Weights is nil, each weight is 1.
	Weights []float64
}

func (d Data) weight(row int) float64 {
	if d.Weights == nil {
		return 1
	}
	return d.Weights[row]
}

// A Config says what to train and how. Net, Loss, Data, Optimizer and Epochs are required.
type Config struct {
	Net       nn.Model // such as an *nn.MLP, or a model of your own
	Loss      nn.Loss
	Data      Data
	Optimizer optim.Optimizer // does a step after every batch, given the mean of its gradients
	Batch     int             // the samples in a batch; the last may have fewer; 0 for all
	Epochs    int             // how often every sample is used
	Seed      uint64          // determines the order of the samples, which differs in each epoch, and the masks
	Callback  func(State)     // called after every batch, if it is not nil
	Workers   int             // the most goroutines to use; 0 for one for each processor
	Eager     bool            // whether to build a graph for every sample, on one goroutine

	// Accumulate is the number of batches of which the gradients are added up for a step, which then is
	// that of one batch of all their samples; 0 for 1. The last step of an epoch may have fewer.
	Accumulate int
	// Validation holds samples that are not trained with. After every epoch, their mean loss is measured,
	// and in the end the network gets the parameters for which that was smallest.
	Validation Data
	// Patience is the number of epochs without a smaller validation loss after which training ends early;
	// 0 if it does not.
	Patience int
	// Checkpoint is a file in which Run keeps how far training has come. If it exists, Run goes on from
	// there. See [Run].
	Checkpoint string
}

// A State says how far training has come after a batch. Epochs and batches are counted from 1.
type State struct {
	Epoch, Epochs  int
	Batch, Batches int     // of this epoch
	Loss           float64 // the mean over the batch, before its update
	EpochLoss      float64 // the mean over the samples of this epoch so far
	Samples        []int   // the rows of the batch, counted from 0

	// ValidationLoss is the mean over the samples of Validation, after the epoch. It is NaN if there are
	// none, and after a batch that is not the last of its epoch.
	ValidationLoss float64
	Best           int // the epoch with the smallest validation loss so far; 0 if none was measured

	store func()
}

// Store writes the parameters, as they are after the step of the batch, to the network. It may be called
// in the callback, for a batch that is not the last of its epoch, and costs as much as to copy the
// parameters. After the last batch of an epoch, Run has written them already.
func (s State) Store() {
	if s.store != nil {
		s.store()
	}
}

// Run trains the network. For every batch, the optimiser takes one step, given the mean of the gradients
// of the samples. On the same machine, the same Config with the same initial parameters and an optimiser
// in the same state gives the same parameters, to the bit, whatever Workers is.
//
// Run works on a copy of the parameters, and returns an error if somebody else, such as the callback, changes
// those of the network. It writes them to the network at the end of every epoch, before
// the callback is called for the last batch, and when it returns, for whatever reason. With Validation,
// what it writes when it returns are the best parameters so far. The copy may be in another order than
// that of Params. The optimiser sees that order. It may be used in another Run, and keeps its momentum,
// if Net, Loss and Eager are the same. Those of package optim are told the order, and Run returns an error
// if they have done steps with other parameters.
//
// The numbers of an [nn.Masked] model's masks are drawn anew for each sample in each epoch. They depend
// on Seed, epoch and row alone. For Validation they are off. Several goroutines call Draw, one at a time,
// and in no order of the samples.
//
// Two Runs may go on at the same time if their networks share no parameters and no masks, and if they
// have optimisers of their own.
//
// With Checkpoint, Run writes the parameters, what the optimiser remembers, the place in the epoch, and
// the random generator to that file: when training ends or ctx is done, and otherwise every ten seconds,
// at the end of an epoch. If the file exists, Run goes on where it was written, and the parameters in
// the end are those of a training without interruption, to the bit. If all epochs are done, or Patience
// has ended the training, Run reads the parameters and returns. The Callback is called for the batches
// that Run trains with, and not again for those before: a loss curve that it draws begins where Run goes
// on, and if all epochs are done, it is not called. The file must be of the same network,
// loss, data, seed, batches and kind of optimiser, or Run returns an error. But with Eager it does not
// notice another loss or activation, and never another Draw of a mask. Epochs may be larger than before;
// the fields of the optimiser, such as its rate, are those that it is given. To begin anew, delete the
// file.
//
// Between two batches Run checks whether ctx is done; if so, it returns an error that wraps ctx.Err(). If
// a loss or a gradient is NaN or infinite, Run leaves out the step and returns a [NonFiniteError]. It
// also returns one if a parameter is NaN or infinite at the end of an epoch.
//
// Run returns an error if the loss applies σ or softmax to outputs that are σ or softmax already.
//
// Other errors say what is wrong with the Config, or with the file. Three of these are about a Loss, an
// activation or a Forward that cannot be replayed and needs Eager: one that decides by an if on Data in
// place of [gradus.Where]; Run looks for it by trying each activation of an [nn.MLP] at many numbers, and
// by comparing some rows with graphs, before training, after the epochs, for 2 % of the time, at the end,
// and where a number is not finite; one that writes to the Data of an input, a target or what it has
// computed, for which Run looks where it compares; and one that uses a constant whose Data changes. With
// Eager or without, Run returns an error for a Value from elsewhere, which is not among the parameters
// and masks of the network and would not be trained, as in a network that forgot to list a layer or a
// mask. If it shall not be trained, make it a constant, with [gradus.Const]. It also returns one for a
// Value that was computed from parameters before Forward is called, whose number would not change with
// them, and for a parameter of which only the Data matters, as a number, so that nothing would train it.
//
// If the Loss, Forward, an activation, the Optimizer or the Callback panics, so does Run. But if a loss
// of package nn does not get one target for each output, or targets that [nn.Loss.CheckTargets] does not
// allow, Run returns an error.
func Run(ctx context.Context, c Config) error {
	if ctx == nil {
		return errors.New("train: the Context is nil, want one, such as context.Background()")
	}
	if err := c.check(); err != nil {
		return fmt.Errorf("train: %w", err)
	}
	e, err := c.engine()
	if err != nil {
		return fmt.Errorf("train: %w", err)
	}
	defer e.store()
	if err = c.run(ctx, e); err != nil {
		return err
	}
	if err := checkKept(e); err != nil {
		return fmt.Errorf("train: in the end: %w", err)
	}
	return nil
}

// An engine computes losses and gradients. It has its own copy of the parameters.
type engine interface {
	// gradient returns the loss of every sample of the data. After it, grad returns the mean gradient.
	gradient(epoch int, samples []int) (losses []float64)
	// validate returns the mean loss of the validation data, with masks off.
	validate() float64
	params() []float64
	grad() []float64
	// values returns the Values of the parameters, in the order of params and grad.
	values() []*gradus.Value
	// store writes the parameters to the network.
	store()
	// changed returns a parameter that somebody else has changed since then, or before, or nil.
	changed() *gradus.Value
	// compare returns an error if the graph of a row, with the parameters of the network, is not the
	// one that was recorded.
	compare(row int) error
}

func (c Config) engine() (engine, error) {
	b := c.builder()
	loss, err := params.Try(func() *gradus.Value { return b.build(c.Data, 0).loss })
	switch {
	case err != nil:
		return nil, err
	case loss == nil:
		return nil, errNoLoss
	case !c.depends(b, loss):
		return nil, params.ErrNoGradient
	}
	if err := cmp.Or(c.checkLogits(loss), c.checkUnused(b, loss)); err != nil {
		return nil, err
	}
	if err := c.Loss.CheckTargets(c.Data.T); err != nil {
		return nil, fmt.Errorf("Config.Data: %w", err)
	}
	if err := c.Loss.CheckTargets(c.Validation.T); err != nil {
		return nil, fmt.Errorf("Config.Validation: %w", err)
	}
	if c.Eager {
		return newEager(c), c.checkListed()
	}
	return newReplayed(c)
}

// depends reports whether the loss of row 0, or that of another of the first rows, depends on a
// parameter. A loss may leave out some rows.
func (c Config) depends(b builder, loss *gradus.Value) bool {
	const most = 100
	for row := range min(most, len(c.Data.X)) {
		if row > 0 {
			loss = b.build(c.Data, row).loss
		}
		if loss != nil && params.Matter(leaves(c.Net), loss) {
			return true
		}
	}
	return false
}

// check returns an error if something is wrong with the Config, and sets the defaults of Batch and
// Accumulate.
func (c *Config) check() error {
	switch {
	case c.Net == nil:
		return errors.New("Config.Net is nil, want a network, such as nn.NewMLP returns")
	case c.Loss == nil:
		return errors.New("Config.Loss is nil, want a loss, such as nn.MeanSquaredError")
	case c.Optimizer == nil:
		return errors.New("Config.Optimizer is nil, want one, such as optim.NewSGD returns")
	case c.Batch < 0 || c.Epochs < 1 || c.Workers < 0:
		return fmt.Errorf("got Batch %d, Epochs %d and Workers %d, want at least 0, 1 and 0",
			c.Batch, c.Epochs, c.Workers)
	case c.Accumulate < 0 || c.Patience < 0:
		return fmt.Errorf("got Accumulate %d and Patience %d, want at least 0 of both", c.Accumulate, c.Patience)
	case c.Patience > 0 && c.Validation.X == nil:
		return errors.New("got Patience without Validation, want the samples whose loss decides when to stop")
	}
	if c.Checkpoint != "" {
		if _, err := optim.AsResumable(c.Optimizer); err != nil {
			return fmt.Errorf("Config.Checkpoint: %w", err)
		}
	}
	if err := checkModel(c.Net); err != nil {
		return fmt.Errorf("Config.Net: %w", err)
	}
	inputs := params.InputsOf(c.Net, c.Data.X)
	if err := c.Data.check(inputs); err != nil {
		return fmt.Errorf("Config.Data: %w", err)
	}
	if c.Validation.X != nil || c.Validation.T != nil || c.Validation.Weights != nil {
		if err := c.Validation.check(inputs); err != nil {
			return fmt.Errorf("Config.Validation: %w", err)
		}
		if got, want := len(c.Validation.T[0]), len(c.Data.T[0]); got != want {
			return fmt.Errorf("Config.Validation: T[0] has %d targets, want %d as those of Data", got, want)
		}
	}
	if c.Batch == 0 {
		c.Batch = len(c.Data.X)
	}
	c.Accumulate = max(1, c.Accumulate)
	return nil
}

func (d Data) check(inputs int) error {
	if err := rows.CheckSamples("X", "T", d.X, d.T, inputs); err != nil {
		return err
	}
	if d.Weights == nil {
		return nil
	}
	if len(d.Weights) != len(d.X) {
		return fmt.Errorf("got %d weights for %d rows, want one for each", len(d.Weights), len(d.X))
	}
	sum := 0.0
	for i, w := range d.Weights {
		if !finite.All(w) || w < 0 {
			return fmt.Errorf("the weight Weights[%d] is %v, want a finite number ≥ 0", i, w)
		}
		sum += w
	}
	if sum == 0 {
		return errors.New("all weights are 0, want one that is larger")
	}
	return nil
}
