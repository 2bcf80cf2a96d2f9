package train

import (
	"cmp"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/nn"
	"github.com/gradus-go/gradus/nn/internal/params"
	"github.com/gradus-go/gradus/nn/internal/rows"
	"github.com/gradus-go/gradus/nn/internal/unlisted"
	"github.com/gradus-go/gradus/replay"
)

const (
	// predictBatch is how many rows are computed at a time: enough for every goroutine to have
	// several of the pieces into which package replay divides them.
	predictBatch = 1024

	// Once the network is recorded, one row of every checkEvery is compared, but at most
	// checkMost of a call. To build one graph of 784-30-10 takes as long as to compute about 40
	// rows with the recording.
	checkEvery, checkMost = 32, 4
)

// A Predictor computes the outputs of a network for rows of inputs. [NewPredictor] makes one;
// keep it as long as the network is in use.
//
// The network is recorded once, by the first call with more than 32 rows, and from then on the
// recording computes the outputs, on all cores. Until then, and if the network cannot be
// recorded, its Forward computes them. Masks are off. The two may differ in the last digits, since the
// recording may add numbers up in another order.
//
// A recording is wrong for a network whose graph depends on its numbers: one with an activation that
// decides by an if on Data, or one that writes to Data. A network with an activation that uses a Value
// from elsewhere is not recorded. To notice an if, the first call with more than 32 rows tries each
// activation of an [nn.MLP] at many numbers from −1,000 to 1,000, and compares 32 rows with Forward.
// Later calls compare one row of every 32, counted over all calls, but at most 4 rows of a call. If a row
// has another graph, that call and all later ones use Forward.
//
// Several goroutines may call Predict of one Predictor, and then the calls wait for each other, or of
// several Predictors of one network, and then they do not. While a call runs, nothing may change the
// network or differentiate with its parameters.
type Predictor struct {
	net nn.Model
	mu  sync.Mutex // of all that follows

	looked   bool // whether Forward was tried, for what it does not compute anew
	recorded bool // whether that was tried; program is nil if it failed
	program  *replay.Program
	batch    *replay.Batch
	width    int             // the number of inputs
	params   []*gradus.Value // of the network when it was recorded
	shape    string          // its String, if it is an MLP
	phi      []nn.Activation // of its layers, if it is an MLP

	unchecked int // rows since one was compared
	random    *rand.Rand
	inputs    []float64 // of a batch
}

// NewPredictor returns a Predictor for the network.
//
// It returns an error if the network is nil, or if [nn.MLP.Check] does.
func NewPredictor(net nn.Model) (*Predictor, error) {
	if net == nil {
		return nil, errors.New("train: NewPredictor: the network is nil, want one, such as nn.NewMLP returns")
	}
	if err := params.CheckOf(net); err != nil {
		return nil, fmt.Errorf("train: NewPredictor: %w", err)
	}
	return &Predictor{net: net, random: rand.New(rand.NewPCG(1, 0))}, nil
}

// Predict returns the outputs of the network for every row of x. It computes with the numbers
// that the parameters have at the time of the call. If layers, neurons or activations of an MLP were
// exchanged since the last call, or the parameters of a model of your own, it records the network again. If
// another part of a model of your own was, use a new Predictor.
//
// It returns an error that names the row if a row does not have one number for each input of the network, and
// an error if [nn.MLP.Check] does, if a layer refuses the rows by a panic, if Forward returns no Values or
// uses one that was computed from the parameters before, or if NewPredictor did not make the Predictor. A
// model of your own that has no method Inputs takes as many as the first row has, and all rows once it is
// recorded.
func (p *Predictor) Predict(x [][]float64) ([][]float64, error) {
	if p == nil || p.net == nil {
		return nil, errors.New("train: Predict: the Predictor has no network, want one that " +
			"NewPredictor returned")
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.recorded && p.isStale() {
		p.recorded, p.program, p.looked = false, nil, false
	}
	if !p.recorded {
		if err := params.CheckOf(p.net); err != nil {
			return nil, fmt.Errorf("train: Predict: %w", err)
		}
		p.width = params.InputsOf(p.net, x)
	}
	if err := rows.Check("x", "inputs", x, p.width); err != nil {
		return nil, fmt.Errorf("train: Predict: %w", err)
	}
	var wrong error
	y, err := params.Try(func() [][]float64 {
		if wrong = p.look(x); wrong != nil {
			return nil
		}
		if p.isReady(x) {
			return p.replay(x)
		}
		return p.forward(x)
	})
	if err = cmp.Or(err, wrong); err != nil {
		p.recorded, p.program = false, nil // the width may be wrong
		return nil, fmt.Errorf("train: Predict: %w", err)
	}
	return y, nil
}

// look returns an error if Forward returns no outputs, or uses what was computed from the parameters before.
// It tries the first row, once. The layers of an MLP compute everything anew.
func (p *Predictor) look(x [][]float64) error {
	if _, isMLP := p.net.(*nn.MLP); p.looked || isMLP || len(x) == 0 {
		return nil
	}
	known := append(newMasks(p.net, 0).values(), leaves(p.net)...)
	forward := func() []*gradus.Value { // which may return the same slice each time
		return slices.Clone(p.net.Forward(gradus.Values(x[0])...))
	}
	y := forward()
	if len(y) == 0 || slices.Contains(y, nil) {
		return fmt.Errorf("Forward returned %v, want one or more Values", y)
	}
	if _, stale := unlisted.Captured(known, y, forward()); stale != nil {
		return unlisted.Error(p.net, stale)
	}
	p.looked = true
	return nil
}

// isReady records the network if it is time to, or compares rows with the recording. It reports
// whether the recording can compute the outputs for x.
func (p *Predictor) isReady(x [][]float64) bool {
	graph := func(row int) recordable {
		inputs := gradus.Values(x[row])
		outputs := p.net.Forward(slices.Clone(inputs)...) // which may put others into its slice
		return recordable{x[row], inputs, outputs, len(inputs), 0}
	}
	if !p.recorded {
		if len(x) > compared {
			p.record(len(x), graph)
		}
		return p.program != nil
	}
	if p.program == nil {
		return false
	}
	p.program.Load()
	p.unchecked += len(x)
	n := min(p.unchecked/checkEvery, checkMost)
	p.unchecked %= checkEvery
	for range n {
		if compare(p.program, graph(p.random.IntN(len(x))), "row") != nil {
			p.program = nil
			return false
		}
	}
	return true
}

// isStale reports whether the network has been changed in more than its numbers since it was recorded.
// It makes no list of the parameters of an MLP, which would take longer than the rest of a call.
func (p *Predictor) isStale() bool {
	net, ok := p.net.(*nn.MLP)
	if !ok {
		return !slices.Equal(leaves(p.net), p.params)
	}
	if net.String() != p.shape {
		return true
	}
	old := p.params
	for i, l := range net.Layers {
		if !l.Activation.Is(p.phi[i]) {
			return true
		}
		for _, n := range l.Neurons {
			weights := len(n.W)
			if len(old) < weights || !slices.Equal(old[:weights], n.W) {
				return true
			}
			old = old[weights:]
			if n.B == nil {
				continue
			}
			if len(old) == 0 || old[0] != n.B {
				return true
			}
			old = old[1:]
		}
	}
	return len(old) > 0
}

func (p *Predictor) record(rows int, graph func(row int) recordable) {
	p.recorded, p.unchecked = true, 0
	if net, ok := p.net.(*nn.MLP); ok {
		p.remember(net)
	} else {
		p.params = leaves(p.net)
	}
	program, err := record(p.net, rows, graph, graph)
	if err != nil {
		return
	}
	p.program, p.batch = program, program.Batch(predictBatch, 0)
}

// remember notes what isStale compares with an MLP.
func (p *Predictor) remember(net *nn.MLP) {
	p.shape, p.phi, p.params = net.String(), p.phi[:0], p.params[:0]
	for _, l := range net.Layers {
		p.phi = append(p.phi, l.Activation)
		for _, n := range l.Neurons {
			p.params = append(p.params, n.W...)
			if n.B != nil {
				p.params = append(p.params, n.B)
			}
		}
	}
}

// forward computes the outputs without a recording.
func (p *Predictor) forward(x [][]float64) [][]float64 {
	outputs := make([][]float64, len(x))
	for i, row := range x {
		for _, v := range p.net.Forward(gradus.Values(row)...) {
			outputs[i] = append(outputs[i], v.Data)
		}
	}
	return outputs
}

// replay computes the outputs with the recording.
func (p *Predictor) replay(x [][]float64) [][]float64 {
	outputs := make([][]float64, 0, len(x))
	for rows := range slices.Chunk(x, predictBatch) {
		p.inputs = p.inputs[:0]
		for _, row := range rows {
			p.inputs = append(p.inputs, row...)
		}
		y := slices.Clone(p.batch.Forward(p.inputs))
		outputs = slices.AppendSeq(outputs, slices.Chunk(y, len(y)/len(rows)))
	}
	return outputs
}
