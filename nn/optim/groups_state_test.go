package optim_test

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/nn/optim"
)

// restorable returns Groups of parameters: the first by SGD with momentum, the second and the fourth by
// Adam, and the rest frozen.
func restorable(p []*gradus.Value) *optim.Groups {
	return optim.NewGroups(optim.Frozen{},
		optim.Group{Params: p[:1], Optimizer: &optim.SGD{Rate: optim.Constant(0.5), Momentum: 0.5}},
		optim.Group{
			Params:    []*gradus.Value{p[1], p[3]},
			Optimizer: optim.Clip(optim.NewAdam(optim.Constant(0.1)), 1e9),
		})
}

// The State of Groups as JSON can be read: one State for each group, and one for the rest.
func TestGroupsState(t *testing.T) {
	p := named(4)
	o := restorable(p)
	o.Bind(p)
	o.Step(make([]float64, 4), []float64{3, 0, 0, 0})
	got, err := json.Marshal(o.State())
	if err != nil {
		t.Fatal(err)
	}
	want := `{"steps":1,"params":4,"kind":"Groups","memory":null,"groups":[` +
		`{"steps":1,"params":1,"kind":"SGD","memory":[[3]]},` +
		`{"steps":1,"params":2,"kind":"Adam","memory":[[0,0],[0,0]]},` +
		`{"steps":0,"params":0,"kind":"Frozen","memory":null}]}`
	if diff := cmp.Diff(want, string(got)); diff != "" {
		t.Errorf("JSON (-want +got):\n%s", diff)
	}
}

// Restore may be called before Bind or after it, and Bind then demands as many parameters.
func TestGroupsRestoreAndBind(t *testing.T) {
	p := named(4)
	whole := restorable(p)
	whole.Bind(p)
	x, grad := make([]float64, 4), []float64{1, 2, 3, 4}
	whole.Step(x, grad)
	s, y := throughFile(t, whole.State()), append([]float64{}, x...)
	whole.Step(x, grad)
	for _, first := range []bool{true, false} {
		o, z := restorable(p), append([]float64{}, y...)
		if first {
			o.Bind(p)
		}
		if err := o.Restore(s); err != nil {
			t.Fatal(err)
		}
		want := "optim: Groups.Bind: got 5 parameters, want 4 as in the steps before"
		if got := panicOf(func() { o.Bind(append(named(1), p...)) }); got != want {
			t.Errorf("panic %q, want %q", got, want)
		}
		o.Bind(p)
		o.Step(z, grad)
		if diff := cmp.Diff(x, z); diff != "" {
			t.Errorf("Bind before Restore = %t: after a step (-whole +restored):\n%s", first, diff)
		}
	}
}

// Parameters that were frozen may be trained from then on: their optimiser begins with its first step.
func TestUnfreeze(t *testing.T) {
	p := named(4)
	frozen := restorable(p)
	frozen.Bind(p)
	frozen.Step(make([]float64, 4), []float64{1, 1, 1, 1})
	o := optim.NewGroups(optim.NewSGD(optim.Linear(1, 0, 1)),
		optim.Group{Params: p[:1], Optimizer: &optim.SGD{Rate: optim.Constant(0.5), Momentum: 0.5}},
		optim.Group{Params: []*gradus.Value{p[1], p[3]}, Optimizer: optim.NewAdam(optim.Constant(0.1))})
	if err := o.Restore(frozen.State()); err != nil {
		t.Fatal(err)
	}
	o.Bind(p)
	x := make([]float64, 4)
	o.Step(x, []float64{0, 0, 1, 0})
	if x[0] != -0.25 || x[2] != -1 {
		t.Errorf("x = %v, want -0.25 by the velocity, and -1 by the rate of a first step", x)
	}
}

// The State of Groups fits whose rest is empty, and that of new Groups whose optimiser is not new.
func TestGroupsStateFits(t *testing.T) {
	p := named(2)
	all := func() *optim.Groups {
		o := optim.NewGroups(optim.NewAdam(optim.Constant(0.1)),
			optim.Group{Params: p, Optimizer: optim.NewSGD(optim.Constant(0.1))})
		o.Bind(p)
		return o
	}
	o := all()
	o.Step([]float64{0, 0}, []float64{1, 1})
	if err := all().Restore(o.State()); err != nil {
		t.Errorf("the rest is empty: %v", err)
	}
	used := optim.NewSGD(optim.Constant(0.1))
	used.Step([]float64{0}, []float64{1})
	o = optim.NewGroups(used, optim.Group{Params: p[:1], Optimizer: optim.NewSGD(optim.Constant(0.1))})
	if err := o.Restore(o.State()); err != nil {
		t.Errorf("the optimiser of the rest is not new: %v", err)
	}
}

func TestGroupsRestoreFails(t *testing.T) {
	p := named(4)
	for _, tt := range []struct {
		want   string
		change func(s *optim.State)
	}{
		{"the state has -1 steps and 4 parameters, want no negative number", func(s *optim.State) { s.Steps = -1 }},
		{"the state has 2 steps and no parameters", func(s *optim.State) { s.Params = 0 }},
		{
			`the state is of the kind "SGD", want "Groups"`,
			func(s *optim.State) { *s = s.Groups[0] },
		},
		{
			`group 1 of 2: SGD.Restore: the state is of the kind "RMSProp", want "SGD"`,
			func(s *optim.State) { s.Groups[0].Kind = "RMSProp" },
		},
		{
			"the state has 2 parts, want 3: one of each group, and one of the rest",
			func(s *optim.State) { s.Groups = s.Groups[:2] },
		},
		{
			"the state has a memory, want it in the states of the groups",
			func(s *optim.State) { s.Memory = [][]float64{{1, 2, 3, 4}} },
		},
		{
			"the state is that of 5 parameters, want 4, as many as Bind got",
			func(s *optim.State) { s.Params = 5 },
		},
		{
			"the state of group 1 of 2 is that of 2 parameters, want 1",
			func(s *optim.State) { s.Groups[0], s.Groups[1] = s.Groups[1], s.Groups[0] },
		},
		{
			"the state of the rest is that of 2 parameters, want 1",
			func(s *optim.State) { s.Groups[2] = s.Groups[1] },
		},
		{ // which is known after SGD has got its State
			"group 2 of 2: Adam.Restore: the memory has 1 slices, want 2",
			func(s *optim.State) { s.Groups[1].Memory = s.Groups[1].Memory[:1] },
		},
		{
			"the rest: Frozen.Restore: the state has 2 steps, want that of frozen parameters, which has none",
			func(s *optim.State) { s.Groups[2] = s.Groups[0] },
		},
	} {
		o, other := restorable(p), restorable(p)
		o.Bind(p)
		other.Bind(p)
		o.Step(make([]float64, 4), []float64{1, 2, 3, 4})
		for range 2 {
			other.Step(make([]float64, 4), []float64{4, 3, 2, 1})
		}
		before, s := o.State(), other.State()
		tt.change(&s)
		if err := o.Restore(s); err == nil || err.Error() != "optim: Groups.Restore: "+tt.want {
			t.Errorf("the error is %v, want %q", err, tt.want)
		}
		if diff := cmp.Diff(before, o.State()); diff != "" {
			t.Errorf("%s: the groups have changed (-before +after):\n%s", tt.want, diff)
		}
	}
	want := "optim: Groups.Restore: the state is that of 2 parameters, want at least the 3 that are in groups"
	s := optim.State{Kind: "Groups", Steps: 1, Params: 2, Groups: make([]optim.State, 3)}
	if err := restorable(p).Restore(s); err == nil || err.Error() != want {
		t.Errorf("the error is %v, want %q", err, want)
	}
}
