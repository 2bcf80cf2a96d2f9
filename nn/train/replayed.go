package train

import (
	"cmp"
	"errors"
	"math/rand/v2"
	"slices"
	"sync"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/internal/kernel"
	"github.com/gradus-go/gradus/nn"
	"github.com/gradus-go/gradus/nn/internal/unlisted"
	"github.com/gradus-go/gradus/replay"
)

// replayed computes a batch with a recording of the network and its loss.
type replayed struct {
	Config
	builder builder
	tape    tape
	program *replay.Program
	batch   *replay.Batch
	epoch   int
	samples []int          // of the batch
	rows    [][2][]float64 // the inputs and the targets of each of the samples
	drawing sync.Mutex
	fill    func(sample int, x []float64) // gather, which is made once
	inputs  []float64                     // what the graphs of samples begin with
	loss    [1]float64                    // of a batch of one sample

	validation *replay.Batch // nil until it is needed
	kept
}

func newReplayed(c Config) (*replayed, error) {
	r := &replayed{Config: c, builder: c.builder()}
	p, err := record(c.Net, len(c.Data.X), r.graph, r.fleeting)
	if err != nil {
		return nil, err
	}
	if err := r.compareValidation(p); err != nil {
		return nil, err
	}
	r.program, r.batch, r.fill = p, p.Batch(min(c.Batch, len(c.Data.X)), c.Workers), r.gather
	r.keep(p.Params())
	return r, nil
}

func (r *replayed) graph(row int) recordable { return r.builder.recordable(r.Data, row) }

// compareValidation compares rows of Validation with the recording, as record does those of Data: an if may
// go the other way for these alone.
func (r *replayed) compareValidation(p *replay.Program) error {
	for _, row := range someRows(len(r.Validation.X)) {
		g := r.builder.recordable(r.Validation, row)
		if err := compare(p, g, "graph of Validation.X[%d]", row); err != nil {
			return err
		}
	}
	return nil
}

// fleeting is graph in the memory of the one before.
func (r *replayed) fleeting(row int) recordable {
	r.tape.Reset()
	b := r.builder
	b.leaves = r.tape.leaves
	return b.recordable(r.Data, row)
}

func (r *replayed) gradient(epoch int, samples []int) []float64 {
	if len(samples) == 1 { // for 784-30-10 this takes 6 µs, and a batch of one 9 µs
		r.inputs = r.builder.numbers(r.inputs[:0], r.Data, sample{epoch, samples[0]})
		r.loss[0] = r.program.Forward(r.inputs...)
		r.program.Backward()
		return r.loss[:]
	}
	r.begin(epoch, samples)
	return r.batch.GradMeanFunc(len(samples), r.fill)
}

// begin sets the batch that gather gathers. It looks up the slices of all rows, which lie in no order: looked
// up later, each would have to be waited for.
func (r *replayed) begin(epoch int, samples []int) {
	r.epoch, r.samples, r.rows = epoch, samples, r.rows[:0]
	for _, s := range samples {
		r.rows = append(r.rows, [2][]float64{r.Data.X[s], r.Data.T[s]})
	}
}

// gather sets x to the numbers of a sample of the batch. Several goroutines call it at once; masks have one
// generator for all.
func (r *replayed) gather(i int, x []float64) {
	if len(r.builder.masks.list) > 0 {
		r.drawing.Lock()
		defer r.drawing.Unlock()
	}
	if i+1 < len(r.samples) { // to come in time from where it lies, far from this one
		kernel.Fetch(r.rows[i+1][0])
		kernel.Fetch(r.rows[i+1][1])
	}
	r.builder.numbers(x[:0], r.Data, sample{r.epoch, r.samples[i]})
}

func (r *replayed) validate() float64 {
	if r.validation == nil {
		r.validation = r.program.Batch(min(predictBatch, len(r.Validation.X)), r.Workers)
	}
	sum := 0.0
	for first := 0; first < len(r.Validation.X); first += predictBatch {
		r.inputs = r.inputs[:0]
		for row := first; row < min(first+predictBatch, len(r.Validation.X)); row++ {
			r.inputs = r.builder.numbers(r.inputs, r.Validation, sample{row: row})
		}
		for _, loss := range r.validation.Forward(r.inputs) {
			sum += loss
		}
	}
	return sum / float64(len(r.Validation.X))
}

// compare returns an error that names the row if its graph is not the one that was recorded.
func (r *replayed) compare(row int) error {
	return compare(r.program, r.graph(row), "graph of Data.X[%d]", row)
}

func (r *replayed) values() []*gradus.Value { return r.program.Params() }
func (r *replayed) params() []float64       { return r.program.Numbers() }
func (r *replayed) grad() []float64         { return r.program.Gradient() }

func (r *replayed) store() {
	r.look(r.values())
	r.program.Store()
	r.keep(r.values())
}

func (r *replayed) changed() *gradus.Value {
	r.look(r.values())
	return r.other
}

// compared is how many rows record compares with the recording. It overlooks an if that goes the
// other way for half of the rows once in 2³² times. To build 32 graphs takes about as long as to
// record one.
const compared = 32

// someRows returns that many of n rows, drawn at random, or all if there are no more. They are the same each
// time. To draw an order of all, of which the first would do, would take a millisecond for 60,000.
func someRows(n int) (rows []int) {
	rng := rand.New(rand.NewPCG(1, 0))
	if n <= compared {
		return rng.Perm(n)
	}
	for len(rows) < compared {
		if row := rng.IntN(n); !slices.Contains(rows, row) {
			rows = append(rows, row)
		}
	}
	return rows
}

// record records the graph of row 0. A fleeting graph is the same in the memory of the one before, which
// takes half the time. It returns an error if it would freeze
// a number that may change, or if it finds a row that has another graph.
func record(net nn.Model, rows int, graph, fleeting func(row int) recordable) (*replay.Program, error) {
	if m, ok := net.(*nn.MLP); ok {
		if err := checkActivations(m); err != nil {
			return nil, err
		}
	}
	parameters := leaves(net)
	known := append(newMasks(net, 0).values(), parameters...)
	first := graph(0)
	if len(first.inputs) == 0 {
		return nil, errors.New("the rows have no numbers, so that a recording has no inputs; set Eager, or give " +
			"each row an input")
	}
	p, err := replay.Recorder{Inputs: first.inputs, Params: parameters}.Record(first.outputs...)
	if err != nil {
		return nil, err
	}
	for i, row := range someRows(rows) {
		if i == 1 { // the leaves of the first two graphs are compared below
			graph = fleeting
		}
		g := graph(row)
		if err := compare(p, g, "graph of Data.X[%d]", row); err != nil {
			return nil, err
		}
		if i == 0 {
			if v := cmp.Or(unlisted.Captured(known, first.outputs, g.outputs)); v != nil {
				return nil, unlisted.Error(net, v)
			}
		}
	}
	return p, nil
}
