package train

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"

	"gonum.org/v1/gonum/floats"

	"github.com/gradus-go/gradus/internal/finite"
	"github.com/gradus-go/gradus/nn/internal/params"
	"github.com/gradus-go/gradus/nn/optim"
)

// A loop is a training under way.
type loop struct {
	Config
	engine  engine
	lookout *lookout
	pcg     *rand.PCG // of the order of the samples

	epoch, batch int     // the batches of this epoch that are done
	random       []byte  // the generator as it was at the beginning of this epoch; nil before
	sum          float64 // of the losses of this epoch
	samples      int     // of this epoch
	accumulated  accumulated
	best         best
	saver        *saver // nil without a Checkpoint
}

// accumulated adds up the gradients of batches for a step.
type accumulated struct {
	Batches int       `json:"batches"`
	Samples int       `json:"samples"`
	Grad    []float64 `json:"grad"`
}

// best holds the parameters with the smallest validation loss so far.
type best struct {
	Epoch  int       `json:"epoch"` // 0 if there are none
	Loss   float64   `json:"loss"`
	Params []float64 `json:"params"`
}

func (c Config) run(ctx context.Context, e engine) error {
	if o, ok := c.Optimizer.(optim.Binder); ok {
		_, err := params.Try(func() (none struct{}) { o.Bind(e.values()); return none })
		if err != nil {
			return fmt.Errorf("train: Config.Optimizer: %w", err)
		}
	}
	l := c.loop(e)
	if c.Checkpoint != "" {
		l.saver = l.newSaver()
		if err := l.resume(); err != nil {
			return err
		}
	}
	return l.run(ctx)
}

func (c Config) loop(e engine) *loop {
	return &loop{Config: c, engine: e, lookout: newLookout(), pcg: rand.NewPCG(c.Seed, 0), epoch: 1}
}

func (l *loop) run(ctx context.Context) error {
	defer l.storeBest()
	for l.epoch <= l.Epochs && !l.isOver() {
		l.random, _ = l.pcg.MarshalBinary() // its error is always nil
		if err := l.runEpoch(ctx, rand.New(l.pcg).Perm(len(l.Data.X))); err != nil {
			return err
		}
		l.epoch, l.batch, l.random, l.sum, l.samples = l.epoch+1, 0, nil, 0, 0
		if err := l.save(false); err != nil {
			return err
		}
	}
	return l.save(true)
}

// isOver reports whether the validation loss has not become smaller for as many epochs as Patience says.
func (l *loop) isOver() bool {
	return l.Patience > 0 && l.best.Epoch > 0 && l.epoch-1-l.best.Epoch >= l.Patience
}

// storeBest gives the network the best parameters, if any were measured.
func (l *loop) storeBest() {
	if l.best.Epoch > 0 {
		copy(l.engine.params(), l.best.Params)
	}
}

// runEpoch trains with every sample once, in the given order, but those of batches that are done.
func (l *loop) runEpoch(ctx context.Context, order []int) error {
	s := State{
		Epoch: l.epoch, Epochs: l.Epochs, Batches: (len(order)-1)/l.Batch + 1, Best: l.best.Epoch,
		ValidationLoss: math.NaN(), store: l.engine.store,
	}
	for s.Samples = range slices.Chunk(order, l.Batch) {
		if s.Batch++; s.Batch <= l.batch {
			continue
		}
		if err := ctx.Err(); err != nil {
			return l.stop(s, order, err)
		}
		if err := l.runBatch(&s, order); err != nil {
			return err
		}
		if s.Batch == s.Batches {
			if err := l.endEpoch(&s, order); err != nil {
				return err
			}
		}
		if l.Callback != nil {
			l.Callback(s)
		}
	}
	return nil
}

// stop returns the error of a context that is done before the batch of the State.
func (l *loop) stop(s State, order []int, err error) error {
	l.engine.store()
	err = fmt.Errorf("train: stopped before batch %d of %d of epoch %d: %w", s.Batch, s.Batches, s.Epoch, err)
	if wrong := l.lookout.look(l.engine, order, true); wrong != nil {
		return fmt.Errorf("%w; and %w", err, wrong)
	}
	if wrong := l.save(true); wrong != nil {
		return fmt.Errorf("%w; and %w", err, wrong)
	}
	return err
}

func (l *loop) runBatch(s *State, order []int) error {
	losses := l.engine.gradient(l.epoch, s.Samples)
	if err := l.checkBatch(l.engine, *s, losses); err != nil {
		return err
	}
	l.step(len(losses), s.Batch == s.Batches)
	if l.batch == 0 || !l.lookout.begun {
		l.lookout.startEpoch(order[0])
	}
	l.batch = s.Batch
	l.lookout.add(s.Samples, losses)
	loss := floats.Sum(losses)
	l.sum, l.samples = l.sum+loss, l.samples+len(losses)
	s.Loss, s.EpochLoss = loss/float64(len(losses)), l.sum/float64(l.samples)
	return nil
}

// step does a step of the optimiser, or adds the gradient to those for a later one.
func (l *loop) step(samples int, last bool) {
	e, a := l.engine, &l.accumulated
	if l.Accumulate <= 1 {
		l.Optimizer.Step(e.params(), e.grad())
		return
	}
	if a.Grad == nil {
		a.Grad = make([]float64, len(e.grad()))
	}
	floats.AddScaled(a.Grad, float64(samples), e.grad())
	a.Batches, a.Samples = a.Batches+1, a.Samples+samples
	if a.Batches < l.Accumulate && !last {
		return
	}
	floats.Scale(1/float64(a.Samples), a.Grad)
	l.Optimizer.Step(e.params(), a.Grad)
	clear(a.Grad)
	a.Batches, a.Samples = 0, 0
}

// endEpoch stores and checks the parameters, and measures the validation loss.
func (l *loop) endEpoch(s *State, order []int) error {
	l.engine.store()
	if err := s.checkParams(l.engine, "%s, updated,", l.engine.params()); err != nil {
		return err
	}
	if err := checkKept(l.engine); err != nil {
		return fmt.Errorf("train: after epoch %d: %w", l.epoch, err)
	}
	if err := l.lookout.look(l.engine, order, l.epoch == l.Epochs); err != nil {
		return fmt.Errorf("train: after epoch %d: %w", l.epoch, err)
	}
	if l.Validation.X == nil {
		return nil
	}
	s.ValidationLoss = l.engine.validate()
	if !finite.All(s.ValidationLoss) {
		return fmt.Errorf("train: after epoch %d: %s, want a finite number", l.epoch, l.brokenRow(s.ValidationLoss))
	}
	if b := &l.best; b.Epoch == 0 || s.ValidationLoss < b.Loss {
		b.Epoch, b.Loss, b.Params = l.epoch, s.ValidationLoss, append(b.Params[:0], l.engine.params()...)
	}
	s.Best = l.best.Epoch
	return nil
}
