package params_test

import (
	"errors"
	"slices"
	"testing"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/nn/internal/params"
)

func TestCheck(t *testing.T) {
	w := gradus.New(2).As("w")
	for _, tt := range []struct {
		name   string
		params []*gradus.Value
		want   string
	}{
		{"none", nil, ""},
		{"leaves", []*gradus.Value{w, gradus.New(3)}, ""},
		{
			"nil",
			[]*gradus.Value{w, nil},
			"parameter 2 of the network (<nil>) is nil and cannot be trained, want a leaf made with gradus.New",
		},
		{
			"a constant",
			[]*gradus.Value{w, gradus.Const(9.81).As("g")},
			"parameter 2 of the network (g = 9.81, a constant) is a constant and cannot be trained, want a " +
				"leaf made with gradus.New",
		},
		{
			"a computed one",
			[]*gradus.Value{w.Exp().As("s")},
			"parameter 1 of the network (s = 7.38905609893065, by exp) was computed and cannot be trained, " +
				"want a leaf made with gradus.New",
		},
	} {
		got := ""
		if err := params.Check(tt.params); err != nil {
			got = err.Error()
		}
		if got != tt.want {
			t.Errorf("%s: error %q, want %q", tt.name, got, tt.want)
		}
	}
}

func TestMatter(t *testing.T) {
	w, x := gradus.New(2), gradus.New(3)
	for _, tt := range []struct {
		name   string
		params []*gradus.Value
		loss   *gradus.Value
		want   bool
	}{
		{"none", nil, w, false},
		{"a parameter itself", []*gradus.Value{x, w}, w, true},
		{"a function of one", []*gradus.Value{x, w}, w.Square().Add(1), true},
		{"a function of another leaf", []*gradus.Value{w}, x.Mul(2), false},
		{"a function of its number", []*gradus.Value{w}, x.Mul(w.Data), false},
	} {
		if got := params.Matter(tt.params, tt.loss); got != tt.want {
			t.Errorf("%s: %t, want %t", tt.name, got, tt.want)
		}
		var used []*gradus.Value // what is left if the unused are left out
		unused := params.Unused(tt.params, tt.loss)
		for _, v := range tt.params {
			if !slices.Contains(unused, v) {
				used = append(used, v)
			}
		}
		if params.Matter(unused, tt.loss) || !params.Matter(used, tt.loss) && tt.want {
			t.Errorf("%s: unused %v, want those on which %v does not depend", tt.name, unused, tt.loss)
		}
	}
}

// A sentence of package nn, layer, optim or gradus is an error. Any other panic stays one.
func TestTry(t *testing.T) {
	l := gradus.New(1)
	if got, err := params.Try(func() *gradus.Value { return l }); got != l || err != nil {
		t.Errorf("got %v, error %v, want the loss", got, err)
	}
	for panics, want := range map[string]string{
		"nn: Hinge: no": "Hinge: no", "layer: Conv: no": "layer: Conv: no", "gradus: Dot: no": "gradus: Dot: no",
		"optim: Adam: no": "optim: Adam: no",
	} {
		if _, err := params.Try(func() int { panic(panics) }); err == nil || err.Error() != want {
			t.Errorf("error %v, want %s", err, want)
		}
	}
	for _, other := range []any{"other: no", "index out of range", "nn", 7} {
		func() {
			defer func() {
				if r := recover(); r != other {
					t.Errorf("panics with %v, want %v", r, other)
				}
			}()
			_, _ = params.Try(func() int { panic(other) })
		}()
	}
}

func TestOnce(t *testing.T) {
	x, y := gradus.New(1), gradus.New(1)
	if got := params.Once([]*gradus.Value{x, y, x, y, x}); !slices.Equal(got, []*gradus.Value{x, y}) {
		t.Errorf("got %v, want x and y", got)
	}
}

// A model may say how many inputs it takes, and whether it is whole.
func TestOf(t *testing.T) {
	if err := params.CheckOf(net{}); err == nil {
		t.Error("the error of Check is lost")
	}
	if err := params.CheckOf(nil); err != nil {
		t.Errorf("error %v, want none", err)
	}
	rows := [][]float64{{1, 2}, {3}}
	for _, tt := range []struct {
		model any
		rows  [][]float64
		want  int
	}{{net{}, rows, 7}, {nil, rows, 2}, {nil, nil, 0}} {
		if got := params.InputsOf(tt.model, tt.rows); got != tt.want {
			t.Errorf("%v: got %d inputs, want %d", tt, got, tt.want)
		}
	}
}

type net struct{}

func (net) Check() error { return errors.New("no") }
func (net) Inputs() int  { return 7 }
