package gradus_test

import (
	"math"
	"testing"

	"github.com/gradus-go/gradus"
)

// The derivative formula of a user's op calls the user's function. What its own derivative
// is nobody said.
func TestUserFormula(t *testing.T) {
	cube := gradus.Func1("cube",
		func(x float64) float64 { return x * x * x },
		func(x float64) float64 { return 3 * x * x })
	x := gradus.New(2)
	_, dx := cube.Formula(gradus.New(8), x)
	if got := dx[0].Op().Name(); got != "cube′" {
		t.Errorf("name of the derivative = %q, want %q", got, "cube′")
	}
	dx[0].Backward()
	if !math.IsNaN(x.Grad) {
		t.Errorf("second derivative of cube = %v, want NaN for unknown", x.Grad)
	}
	hypot := gradus.Func2("hypot", math.Hypot,
		func(x, y float64) float64 { return x / math.Hypot(x, y) },
		func(x, y float64) float64 { return y / math.Hypot(x, y) })
	_, dx = hypot.Formula(gradus.New(5), gradus.New(3), gradus.New(4))
	for i, want := range []string{"∂hypot/∂x", "∂hypot/∂y"} {
		if got := dx[i].Op().Name(); got != want {
			t.Errorf("name of derivative %d = %q, want %q", i, got, want)
		}
	}
}

// The derivative of a caller's function is one op, so that readers can tell that two of its values
// are of the same function.
func TestUserFormulaIsOneOp(t *testing.T) {
	cube := gradus.Func1("cube", func(x float64) float64 { return x * x * x },
		func(x float64) float64 { return 3 * x * x })
	hypot := gradus.Func2("hypot", math.Hypot, func(x, y float64) float64 { return x / math.Hypot(x, y) },
		func(x, y float64) float64 { return y / math.Hypot(x, y) })
	for _, op := range []*gradus.Op{cube, hypot} {
		x := gradus.Values([]float64{3, 4}[:op.Arity()])
		z := op.Apply(x...)
		_, once := op.Formula(z, x...)
		_, again := op.Formula(z, x...)
		for i := range once {
			if once[i].Op() != again[i].Op() {
				t.Errorf("%s: derivative %d is another op each time", op.Name(), i)
			}
		}
	}
}
