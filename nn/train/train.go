package train

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"

	"gonum.org/v1/gonum/floats"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/nn"
	"github.com/gradus-go/gradus/nn/internal/params"
	"github.com/gradus-go/gradus/nn/internal/rows"
	"github.com/gradus-go/gradus/nn/optim"
)

// Data holds samples: row i of X has the inputs of sample i, and row i of T its targets. The
// losses of package nn want one target for each output of the network.
type Data struct{ X, T [][]float64 }

// A Config says what to train and how. Net, Loss, Data, Optimizer and Epochs are required.
type Config struct {
	Net       *nn.MLP
	Loss      nn.Loss
	Data      Data
	Optimizer optim.Optimizer // does a step after every batch, given the mean of its gradients
	Batch     int             // the samples in a batch; the last may have fewer; 0 for all
	Epochs    int             // how often every sample is used
	Seed      uint64          // determines the order of the samples, which differs in each epoch
	Callback  func(State)     // called after every batch, if it is not nil
	Workers   int             // the most goroutines to use; 0 for one for each processor
	Eager     bool            // whether to build a graph for every sample, on one goroutine
}

// A State says how far training has come after a batch. Epochs and batches are counted from 1.
type State struct {
	Epoch, Epochs  int
	Batch, Batches int     // of this epoch
	Loss           float64 // the mean over the batch, before its update
	EpochLoss      float64 // the mean over the samples of this epoch so far
	Samples        []int   // the rows of the batch, counted from 0

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
// Run works on a copy of the parameters. It writes them to the network at the end of every epoch, before
// the callback is called for the last batch, and when it returns, for whatever reason. The copy may be in
// another order than [nn.MLP.Params]. The optimiser sees that order. It may be used in another Run, and
// keeps its momentum, if Net, Loss and Eager are the same.
//
// Between two batches Run checks whether ctx is done; if so, it returns an error that wraps ctx.Err(). If
// a loss or a gradient is NaN or infinite, Run leaves out the step and returns a [NonFiniteError]. It
// also returns one if a parameter is NaN or infinite at the end of an epoch.
//
// Other errors say what is wrong with the Config. Two of these are about a Loss or an activation that
// cannot be replayed and needs Eager: one that decides by an if on Data in place of [gradus.Where]; Run
// looks for it by trying each activation at many numbers, and by comparing some rows with graphs, before
// training, after the epochs, for 2 % of the time, at the end, and where a number is not finite; and one
// that uses a Value from elsewhere, which is not a parameter of the network. Such a Value can also be
// made a constant, with [gradus.Const]. It is never trained, not even with Eager.
//
// If the Loss, an activation, the Optimizer or the Callback panics, so does Run. But if a loss of package
// nn does not get one target for each output, Run returns an error.
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
	return c.run(ctx, e)
}

// An engine computes losses and gradients. It has its own copy of the parameters.
type engine interface {
	// gradient returns the loss of every sample. After it, grad returns the mean gradient.
	gradient(samples []int) (losses []float64)
	params() []float64
	grad() []float64
	// values returns the Values of the parameters, in the order of params and grad.
	values() []*gradus.Value
	// store writes the parameters to the network.
	store()
	// compare returns an error if the graph of a row, with the parameters of the network, is not the
	// one that was recorded.
	compare(row int) error
}

func (c Config) engine() (engine, error) {
	x, t := gradus.Values(c.Data.X[0]), gradus.Values(c.Data.T[0])
	loss, err := params.Loss(func() *gradus.Value { return c.Loss(c.Net.Forward(x...), t) })
	switch {
	case err != nil:
		return nil, err
	case loss == nil:
		return nil, errors.New("the Loss returned nil for row 0, want a Value")
	case !c.depends(loss):
		return nil, params.ErrNoGradient
	}
	if c.Eager {
		return newEager(c), nil
	}
	return newReplayed(c)
}

// depends reports whether the loss of row 0, or that of another of the first rows, depends on a
// parameter. A loss may leave out some rows.
func (c Config) depends(loss *gradus.Value) bool {
	const most = 100
	for row := range min(most, len(c.Data.X)) {
		if row > 0 {
			loss = c.Loss(c.Net.Forward(gradus.Values(c.Data.X[row])...), gradus.Values(c.Data.T[row]))
		}
		if loss != nil && params.Matter(c.Net.Params(), loss) {
			return true
		}
	}
	return false
}

func (c Config) run(ctx context.Context, e engine) error {
	rng, l := rand.New(rand.NewPCG(c.Seed, 0)), newLookout()
	for epoch := 1; epoch <= c.Epochs; epoch++ {
		if err := c.epoch(ctx, e, l, epoch, rng.Perm(len(c.Data.X))); err != nil {
			return err
		}
	}
	return nil
}

// epoch trains with every sample once, in the given order.
func (c Config) epoch(ctx context.Context, e engine, l *lookout, epoch int, order []int) error {
	s := State{Epoch: epoch, Epochs: c.Epochs, Batches: (len(order)-1)/c.Batch + 1, store: e.store}
	sum, samples := 0.0, 0
	for s.Samples = range slices.Chunk(order, c.Batch) {
		s.Batch++
		if err := ctx.Err(); err != nil {
			e.store()
			err = fmt.Errorf("train: stopped before batch %d of %d of epoch %d: %w",
				s.Batch, s.Batches, s.Epoch, err)
			if wrong := l.look(e, order, true); wrong != nil {
				err = fmt.Errorf("%w; and %w", err, wrong)
			}
			return err
		}
		losses := e.gradient(s.Samples)
		if err := c.checkBatch(e, s, losses); err != nil {
			return err
		}
		c.Optimizer.Step(e.params(), e.grad())
		if s.Batch == 1 {
			l.startEpoch(order[0])
		}
		l.add(s.Samples, losses)
		loss := floats.Sum(losses)
		sum, samples = sum+loss, samples+len(losses)
		s.Loss, s.EpochLoss = loss/float64(len(losses)), sum/float64(samples)
		if s.Batch == s.Batches {
			e.store()
			if err := s.checkParams(e, "%s, updated,", e.params()); err != nil {
				return err
			}
			if err := l.look(e, order, epoch == c.Epochs); err != nil {
				return fmt.Errorf("train: after epoch %d: %w", epoch, err)
			}
		}
		if c.Callback != nil {
			c.Callback(s)
		}
	}
	return nil
}

// check returns an error if something is wrong with the Config, and sets the default of Batch.
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
	}
	if err := c.Net.Check(); err != nil {
		return fmt.Errorf("Config.Net: %w", err)
	}
	if err := params.Check(c.Net.Params()); err != nil {
		return fmt.Errorf("Config.Net: %w", err)
	}
	if err := rows.CheckSamples(c.Data.X, c.Data.T, c.Net.Inputs()); err != nil {
		return err
	}
	if c.Batch == 0 {
		c.Batch = len(c.Data.X)
	}
	return nil
}
