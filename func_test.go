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
	const unknown = "it was given as a function of numbers, so its derivative, which is needed, is not known; " +
		"want it as an expression, too: see Op.WithFormula"
	mustPanic(t, "gradus: cube′: "+unknown, dx[0].Backward)
	mustPanic(t, "gradus: cube′: "+unknown, func() { gradus.Gradient(dx[0], x) })
	hypot := gradus.Func2("hypot", math.Hypot,
		func(x, y float64) float64 { return x / math.Hypot(x, y) },
		func(x, y float64) float64 { return y / math.Hypot(x, y) })
	_, dx = hypot.Formula(gradus.New(5), gradus.New(3), gradus.New(4))
	for i, want := range []string{"∂hypot/∂x", "∂hypot/∂y"} {
		if got := dx[i].Op().Name(); got != want {
			t.Errorf("name of derivative %d = %q, want %q", i, got, want)
		}
		mustPanic(t, "gradus: "+want+": "+unknown, dx[i].Backward)
		mustPanic(t, "gradus: "+want+": "+unknown, func() { gradus.Gradient(dx[i], dx[i].Parents()[0]) })
	}
}

// An op with a formula has derivatives of all orders. Backward uses its functions of numbers all the same.
func TestWithFormula(t *testing.T) {
	calls := 0
	sine := gradus.Func1("sine", math.Sin, func(x float64) float64 { calls++; return math.Cos(x) }).
		WithFormula(func(x []*gradus.Value, _ *gradus.Value) []*gradus.Value { return []*gradus.Value{x[0].Cos()} })
	x := gradus.New(0.3)
	y := sine.Apply(x)
	if got := derivative(4, y, x).Data; got != math.Sin(0.3) || calls != 0 {
		t.Errorf("the fourth derivative is %v after %d calls, want %v after none", got, calls, math.Sin(0.3))
	}
	if y.Backward(); x.Grad != math.Cos(0.3) || calls != 1 {
		t.Errorf("Grad is %v after %d calls, want %v after one", x.Grad, calls, math.Cos(0.3))
	}
	ratio := gradus.Func2("ratio", func(x, y float64) float64 { return x / y },
		func(_, y float64) float64 { return 1 / y }, func(x, y float64) float64 { return -x / y / y }).
		WithFormula(func(x []*gradus.Value, z *gradus.Value) []*gradus.Value {
			return []*gradus.Value{gradus.Const(1).Div(x[1]), z.Div(x[1]).Neg()}
		})
	v := gradus.New(4)
	h := gradus.Hessian(ratio.Apply(x, v), x, v)
	if h[0][0].Data != 0 || h[1][0].Data != -1/16. || math.Abs(h[1][1].Data-2*0.3/64) > 1e-17 {
		t.Errorf("the Hessian of x/y is %v, want 0, -1/16 and 2x/y³", h)
	}
	const want = ": WithFormula wants an op of your own and a function that returns its derivatives"
	mustPanic(t, "gradus: sine"+want, func() { sine.WithFormula(nil) })
	for _, op := range gradus.Ops() { // other packages tell these apart by identity, so they must not be copied
		mustPanic(t, "gradus: "+op.Name()+want, func() {
			op.WithFormula(func(x []*gradus.Value, _ *gradus.Value) []*gradus.Value { return x })
		})
	}
}

// A formula that does not fit the op is told so.
func TestWithWrongFormula(t *testing.T) {
	x := gradus.New(2)
	for want, dx := range map[string][]*gradus.Value{
		"gradus: f: the formula has 0 derivatives, want 1, one for each operand": nil,
		"gradus: f: the formula has 2 derivatives, want 1, one for each operand": {x, x},
		"gradus: f: derivative 1 of 1 is nil, want a Value":                      {nil},
	} {
		f := gradus.Func1("f", math.Exp, math.Exp).
			WithFormula(func([]*gradus.Value, *gradus.Value) []*gradus.Value { return dx })
		mustPanic(t, want, func() { gradus.Gradient(f.Apply(x), x) })
	}
}

// A derivative that is not known does no harm where nothing depends on x through it.
func TestUnknownDerivativeNotNeeded(t *testing.T) {
	cube := gradus.Func1("cube", func(x float64) float64 { return x * x * x },
		func(x float64) float64 { return 3 * x * x })
	x, other := gradus.New(2), gradus.New(5)
	dx := gradus.Gradient(cube.Apply(x), x)[0]
	if got := gradus.Gradient(dx, other)[0].Data; got != 0 {
		t.Errorf("the derivative of cube′ with respect to another leaf is %v, want 0", got)
	}
	if got := gradus.Gradient(dx.Square(), dx)[0].Data; got != 24 {
		t.Errorf("the derivative of h² with respect to h = cube′ is %v, want 2h = 24", got)
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
