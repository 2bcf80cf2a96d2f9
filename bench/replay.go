package bench

import (
	"fmt"

	"gonum.org/v1/gonum/floats"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/replay"
)

// replay returns the variant that records the expression once, and runs the program in each step.
// If there are several samples, it runs them as a batch on that many workers.
func (e *expression) replay(workers int) (variant, error) {
	x := gradus.Values(e.inputs[:e.each])
	p, err := replay.Recorder{Inputs: x, Params: e.p}.Record(e.build(gradus.Const, x))
	if err != nil {
		return variant{}, fmt.Errorf("bench: %w", err)
	}
	var out float64
	step := func() {
		out = p.Forward(e.inputs...)
		if e.rate != 0 {
			p.Descend(e.rate)
			return
		}
		p.Backward()
	}
	if n := e.samples(); n > 1 || workers > 1 {
		b := p.Batch(n, workers)
		step = func() { out = floats.Sum(b.GradSum(e.inputs)) }
	}
	return variant{name: "replay", step: step, samples: e.samples(), result: func() (result, error) {
		step()
		grad := p.Gradient()
		p.Store()
		for i, v := range p.Params() {
			v.Grad = grad[i]
		}
		r := e.result(out)
		if e.rate != 0 {
			r.grad = nil // Descend does not keep the gradient
		}
		return r, nil
	}}, nil
}
