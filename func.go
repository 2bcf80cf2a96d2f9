package gradus

import (
	"fmt"
	"slices"
	"sync"
)

// Func1 makes an op of your own, a function of one number z = f(x), from f and its derivative
// df = dz/dx. Apply it with [Op.Apply]:
//
//	cube := gradus.Func1("cube",
//		func(x float64) float64 { return x * x * x },
//		func(x float64) float64 { return 3 * x * x })
//	z := cube.Apply(x)
//
// It can be used wherever a built-in op can. Only the derivative of df is not known: the [Gradient] of a
// Gradient panics, and so does all else that needs it, such as Backward of a Gradient, unless
// [Op.WithFormula] gives df as an expression, too. f and df must depend on x alone: the same x must always
// give the same numbers.
//
// It panics if f or df is nil.
func Func1(name string, f, df func(x float64) float64) *Op {
	if f == nil || df == nil {
		panic(message("Func1", "%s needs a function and its derivative, and one is nil", name))
	}
	return newUnary(name, func1{f, df, sync.OnceValue(func() *Op {
		slope := name + "′"
		return Func1(slope, df, func(float64) float64 { panic(unknown(slope)) })
	})})
}

type func1 struct {
	f, df func(x float64) float64
	slope func() *Op // returns df, the same op each time
}

func (op func1) value(x float64) float64            { return op.f(x) }
func (op func1) partial(x, _ float64) float64       { return op.df(x) }
func (op func1) formula(x, z *Value) (f, dx *Value) { return z, op.slope().Apply(x) }

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
	slope := func(name string, f func(x, y float64) float64) func() *Op {
		none := func(_, _ float64) float64 { panic(unknown(name)) }
		return sync.OnceValue(func() *Op { return Func2(name, f, none, none) })
	}
	return newBinary(name, func2{f, dfdx, dfdy, slope("∂"+name+"/∂x", dfdx), slope("∂"+name+"/∂y", dfdy)})
}

type func2 struct {
	f, dfdx, dfdy  func(x, y float64) float64
	slopeX, slopeY func() *Op // return dfdx and dfdy, the same ops each time
}

func (op func2) value(x, y float64) float64                { return op.f(x, y) }
func (op func2) partials(x, y, _ float64) (dx, dy float64) { return op.dfdx(x, y), op.dfdy(x, y) }
func (op func2) formula(x, y, z *Value) (f, dx, dy *Value) {
	return z, op.slopeX().Apply(x, y), op.slopeY().Apply(x, y)
}

// FuncN makes an op of your own, a function of any number of numbers z = f(x), from f and df, which sets
// each dx[i] to the partial derivative ∂z/∂x[i]:
//
//	product := gradus.FuncN("product",
//		func(x []float64) float64 { return x[0] * x[1] * x[2] },
//		func(dx, x []float64) { dx[0], dx[1], dx[2] = x[1]*x[2], x[0]*x[2], x[0]*x[1] })
//	z := product.Apply(u, v, w)
//
// The op takes any number of operands. If f wants a certain number of them, let it check len(x).
//
// The slices are copies, made for the call, and dx holds zeros. So f and df may write to x, for instance
// to sort it, and df may leave out a derivative that is 0. For these slices Apply and [Op.Eval] allocate
// once, Backward and [Op.Partials] twice, besides what they allocate for every op. [Func1] and [Func2] need
// no slices: use them for one and two numbers. A [Gradient] calls df once for each operand.
//
// What Func1 says holds for FuncN, too.
//
// It panics if f or df is nil.
func FuncN(name string, f func(x []float64) float64, df func(dx, x []float64)) *Op {
	if f == nil || df == nil {
		panic(message("FuncN", "%s needs a function and its derivatives, and one is nil", name))
	}
	return newNary(name, &funcN{name: name, f: f, df: df})
}

type funcN struct {
	name   string
	f      func(x []float64) float64
	df     func(dx, x []float64)
	slopes sync.Map // has for each i the op ∂z/∂xᵢ, once a formula has needed it
}

func (op *funcN) value(x operands) float64 { return op.f(x.copied()) }

func (op *funcN) partials(x operands, _ float64) {
	dx := make([]float64, x.len())
	op.df(dx, x.copied())
	for i, d := range dx {
		x.put(i, d)
	}
}

func (op *funcN) formula(x []*Value, z *Value) (f *Value, dx []*Value) {
	for i := range x {
		dx = append(dx, op.slope(i).Apply(x...))
	}
	return z, dx
}

// slope returns ∂z/∂xᵢ, the same op each time.
func (op *funcN) slope(i int) *Op {
	name := fmt.Sprintf("∂%s/∂x[%d]", op.name, i)
	slope, _ := op.slopes.LoadOrStore(i, FuncN(name, func(x []float64) float64 {
		dx := make([]float64, len(x))
		op.df(dx, x)
		return dx[i]
	}, func(_, _ []float64) { panic(unknown(name)) }))
	return slope.(*Op)
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
