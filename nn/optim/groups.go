package optim

import (
	"fmt"
	"slices"

	"github.com/gradus-go/gradus"
)

// A Group is parameters with an optimiser of their own: see [NewGroups].
type Group struct {
	Params    []*gradus.Value // a Value that is among them twice, as a tied weight, counts once
	Optimizer Optimizer       // does their steps; Frozen{} leaves them as they are
}

// Groups is an optimiser that does the steps of groups of parameters by optimisers of their own. Each
// of these counts its steps and has its rate, weight decay and memory.
//
// Step gets numbers, and does not know which Value each belongs to. Therefore [Groups.Bind] must be
// called before. Where the parameters of a group lie side by side, as those of a layer may, their
// optimiser works on the slices that Step gets; others are copied there and back.
type Groups struct {
	parts   []part                // the groups, and then the rest
	owner   map[*gradus.Value]int // the part of each parameter that is in a group
	rest    bool                  // whether there may be parameters that are in no group
	bound   []*gradus.Value       // nil before Bind
	history history
}

// NewGroups returns an optimiser that does the steps of each group by the optimiser of the group, and
// those of all parameters that are in no group by the optimiser rest. If rest is nil, each parameter
// must be in a group.
//
//	o := optim.NewGroups(optim.NewAdam(optim.Constant(0.001)),
//		optim.Group{Params: net.Layers[0].Params(), Optimizer: optim.Frozen{}},
//		optim.Group{Params: net.Layers[1].Params(), Optimizer: optim.NewSGD(optim.Constant(0.1))})
//
// [Clip] of Groups shortens the gradient of all groups together; a group whose optimiser is clipped
// is shortened on its own.
//
// It panics if a group has no parameters or no optimiser, or a parameter is nil or in two groups. It
// panics if two parts have the same optimiser, which would mix up what it remembers, or if the
// optimiser of a part has groups itself.
func NewGroups(rest Optimizer, groups ...Group) *Groups {
	g := &Groups{owner: map[*gradus.Value]int{}, rest: rest != nil}
	for i, group := range groups {
		if group.Optimizer == nil {
			panic(fmt.Sprintf("optim: NewGroups: the Optimizer of group %d of %d is nil, want one, or "+
				"optim.Frozen{} for parameters that stay as they are", i+1, len(groups)))
		}
		g.parts = append(g.parts, part{
			name:      fmt.Sprintf("group %d of %d", i+1, len(groups)),
			optimizer: group.Optimizer, params: g.own(i, group.Params),
		})
	}
	if rest == nil {
		rest = Frozen{}
	}
	g.parts = append(g.parts, part{name: "the rest", optimizer: rest})
	g.mustNotShare()
	return g
}

// own makes part i the owner of parameters and returns them, each once.
func (g *Groups) own(i int, params []*gradus.Value) (own []*gradus.Value) {
	for k, v := range params {
		if v == nil {
			panic(fmt.Sprintf("optim: NewGroups: parameter %d of group %d is nil, want a Value", k+1, i+1))
		}
		other, ok := g.owner[v]
		if ok && other != i {
			panic(fmt.Sprintf("optim: NewGroups: parameter %d of group %d (%v) is in group %d, too, "+
				"want it in one group", k+1, i+1, v, other+1))
		}
		if !ok {
			g.owner[v], own = i, append(own, v)
		}
	}
	if len(params) == 0 {
		panic(fmt.Sprintf("optim: NewGroups: group %d has no parameters, want at least one", i+1))
	}
	return own
}

// mustNotShare panics if two parts have the same optimiser, or if one has groups itself.
func (g *Groups) mustNotShare() {
	for i, p := range g.parts {
		if hasGroups(p.optimizer) {
			panic(fmt.Sprintf("optim: NewGroups: the Optimizer of %s has groups itself, "+
				"want these groups beside the others", p.name))
		}
		for _, other := range g.parts[:i] {
			if share(p.optimizer, other.optimizer) {
				panic(fmt.Sprintf("optim: NewGroups: %s and %s have the same Optimizer (a %T), want two, "+
					"since each remembers the steps of its own parameters", other.name, p.name, p.optimizer))
			}
		}
	}
}

func (g *Groups) mustBeMade(method string) {
	if g == nil || g.parts == nil {
		panic("optim: Groups." + method + ": the Groups is nil or zero, want one that NewGroups returned")
	}
}

// Bind tells the parameters of which Step gets the numbers, in their order, each once. Package train
// calls it; in a loop of your own, call it once before the first step, with the Params of a
// replay.Program or of a network.
//
// It panics if a parameter is nil or there twice, if a parameter of a group is not among them, or if
// one is in no group and there is no optimiser for the rest. After the first step it panics if the
// parameters are not the same in the same order, since what optimisers remember has that order.
func (g *Groups) Bind(params []*gradus.Value) {
	g.mustBeMade("Bind")
	runs := g.runs(params)
	if g.history.steps > 0 {
		if len(params) != g.history.params {
			panic(fmt.Sprintf("optim: Groups.Bind: got %d parameters, want %d as in the steps before",
				len(params), g.history.params))
		}
		if g.bound != nil && !slices.Equal(params, g.bound) {
			panic("optim: Groups.Bind: the parameters are not those of the steps before, in the same order, " +
				"want new Groups for them")
		}
	}
	g.bound = append([]*gradus.Value{}, params...)
	for i := range g.parts {
		g.parts[i].bind(runs[i], g.bound)
	}
}

// runs returns where in params the parameters of each part are.
func (g *Groups) runs(params []*gradus.Value) [][]run {
	runs, found := make([][]run, len(g.parts)), make(map[*gradus.Value]int, len(params))
	for k, v := range params {
		if v == nil {
			panic(fmt.Sprintf("optim: Groups.Bind: parameter %d is nil, want a Value", k+1))
		}
		if other, ok := found[v]; ok {
			panic(fmt.Sprintf("optim: Groups.Bind: parameters %d and %d are the same Value (%v), "+
				"want each once", other+1, k+1, v))
		}
		found[v] = k
		i, ok := g.owner[v]
		if !ok {
			i = len(g.parts) - 1
			if !g.rest {
				panic(fmt.Sprintf("optim: Groups.Bind: parameter %d (%v) is in no group, and NewGroups got no "+
					"optimiser for the rest: want one, or optim.Frozen{}", k+1, v))
			}
		}
		runs[i] = extended(runs[i], k)
	}
	for _, p := range g.parts {
		for _, v := range p.params {
			if _, ok := found[v]; !ok {
				panic(fmt.Sprintf("optim: Groups.Bind: a parameter of %s (%v) is not among the %d parameters, "+
					"want groups of the parameters that are trained", p.name, v, len(params)))
			}
		}
	}
	return runs
}

// Step updates the parameters: those of each group by the optimiser of the group, and then the rest.
//
// It panics if Bind was not called, if params and grad do not have the length that Bind got, or if the
// step of a group panics; groups before it have done theirs then.
func (g *Groups) Step(params, grad []float64) {
	g.mustBeMade("Step")
	if g.bound == nil {
		panic("optim: Groups.Step: the parameters are not known, call Bind before, as in o.Bind(p.Params())")
	}
	if n := len(g.bound); len(params) != n || len(grad) != n {
		panic(fmt.Sprintf("optim: Groups.Step: got %d parameters and %d derivatives, want %d of both, "+
			"as many as Bind got", len(params), len(grad), n))
	}
	for i := range g.parts {
		g.parts[i].step(params, grad)
	}
	g.history = history{g.history.steps + 1, len(params)}
}

// skipFrozen sets the derivatives of frozen parameters to 0.
func (g *Groups) skipFrozen(grad []float64) {
	if g == nil || len(grad) != len(g.bound) {
		return // and Step will panic
	}
	for _, p := range g.parts {
		if isFrozen(p.optimizer) {
			for _, r := range p.runs {
				clear(grad[r.from:r.to])
			}
		}
	}
}
