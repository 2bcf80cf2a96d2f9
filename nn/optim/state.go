package optim

import (
	"errors"
	"fmt"
	"slices"
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
	Steps  int `json:"steps"`  // the steps so far; the next one has the learning rate of this number
	Params int `json:"params"` // the parameters of each step
	// Memory holds numbers for the parameters, in their order: of SGD the velocity v, if it has one; of
	// Adam m, and then v.
	Memory [][]float64 `json:"memory"`
}

// State returns a copy of what s remembers.
func (s *SGD) State() State {
	if s == nil {
		panic("optim: SGD.State: the SGD is nil, want one, such as NewSGD returns")
	}
	return s.history.state(s.velocity)
}

// Restore makes s remember a copy of what the optimiser remembered whose State is given. It returns an
// error, and changes nothing, if that cannot be the State of an SGD.
//
// It panics if s is nil.
func (s *SGD) Restore(state State) error {
	if s == nil {
		panic("optim: SGD.Restore: the SGD is nil, want one, such as NewSGD returns")
	}
	memory, err := state.restored("SGD", 1)
	if err == nil {
		s.history, s.velocity = history{state.Steps, state.Params}, memory[0]
	}
	return err
}

// State returns a copy of what a remembers.
func (a *Adam) State() State {
	if a == nil {
		panic("optim: Adam.State: the Adam is nil, want one, such as NewAdam returns")
	}
	return a.history.state(a.m, a.v)
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
	memory, err := state.restored("Adam", 2)
	if err == nil {
		a.history, a.m, a.v = history{state.Steps, state.Params}, memory[0], memory[1]
	}
	return err
}

// state returns a State with copies of the slices, or with none of them if they are nil.
func (h history) state(memory ...[]float64) State {
	s := State{Steps: h.steps, Params: h.params}
	for _, m := range memory {
		if m != nil {
			s.Memory = append(s.Memory, slices.Clone(m))
		}
	}
	return s
}

// restored returns copies of n slices, all nil if the State has none, or an error that says what is
// wrong.
func (s State) restored(name string, n int) ([][]float64, error) {
	if s.Steps < 0 || s.Params < 0 {
		return nil, fmt.Errorf("optim: %s.Restore: the state has %d steps and %d parameters, "+
			"want no negative number",
			name, s.Steps, s.Params)
	}
	if s.Steps > 0 && s.Params == 0 {
		return nil, fmt.Errorf("optim: %s.Restore: the state has %d steps and no parameters", name, s.Steps)
	}
	memory := make([][]float64, n)
	if len(s.Memory) != 0 && len(s.Memory) != n {
		return nil, fmt.Errorf("optim: %s.Restore: the memory has %d slices, want %d", name, len(s.Memory), n)
	}
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
