package main

import (
	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/nn/optim"
)

// trainEagerly does what train does, without recordings: it builds the graph of every text, and Backward
// adds up the gradients of a batch in Grad.
func (t *trainer) trainEagerly(
	texts [][]float64, o optim.Optimizer, from, to, batch int, done func(loss float64) error,
) error {
	params := t.shared.Params() // in the order in which the optimiser sees them in every mode
	data, grad := numbers(params), make([]float64, len(params))
	for step := from; step < to; step++ {
		mean := 0.0
		for i := range batch {
			loss := t.loss(gradus.Values(texts[(step*batch+i)%len(texts)])).Div(batch)
			loss.Backward()
			mean += loss.Data
		}
		for k, p := range params {
			grad[k] = p.Grad
		}
		o.Step(data, grad)
		for k, p := range params {
			p.Data, p.Grad = data[k], 0
		}
		if err := done(mean); err != nil {
			return err
		}
	}
	return nil
}
