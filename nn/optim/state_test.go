package optim_test

import (
	"encoding/json"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/nn/optim"
)

// throughFile returns a State as it is after it was written and read.
func throughFile(tb testing.TB, s optim.State) (read optim.State) {
	tb.Helper()
	file, err := json.Marshal(s)
	if err == nil {
		err = json.Unmarshal(file, &read)
	}
	if err != nil {
		tb.Fatal(err)
	}
	return read
}

// resumable returns the optimiser of this name from a new set of optimizers. It fails unless it has a
// State.
func resumable(tb testing.TB, name string, bound []*gradus.Value) optim.Resumable {
	tb.Helper()
	o, err := optim.AsResumable(optimizers(bound)[name])
	if err != nil {
		tb.Fatal(err)
	}
	return o
}

// An optimiser that was interrupted, and whose state went through a file, takes the same steps, to the
// bit, as one that was not.
func TestRestore(t *testing.T) {
	params := gradus.Values(make([]float64, 6))
	for name := range optimizers(params) {
		for interrupted := range 7 {
			o, whole := resumable(t, name, params), resumable(t, name, params)
			x, y := []float64{1, 2, 3, 4, 5, 6}, []float64{1, 2, 3, 4, 5, 6}
			rng := rand.New(rand.NewPCG(1, 2))
			for step := range 7 {
				if step == interrupted {
					s := throughFile(t, o.State())
					o = resumable(t, name, params)
					if err := o.Restore(s); err != nil {
						t.Fatalf("%s: %v", name, err)
					}
					if diff := cmp.Diff(whole.State(), o.State()); diff != "" {
						t.Errorf("%s: the State after %d steps (-whole +restored):\n%s", name, step, diff)
					}
				}
				grad := make([]float64, len(x))
				for i := range grad {
					grad[i] = rng.NormFloat64()
				}
				o.Step(x, grad)
				whole.Step(y, grad)
			}
			if diff := cmp.Diff(y, x); diff != "" {
				t.Errorf("%s, interrupted after %d steps (-whole +interrupted):\n%s", name, interrupted, diff)
			}
		}
	}
}

// forget sets all numbers of a State to 100.
func forget(s optim.State) {
	for _, m := range s.Memory {
		for i := range m {
			m[i] = 100
		}
	}
	for _, g := range s.Groups {
		forget(g)
	}
}

// A State shares no memory with its optimiser.
func TestStateIsCopy(t *testing.T) {
	params := gradus.Values(make([]float64, 6))
	for name := range optimizers(params) {
		a, b := resumable(t, name, params), resumable(t, name, params)
		a.Step(make([]float64, 6), []float64{1, 2, 3, 4, 5, 6})
		want := throughFile(t, a.State())
		forget(a.State())
		if diff := cmp.Diff(want, a.State()); diff != "" {
			t.Errorf("%s: State shares its memory with the optimiser (-before +after):\n%s", name, diff)
		}
		s := a.State()
		if err := b.Restore(s); err != nil {
			t.Fatal(err)
		}
		forget(s)
		if diff := cmp.Diff(want, b.State()); diff != "" {
			t.Errorf("%s: Restore shares its memory with the State (-before +after):\n%s", name, diff)
		}
	}
}

// A State that does not fit is refused, and nothing changes.
func TestRestoreFails(t *testing.T) {
	one := []float64{1}
	memory := func(kind string, m ...[]float64) optim.State {
		return optim.State{Kind: kind, Steps: 1, Params: 1, Memory: m}
	}
	sgd, adam := optim.NewSGD(optim.Constant(1)), optim.NewAdam(optim.Constant(1))
	rms := optim.NewRMSProp(optim.Constant(1))
	for _, tt := range []struct {
		o     optim.Resumable
		state optim.State
		want  string
	}{
		{
			sgd,
			optim.State{Steps: -1},
			"SGD.Restore: the state has -1 steps and 0 parameters, want no negative number",
		},
		{
			sgd,
			optim.State{Params: -1},
			"SGD.Restore: the state has 0 steps and -1 parameters, want no negative number",
		},
		{
			sgd,
			optim.State{Params: 2},
			"SGD.Restore: the state has no steps, but 2 parameters and a memory of 0 slices",
		},
		{
			sgd,
			optim.State{Memory: [][]float64{{}}},
			"SGD.Restore: the state has no steps, but 0 parameters and a memory of 1 slices",
		},
		{sgd, optim.State{Kind: "SGD", Steps: 1}, "SGD.Restore: the state has 1 steps and no parameters"},
		{sgd, memory("SGD", one, one), "SGD.Restore: the memory has 2 slices, want 1"},
		{
			sgd, memory("SGD", []float64{1, 2}),
			"SGD.Restore: slice 0 of the memory has 2 numbers, want one for each of 1 parameters",
		},
		{
			sgd,
			optim.State{Groups: make([]optim.State, 2)},
			"SGD.Restore: the state is that of 2 groups, want that of one optimiser",
		},
		{sgd, memory("RMSProp", one), `SGD.Restore: the state is of the kind "RMSProp", want "SGD"`},
		{rms, memory("Adam", one, one), `RMSProp.Restore: the state is of the kind "Adam", want "RMSProp"`},
		{adam, memory("", one, one), `Adam.Restore: the state is of the kind "", want "Adam"`},
		{adam, memory("Adam"), "Adam.Restore: the state has no memory, want m and v"},
		{adam, memory("Adam", one), "Adam.Restore: the memory has 1 slices, want 2"},
		{
			adam, memory("Adam", one, nil),
			"Adam.Restore: slice 1 of the memory has 0 numbers, want one for each of 1 parameters",
		},
		{rms, memory("RMSProp"), "RMSProp.Restore: the state has no memory, want v at least"},
		{rms, memory("RMSProp", one, one, one, one), "RMSProp.Restore: the memory has 4 slices, want 1 to 3"},
		{
			rms, memory("RMSProp", one, one, nil),
			"RMSProp.Restore: slice 2 of the memory has 0 numbers, want one for each of 1 parameters",
		},
		{optim.Clip(adam, 1), memory("Adam", one), "Adam.Restore: the memory has 1 slices, want 2"},
		{
			optim.Frozen{},
			memory("Frozen"),
			"Frozen.Restore: the state has 1 steps, want that of frozen parameters, which has none",
		},
		{
			optim.Frozen{},
			optim.State{Steps: 2},
			"Frozen.Restore: the state has 2 steps, want that of frozen parameters, which has none",
		},
	} {
		before := tt.o.State()
		if err := tt.o.Restore(tt.state); err == nil || err.Error() != "optim: "+tt.want {
			t.Errorf("%T, %+v: the error is %v, want %q", tt.o, tt.state, err, tt.want)
		}
		if diff := cmp.Diff(before, tt.o.State()); diff != "" {
			t.Errorf("%T, %+v: the optimiser has changed:\n%s", tt.o, tt.state, diff)
		}
	}
}

// own is an optimiser of one's own, which cannot be resumed.
type own struct{ steps int }

func (o *own) Step(_, _ []float64) { o.steps++ }

func TestAsResumable(t *testing.T) {
	params := gradus.Values([]float64{1})
	group := optim.Group{Params: params, Optimizer: optim.Clip(&own{}, 1)}
	groups := optim.NewGroups(optim.NewSGD(optim.Constant(1)), group)
	want := "the optimiser, a *optim_test.own, cannot be resumed, want one with methods State and Restore"
	for _, o := range []optim.Optimizer{&own{}, optim.Clip(&own{}, 1), groups, optim.Clip(groups, 1)} {
		if r, err := optim.AsResumable(o); r != nil || err == nil || err.Error() != "optim: "+want {
			t.Errorf("%T: %v, %v, want nil and %q", o, r, err, want)
		}
		r, ok := o.(optim.Resumable)
		if !ok {
			continue
		}
		if got := panicOf(func() { r.State() }); !strings.HasSuffix(got, ".State: "+want) {
			t.Errorf("%T: State panics with %q, want %q", o, got, want)
		}
		s := optim.State{Groups: make([]optim.State, 2)}
		if got := panicOf(func() { _ = r.Restore(s) }); !strings.HasSuffix(got, ".Restore: "+want) {
			t.Errorf("%T: Restore panics with %q, want %q", o, got, want)
		}
	}
	if _, err := optim.AsResumable(nil); err == nil {
		t.Error("nil is resumable, want an error")
	}
}
