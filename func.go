package gradus

import "slices"

// Func1 makes an op of your own, a function of one number z = f(x), from f and its derivative
// df = dz/dx. Apply it with [Op.Apply]:
//
//	cube := gradus.Func1("cube",
//		func(x float64) float64 { return x * x * x },
//		func(x float64) float64 { return 3 * x * x })
//	z := cube.Apply(x)
//
// It can be used wherever a built-in op can. Only the derivative of df is not known: the [Gradient] of a
// Gradient panics, unless [Op.WithFormula] gives df as an expression, too. f and df must depend on x
// alone: the same x must always give the same numbers.
//
// It panics if f or df is nil.
func Func1(name string, f, df func(x float64) float64) *Op {
	if f == nil || df == nil {
		panic(message("Func1", "%s needs a function and its derivative, and one is nil", name))
	}
	slope := func1{name: name + "′", f: df, df: func(float64) float64 { panic(unknown(name + "′")) }}
	return newUnary(name, func1{name, f, df, newUnary(slope.name, slope)})
}

type func1 struct {
	name  string
	f, df func(x float64) float64
	slope *Op // df, the same op in every formula; nil for a derivative itself
}

func (op func1) value(x float64) float64      { return op.f(x) }
func (op func1) partial(x, _ float64) float64 { return op.df(x) }
func (op func1) formula(x, z *Value) (f, dx *Value) {
	if op.slope == nil {
		panic(unknown(op.name))
	}
	return z, op.slope.Apply(x)
}

// unknown is the sentence about a derivative whose own derivative nobody has given.
func unknown(name string) string {
	return message(name, "it was given as a function of numbers, so its derivative, which is needed, "+
		"is not known; want it as an expression, too: see Op.WithFormula")
}

// Func2 makes an op of your own, a function of two numbers z = f(x, y), from f and its partial
// derivatives dfdx = ∂z/∂x and dfdy = ∂z/∂y. What [Func1] says holds for it, too.
//
// It panics if f, dfdx or dfdy is nil.
func Func2(name string, f, dfdx, dfdy func(x, y float64) float64) *Op {
	if f == nil || dfdx == nil || dfdy == nil {
		panic(message("Func2", "%s needs a function and two partial derivatives, and one is nil", name))
	}
	slope := func(name string, f func(x, y float64) float64) *Op {
		none := func(_, _ float64) float64 { panic(unknown(name)) }
		return newBinary(name, func2{name: name, f: f, dfdx: none, dfdy: none})
	}
	return newBinary(name, func2{name, f, dfdx, dfdy, slope("∂"+name+"/∂x", dfdx), slope("∂"+name+"/∂y", dfdy)})
}

type func2 struct {
	name           string
	f, dfdx, dfdy  func(x, y float64) float64
	slopeX, slopeY *Op // dfdx and dfdy, the same ops in every formula; nil for a derivative itself
}

func (op func2) value(x, y float64) float64 { return op.f(x, y) }

func (op func2) partials(x, y, _ float64) (dx, dy float64) { return op.dfdx(x, y), op.dfdy(x, y) }

func (op func2) formula(x, y, z *Value) (f, dx, dy *Value) {
	if op.slopeX == nil {
		panic(unknown(op.name))
	}
	return z, op.slopeX.Apply(x, y), op.slopeY.Apply(x, y)
}

// WithFormula returns an op that is op, and whose derivatives are known as expressions: dx returns the
// partial derivatives ∂z/∂xᵢ in terms of the operands x and the result z. So they can be differentiated
// again:
//
//	cube = cube.WithFormula(func(x []*gradus.Value, z *gradus.Value) []*gradus.Value {
//		return []*gradus.Value{x[0].Square().Mul(3)}
//	})
//
// Backward goes on to use the functions of numbers that the op was made of. [Op.Formula] returns the
// expressions, which must have the same values.
//
// It panics if op is nil, the zero Op or one of [Ops], or if dx is nil. Op.Formula panics if dx does not
// return one Value for each operand.
func (op *Op) WithFormula(dx func(x []*Value, z *Value) []*Value) *Op {
	if op.Arity(); dx == nil || slices.Contains(Ops(), op) {
		panic(message(op.name, "WithFormula wants an op of your own and a function that returns its derivatives"))
	}
	known := *op
	known.dx = dx
	return &known
}
