package train

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/internal/sorting"
	"github.com/gradus-go/gradus/nn"
	"github.com/gradus-go/gradus/replay"
)

// replayed computes a batch with a recording of the network and its loss.
type replayed struct {
	data    Data
	graph   func(row int) (inputs, outputs []*gradus.Value)
	program *replay.Program
	batch   *replay.Batch
	inputs  []float64  // of a batch: of each sample the inputs and then the targets
	loss    [1]float64 // of a batch of one sample
}

func newReplayed(c Config) (*replayed, error) {
	graph := func(row int) (inputs, outputs []*gradus.Value) {
		x, t := gradus.Values(c.Data.X[row]), gradus.Values(c.Data.T[row])
		return append(x, t...), []*gradus.Value{c.Loss(c.Net.Forward(x...), t)}
	}
	p, err := record(c.Net, len(c.Data.X), graph)
	if err != nil {
		return nil, err
	}
	most := min(c.Batch, len(c.Data.X))
	width := len(c.Data.X[0]) + len(c.Data.T[0])
	return &replayed{
		data: c.Data, graph: graph, program: p, batch: p.Batch(most, c.Workers),
		inputs: make([]float64, 0, most*width),
	}, nil
}

func (r *replayed) gradient(samples []int) []float64 {
	r.gather(samples)
	if len(samples) == 1 { // for 784-30-10 this takes 6 µs, and a batch of one 9 µs
		r.loss[0] = r.program.Forward(r.inputs...)
		r.program.Backward()
		return r.loss[:]
	}
	return r.batch.GradMean(r.inputs)
}

// gather copies the numbers of the samples to inputs.
func (r *replayed) gather(samples []int) {
	r.inputs = r.inputs[:0]
	for _, i := range samples {
		r.inputs = append(append(r.inputs, r.data.X[i]...), r.data.T[i]...)
	}
}

// compare returns an error that names the row if its graph is not the one that was recorded.
func (r *replayed) compare(row int) error {
	inputs, outputs := r.graph(row)
	return compare(r.program, inputs, outputs, "graph of row %d", row)
}

func (r *replayed) values() []*gradus.Value { return r.program.Params() }
func (r *replayed) params() []float64       { return r.program.Data() }
func (r *replayed) grad() []float64         { return r.program.Grad() }
func (r *replayed) store()                  { r.program.Store() }

// compared is how many rows record compares with the recording. It overlooks an if that goes the
// other way for half of the rows once in 2³² times. To build 32 graphs takes about as long as to
// record one.
const compared = 32

// record records the graph of row 0. It returns an error if it would freeze
// a number that may change, or if it finds a row that has another graph.
func record(
	net *nn.MLP, rows int, graph func(row int) (inputs, outputs []*gradus.Value),
) (*replay.Program, error) {
	if err := checkActivations(net); err != nil {
		return nil, err
	}
	inputs, first := graph(0)
	p, err := replay.Recorder{Inputs: inputs, Params: net.Params()}.Record(first...)
	if err != nil {
		return nil, err
	}
	random := rand.New(rand.NewPCG(1, 0)).Perm(rows)
	for i, row := range random[:min(compared, rows)] {
		inputs, outputs := graph(row)
		if err := compare(p, inputs, outputs, "graph of row %d", row); err != nil {
			return nil, err
		}
		if i == 0 {
			if v := captured(net.Params(), first, outputs); v != nil {
				return nil, fmt.Errorf("a loss or an activation uses a leaf (%v) that is not a parameter of the "+
					"network, so that nothing trains it, and a recording would keep its number; make it a constant "+
					"with gradus.Const, or set Eager if it changes", v)
			}
		}
	}
	return p, nil
}

// compare returns an error if a graph is not the one that was recorded. It names the graph by what: the
// graph of row 3.
func compare(p *replay.Program, inputs, outputs []*gradus.Value, what string, args ...any) error {
	if slices.Contains(outputs, nil) {
		return fmt.Errorf("the %s is nil, want a Value", fmt.Sprintf(what, args...))
	}
	if agrees(p, inputs, outputs) {
		return nil
	}
	if err := p.Check(outputs, inputs...); err != nil {
		return fmt.Errorf("the %s differs from what was recorded, as it does when an if on Data decides how to "+
			"build the graph; use gradus.Where in place of the if, or set Eager: %w", fmt.Sprintf(what, args...), err)
	}
	return nil
}

// captured returns a leaf that the graphs of two samples share and that is neither an input nor a
// parameter nor a constant, or nil. A loss or an activation of the caller's has it from elsewhere, so
// that its number may change; a recording would keep it. A leaf that is made anew for each graph is
// as good as a constant.
func captured(params []*gradus.Value, first, second []*gradus.Value) *gradus.Value {
	sorting.Lock.Lock()
	defer sorting.Lock.Unlock()
	known, shared := map[*gradus.Value]bool{}, map[*gradus.Value]bool{}
	for _, v := range params {
		known[v] = true
	}
	for _, v := range gradus.Topo(first...) {
		if v.Op() == nil && !v.IsConst() && !known[v] {
			shared[v] = true
		}
	}
	for _, v := range gradus.Topo(second...) {
		if shared[v] {
			return v
		}
	}
	return nil
}

// agrees reports whether the program computes about the same outputs as the graph. If it does not,
// Program.Check tells whether the graph is another one, which takes much longer.
func agrees(p *replay.Program, inputs, outputs []*gradus.Value) bool {
	numbers := make([]float64, len(inputs))
	for i, v := range inputs {
		numbers[i] = v.Data
	}
	p.Forward(numbers...)
	for k, y := range outputs {
		if !(math.Abs(p.Output(k)-y.Data) <= 1e-9*math.Abs(y.Data)) {
			return false
		}
	}
	return true
}
