package optim_test

import (
	"testing"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/nn/optim"
)

func TestGroupsPanics(t *testing.T) {
	p := named(3)
	sgd := optim.NewSGD(optim.Constant(0.1))
	fresh := func() optim.Optimizer { return optim.NewSGD(optim.Constant(0.1)) }
	made := func(rest optim.Optimizer, groups ...optim.Group) func() {
		return func() { optim.NewGroups(rest, groups...) }
	}
	bound := func(rest optim.Optimizer, params ...*gradus.Value) func() {
		return func() { optim.NewGroups(rest, optim.Group{Params: p[:1], Optimizer: fresh()}).Bind(params) }
	}
	stepped := func(params, grad int) func() {
		return func() {
			o := optim.NewGroups(fresh())
			o.Bind(p)
			o.Step(make([]float64, params), make([]float64, grad))
		}
	}
	shared := "want two, since each remembers the steps of its own parameters"
	for _, tt := range []struct {
		want string
		f    func()
	}{
		{
			"NewGroups: the Optimizer of group 2 of 2 is nil, want one, or optim.Frozen{} for parameters that " +
				"stay as they are", made(sgd, optim.Group{Params: p[:1], Optimizer: fresh()}, optim.Group{Params: p[1:]}),
		},
		{"NewGroups: group 1 has no parameters, want at least one", made(sgd, optim.Group{Optimizer: fresh()})},
		{
			"NewGroups: parameter 2 of group 1 is nil, want a Value",
			made(sgd, optim.Group{Params: []*gradus.Value{p[0], nil}, Optimizer: fresh()}),
		},
		{
			"NewGroups: parameter 1 of group 2 (p1 = 0) is in group 1, too, want it in one group",
			made(sgd, optim.Group{Params: p[:2], Optimizer: fresh()}, optim.Group{Params: p[1:], Optimizer: fresh()}),
		},
		{
			"NewGroups: group 1 of 1 and the rest have the same Optimizer (a *optim.SGD), " + shared,
			made(sgd, optim.Group{Params: p, Optimizer: sgd}),
		},
		{
			"NewGroups: group 1 of 2 and group 2 of 2 have the same Optimizer (a *optim.Clipped), " + shared,
			made(nil, optim.Group{Params: p[:1], Optimizer: sgd},
				optim.Group{Params: p[1:], Optimizer: optim.Clip(sgd, 1)}),
		},
		{
			"NewGroups: the Optimizer of group 1 of 1 has groups itself, want these groups beside the others",
			made(sgd, optim.Group{Params: p, Optimizer: optim.Clip(optim.NewGroups(fresh()), 1)}),
		},
		{"Groups.Bind: parameter 2 is nil, want a Value", bound(sgd, p[0], nil)},
		{
			"Groups.Bind: parameters 2 and 3 are the same Value (p1 = 0), want each once",
			bound(sgd, p[0], p[1], p[1]),
		},
		{
			"Groups.Bind: parameter 3 (p2 = 0) is in no group, and NewGroups got no optimiser for the rest: " +
				"want one, or optim.Frozen{}", func() {
				optim.NewGroups(nil, optim.Group{Params: p[:2], Optimizer: fresh()}).Bind(p)
			},
		},
		{
			"Groups.Bind: a parameter of group 1 of 1 (p0 = 0) is not among the 2 parameters, " +
				"want groups of the parameters that are trained", bound(sgd, p[1], p[2]),
		},
		{
			"Groups.Step: the parameters are not known, call Bind before, as in o.Bind(p.Params())",
			func() { optim.NewGroups(sgd).Step(make([]float64, 3), make([]float64, 3)) },
		},
		{"Groups.Step: got 2 parameters and 2 derivatives, want 3 of both, as many as Bind got", stepped(2, 2)},
		{"Groups.Step: got 2 parameters and 3 derivatives, want 3 of both, as many as Bind got", stepped(2, 3)},
		{"Groups.Step: got 3 parameters and 4 derivatives, want 3 of both, as many as Bind got", stepped(3, 4)},
	} {
		if got := panicOf(tt.f); got != "optim: "+tt.want {
			t.Errorf("panic %q, want %q", got, "optim: "+tt.want)
		}
	}
	clipped := optim.Clip(optim.NewGroups(sgd), 1)
	if got := panicOf(func() { clipped.Step([]float64{1}, []float64{1}) }); got == "" {
		t.Error("clipped Groups step before Bind, want a panic")
	}
}
