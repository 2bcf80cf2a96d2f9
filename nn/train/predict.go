package train

import (
	"fmt"
	"slices"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/nn"
	"github.com/gradus-go/gradus/replay"
)

// predictBatch is how many samples Predict computes at a time: enough for all goroutines to
// have several chunks.
const predictBatch = 1024

// Predict returns the outputs of the network for every row of inputs.
//
// Many rows are computed by a recording, on all cores. A few, and those of a network that
// cannot be replayed, are computed by [nn.MLP.Forward], which may round sums otherwise.
//
// It returns an error that names the row if one has not as many numbers as the network has
// inputs.
func Predict(net *nn.MLP, x [][]float64) ([][]float64, error) {
	if err := checkRows("inputs", x, net.Inputs()); err != nil {
		return nil, fmt.Errorf("train: %w", err)
	}
	graph := func(row int) (inputs, outputs []*gradus.Value) {
		inputs = gradus.Values(x[row])
		return inputs, net.Forward(inputs...)
	}
	if len(x) > compared {
		if p, err := record(net, len(x), graph); err == nil {
			return replayAll(p, x), nil
		}
	}
	outputs := make([][]float64, len(x))
	for i := range x {
		_, y := graph(i)
		for _, v := range y {
			outputs[i] = append(outputs[i], v.Data)
		}
	}
	return outputs, nil
}

// replayAll returns the outputs of a program for every row of inputs.
func replayAll(p *replay.Program, x [][]float64) [][]float64 {
	outputs := make([][]float64, 0, len(x))
	size := min(predictBatch, len(x))
	batch, inputs := p.Batch(size, 0), make([]float64, 0, size*len(x[0]))
	for rows := range slices.Chunk(x, predictBatch) {
		inputs = inputs[:0]
		for _, row := range rows {
			inputs = append(inputs, row...)
		}
		y := slices.Clone(batch.Forward(inputs))
		outputs = slices.AppendSeq(outputs, slices.Chunk(y, len(y)/len(rows)))
	}
	return outputs
}
