package gradus_test

import (
	"math"
	"slices"
	"sync"
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

// WithFormula leaves the op that it is given as it was.
func TestWithFormulaIsAnotherOp(t *testing.T) {
	sine := gradus.Func1("sine", math.Sin, math.Cos)
	known := sine.WithFormula(func(x []*gradus.Value, _ *gradus.Value) []*gradus.Value {
		return []*gradus.Value{x[0].Cos()}
	})
	x := gradus.New(0.3)
	if got := gradus.Gradient(sine.Apply(x), x)[0].Op().Name(); known == sine || got != "sine′" {
		t.Errorf("the derivative of the op without a formula is computed by %s, want sine′", got)
	}
}

// However many operands and rows there are, a node is asked once for its formulas.
func TestFormulaIsAskedForOnce(t *testing.T) {
	calls := 0
	product := gradus.Func2("product", func(x, y float64) float64 { return x * y },
		func(_, y float64) float64 { return y }, func(x, _ float64) float64 { return x }).
		WithFormula(func(x []*gradus.Value, _ *gradus.Value) []*gradus.Value {
			calls++
			return []*gradus.Value{x[1], x[0]}
		})
	x, y := gradus.New(2), gradus.New(3)
	gradus.Hessian(product.Apply(x, y).Exp(), x, y) // exp is in all rows
	if calls != 1 {
		t.Errorf("the formula was called %d times, want once", calls)
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

// monomial is x·y²·z³.
var monomial = gradus.FuncN("xy²z³",
	func(x []float64) float64 { return x[0] * x[1] * x[1] * x[2] * x[2] * x[2] },
	func(dx, v []float64) {
		x, y, z := v[0], v[1], v[2]
		dx[0], dx[1], dx[2] = y*y*z*z*z, 2*x*y*z*z*z, 3*x*y*y*z*z
	})

// A function of slices is an op on the heap and on a tape. Its derivatives by Backward and by Gradient are
// those that it was given, each an op of its own. Their own derivatives nobody has given.
func TestFuncN(t *testing.T) {
	want := []float64{9 * 125, 2 * 2 * 3 * 125, 3 * 2 * 9 * 25}
	var tape gradus.Tape
	for where, x := range map[string][]*gradus.Value{
		"heap": gradus.Values([]float64{2, 3, 5}),
		"tape": {tape.New(2), tape.New(3), tape.New(5)},
	} {
		z := monomial.Apply(x...)
		if z.Backward(); z.Data != 2*9*125 {
			t.Errorf("%s: value %v, want 2250", where, z.Data)
		}
		dx := gradus.Gradient(z, x...)
		again := gradus.Gradient(monomial.Apply(x[2], x[1], x[0]), x[2])[0]
		if dx[0].Op() != again.Op() {
			t.Errorf("%s: the derivative is another op each time", where)
		}
		for i, name := range []string{"∂xy²z³/∂x[0]", "∂xy²z³/∂x[1]", "∂xy²z³/∂x[2]"} {
			if dx[i].Data != want[i] || x[i].Grad != want[i] || dx[i].Op().Name() != name {
				t.Errorf("%s: derivative %d is %v, Backward has %v, want %v by %s",
					where, i, dx[i], x[i].Grad, want[i], name)
			}
			unknown := "gradus: " + name + ": it was given as a function of numbers, so its derivative, which is " +
				"needed, is not known; want it as an expression, too: see Op.WithFormula"
			mustPanic(t, unknown, dx[i].Backward)
			mustPanic(t, unknown, func() { gradus.Gradient(dx[i], x[1]) })
		}
	}
	x := gradus.New(2)
	z := monomial.Apply(x, x, x).Square() // x¹²
	if z.Backward(); x.Grad != 12*2048 || gradus.Gradient(z, x)[0].Data != 12*2048 {
		t.Errorf("Grad %v and derivative %v of x¹² at 2, want %v", x.Grad, gradus.Gradient(z, x)[0], 12*2048)
	}
}

// With its derivatives as expressions, a function of three numbers has a Hessian.
func TestHessianOfFuncN(t *testing.T) {
	op := monomial.WithFormula(func(x []*gradus.Value, z *gradus.Value) []*gradus.Value {
		return []*gradus.Value{z.Div(x[0]), z.Mul(2).Div(x[1]), z.Mul(3).Div(x[2])}
	})
	const x, y, z = 2, 3, 5
	want := [3][3]float64{
		{0, 2 * y * z * z * z, 3 * y * y * z * z},
		{2 * y * z * z * z, 2 * x * z * z * z, 6 * x * y * z * z},
		{3 * y * y * z * z, 6 * x * y * z * z, 6 * x * y * y * z},
	}
	v := gradus.Values([]float64{x, y, z})
	for i, row := range gradus.Hessian(op.Apply(v...), v...) {
		for j, got := range row {
			if math.Abs(got.Data-want[i][j]) > 1e-15*want[2][1] { // a few roundings of numbers up to that
				t.Errorf("entry %d, %d is %v, want %v", i, j, got.Data, want[i][j])
			}
		}
	}
}

// What the functions do to their slices changes neither the graph nor what Op.Eval and Op.Partials got,
// nor what they are given the next time. A derivative that df leaves out is 0.
func TestFuncNOwnsItsSlices(t *testing.T) {
	var kept [][]float64
	spoil := func(x []float64) {
		kept = append(kept, x)
		for i := range x {
			x[i] = 1000
		}
	}
	op := gradus.FuncN("first",
		func(x []float64) float64 { defer spoil(x); return x[0] },
		func(dx, x []float64) {
			if dx[0] = 7; x[0] == 7 {
				t.Error("dx and x are one memory")
			}
			dx[0] = x[0]
			spoil(x)
			kept = append(kept, dx)
		})
	x := gradus.Values([]float64{2, 3})
	z := op.Apply(x...)
	for range 2 {
		z.Backward()
		dx := gradus.Gradient(z, x...)
		if z.Data != 2 || x[0].Data != 2 || x[1].Data != 3 || dx[0].Data != 2 || dx[1].Data != 0 {
			t.Errorf("z = %v of %v with the derivatives %v, want 2 of 2 and 3 with 2 and 0", z, x, dx)
		}
		for _, s := range kept {
			s[0], s[1] = 55, 55 // what was kept has no influence
		}
	}
	if x[0].Grad != 4 || x[1].Grad != 0 {
		t.Errorf("Grad is %v and %v, want 4 and 0", x[0].Grad, x[1].Grad)
	}
	numbers := []float64{2, 3}
	if z := op.Eval(numbers...); z != 2 || numbers[0] != 2 || numbers[1] != 3 {
		t.Errorf("Eval returns %v and leaves %v, want 2, and 2 and 3", z, numbers)
	}
	op.Partials(numbers, numbers, 2)
	for _, s := range kept {
		s[0], s[1] = 55, 55
	}
	if numbers[0] != 2 || numbers[1] != 0 {
		t.Errorf("Partials in place are %v, want 2 and 0", numbers)
	}
}

// One op serves graphs of several goroutines, its derivatives among them, which are made when they are
// first needed.
func TestOwnOpsInGoroutines(t *testing.T) {
	cube := gradus.Func1("cube", func(x float64) float64 { return x * x * x },
		func(x float64) float64 { return 3 * x * x })
	product := gradus.Func2("product", func(x, y float64) float64 { return x * y },
		func(_, y float64) float64 { return y }, func(x, _ float64) float64 { return x })
	op := gradus.FuncN("norm", norm, func(dx, x []float64) { copy(dx, x) })
	var group sync.WaitGroup
	slopes := make([][]*gradus.Op, 8)
	for k := range slopes {
		group.Add(1)
		go func() {
			defer group.Done()
			x := gradus.Values([]float64{1, 2, 3})
			for _, z := range []*gradus.Value{cube.Apply(x[0]), product.Apply(x[0], x[1]), op.Apply(x...)} {
				for _, dx := range gradus.Gradient(z, z.Parents()...) {
					slopes[k] = append(slopes[k], dx.Op())
				}
			}
		}()
	}
	group.Wait()
	for _, s := range slopes {
		if len(s) != 6 || !slices.Equal(s, slopes[0]) {
			t.Errorf("the ops of the derivatives are %v, want 6, the same in all goroutines: %v", s, slopes[0])
		}
	}
}
