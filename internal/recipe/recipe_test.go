package recipe

import (
	"strings"
	"testing"

	"github.com/gradus-go/gradus/nn/optim"
)

func TestParams(t *testing.T) {
	if got := Default.Params(26); got != 4192 {
		t.Errorf("%d parameters, want the 4192 of the original", got)
	}
}

func TestCheck(t *testing.T) {
	for _, test := range []struct {
		shape Shape
		want  string
	}{
		{Default, ""},
		{Largest, ""},
		{Shape{1, 1, 1, 1}, ""},
		{Shape{0, 1, 1, 1}, "width is 0, want a whole number from 1 to 256"},
		{Shape{8, -1, 1, 1}, "heads is -1"},
		{Shape{8, 1, 17, 1}, "layers is 17, want a whole number from 1 to 16"},
		{Shape{8, 1, 1, 0}, "context is 0"},
		{Shape{8, 3, 1, 1}, "the width 8 cannot be split among 3 heads, want a multiple of 3"},
	} {
		err := test.shape.Check(Largest)
		if (err == nil) != (test.want == "") || err != nil && !strings.Contains(err.Error(), test.want) {
			t.Errorf("%+v: %v, want %q", test.shape, err, test.want)
		}
	}
}

// The rate falls to 0 along a line, and the first step of Adam is as large as the rate.
func TestAdam(t *testing.T) {
	x, adam := []float64{0}, Adam(Falling(0.5, 2))
	adam.Step(x, []float64{3})
	if first := x[0]; first < -0.5 || first > -0.49 {
		t.Errorf("the first step is %v, want about -0.5", first)
	}
	for n, want := range []float64{0.5, 0.25, 0} {
		if got := Falling(0.5, 2)(n); got != want {
			t.Errorf("the rate of step %d is %v, want %v", n, got, want)
		}
	}
	var _ optim.Resumable = adam
}
