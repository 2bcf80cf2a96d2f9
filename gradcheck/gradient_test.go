package gradcheck_test

import (
	"fmt"
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/gradcheck"
)

// A log records what a test reports.
type log []string

func (*log) Helper() {}

func (l *log) Errorf(format string, args ...any) { *l = append(*l, fmt.Sprintf(format, args...)) }

func TestTestGradient(t *testing.T) {
	x, y := gradus.New(3).As("x"), gradus.New(-4).As("y")
	z := x.Mul(y).Add(x.Square()).Add(y.ReLU().Sqrt())
	both := []*gradus.Value{x, y}
	for _, tt := range []struct {
		name string
		root *gradus.Value
		by   []*gradus.Value
		want []float64
		says log
	}{
		{"right", z, both, []float64{2, 3}, nil},
		{"right up to rounding", z, both, []float64{2 + 1e-9, 3}, nil},
		{"off by 0.001", z, both, []float64{2.001, 3}, log{"gradcheck: the derivative by x is 2, want 2.001"}},
		{"both are wrong", z, both, []float64{-2, math.NaN()}, log{
			"gradcheck: the derivative by x is 2, want -2", "gradcheck: the derivative by y is 3, want NaN",
		}},
		{"infinite", gradus.New(0).As("u").Log(), nil, nil, nil},
		{"no root", nil, both, []float64{1, 2}, log{"gradcheck: the root of the graph is nil, want a Value"}},
		{"too few", z, both, []float64{2}, log{"gradcheck: got 2 Values and 1 derivatives, want the same number"}},
		{
			"nil", z,
			[]*gradus.Value{nil},
			[]float64{2},
			log{"gradcheck: the root was not computed from Value 1 of 1: <nil>"},
		},
		{
			"foreign", z,
			[]*gradus.Value{gradus.New(1)},
			[]float64{2},
			log{"gradcheck: the root was not computed from Value 1 of 1: 1"},
		},
	} {
		var got log
		gradcheck.TestGradient(&got, tt.root, tt.by, tt.want)
		if diff := cmp.Diff(tt.says, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, diff)
		}
	}
	u := gradus.New(0)
	var got log
	gradcheck.TestGradient(&got, u.Log(), []*gradus.Value{u}, []float64{7})
	if len(got) != 1 {
		t.Errorf("7 for +Inf: %q, want an error", got)
	}
	if x.HasGrad() {
		t.Error("TestGradient has changed a Grad")
	}
}
