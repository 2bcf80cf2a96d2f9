package gradcheck_test

import (
	"math"
	"testing"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/gradcheck"
)

// Backward and Gradient take the derivatives of an op of one's own from functions and from expressions. Check
// says if these are not the same, wherever in the graph the op is.
func TestCheckFormula(t *testing.T) {
	cube := gradus.Func1("cube",
		func(x float64) float64 { return x * x * x }, func(x float64) float64 { return 3 * x * x })
	area := gradus.Func2("area",
		func(x, y float64) float64 { return x * x * y },
		func(x, y float64) float64 { return 2 * x * y }, func(x, _ float64) float64 { return x * x })
	tanh := gradus.Func1("tanh2", math.Tanh,
		func(x float64) float64 { return 1 / (math.Cosh(x) * math.Cosh(x)) })
	times := func(factor float64) *gradus.Op {
		return cube.WithFormula(func(x []*gradus.Value, _ *gradus.Value) []*gradus.Value {
			return []*gradus.Value{x[0].Square().Mul(factor)}
		})
	}
	x, y := gradus.New(1.5).As("x"), gradus.New(40).As("y")
	for _, tt := range []struct {
		name string
		f    func() *gradus.Value
		want string
	}{
		{"right", func() *gradus.Value { return times(3).Apply(x).Mul(y) }, ""},
		{
			"wrong factor", func() *gradus.Value { return times(2).Apply(x).Mul(y) },
			"gradcheck: the op cube has the derivative 6.75 with respect to operand 1, where that is 1.5, and 4.5 " +
				"by the expression that WithFormula got, want the same",
		},
		{"swapped operands", func() *gradus.Value {
			return area.WithFormula(func(x []*gradus.Value, _ *gradus.Value) []*gradus.Value {
				return []*gradus.Value{x[0].Mul(x[1]).Mul(2), x[1].Square()}
			}).Apply(x, y).Sin()
		}, "gradcheck: the op area has the derivative 2.25 with respect to operand 2, where that is 40, and 1600 " +
			"by the expression that WithFormula got, want the same"},
		{"rounded differently", func() *gradus.Value { // both are nearly 0, and one is 0
			return tanh.WithFormula(func(_ []*gradus.Value, z *gradus.Value) []*gradus.Value {
				return []*gradus.Value{gradus.New(1).Sub(z.Square())}
			}).Apply(y).Mul(x)
		}, ""},
		{"no expression", func() *gradus.Value { return cube.Apply(x).Mul(y) }, ""},
	} {
		var got string
		if err := gradcheck.Check(tt.f, x, y); err != nil {
			got = err.Error()
		}
		if got != tt.want {
			t.Errorf("%s: error %q, want %q", tt.name, got, tt.want)
		}
	}
}
