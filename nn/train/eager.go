package train

import (
	"cmp"
	"fmt"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/nn/internal/unlisted"
)

// eager computes a batch sample by sample, with a graph for each, forward and then backward. The
// gradients add up in the Grad of the parameters.
type eager struct {
	Config
	builder         builder
	parameters      []*gradus.Value
	data, gradients []float64
	losses          []float64
	tape            tape
	kept
}

func newEager(c Config) *eager {
	e := &eager{Config: c, builder: c.builder(), parameters: leaves(c.Net)}
	e.builder.leaves = e.tape.leaves
	for _, v := range e.parameters {
		e.data = append(e.data, v.Data)
	}
	e.gradients = make([]float64, len(e.data))
	e.keep(e.parameters)
	return e
}

// checkListed returns an error if a leaf that is neither a parameter nor in a mask is not made anew when the
// graph of a row is built again, or if what is computed from a parameter is not. It looks at as many rows as
// record does, since graphs may differ.
func (c Config) checkListed() error {
	b := c.builder()
	known := append(b.masks.values(), leaves(c.Net)...)
	for _, row := range someRows(len(c.Data.X)) {
		one, two := b.build(c.Data, row).loss, b.build(c.Data, row).loss
		if one == nil || two == nil {
			continue // which is an error later
		}
		v := cmp.Or(unlisted.Captured(known, []*gradus.Value{one}, []*gradus.Value{two}))
		if v != nil {
			return unlisted.Error(c.Net, v)
		}
	}
	return nil
}

func (e *eager) gradient(epoch int, samples []int) []float64 {
	e.store() // the optimiser has updated data
	zeroGrad(e.parameters)
	defer e.builder.masks.off()
	e.losses = e.losses[:0]
	for _, row := range samples {
		e.builder.masks.set(sample{epoch, row})
		loss := e.loss(e.Data, row)
		loss.Backward()
		e.losses = append(e.losses, loss.Data)
	}
	for i, v := range e.parameters {
		e.gradients[i] = v.Grad / float64(len(samples))
	}
	return e.losses
}

// A tape is memory for one graph after the other.
type tape struct{ gradus.Tape }

func (t *tape) leaves(numbers []float64) []*gradus.Value {
	leaves := make([]*gradus.Value, len(numbers))
	for i, x := range numbers {
		leaves[i] = t.New(x)
	}
	return leaves
}

// loss builds the graph of a row in the memory of the one before.
func (e *eager) loss(d Data, row int) *gradus.Value {
	e.tape.Reset()
	loss := e.builder.build(d, row).loss
	if loss == nil {
		panic(fmt.Sprintf("train: the Loss returned nil for the row X[%d], want a Value", row))
	}
	return loss
}

func (e *eager) validate() float64 {
	sum := 0.0
	for row := range e.Validation.X {
		sum += e.loss(e.Validation, row).Data
	}
	return sum / float64(len(e.Validation.X))
}

func (e *eager) compare(int) error { return nil } // there is no recording

func (e *eager) values() []*gradus.Value { return e.parameters }
func (e *eager) params() []float64       { return e.data }
func (e *eager) grad() []float64         { return e.gradients }

func (e *eager) store() {
	e.look(e.parameters)
	for i, v := range e.parameters {
		v.Data = e.data[i]
	}
	e.keep(e.parameters)
}

func (e *eager) changed() *gradus.Value {
	e.look(e.parameters)
	return e.other
}
