package replay

import (
	"fmt"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/internal/kernel"
	"github.com/gradus-go/gradus/replay/internal/compile"
	"github.com/gradus-go/gradus/replay/internal/machine"
)

// A Program computes what a graph computed, for other inputs and other parameters, and its
// gradients. [Record] makes it.
//
// A Program belongs to one goroutine at a time. So does a [Batch], together with its Program.
type Program struct {
	*store
	shared  bool // the store is another program's
	code    *compile.Program
	graph   *graph
	run     *machine.Machine
	options Recorder       // how it was recorded, without the leaves
	cleared []machine.Span // of V: the gradients that start from 0
	cost    float64        // of a sample, forward, in ns or so
	at      int            // the steps of the store at the last Forward, or -1 if it has not run to its end
}

// newProgram makes the memory for the code, with the numbers of the parameters.
func newProgram(g *graph, code *compile.Program, r Recorder) *Program {
	p := &Program{
		code: code, graph: g, run: machine.New(code.Code, 1), options: r, at: -1, cost: code.Cost,
	}
	p.options.Inputs, p.options.Params, p.options.Share = nil, nil, nil
	if r.Share != nil {
		p.share(r.Share.store)
	} else {
		p.own()
	}
	p.run.Stride = len(p.run.V)
	p.cleared = toClear(code, r.InputGrads)
	return p
}

// shortGap is how many gradients that need not be cleared are cleared rather than skipped.
const shortGap = 32

// toClear returns the places in V whose gradients start from 0: those of parameters, of inputs if they are
// wanted, and of what is computed, but for those that nobody reads.
func toClear(code *compile.Program, inputGrads bool) (spans []machine.Span) {
	add := func(start, end int32) {
		if last := len(spans) - 1; last >= 0 && start-spans[last].End <= shortGap {
			spans[last].End = end
		} else {
			spans = append(spans, machine.Span{Start: start, End: end})
		}
	}
	l := &code.Layout
	add(l.Params.Start, l.Params.End)
	if inputGrads {
		add(l.Inputs.Start, l.Inputs.End)
	}
	at := l.Computed.Start
	for _, silent := range code.Silent {
		add(at, silent.Start)
		at = silent.End
	}
	add(at, l.Computed.End)
	return spans
}

// mustBeRecorded panics if the program was not made by Record.
func (p *Program) mustBeRecorded(method string) {
	if p == nil || p.code == nil {
		panic("replay: " + method + ": the Program is nil or zero, want one that Record returned")
	}
}

// Params returns the parameters, in the order of [Program.Numbers] and [Program.Gradient]. The program
// chooses the order so that the rows of a matrix lie side by side: it is not that of [Recorder].Params. The
// slice is the program's own: read it only.
//
// Like all methods of a Program, it panics if the program is nil or zero.
func (p *Program) Params() []*gradus.Value {
	p.mustBeRecorded("Params")
	return p.params
}

// Index returns the place of a parameter in [Program.Params].
//
// It panics if v is not a parameter of the program.
func (p *Program) Index(v *gradus.Value) int { return p.indexOf("Index", v) }

// indexOf is Index for the method of a name.
func (p *Program) indexOf(method string, v *gradus.Value) int {
	p.mustBeRecorded(method)
	if p.index == nil {
		p.index = make(map[*gradus.Value]int, len(p.params))
		for i, v := range p.params {
			p.index[v] = i
		}
	}
	i, ok := p.index[v]
	if !ok {
		panic(fmt.Sprintf("replay: %s: the Value (%v) is not one of the program's %d parameters",
			method, v, len(p.params)))
	}
	return i
}

// Data returns the number of a parameter in the program, with which Forward computes. It may differ from
// v.Data until [Program.Store].
//
// It panics if v is not a parameter of the program.
func (p *Program) Data(v *gradus.Value) float64 { return p.data[p.indexOf("Data", v)] }

// Grad returns the derivative with respect to a parameter that the last Backward has computed. What v.Grad
// holds is another matter: a program does not write it.
//
// It panics if v is not a parameter of the program, or if no gradient has been computed since the program was
// recorded or since the last Descend.
func (p *Program) Grad(v *gradus.Value) float64 {
	k := p.indexOf("Grad", v)
	if !p.graded {
		panic("replay: Grad: there is no gradient, call Backward first; Descend leaves none")
	}
	return p.grad[k]
}

// Numbers returns the numbers of all parameters, in the order of [Program.Params], which is the program's
// own: [Program.Data] returns that of one. They are those that Forward computes with: write them to change
// the parameters.
func (p *Program) Numbers() []float64 {
	p.mustBeRecorded("Numbers")
	return p.data
}

// Gradient returns the derivatives with respect to all parameters, in the order of [Program.Params], which is
// the program's own: [Program.Grad] returns that of one. Each Backward writes them again into the same slice.
func (p *Program) Gradient() []float64 {
	p.mustBeRecorded("Gradient")
	return p.grad
}

// Load copies the numbers of the parameters from their Values into the program. Record has done
// so once.
func (p *Program) Load() {
	p.mustBeRecorded("Load")
	for i, v := range p.params {
		p.data[i] = v.Data
	}
}

// Store copies the numbers of the parameters from the program into their Values. It leaves their
// Grad alone.
func (p *Program) Store() {
	p.mustBeRecorded("Store")
	for i, v := range p.params {
		v.Data = p.data[i]
	}
}

// Forward computes the outputs for new inputs, and returns the first.
//
// It panics if the number of inputs is not that of the recording, and, where it can tell, if
// another goroutine is using the program.
func (p *Program) Forward(inputs ...float64) float64 {
	p.mustBeRecorded("Forward")
	if len(inputs) != p.graph.Inputs {
		panic(fmt.Sprintf("replay: Forward: got %d inputs, want %d", len(inputs), p.graph.Inputs))
	}
	p.enter("Forward")
	if p.code.MayPanic {
		defer p.leave()
	}
	p.at = -1 // until Forward has run to its end
	p.fetch()
	copy(p.code.Layout.Inputs.Of(p.run.V), inputs)
	p.run.Forward(p.code.Code)
	p.busy, p.at = false, p.steps
	return p.run.V[p.code.Outputs[0]]
}

// Output returns output k, counted from 0, as of the last Forward.
//
// It panics if there is no such output, or if Forward has not run, or not to its end.
func (p *Program) Output(k int) float64 {
	p.mustBeRecorded("Output")
	if k < 0 || k >= len(p.code.Outputs) {
		panic(fmt.Sprintf("replay: Output: there is no output %d, want 0 to %d",
			k, len(p.code.Outputs)-1))
	}
	if p.at < 0 {
		panic("replay: Output: there is no output, call Forward first")
	}
	return p.run.V[p.code.Outputs[k]]
}

// Backward computes the gradients of the first output at the numbers of the last Forward. The
// parameters must not have changed since. Given a seed for every output, it computes the
// gradients of Σ seed·output, known as a vector-Jacobian product. Without seeds the other
// outputs have no influence, not even if they are NaN.
//
// It panics if Forward has not run, if the number of seeds is neither 0 nor that of the
// outputs, and, where it can tell, if another goroutine is using the program.
func (p *Program) Backward(seeds ...float64) {
	p.mustBeRecorded("Backward")
	if len(seeds) != 0 && len(seeds) != len(p.code.Outputs) {
		panic(fmt.Sprintf("replay: Backward: got %d seeds, want none or %d, one for each output",
			len(seeds), len(p.code.Outputs)))
	}
	p.differentiate("Backward", seeds)
}

// differentiate is Backward, and the first half of Descend. where is the name of the calling
// method, for the text of a panic.
func (p *Program) differentiate(where string, seeds []float64) {
	if p.at != p.steps {
		panic("replay: " + where + ": there is nothing to differentiate, call Forward first, " +
			"on the same goroutine")
	}
	p.enter(where)
	if p.code.MayPanic {
		defer p.leave()
	}
	p.graded = false // until it has run to its end
	for _, s := range p.code.Stale {
		clear(s.Of(p.run.GMat))
	}
	all := p.seed(p.run, seeds)
	p.run.Backward(p.code.Code, all)
	p.deliver()
	p.graded = true
	p.leave()
}

// Descend is Backward and a step of gradient descent: Data −= rate·gradient. The numbers are those
// of a loop over [Program.Numbers] and [Program.Gradient], up to a rounding. It is faster for large
// matrices, because it need not keep their gradients: after Descend the numbers in Gradient have no
// meaning. The next Descend or Backward needs another Forward.
//
// It panics as Backward does. If a function of your own panics in it, some parameters may have
// been updated.
func (p *Program) Descend(rate float64) {
	p.mustBeRecorded("Descend")
	p.run.Rate = rate
	defer func() { p.run.Rate = 0 }()
	p.differentiate("Descend", nil)
	p.graded = false
	p.steps++ // the outputs are those of other parameters
	for _, s := range p.code.Kept {
		kernel.AddScaled(s.Of(p.data), -rate, s.Of(p.grad))
	}
	inMat := p.inMat()
	kernel.AddScaled(p.data[inMat:], -rate, p.grad[inMat:])
}

// InputGrad returns the gradients of the inputs, in the order of the inputs. Each Backward writes
// them again into the same slice.
//
// It panics if InputGrads of the [Recorder] was not set.
func (p *Program) InputGrad() []float64 {
	p.mustHaveInputGrads()
	return p.code.Layout.Inputs.Of(p.run.G)
}

func (p *Program) mustHaveInputGrads() {
	p.mustBeRecorded("InputGrad")
	if !p.options.InputGrads {
		panic("replay: InputGrad: the program was recorded without it, want Recorder.InputGrads")
	}
}

// enter notes that the program is running. It panics if it is running already.
func (p *Program) enter(where string) {
	if p.busy {
		panic("replay: " + where + ": the program is running already, want one goroutine at a time")
	}
	p.busy = true
}

// leave notes that the program is not running any more.
func (p *Program) leave() { p.busy = false }

// seed clears the gradients in V and sets those of the outputs. It reports whether any output but
// the first is differentiated.
func (p *Program) seed(m *machine.Machine, seeds []float64) (all bool) {
	for _, s := range p.cleared {
		clear(s.Of(m.G))
	}
	if len(seeds) == 0 {
		m.G[p.code.Outputs[0]] = 1
		return false
	}
	for k, seed := range seeds {
		m.G[p.code.Outputs[k]] += seed
		all = all || k > 0 && seed != 0
	}
	return all
}
