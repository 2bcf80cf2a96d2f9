package network

import (
	"context"
	"fmt"
	"iter"
	"math"
	"time"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/internal/plane"
	"github.com/gradus-go/gradus/nn/train"
	"github.com/gradus-go/gradus/replay"
)

// A session is a network in training. train.Run trains it, as a coroutine: its callback waits until the
// page wants more. So the recording is made once, and the numbers are those of train.Run.
type session struct {
	config
	view  plane.Square
	shown []int // of the inputs and of each layer, how many units are drawn

	next func() (struct{}, bool) // trains until limit says that it is enough; false if training has ended
	stop func()
	more limit
	at   train.State // after the last step
	fail error       // why training has ended

	program *replay.Program // of the loss and the output, for the page to look at
	batch   *replay.Batch
	samples []float64 // inputs and target of each point
	grid    []float64 // of each place of the picture
	places  [][]int32 // in the program, of the parameters of each layer
	edges   []int32   // in the program, of the weights that are drawn
	curve   curve
	neurons *neurons // what each neuron computes, if that was wanted
	watched [2]int   // layer, from 1, and neuron, from 1; 0 if none
}

// A limit says how long training goes on.
type limit struct {
	end           time.Time
	steps, epochs int // still to go; negative if there is no limit
}

// spent counts a step, and reports whether it was the last.
func (l *limit) spent(s train.State, stop int) bool {
	l.steps--
	if s.Batch == s.Batches {
		l.epochs--
		if s.Epoch == stop {
			return true
		}
	}
	return l.steps == 0 || l.epochs == 0 || !time.Now().Before(l.end)
}

const forever = min(1<<40, math.MaxInt) // epochs

// newSession returns a network before training.
func newSession(s Settings) (*session, error) {
	c, err := s.read()
	if err != nil {
		return nil, err
	}
	n := &session{config: c, view: plane.Around(c.points, c.Data == "own"), shown: drawn(c.net)}
	x, t := gradus.Values([]float64{0, 0}), gradus.Values([]float64{0})
	y := c.net.Forward(x...)
	n.program, err = replay.Recorder{Inputs: append(x, t...), Params: c.net.Params()}.Record(c.loss(y, t), y[0])
	if err != nil {
		return nil, err
	}
	n.find()
	n.grid = grid(n.view, cells(len(n.program.Params())), 3)
	n.batch = n.program.Batch(max(len(n.grid)/3, len(c.points)), 1)
	for i, x := range c.data.X {
		n.samples = append(append(n.samples, x...), c.data.T[i]...)
	}
	loss := n.evaluate()
	if !(loss < mostLoss) {
		return nil, fmt.Errorf("the loss before training is %.3g; want initial weights and biases that are smaller",
			loss)
	}
	n.curve.add(0, loss)
	n.next, n.stop = iter.Pull(n.train)
	return n, nil
}

// train is the coroutine.
func (n *session) train(yield func(struct{}) bool) {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	err := train.Run(ctx, train.Config{
		Net: n.net, Loss: n.loss, Data: n.data, Optimizer: n.optimizer(), Batch: n.config.batch, Epochs: forever,
		Seed: n.seed, Workers: 1, Callback: func(s train.State) {
			n.at = s
			if s.Batch == s.Batches && isRound(s.Epoch) {
				n.note()
			}
			if n.more.spent(s, n.config.stop) && !yield(struct{}{}) {
				cancel()
			}
		},
	})
	if ctx.Err() == nil {
		n.fail = err
	}
}

// run trains until a limit is reached, or until training fails.
func (n *session) run(l limit) {
	if n.fail == nil {
		n.more = l
		n.next()
	}
	if n.fail == nil {
		n.at.Store()
	}
}

// isRound reports whether an epoch is one of those whose losses a program prints that is copied: 1 to 10,
// the tens up to 100, the hundreds up to 1,000, and so on.
func isRound(epoch int) bool {
	for epoch >= 10 && epoch%10 == 0 {
		epoch /= 10
	}
	return epoch < 10
}

// note adds the loss of the network as it is to the curve.
func (n *session) note() {
	n.curve.add(n.epochs(), n.evaluate())
}

// epochs returns how many epochs have passed, as a fraction if one is not over.
func (n *session) epochs() float64 {
	if n.at.Epoch == 0 {
		return 0
	}
	return float64(n.at.Epoch-1) + float64(n.at.Batch)/float64(n.at.Batches)
}

// evaluate returns the mean loss over all points, of the network as it is.
func (n *session) evaluate() float64 {
	n.program.Load()
	return mean(n.batch.Forward(n.samples))
}

// mean returns the mean of the losses among the outputs.
func mean(outputs []float64) float64 {
	sum := 0.0
	for i := 0; i < len(outputs); i += 2 {
		sum += outputs[i]
	}
	return sum / float64(len(outputs)/2)
}

// total returns a loss with the L2 term, as examples/moons does.
func (n *session) total(loss float64) float64 {
	for _, p := range n.program.Numbers() {
		loss += float64(n.l2 * p * p)
	}
	return loss
}

// score returns how sure the network is of the positive class, from −1 to 1, given its output. It is 0 on
// the boundary.
func (n *session) score(y float64) float64 {
	if n.logits() {
		return math.Tanh(y / 2) // 2σ(y) − 1
	}
	middle, half := (n.targets[0]+n.targets[1])/2, (n.targets[1]-n.targets[0])/2
	return max(-1, min(1, (y-middle)/half))
}

// A curve holds losses by epoch: all at first and, when there are too many, every second one.
type curve struct{ epochs, losses []float64 }

const (
	mostCurve = 500
	mostLoss  = 1e300 // a larger one is not drawn, nor NaN
)

func (c *curve) add(epoch, loss float64) {
	last := len(c.epochs) - 1
	if !(loss < mostLoss) || last >= 0 && c.epochs[last] >= epoch {
		return
	}
	c.epochs, c.losses = append(c.epochs, epoch), append(c.losses, loss)
	if len(c.epochs) < mostCurve {
		return
	}
	kept := curve{}
	for i := 0; i < len(c.epochs); i += 2 {
		kept.epochs, kept.losses = append(kept.epochs, c.epochs[i]), append(kept.losses, c.losses[i])
	}
	*c = kept
}
