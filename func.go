package gradus

import "math"

// Func1 makes an op of your own, a function of one number z = f(x), from f and its derivative
// df = dz/dx. Apply it with [Op.Apply]:
//
//	cube := gradus.Func1("cube",
//		func(x float64) float64 { return x * x * x },
//		func(x float64) float64 { return 3 * x * x })
//	z := cube.Apply(x)
//
// It can be used wherever a built-in op can. Only its second derivative is unknown: to
// differentiate the derivative that [Op.Formula] returns gives NaN. f and df must depend on x
// alone: the same x must always give the same numbers.
//
// It panics if f or df is nil.
func Func1(name string, f, df func(x float64) float64) *Op {
	if f == nil || df == nil {
		panic(message("Func1", "%s needs a function and its derivative, and one is nil", name))
	}
	slope := newUnary(name+"′", func1{name: name + "′", f: df, df: unknown1})
	return newUnary(name, func1{name, f, df, slope})
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
		return z, Func1(op.name+"′", op.df, unknown1).Apply(x)
	}
	return z, op.slope.Apply(x)
}

// unknown1 stands for the second derivative, which nobody has given.
func unknown1(float64) float64 { return math.NaN() }

// Func2 makes an op of your own, a function of two numbers z = f(x, y), from f and its partial
// derivatives dfdx = ∂z/∂x and dfdy = ∂z/∂y. What [Func1] says holds for it, too.
//
// It panics if f, dfdx or dfdy is nil.
func Func2(name string, f, dfdx, dfdy func(x, y float64) float64) *Op {
	if f == nil || dfdx == nil || dfdy == nil {
		panic(message("Func2", "%s needs a function and two partial derivatives, and one is nil", name))
	}
	slopeX := newBinary("∂"+name+"/∂x", func2{name: "∂" + name + "/∂x", f: dfdx, dfdx: unknown2, dfdy: unknown2})
	slopeY := newBinary("∂"+name+"/∂y", func2{name: "∂" + name + "/∂y", f: dfdy, dfdx: unknown2, dfdy: unknown2})
	return newBinary(name, func2{name, f, dfdx, dfdy, slopeX, slopeY})
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
		return z, Func2("∂"+op.name+"/∂x", op.dfdx, unknown2, unknown2).Apply(x, y),
			Func2("∂"+op.name+"/∂y", op.dfdy, unknown2, unknown2).Apply(x, y)
	}
	return z, op.slopeX.Apply(x, y), op.slopeY.Apply(x, y)
}

// unknown2 is unknown1 for functions of two numbers.
func unknown2(_, _ float64) float64 { return math.NaN() }
