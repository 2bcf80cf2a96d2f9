package optim

import (
	"encoding/json"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// An optimiser that was interrupted, and whose state went through a file, takes the same steps, to the
// bit, as one that was not.
func TestRestore(t *testing.T) {
	rate := Linear(0.1, 0, 10)
	for name, start := range map[string]func() Resumable{
		"SGD":      func() Resumable { return NewSGD(rate) },
		"momentum": func() Resumable { return &SGD{Rate: rate, Momentum: 0.9, WeightDecay: 0.01} },
		"Adam":     func() Resumable { return NewAdam(rate) },
		"AdamW":    func() Resumable { return NewAdamW(rate) },
	} {
		for interrupted := range 7 {
			o, whole := start(), start()
			x, y := []float64{1, 2, 3}, []float64{1, 2, 3}
			rng := rand.New(rand.NewPCG(1, 2))
			for step := range 7 {
				if step == interrupted {
					file, err := json.Marshal(o.State())
					if err != nil {
						t.Fatal(err)
					}
					var s State
					if err := json.Unmarshal(file, &s); err != nil {
						t.Fatal(err)
					}
					o = start()
					if err := o.Restore(s); err != nil {
						t.Fatalf("%s: %v", name, err)
					}
				}
				grad := []float64{rng.NormFloat64(), rng.NormFloat64(), rng.NormFloat64()}
				o.Step(x, grad)
				whole.Step(y, grad)
			}
			if diff := cmp.Diff(y, x); diff != "" {
				t.Errorf("%s, interrupted after %d steps (-whole +interrupted):\n%s", name, interrupted, diff)
			}
		}
	}
}

// A State shares no memory with its optimiser.
func TestStateIsCopy(t *testing.T) {
	a := NewAdam(Constant(0.1))
	a.Step([]float64{1}, []float64{2})
	s := a.State()
	s.Memory[0][0] = 100
	if err := NewAdam(Constant(0.1)).Restore(s); err != nil {
		t.Fatal(err)
	}
	b := NewAdam(Constant(0.1))
	if err := b.Restore(s); err != nil {
		t.Fatal(err)
	}
	s.Memory[1][0] = 100
	if a.State().Memory[0][0] == 100 || b.State().Memory[1][0] == 100 {
		t.Errorf("the state and its optimiser share memory: %v, %v", a.State(), b.State())
	}
}

func TestRestoreFails(t *testing.T) {
	one := []float64{1}
	for _, test := range []struct {
		o     Resumable
		state State
		want  string
	}{
		{NewSGD(Constant(1)), State{Steps: -1}, "-1 steps"},
		{NewSGD(Constant(1)), State{Params: -1}, "-1 parameters"},
		{NewSGD(Constant(1)), State{Steps: 1}, "1 steps and no parameters"},
		{NewSGD(Constant(1)), State{1, 1, [][]float64{one, one}}, "the memory has 2 slices, want 1"},
		{
			NewSGD(Constant(1)),
			State{1, 2, [][]float64{one}},
			"slice 0 of the memory has 1 numbers, want one for each of 2",
		},
		{NewAdam(Constant(1)), State{Steps: 1, Params: 1}, "the state has no memory"},
		{NewAdam(Constant(1)), State{1, 1, [][]float64{one}}, "the memory has 1 slices, want 2"},
		{NewAdam(Constant(1)), State{1, 1, [][]float64{one, nil}}, "slice 1 of the memory has 0 numbers"},
	} {
		before := test.o.State()
		if err := test.o.Restore(test.state); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%T, %+v: the error is %v, want %q", test.o, test.state, err, test.want)
		}
		if diff := cmp.Diff(before, test.o.State()); diff != "" {
			t.Errorf("%T, %+v: the optimiser has changed:\n%s", test.o, test.state, diff)
		}
	}
}
