package gradus

import (
	"math"

	"github.com/gradus-go/gradus/internal/elementary"
)

// Every function of this package is defined in this file or in another ops_ file. A definition
// has two parts. A method, or a function, applies the op; its comment has the formula and the
// special cases. Below it a type defines the value, the partial derivatives, and the formulas
// of both.
//
// The rules for sums, products, quotients and powers are those of DLMF §1.4(iii), and special
// cases of values are those of IEEE 754. A function with further sources names them.
//
// The second operand w of a method is a *Value, or else a number of any integer or
// floating-point type, which becomes a constant: x.Mul(2) is x.Mul(Const(2)). An integer
// beyond 2⁵³ is rounded to a float64.
//
// A product that may become a term of a sum is rounded explicitly, float64(x*y). Otherwise a
// compiler may fuse product and sum, as Go's does on arm64, and the last digits would differ
// between machines.

// Add returns v + w.
//
//	z = x + y    ∂z/∂x = 1    ∂z/∂y = 1
//
// Special cases are:
//
//	Inf + -Inf = NaN
//
// It panics if v or w is nil, or if w is neither a *Value nor a number.
func (v *Value) Add(w any) *Value {
	// Add and Mul name their ops and put the node on the tape themselves, which spares calls.
	y, ok := w.(*Value)
	if !ok || v == nil || y == nil {
		return add.applyTo(v, w)
	}
	z, m := addOp{}.value(v.Data, y.Data), v.more
	if !m.takes(v, y) {
		if m = y.more; !m.takes(y, v) {
			return add.node2(v, y, z)
		}
	}
	return m.put(add, backwardAdd, z, v, y)
}

var add = &Op{name: "+", back: backwardAdd, binary: addOp{}}

type addOp struct{}

func (addOp) value(x, y float64) float64                { return x + y }
func (addOp) partials(_, _, _ float64) (dx, dy float64) { return 1, 1 }
func (addOp) formula(_, _, z *Value) (f, dx, dy *Value) { return z, Const(1), Const(1) }

// Sub returns v − w.
//
//	z = x − y    ∂z/∂x = 1    ∂z/∂y = −1
//
// Special cases are:
//
//	Inf − Inf = NaN
//
// It panics if v or w is nil, or if w is neither a *Value nor a number.
func (v *Value) Sub(w any) *Value { return sub.applyTo(v, w) }

var sub = newBinary("−", subOp{})

type subOp struct{}

func (subOp) value(x, y float64) float64                { return x - y }
func (subOp) partials(_, _, _ float64) (dx, dy float64) { return 1, -1 }
func (subOp) formula(_, _, z *Value) (f, dx, dy *Value) { return z, Const(1), Const(-1) }

// Mul returns v·w.
//
//	z = x·y    ∂z/∂x = y    ∂z/∂y = x
//
// Special cases are:
//
//	±0 · ±Inf = NaN
//
// It panics if v or w is nil, or if w is neither a *Value nor a number.
func (v *Value) Mul(w any) *Value {
	y, ok := w.(*Value)
	if !ok || v == nil || y == nil {
		return mul.applyTo(v, w)
	}
	z, m := mulOp{}.value(v.Data, y.Data), v.more
	if !m.takes(v, y) {
		if m = y.more; !m.takes(y, v) {
			return mul.node2(v, y, z)
		}
	}
	return m.put(mul, backwardMul, z, v, y)
}

var mul = &Op{name: "·", back: backwardMul, binary: mulOp{}}

type mulOp struct{}

func (mulOp) value(x, y float64) float64                { return float64(x * y) }
func (mulOp) partials(x, y, _ float64) (dx, dy float64) { return y, x }
func (mulOp) formula(x, y, z *Value) (f, dx, dy *Value) { return z, y, x }

// Div returns v/w.
//
//	z = x/y    ∂z/∂x = 1/y    ∂z/∂y = −x/y² = −z/y
//
// Special cases are:
//
//	x / ±0 = ±Inf for x ≠ 0, with derivatives ±Inf
//	±0 / ±0 = NaN
//	±Inf / ±Inf = NaN
//	x / ±Inf = ±0 for finite x, with derivatives ±0
//
// It panics if v or w is nil, or if w is neither a *Value nor a number.
func (v *Value) Div(w any) *Value { return div.applyTo(v, w) }

var div = newBinary("/", divOp{})

type divOp struct{}

func (divOp) value(x, y float64) float64                { return x / y }
func (divOp) partials(_, y, z float64) (dx, dy float64) { return 1 / y, -z / y }
func (divOp) formula(_, y, z *Value) (f, dx, dy *Value) { return z, Const(1).Div(y), z.Div(y).Neg() }

// Neg returns −v.
//
//	z = −x    ∂z/∂x = −1
//
// Special cases are:
//
//	Neg(±0) = ∓0
//
// It panics if v is nil.
func (v *Value) Neg() *Value { return neg.apply1(v) }

var neg = newUnary("neg", negOp{})

type negOp struct{}

func (negOp) value(x float64) float64            { return -x }
func (negOp) partial(_, _ float64) float64       { return -1 }
func (negOp) formula(_, z *Value) (f, dx *Value) { return z, Const(-1) }

// Pow returns v raised to the power w.
//
//	z = x^y    ∂z/∂x = y·x^(y−1)    ∂z/∂y = z·ln x
//
// Special cases of the value are those of [math.Pow]; among them:
//
//	Pow(x, ±0) = 1 for any x, with ∂z/∂x = 0
//	Pow(±0, y) = ±Inf or +Inf for y < 0
//	Pow(x, y) = NaN for finite x < 0 and finite y that is not an integer
//
// and of the derivatives:
//
//	∂z/∂y = 0 for x = ±0 and y ≥ 0, and for x = +Inf and y < 0
//	∂z/∂y = NaN for x < 0, where Pow is defined at integers y alone
//
// Pow(x, ±0) ignores x; see [Op.Ignores].
//
// By [Gradient], derivatives of order 2 and higher may be NaN or wrong at x = ±0 unless w is a constant:
// the function of both numbers is not smooth there.
//
// It panics if v or w is nil, or if w is neither a *Value nor a number.
//
// Source: DLMF §4.7(ii).
func (v *Value) Pow(w any) *Value { return pow.applyTo(v, w) }

var pow = newBinary("^", powOp{})

type powOp struct{}

func (powOp) value(x, y float64) float64                { return elementary.Pow(x, y) }
func (powOp) partials(x, y, z float64) (dx, dy float64) { return elementary.PowSlopes(x, y, z) }

func (powOp) ignores(_, y float64) (ignoresX, ignoresY bool) { return y == 0, false }

func (powOp) formula(x, y, z *Value) (f, dx, dy *Value) {
	dx = y.Mul(x.Pow(y.Sub(Const(1))))
	switch {
	case !y.IsConst():
		dx = Where(x.Abs().Sub(0x1p-1022), dx, Where(y.Abs(), dx, 0)) // 0·x⁻¹ is 0 even if x⁻¹ overflows
	case y.Data == 0:
		dx = Const(0)
	}
	if !x.IsConst() || x.Data == 0 {
		x = Where(x.Abs(), x, Where(y.Neg(), x, 1)) // at 0^y with y ≥ 0, z·ln 1 and all its derivatives are 0
	}
	return z, dx, z.Mul(x.Log())
}

// Square returns v².
//
//	z = x²    ∂z/∂x = 2x
//
// Special cases are:
//
//	Square(±Inf) = +Inf, with derivative ±Inf
//
// It panics if v is nil.
func (v *Value) Square() *Value { return square.apply1(v) }

var square = newUnary("square", squareOp{})

type squareOp struct{}

func (squareOp) value(x float64) float64            { return float64(x * x) }
func (squareOp) partial(x, _ float64) float64       { return 2 * x }
func (squareOp) formula(x, _ *Value) (f, dx *Value) { return x.Mul(x), Const(2).Mul(x) }

// Sqrt returns the square root of v.
//
//	z = √x    ∂z/∂x = 1/(2√x) = 1/(2z)
//
// Special cases are:
//
//	Sqrt(±0) = ±0, with derivative ±Inf
//	Sqrt(+Inf) = +Inf, with derivative 0
//	Sqrt(x < 0) = NaN
//
// It panics if v is nil.
func (v *Value) Sqrt() *Value { return sqrt.apply1(v) }

var sqrt = newUnary("√", sqrtOp{})

type sqrtOp struct{}

func (sqrtOp) value(x float64) float64            { return math.Sqrt(x) }
func (sqrtOp) partial(_, z float64) float64       { return 1 / (2 * z) }
func (sqrtOp) formula(x, z *Value) (f, dx *Value) { return x.Pow(0.5), Const(1).Div(Const(2).Mul(z)) }
