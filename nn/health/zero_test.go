package health

import (
	"testing"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/internal/doccheck"
	"github.com/gradus-go/gradus/nn"
)

// Zero values, nil among them, are taken or refused with a sentence.
func TestZeroValues(t *testing.T) {
	doccheck.TestZeros(t, ".", []any{Check}, []any{new(Report)})
	if got := (Report{}).String(); got != "a Report without layers\n" {
		t.Errorf("the zero Report is printed as %q", got)
	}
}

// What is missing is an error, and not a panic of another package.
func TestNil(t *testing.T) {
	none := func(_, _ []*gradus.Value) *gradus.Value { return nil }
	for _, test := range []struct {
		name string
		net  *nn.MLP
		loss nn.Loss
		want string
	}{
		{"no network", nil, nn.Hinge, "health: nn: the MLP is nil, want a network"},
		{
			"no layers", &nn.MLP{}, nn.Hinge,
			"health: nn: the MLP has no layers, want one or more",
		},
		{
			"no loss", one(nn.Identity, 1, 0), nil,
			"health: the loss is nil, want one, such as nn.MeanSquaredError",
		},
		{
			"a loss of nil", one(nn.Identity, 1, 0), none,
			"health: x[0]: the loss returned nil, want a Value",
		},
		{
			"a class for its targets", one(nn.Identity, 1, 0), func([]*gradus.Value, []*gradus.Value) *gradus.Value {
				return nn.Hinge(gradus.Values([]float64{1, 2}), gradus.Values([]float64{1}))
			},
			"health: x[0]: Hinge: got 2 outputs and 1 targets, want the same number of both, at least 1; " +
				"OneHot makes the targets of a class",
		},
		{
			"a target that is no count", one(nn.Identity, 1, 0), nn.PoissonNLL,
			"health: nn: PoissonNLL: targets[1][0] is -1, want a count, 0 or more",
		},
	} {
		_, err := Check(test.net, test.loss, [][]float64{{1}, {2}}, [][]float64{{1}, {-1}}, 0.01)
		if err == nil || err.Error() != test.want {
			t.Errorf("%s: error %v, want %s", test.name, err, test.want)
		}
	}
}
