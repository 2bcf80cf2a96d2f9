package model

import (
	"gonum.org/v1/gonum/floats"

	"github.com/gradus-go/gradus"
)

// A Model is a network whose loss is computed in plain Go by Step, and with gradus by Loss.
type Model interface {
	// Step computes the loss and its gradient for the next sample. After the last comes the first again.
	Step()
	// Loss returns the loss of a sample with the inputs x. p are the parameters.
	Loss(s Style, p, x []*gradus.Value) *gradus.Value
	// Numbers returns the numbers that all ways to compute the model have in common.
	Numbers() *Data
}

// Data has the numbers of a model.
type Data struct {
	P, G   []float64 // parameters, and their gradient after the last step, in one order
	Blocks []int     // how many parameters each matrix has
	Each   int       // the number of inputs of a sample
	X      []float64 // the inputs of all samples
	Out    float64   // the loss of the last step

	next int // the sample that the next step takes
}

// Numbers returns d.
func (d *Data) Numbers() *Data { return d }

// Samples returns the number of samples.
func (d *Data) Samples() int { return len(d.X) / d.Each }

// sample returns the inputs of the next sample.
func (d *Data) sample() []float64 {
	x := d.X[d.next*d.Each:][:d.Each]
	if d.next++; d.next == d.Samples() {
		d.next = 0
	}
	return x
}

// Sum makes a step with each sample and returns the sums of the losses and of the gradients.
func Sum(m Model) (out float64, grad []float64) {
	d := m.Numbers()
	grad = make([]float64, len(d.G))
	for range d.Samples() {
		m.Step()
		out += d.Out
		floats.Add(grad, d.G)
	}
	return out, grad
}

// split cuts p, or G, into matrices with as many numbers as Blocks says.
func split[T any](p []T, blocks []int) (parts [][]T) {
	for _, n := range blocks {
		parts = append(parts, p[:n:n])
		p = p[n:]
	}
	return parts
}

// draw returns n numbers of f for each block.
func draw(blocks []int, f func(block int) float64) (p []float64) {
	for k, n := range blocks {
		for range n {
			p = append(p, f(k))
		}
	}
	return p
}
