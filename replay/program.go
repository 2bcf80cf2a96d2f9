package replay

import (
	"fmt"

	"gonum.org/v1/gonum/floats"

	"github.com/gradus-go/gradus"
)

// A Program computes what a graph computed, for other inputs and other parameters, and the
// gradients. It is made by [Record].
//
// A Program belongs to one goroutine at a time, and so does the [Batch] made from it.
type Program struct {
	code    []inst
	graph   *graph
	inputs  int
	outputs []int32 // places in v

	layout
	machine
	data, grad []float64       // of the parameters, parts of mat and v, and of gmat and g
	params     []*gradus.Value // in the order of data
	index      map[*gradus.Value]int
	stale      [][2]int32 // the parts of gmat that no instruction sets
	kept       [][2]int32 // the parts of data in mat that Descend updates from their gradients
	parts      []part
	inputGrads bool
	busy, ran  bool
	foreign    bool // some function has no opcode: it may be the caller's own, and panic
}

// A layout says where in the memory of a machine what lies: in mat, and then in v.
type layout struct {
	constMat, nmat          int32 // constants in mat end, mat ends
	loose, consts, temp, nv int32 // in v: parameters, constants, inputs, what is computed end
	widest                  int32 // the most operands of a function of any number of numbers
}

// A machine is the memory in which a program runs: the numbers, and their gradients.
type machine struct {
	mat, v, gmat, g []float64
	samples, stride int       // v and g hold so many samples, so far apart
	rate            float64   // of Descend; 0 otherwise
	scaled          []float64 // -rate times the gradients of a few rows
	x, dx           []float64 // operands of a function without an opcode, and its derivatives
}

// program puts the code and its memory together.
func (l *lowering) program(inputGrads bool) *Program {
	p := &Program{
		graph: l.graph, inputs: l.inputs, inputGrads: inputGrads, code: l.code,
		layout: layout{
			constMat: l.constMat, nmat: l.nmat, loose: l.loose - l.nmat,
			consts: l.consts - l.nmat, temp: l.temp - l.nmat, nv: l.kept - l.nmat, widest: 2,
		},
		params: make([]*gradus.Value, l.params), index: make(map[*gradus.Value]int, l.params),
	}
	memory, gradients := make([]float64, l.next), make([]float64, l.next)
	p.mat, p.gmat = memory[:l.nmat:l.nmat], gradients[:l.nmat:l.nmat]
	p.v, p.g = memory[l.nmat:], gradients[l.nmat:]
	end := int(l.constMat) + l.params
	p.data, p.grad = memory[l.constMat:end:end], gradients[l.constMat:end:end]
	for i, r := range l.role {
		switch at := l.slot[i]; r {
		case param:
			p.params[at-l.constMat] = l.values[i-l.inputs]
		case constant:
			memory[at] = l.data[i]
		}
	}
	for i, v := range p.params {
		p.index[v] = i
	}
	for _, i := range l.outputs {
		p.outputs = append(p.outputs, l.slot[i]-l.nmat)
	}
	p.samples, p.stride = 1, len(p.v)
	owner := l.setters()
	p.stale = stretches(owner, func(o uint8) bool { return o&^many != setter })
	p.kept = stretches(owner[l.constMat:], func(o uint8) bool { return o != setter })
	p.parts, p.scaled = l.parts(), make([]float64, descendRows)
	l.address()
	for i := range p.code {
		p.widest = max(p.widest, int32(len(p.code[i].index)))
		p.foreign = p.foreign || opUnary <= p.code[i].code && p.code[i].code <= opNary
	}
	p.x, p.dx = make([]float64, p.widest), make([]float64, p.widest)
	return p
}

// Params returns the parameters, in the order of [Program.Data] and [Program.Grad]. The
// order is the program's own: it lays the rows of a matrix side by side. The slice is the
// program's; read it only.
func (p *Program) Params() []*gradus.Value { return p.params }

// Index returns the place of a parameter in [Program.Params].
//
// It panics if v is no parameter of the program.
func (p *Program) Index(v *gradus.Value) int {
	i, ok := p.index[v]
	if !ok {
		panic(fmt.Sprintf("replay: Index: the Value (%v) is none of the program's %d parameters", v, len(p.params)))
	}
	return i
}

// Data returns the numbers of the parameters, in place: to write them is to change what
// Forward computes with.
func (p *Program) Data() []float64 { return p.data }

// Grad returns the gradients of the parameters, in place. Backward sets them afresh.
func (p *Program) Grad() []float64 { return p.grad }

// Load takes the numbers of the parameters from their Values. Record has done so once.
func (p *Program) Load() {
	for i, v := range p.params {
		p.data[i] = v.Data
	}
}

// Store writes the numbers of the parameters to their Values. It leaves Grad alone.
func (p *Program) Store() {
	for i, v := range p.params {
		v.Data = p.data[i]
	}
}

// Forward computes the outputs for new inputs, and returns the first.
//
// It panics if the number of inputs is not that of the recording, and, where it can tell, if
// another goroutine is using the program.
func (p *Program) Forward(inputs ...float64) float64 {
	if len(inputs) != p.inputs {
		panic(fmt.Sprintf("replay: Forward: got %d inputs, want %d", len(inputs), p.inputs))
	}
	p.enter("Forward")
	if p.foreign {
		defer p.leave()
	}
	copy(p.v[p.consts:p.temp], inputs)
	p.forward(p.code)
	p.busy, p.ran = false, true
	return p.v[p.outputs[0]]
}

// Output returns output k as of the last Forward.
//
// It panics if there is no such output.
func (p *Program) Output(k int) float64 {
	if k < 0 || k >= len(p.outputs) {
		panic(fmt.Sprintf("replay: Output: there is no output %d, want 0 to %d", k, len(p.outputs)-1))
	}
	return p.v[p.outputs[k]]
}

// Backward computes the gradients of the first output at the numbers of the last Forward.
// Given a seed for every output, it computes those of Σ seed·output: a vector-Jacobian
// product. Without seeds the other outputs cannot turn anything into NaN.
//
// It panics if Forward has not run, if the number of seeds is neither 0 nor that of the
// outputs, and, where it can tell, if another goroutine is using the program.
func (p *Program) Backward(seeds ...float64) {
	p.checkSeeds(seeds)
	if !p.ran {
		panic("replay: Backward: there is nothing to differentiate, want a Forward before")
	}
	p.enter("Backward")
	if p.foreign {
		defer p.leave()
	}
	for _, s := range p.stale {
		clear(p.gmat[s[0]:s[1]])
	}
	all := p.seed(&p.machine, seeds)
	p.backward(p.code, all)
	p.leave()
}

// Descend is Backward and a step of gradient descent: Data −= rate·gradient. It gives the
// numbers that a loop over [Program.Data] and [Program.Grad] would, up to a rounding, and is
// faster for large matrices, whose gradients it need not keep: after it, what Grad holds is
// of no use.
//
// It panics as Backward does.
func (p *Program) Descend(rate float64) {
	p.rate = rate
	defer func() { p.rate = 0 }()
	p.Backward()
	for _, s := range p.kept {
		floats.AddScaled(p.data[s[0]:s[1]], -rate, p.grad[s[0]:s[1]])
	}
	loose := int(p.nmat - p.constMat)
	floats.AddScaled(p.data[loose:], -rate, p.grad[loose:])
}

// InputGrad returns the gradients of the inputs as of the last Backward, in place.
//
// It panics if the recorder's InputGrads was not set.
func (p *Program) InputGrad() []float64 {
	p.mustHaveInputGrads()
	return p.g[p.consts:p.temp]
}

func (p *Program) mustHaveInputGrads() {
	if !p.inputGrads {
		panic("replay: InputGrad: the program was recorded without, want Recorder.InputGrads")
	}
}

// enter notes that the program runs, leave that it does no more.
func (p *Program) enter(where string) {
	if p.busy {
		panic("replay: " + where + ": the program is running already, want one goroutine at a time")
	}
	p.busy = true
}

func (p *Program) leave() { p.busy = false }

func (p *Program) checkSeeds(seeds []float64) {
	if len(seeds) != 0 && len(seeds) != len(p.outputs) {
		panic(fmt.Sprintf("replay: Backward: got %d seeds, want none or %d, one for each output",
			len(seeds), len(p.outputs)))
	}
}

// seed clears the gradients in v and sets those of the outputs. It reports whether others
// than the first are differentiated.
func (p *Program) seed(m *machine, seeds []float64) (all bool) {
	clear(m.g[:p.loose])
	if p.inputGrads {
		clear(m.g[p.consts:p.temp])
	}
	clear(m.g[p.temp:p.nv])
	if len(seeds) == 0 {
		m.g[p.outputs[0]] = 1
		return false
	}
	for k, seed := range seeds {
		m.g[p.outputs[k]] += seed
		all = all || k > 0 && seed != 0
	}
	return all
}
