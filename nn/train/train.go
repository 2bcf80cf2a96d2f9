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
	"github.com/gradus-go/gradus/nn/optim"
)

// Data are samples, in each a row of inputs and a row of targets. The losses of package nn take
// as many targets as the network has outputs, and panic otherwise.
type Data struct{ X, T [][]float64 }

// A Config says what to train and how. Net, Loss, Data, Optimizer and Epochs are required.
type Config struct {
	Net       *nn.MLP
	Loss      nn.Loss
	Data      Data
	Optimizer optim.Optimizer // steps along the mean gradient of a batch
	Batch     int             // the samples of a batch, of which the last may have less; 0 for all
	Epochs    int             // how often every sample is used
	Seed      uint64          // of the order of the samples, which every epoch shuffles
	Callback  func(State)     // is called after every batch, if it is not nil
	Workers   int             // at most so many goroutines; 0 for as many as there are processors
	Eager     bool            // builds a graph for every sample, on one goroutine
}

// A State is how far training has come, after a batch. Epochs and batches count from 1.
type State struct {
	Epoch, Epochs  int
	Batch, Batches int     // of this epoch
	Loss           float64 // the mean over the batch, before its update
	EpochLoss      float64 // the mean over the epoch's samples so far
	Samples        []int   // the rows of the batch, counted from 0
}

// Run trains the network. A batch is one step of the optimiser, along the mean of the gradients
// of its samples. The same Config gives the same parameters to the bit, whatever Workers is.
//
// The parameters are the network's own again when Run returns, for whatever reason, and at the
// end of every epoch, when the callback is called for its last batch. In between Run works with
// numbers of its own. It keeps them in an order of its own, too, which the optimiser sees: one
// that has a momentum may go on with it in another Run, if Net, Loss and Eager are the same.
//
// Between two batches Run looks whether ctx is done, and returns an error that wraps ctx.Err().
// If a loss or a gradient is NaN or infinite, the batch makes no step, and Run returns a
// [NonFiniteError]. It does so too if at the end of an epoch a parameter is.
//
// Other errors say what is wrong with the Config. A Loss or an activation that decides by an if
// on Data cannot be replayed: Run compares some rows, and if it finds out, that is an error that
// asks for Eager. What the Loss, an activation, the Optimizer or the Callback panics with comes
// out of Run.
func Run(ctx context.Context, c Config) error {
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

// An engine computes losses and gradients with parameters of its own.
type engine interface {
	// gradient returns the loss of every sample and leaves the mean gradient in grad.
	gradient(samples []int) (losses []float64)
	params() []float64
	grad() []float64
	// values returns the Values of the parameters, in the order of params and grad.
	values() []*gradus.Value
	// store writes the parameters to the network.
	store()
}

func (c Config) engine() (engine, error) {
	if c.Eager {
		return newEager(c), nil
	}
	return newReplayed(c)
}

func (c Config) run(ctx context.Context, e engine) error {
	rng := rand.New(rand.NewPCG(c.Seed, 0))
	for epoch := 1; epoch <= c.Epochs; epoch++ {
		if err := c.epoch(ctx, e, epoch, rng.Perm(len(c.Data.X))); err != nil {
			return err
		}
	}
	return nil
}

// epoch uses every sample once, in the given order.
func (c Config) epoch(ctx context.Context, e engine, epoch int, order []int) error {
	s := State{Epoch: epoch, Epochs: c.Epochs, Batches: (len(order)-1)/c.Batch + 1}
	sum, samples := 0.0, 0
	for s.Samples = range slices.Chunk(order, c.Batch) {
		s.Batch++
		if err := ctx.Err(); err != nil {
			return fmt.Errorf("train: stopped before batch %d of %d of epoch %d: %w",
				s.Batch, s.Batches, s.Epoch, err)
		}
		losses := e.gradient(s.Samples)
		if err := c.checkBatch(e, s, losses); err != nil {
			return err
		}
		c.Optimizer.Step(e.params(), e.grad())
		loss := floats.Sum(losses)
		sum, samples = sum+loss, samples+len(losses)
		s.Loss, s.EpochLoss = loss/float64(len(losses)), sum/float64(samples)
		if s.Batch == s.Batches {
			e.store()
			if err := s.checkParams(e, "%s, updated,", e.params()); err != nil {
				return err
			}
		}
		if c.Callback != nil {
			c.Callback(s)
		}
	}
	return nil
}

// check returns an error that says what is wrong, and sets the default of Batch.
func (c *Config) check() error {
	switch {
	case c.Net == nil || len(c.Net.Layers) == 0:
		return errors.New("got no Net, or one without layers")
	case c.Loss == nil:
		return errors.New("got no Loss")
	case c.Optimizer == nil:
		return errors.New("got no Optimizer")
	case c.Batch < 0 || c.Epochs < 1 || c.Workers < 0:
		return fmt.Errorf("got Batch %d, Epochs %d and Workers %d, want at least 0, 1 and 0",
			c.Batch, c.Epochs, c.Workers)
	case len(c.Data.X) != len(c.Data.T) || len(c.Data.X) == 0:
		return fmt.Errorf("got %d rows of inputs and %d of targets, want as many, at least 1",
			len(c.Data.X), len(c.Data.T))
	}
	if c.Batch == 0 {
		c.Batch = len(c.Data.X)
	}
	if err := checkRows("inputs", c.Data.X, c.Net.Inputs()); err != nil {
		return err
	}
	return checkRows("targets", c.Data.T, len(c.Data.T[0]))
}

func checkRows(what string, rows [][]float64, want int) error {
	for i, row := range rows {
		if len(row) != want {
			return fmt.Errorf("row %d has %d %s, want %d", i, len(row), what, want)
		}
	}
	return nil
}
