package replay

import (
	"fmt"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/replay/internal/machine"
)

// A store has the parameters of a program, or of several that share them: first those that lie in Mat.
type store struct {
	params     []*gradus.Value
	index      map[*gradus.Value]int // of params, from the first Index on
	data, grad []float64
	graded     bool // grad is what Backward or a Batch has left
	busy       bool // a program is running
	steps      int  // how often Descend has changed data
}

// Record records another graph of the same parameters, as p was recorded but for the inputs. The new program
// and p share the numbers of the parameters and their gradients, and nothing of the matrices is copied. So a
// model that has a graph for each length of its input, say, has a program for each, and one slice of numbers
// for an optimiser to change:
//
//	p8, err := p7.Record(loss8, x8...)
//	…
//	p7.Forward(inputs7...)
//	p7.Backward()
//	step(p7.Numbers(), p7.Gradient())
//	p8.Forward(inputs8...) // with the new numbers
//	p8.Backward()          // p8.Gradient() is p7.Gradient(), and has other numbers now
//
// The parameters, their numbers, gradients and order are the same for both, Load and Store are for both, and
// what outputs they have is their own. Backward, and GradSum and GradMean of a [Batch], overwrite the
// gradients, whichever program they were of: add up those of several programs in a slice of your own. A
// parameter that a graph does not use has the gradient 0.
//
// Programs that share parameters count as one: they belong to one goroutine at a time.
//
// The first program decides how the parameters lie in memory. Record the graph first that uses most of them.
//
// It returns the errors of [Recorder.Record], and an error that names the Value if a leaf is neither an
// input, a parameter of p nor a constant. [Recorder].Share does the same for several outputs or with other
// options.
func (p *Program) Record(out *gradus.Value, inputs ...*gradus.Value) (*Program, error) {
	p.mustBeRecorded("Record")
	r := p.options
	r.Inputs, r.Share = inputs, p
	return r.Record(out)
}

// share takes the parameters of Share.
func (r *Recorder) share() error {
	switch {
	case r.Share.code == nil:
		return fmt.Errorf("replay: Share is a zero Program, want one that Record returned")
	case r.Params != nil:
		return fmt.Errorf("replay: there are both Params and Share, want one of them")
	}
	r.Params = r.Share.params
	return nil
}

// own makes a store of the parameters' memory.
func (p *Program) own() {
	n, params := p.code.Layout.MatLen(), p.code.Layout.AllParams()
	gradients := machine.Aligned(0, len(p.code.Memory))
	p.run.Mat, p.run.GMat = p.code.Memory[:n:n], gradients[:n:n]
	p.run.V, p.run.G = p.code.Memory[n:], gradients[n:]
	p.store = &store{
		params: make([]*gradus.Value, len(p.graph.values)),
		data:   params.Of(p.code.Memory), grad: params.Of(gradients),
	}
	for i, v := range p.graph.values {
		node := p.graph.Inputs + i
		k := p.code.Slots[node] - params.Start
		p.params[k], p.data[k] = v, p.graph.Data[node]
	}
}

// share takes the store of another program.
func (p *Program) share(s *store) {
	n := p.inMat()
	p.store, p.shared = s, true
	p.run.Mat, p.run.GMat = s.data[:n:n], s.grad[:n:n]
	p.run.V, p.run.G = p.code.Memory, machine.Aligned(p.code.Layout.MatLen(), len(p.code.Memory))
}

// inMat returns how many of the parameters lie in Mat.
func (p *Program) inMat() int { return p.code.Layout.MatParams.Len() }

// fetch copies the parameters that V has from the store, if they are not in the same memory.
func (p *Program) fetch() {
	if p.shared {
		copy(p.code.Layout.Params.Of(p.run.V), p.data[p.inMat():])
	}
}

// deliver copies the gradients of the parameters that V has to the store, if they are not in the same memory.
func (p *Program) deliver() {
	if p.shared {
		copy(p.grad[p.inMat():], p.code.Layout.Params.Of(p.run.G))
	}
}
