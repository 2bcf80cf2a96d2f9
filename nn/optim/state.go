package optim

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// A Resumable is an optimiser whose State can be saved and restored, so that training can be interrupted.
type Resumable interface {
	Optimizer
	State() State
	Restore(s State) error
}

// A State is what an optimiser remembers between two steps. An optimiser with the same fields to which
// it is given by Restore does the same steps, to the bit, as the one whose State it is. It can be
// written as JSON.
type State struct {
	Steps  int    `json:"steps"`  // the steps so far; the next one has the learning rate of this number
	Params int    `json:"params"` // the parameters of each step
	Kind   string `json:"kind"`   // the type of the optimiser: SGD, RMSProp, Adam, Frozen or Groups
	// Memory holds numbers for the parameters, in their order: of SGD the velocity v, if it has one; of
	// Adam m, and then v; of RMSProp v, and then b and m as far as they are needed.
	Memory [][]float64 `json:"memory"`
	// Groups holds, of Groups, the States of the optimisers of the groups, and then of the rest.
	Groups []State `json:"groups,omitempty"`
}

// AsResumable returns o as a [Resumable]. It returns an error if o has no State, or if o clips or groups
// an optimiser that has none. [Clipped] and [Groups] are Resumable themselves, but their State panics
// then: so ask before a training that is to be resumed.
func AsResumable(o Optimizer) (Resumable, error) {
	for _, s := range steppers(o) {
		if _, ok := s.(Resumable); !ok {
			return nil, fmt.Errorf("optim: the optimiser, a %T, cannot be resumed, "+
				"want one with methods State and Restore", s)
		}
	}
	return o.(Resumable), nil
}

// mustBeResumable returns o as a Resumable, for a method that needs it. It panics if o has no State.
func mustBeResumable(method string, o Optimizer) Resumable {
	r, err := AsResumable(o)
	if err != nil {
		panic(fmt.Sprintf("optim: %s: %s", method, strings.TrimPrefix(err.Error(), "optim: ")))
	}
	return r
}

// State returns a copy of what s remembers.
func (s *SGD) State() State {
	if s == nil {
		panic("optim: SGD.State: the SGD is nil, want one, such as NewSGD returns")
	}
	return s.history.state("SGD", s.velocity)
}

// Restore makes s remember a copy of what the optimiser remembered whose State is given. It returns an
// error, and changes nothing, if that cannot be the State of an SGD.
//
// It panics if s is nil.
func (s *SGD) Restore(state State) error {
	if s == nil {
		panic("optim: SGD.Restore: the SGD is nil, want one, such as NewSGD returns")
	}
	memory, err := state.restored("SGD", 1, 1)
	if err == nil {
		s.history.restore(state)
		s.velocity = memory[0]
	}
	return err
}

// State returns a copy of what a remembers.
func (a *Adam) State() State {
	if a == nil {
		panic("optim: Adam.State: the Adam is nil, want one, such as NewAdam returns")
	}
	return a.history.state("Adam", a.m, a.v)
}

// Restore makes a remember a copy of what the optimiser remembered whose State is given. It returns an
// error, and changes nothing, if that cannot be the State of an Adam.
//
// It panics if a is nil.
func (a *Adam) Restore(state State) error {
	if a == nil {
		panic("optim: Adam.Restore: the Adam is nil, want one, such as NewAdam returns")
	}
	if state.Steps > 0 && len(state.Memory) == 0 {
		return errors.New("optim: Adam.Restore: the state has no memory, want m and v")
	}
	memory, err := state.restored("Adam", 2, 2)
	if err == nil {
		a.history.restore(state)
		a.m, a.v = memory[0], memory[1]
	}
	return err
}

// State returns a copy of what r remembers.
func (r *RMSProp) State() State {
	if r == nil {
		panic("optim: RMSProp.State: the RMSProp is nil, want one, such as NewRMSProp returns")
	}
	velocity := r.velocity
	if r.mean != nil {
		velocity = atLeastZeros(velocity, len(r.mean)) // so that the mean is always the third slice
	}
	return r.history.state("RMSProp", r.square, velocity, r.mean)
}

// Restore makes r remember a copy of what the optimiser remembered whose State is given. It returns an
// error, and changes nothing, if that cannot be the State of an RMSProp.
//
// It panics if r is nil.
func (r *RMSProp) Restore(state State) error {
	if r == nil {
		panic("optim: RMSProp.Restore: the RMSProp is nil, want one, such as NewRMSProp returns")
	}
	if state.Steps > 0 && len(state.Memory) == 0 {
		return errors.New("optim: RMSProp.Restore: the state has no memory, want v at least")
	}
	memory, err := state.restored("RMSProp", 1, 3)
	if err == nil {
		r.history.restore(state)
		r.square, r.velocity, r.mean = memory[0], memory[1], memory[2]
	}
	return err
}

// State returns the State of a new optimiser, since nothing is remembered.
func (Frozen) State() State { return State{Kind: "Frozen"} }

// Restore returns an error unless the State is that of an optimiser that has done no step.
func (Frozen) Restore(state State) error {
	if state.Steps != 0 || state.Params != 0 || len(state.Memory) != 0 || len(state.Groups) != 0 {
		return fmt.Errorf("optim: Frozen.Restore: the state has %d steps, want that of frozen parameters, "+
			"which has none", state.Steps)
	}
	return nil
}

// State returns the State of the optimiser that Clip got. Clipping remembers nothing.
//
// It panics if that optimiser has no State: see [AsResumable].
func (c *Clipped) State() State {
	c.mustBeMade("State")
	return mustBeResumable("Clipped.State", c.optimizer).State()
}

// Restore gives a State to the optimiser that Clip got, and returns its error. It panics if that
// optimiser has no Restore.
func (c *Clipped) Restore(state State) error {
	c.mustBeMade("Restore")
	return mustBeResumable("Clipped.Restore", c.optimizer).Restore(state)
}

// state returns a State with copies of the slices, or with none of them if they are nil.
func (h history) state(kind string, memory ...[]float64) State {
	s := State{Kind: kind, Steps: h.steps, Params: h.params}
	for _, m := range memory {
		if m != nil {
			s.Memory = append(s.Memory, slices.Clone(m))
		}
	}
	return s
}

// check returns an error unless the State is that of an optimiser of this name, or of one that has done no
// step, and the numbers of steps and parameters make sense.
func (s State) check(name string) error {
	if s.Steps > 0 && s.Kind != name {
		return fmt.Errorf("optim: %s.Restore: the state is of the kind %.20q, want %q", name, s.Kind, name)
	}
	if s.Steps < 0 || s.Params < 0 {
		return fmt.Errorf("optim: %s.Restore: the state has %d steps and %d parameters, "+
			"want no negative number",
			name, s.Steps, s.Params)
	}
	if s.Steps > 0 && s.Params == 0 {
		return fmt.Errorf("optim: %s.Restore: the state has %d steps and no parameters", name, s.Steps)
	}
	if s.Steps == 0 && (s.Params != 0 || len(s.Memory) != 0) {
		return fmt.Errorf("optim: %s.Restore: the state has no steps, but %d parameters and a memory of %d slices",
			name, s.Params, len(s.Memory))
	}
	return nil
}

// restored returns copies of the slices in the memory, which may have none or from least to most, and nil
// for those that are missing. It returns an error that says what is wrong if they do not fit.
func (s State) restored(name string, least, most int) ([][]float64, error) {
	if err := s.check(name); err != nil {
		return nil, err
	}
	if len(s.Groups) != 0 {
		return nil, fmt.Errorf("optim: %s.Restore: the state is that of %d groups, want that of one optimiser",
			name, len(s.Groups))
	}
	if n := len(s.Memory); n != 0 && (n < least || n > most) {
		want := fmt.Sprint(most)
		if least < most {
			want = fmt.Sprintf("%d to %d", least, most)
		}
		return nil, fmt.Errorf("optim: %s.Restore: the memory has %d slices, want %s", name, n, want)
	}
	memory := make([][]float64, most)
	for k, m := range s.Memory {
		if len(m) != s.Params {
			return nil, fmt.Errorf("optim: %s.Restore: slice %d of the memory has %d numbers, "+
				"want one for each of %d parameters",
				name, k, len(m), s.Params)
		}
		memory[k] = slices.Clone(m)
	}
	return memory, nil
}
