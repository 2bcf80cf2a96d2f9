package optim

import (
	"fmt"
	"strings"
)

// State returns a copy of what the optimisers of the groups and of the rest remember.
//
// It panics if one of them has no State: see [AsResumable].
func (g *Groups) State() State {
	g.mustBeMade("State")
	s := g.history.state("Groups")
	for _, p := range g.parts {
		s.Groups = append(s.Groups, mustBeResumable("Groups.State", p.optimizer).State())
	}
	return s
}

// Restore gives the optimisers of the groups, and that of the rest, copies of what those remembered of the
// Groups whose State is given. Bind may be called before or after it, with parameters in the order of those
// that the other Groups was bound to. Restore returns an error, and changes nothing, if the State cannot be
// that of as many groups, with as many parameters and such optimisers.
//
// It panics if one of the optimisers has no Restore.
func (g *Groups) Restore(state State) error {
	g.mustBeMade("Restore")
	if err := g.check(state); err != nil {
		return err
	}
	before := make([]State, len(g.parts))
	for i, p := range g.parts {
		o := mustBeResumable("Groups.Restore", p.optimizer)
		before[i] = o.State()
		err := o.Restore(state.Groups[i])
		if err == nil {
			continue
		}
		for k := range i {
			_ = mustBeResumable("Groups.Restore", g.parts[k].optimizer).Restore(before[k]) // its own State fits
		}
		return fmt.Errorf("optim: Groups.Restore: %s: %s", p.name, strings.TrimPrefix(err.Error(), "optim: "))
	}
	g.history.restore(state)
	return nil
}

// check returns an error unless a State is that of such groups. An optimiser that has done no step, as of
// frozen parameters or of a new group, does not say how many it has.
func (g *Groups) check(state State) error {
	if err := state.check("Groups"); err != nil {
		return err
	}
	switch {
	case len(state.Groups) != len(g.parts):
		return fmt.Errorf("optim: Groups.Restore: the state has %d parts, want %d: one of each group, and one "+
			"of the rest", len(state.Groups), len(g.parts))
	case len(state.Memory) != 0:
		return fmt.Errorf("optim: Groups.Restore: the state has a memory, want it in the states of the groups")
	case state.Steps > 0 && g.history.bound != nil && state.Params != len(g.history.bound):
		return fmt.Errorf("optim: Groups.Restore: the state is that of %d parameters, want %d, as many as Bind got",
			state.Params, len(g.history.bound))
	case state.Steps > 0 && state.Params < len(g.owner):
		return fmt.Errorf("optim: Groups.Restore: the state is that of %d parameters, want at least the %d "+
			"that are in groups", state.Params, len(g.owner))
	}
	for i, p := range g.parts {
		want := len(p.params)
		if i == len(g.parts)-1 {
			want = state.Params - len(g.owner)
		}
		if s := state.Groups[i]; state.Steps > 0 && s.Steps > 0 && s.Params != want {
			return fmt.Errorf("optim: Groups.Restore: the state of %s is that of %d parameters, want %d",
				p.name, s.Params, want)
		}
	}
	return nil
}
