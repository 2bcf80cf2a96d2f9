package train

import (
	"fmt"

	"github.com/gradus-go/gradus"
)

// eager computes a batch sample by sample, with a graph for each, forward and then backward. The
// gradients add up in the Grad of the parameters.
type eager struct {
	Config
	parameters      []*gradus.Value
	data, gradients []float64
	losses          []float64
	tape            gradus.Tape
}

func newEager(c Config) *eager {
	e := &eager{Config: c, parameters: c.Net.Params()}
	for _, v := range e.parameters {
		e.data = append(e.data, v.Data)
	}
	e.gradients = make([]float64, len(e.data))
	return e
}

func (e *eager) gradient(samples []int) []float64 {
	e.store() // the optimiser has updated data
	zeroGrad(e.parameters)
	e.losses = e.losses[:0]
	for _, i := range samples {
		e.tape.Reset()
		x, t := e.leaves(e.Data.X[i]), e.leaves(e.Data.T[i])
		loss := e.Loss(e.Net.Forward(x...), t)
		if loss == nil {
			panic(fmt.Sprintf("train: the Loss returned nil for row %d, want a Value", i))
		}
		loss.Backward()
		e.losses = append(e.losses, loss.Data)
	}
	for i, v := range e.parameters {
		e.gradients[i] = v.Grad / float64(len(samples))
	}
	return e.losses
}

func (e *eager) leaves(row []float64) []*gradus.Value {
	leaves := make([]*gradus.Value, len(row))
	for i, x := range row {
		leaves[i] = e.tape.New(x)
	}
	return leaves
}

func (e *eager) compare(int) error { return nil } // there is no recording

func (e *eager) values() []*gradus.Value { return e.parameters }
func (e *eager) params() []float64       { return e.data }
func (e *eager) grad() []float64         { return e.gradients }

func (e *eager) store() {
	for i, v := range e.parameters {
		v.Data = e.data[i]
	}
}
