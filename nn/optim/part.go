package optim

import (
	"reflect"

	"github.com/gradus-go/gradus"
)

// A Binder is an optimiser that must know which parameters it gets: see [Groups.Bind]. Whoever calls
// Step must call Bind once before, with the parameters in the order of Step. Package train does so.
type Binder interface {
	Optimizer
	Bind(params []*gradus.Value)
}

// Frozen is an optimiser that leaves parameters as they are, to the bit. A group of parameters with it
// is not trained: see [NewGroups]. Its gradient does not count where gradients are clipped.
type Frozen struct{}

// Step changes nothing.
//
// It panics if params and grad do not have the same length.
func (Frozen) Step(params, grad []float64) {
	mustBeAsMany("Frozen", params, grad)
}

func isFrozen(o Optimizer) bool {
	_, ok := o.(interface{ frozen() })
	return ok
}

func (Frozen) frozen() {}

// A part is the parameters that one optimiser of Groups steps.
type part struct {
	name      string
	optimizer Optimizer
	params    []*gradus.Value // of a group, each once; nil of the rest
	runs      []run           // where the parameters are in the slices that Groups.Step gets
	x, grad   []float64       // copies, if there are several runs
}

// A run is parameters that lie side by side, the last of which is to − 1.
type run struct{ from, to int }

// extended returns runs with position k, which is beyond all others.
func extended(runs []run, k int) []run {
	if n := len(runs); n > 0 && runs[n-1].to == k {
		runs[n-1].to++
		return runs
	}
	return append(runs, run{k, k + 1})
}

// bind tells the part where its parameters are.
func (p *part) bind(runs []run, params []*gradus.Value) {
	var own []*gradus.Value
	for _, r := range runs {
		own = append(own, params[r.from:r.to]...)
	}
	p.runs, p.x, p.grad = runs, nil, nil
	if len(runs) > 1 {
		p.x, p.grad = make([]float64, len(own)), make([]float64, len(own))
	}
	if b, ok := p.optimizer.(Binder); ok {
		b.Bind(own)
	}
}

func (p *part) step(params, grad []float64) {
	if len(p.runs) == 0 || isFrozen(p.optimizer) {
		return
	}
	if len(p.runs) == 1 {
		r := p.runs[0]
		p.optimizer.Step(params[r.from:r.to:r.to], grad[r.from:r.to:r.to])
		return
	}
	at := 0
	for _, r := range p.runs {
		copy(p.x[at:], params[r.from:r.to])
		at += copy(p.grad[at:], grad[r.from:r.to])
	}
	p.optimizer.Step(p.x, p.grad)
	at = 0
	for _, r := range p.runs {
		at += copy(params[r.from:r.to], p.x[at:])
	}
}

// steppers returns the optimisers that do the steps of o: o itself, or those that it clips or groups.
func steppers(o Optimizer) []Optimizer {
	switch o := o.(type) {
	case *Clipped:
		if o != nil {
			return steppers(o.optimizer)
		}
	case *Groups:
		if o != nil {
			var all []Optimizer
			for _, p := range o.parts {
				all = append(all, steppers(p.optimizer)...)
			}
			return all
		}
	}
	return []Optimizer{o}
}

func hasGroups(o Optimizer) bool {
	if c, ok := o.(*Clipped); ok && c != nil {
		return hasGroups(c.optimizer)
	}
	_, ok := o.(*Groups)
	return ok
}

// share reports whether o and other have the same memory: they point to the same optimiser. Pointers to
// nothing, which may be equal, have no memory.
func share(o, other Optimizer) bool {
	for _, a := range steppers(o) {
		for _, b := range steppers(other) {
			t := reflect.TypeOf(a)
			if t != nil && t == reflect.TypeOf(b) && t.Kind() == reflect.Pointer && t.Elem().Size() > 0 && a == b {
				return true
			}
		}
	}
	return false
}
