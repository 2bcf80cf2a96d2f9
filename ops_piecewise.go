package gradus

import (
	"math"
	"strconv"

	"github.com/gradus-go/gradus/internal/elementary"
)

// Abs returns the absolute value of v.
//
//	z = |x|    ∂z/∂x = sign x
//
// Special cases are:
//
//	Abs(±0) = 0, with derivative 0: the mean of both sides, as PyTorch has it
//	Abs(±Inf) = +Inf, with derivative ±1
//
// It panics if v is nil.
func (v *Value) Abs() *Value { return abs.apply1(v) }

var abs = newUnary("abs", absOp{})

type absOp struct{}

func (absOp) value(x float64) float64            { return math.Abs(x) }
func (absOp) partial(x, _ float64) float64       { return elementary.Larger(x, 0) - elementary.Larger(0, x) }
func (absOp) formula(x, _ *Value) (f, dx *Value) { return x.Max(x.Neg()), sign.Apply(x) }

// ReLU returns the rectified linear unit of v.
//
//	z = max(x, 0)    ∂z/∂x = 1 if x > 0, else 0
//
// Special cases are:
//
//	ReLU(±0) = 0, with derivative 0; PyTorch has the same derivative
//	ReLU(NaN) = NaN, with derivative NaN
//
// It ignores x ≤ 0; see [Op.Ignores].
//
// It panics if v is nil.
//
// Source: V. Nair, G. Hinton, Rectified linear units improve restricted Boltzmann
// machines, ICML 2010.
func (v *Value) ReLU() *Value { return relu.apply1(v) }

var relu = newUnary("ReLU", reluOp{})

type reluOp struct{}

func (reluOp) value(x float64) float64            { return math.Max(x, 0) }
func (reluOp) partial(x, _ float64) float64       { return elementary.Choose(x, 1, 0) }
func (reluOp) ignores(x float64) bool             { return x <= 0 }
func (reluOp) formula(x, _ *Value) (f, dx *Value) { return x.Max(Const(0)), step.Apply(x) }

// LeakyReLU returns the leaky rectified linear unit of v with the slope 0.01, which is
// the usual one. For other slopes see the function [LeakyReLU].
//
// It panics if v is nil.
func (v *Value) LeakyReLU() *Value { return leakyReLU.apply1(v) }

var leakyReLU = LeakyReLU(0.01)

// LeakyReLU returns the leaky rectified linear unit of a slope, as an op for [Op.Apply]. Call it
// once and keep the op: ops are told apart by identity, and two calls make two ops.
//
//	z = x if x > 0, else slope·x    ∂z/∂x = 1 if x > 0, else slope
//
// Special cases are:
//
//	LeakyReLU(±0) = slope·±0, with derivative slope, as PyTorch has it
//	LeakyReLU(NaN) = NaN, with derivative NaN
//
// Source: A. Maas, A. Hannun, A. Ng, Rectifier nonlinearities improve neural network
// acoustic models, ICML 2013.
func LeakyReLU(slope float64) *Op {
	return newUnary("LeakyReLU("+strconv.FormatFloat(slope, 'g', -1, 64)+")", leakyReLUOp{slope})
}

type leakyReLUOp struct{ slope float64 }

func (op leakyReLUOp) value(x float64) float64      { return elementary.Choose(x, x, float64(op.slope*x)) }
func (op leakyReLUOp) partial(x, _ float64) float64 { return elementary.Choose(x, 1, op.slope) }
func (op leakyReLUOp) formula(x, _ *Value) (f, dx *Value) {
	slope, zero, one, on := Const(op.slope), Const(0), Const(1), step.Apply(x)
	return x.Max(zero).Add(slope.Mul(x.Min(zero))), on.Add(slope.Mul(one.Sub(on)))
}

// Max returns the larger of v and w.
//
//	z = max(x, y)    ∂z/∂x = 1 if x > y, 0 if x < y, ½ if x = y    ∂z/∂y = 1 − ∂z/∂x
//
// Special cases are:
//
//	Max(x, x) has the derivatives ½ and ½, as PyTorch has it
//	Max(+0, -0) = +0, with derivatives ½ and ½
//	Max(x, NaN) = Max(NaN, y) = NaN, with derivatives NaN
//
// It ignores the smaller one; see [Op.Ignores].
//
// It panics if v or w is nil, or if w is neither a *Value nor a number.
func (v *Value) Max(w any) *Value { return maximum.applyTo(v, w) }

var maximum = newBinary("max", maxOp{})

type maxOp struct{}

func (maxOp) value(x, y float64) float64 { return max(x, y) }
func (maxOp) partials(x, y, _ float64) (dx, dy float64) {
	return elementary.Larger(x, y), elementary.Larger(y, x)
}

func (maxOp) ignores(x, y float64) (ignoresX, ignoresY bool) { return x < y, x > y }

func (maxOp) formula(x, y, z *Value) (f, dx, dy *Value) {
	return z, largerFormula(x, y), largerFormula(y, x)
}

// Min returns the smaller of v and w.
//
//	z = min(x, y)    ∂z/∂x = 1 if x < y, 0 if x > y, ½ if x = y    ∂z/∂y = 1 − ∂z/∂x
//
// Special cases are:
//
//	Min(x, x) has the derivatives ½ and ½, as PyTorch has it
//	Min(+0, -0) = -0, with derivatives ½ and ½
//	Min(x, NaN) = Min(NaN, y) = NaN, with derivatives NaN
//
// It ignores the larger one; see [Op.Ignores].
//
// It panics if v or w is nil, or if w is neither a *Value nor a number.
func (v *Value) Min(w any) *Value { return minimum.applyTo(v, w) }

var minimum = newBinary("min", minOp{})

type minOp struct{}

func (minOp) value(x, y float64) float64 { return min(x, y) }
func (minOp) partials(x, y, _ float64) (dx, dy float64) {
	return elementary.Larger(y, x), elementary.Larger(x, y)
}

func (minOp) ignores(x, y float64) (ignoresX, ignoresY bool) { return x > y, x < y }

func (minOp) formula(x, y, _ *Value) (f, dx, dy *Value) {
	return x.Neg().Max(y.Neg()).Neg(), largerFormula(y, x), largerFormula(x, y)
}

// Clamp returns v, but lo where v is less, and hi where v is greater. It is v.Max(lo).Min(hi), so
// its derivative with respect to v is 1 between lo and hi, ½ at lo and at hi, and 0 elsewhere.
// The result is hi if lo is greater than hi.
//
//	z = min(max(x, lo), hi)
//
// It panics if an operand is nil, or if lo or hi is neither a *Value nor a number.
func (v *Value) Clamp(lo, hi any) *Value { return v.Max(lo).Min(hi) }

// Where returns a where cond is positive, and b where it is 0 or negative. It is an if that becomes
// part of the graph, for what a Go if on Data cannot do: the graph, replayed with other numbers,
// selects again.
//
//	z = a if cond > 0, else b    ∂z/∂a = 1 if cond > 0, else 0    ∂z/∂b = 1 − ∂z/∂a
//
// A comparison is a difference: Where(y.Sub(x), a, b) is a where x < y. The derivative
// with respect to cond is 0, by definition at the jump, too.
//
// Special cases are:
//
//	Where(±0, a, b) = b
//	Where(NaN, a, b) = NaN, with derivatives NaN
//
// It ignores cond and what it does not select, which may be NaN; see [Op.Ignores]. But what is not
// selected is computed and differentiated all the same: Where(x, x.Sqrt(), 0) has the gradient NaN
// at x < 0, where √x has the derivative NaN, and 0·NaN is NaN. PyTorch does the same. Replacing
// the operand first avoids that: Where(x, safe.Sqrt(), 0) with safe = Where(x, x, 1).
//
// It panics if an operand is nil, or if a or b is neither a *Value nor a number.
func Where(cond *Value, a, b any) *Value {
	return where.applyN([]*Value{cond, where.operand(cond, a, 2), where.operand(cond, b, 3)}, nil)
}

var where = newNary("where", whereOp{})

type whereOp struct{}

func (whereOp) value(x operands) float64 { return elementary.Choose(x.at(0), x.at(1), x.at(2)) }

func (whereOp) partials(x operands, _ float64) { putSelected(whereOp{}, x) }

func (whereOp) ignores(i int, x operands) bool {
	return i == 0 || i == 1 && x.at(0) <= 0 || i == 2 && x.at(0) > 0
}

// putSelected hands on to what op does not ignore: to the one operand that operand 0 selects or, if operand
// 0 is NaN, NaN to all others. It ends with operand 0, which put may overwrite.
func putSelected(op selectingN, x operands) {
	for i := x.len() - 1; i >= 0; i-- {
		if op.ignores(i, x) {
			x.skip(i)
		} else {
			x.put(i, elementary.Choose(x.at(0), 1, 1))
		}
	}
}

func (whereOp) formula(x []*Value, z *Value) (f *Value, dx []*Value) {
	on := step.Apply(x[0])
	return z, []*Value{Const(0), on, Const(1).Sub(on)}
}

// Pick returns the one of x that has the number index, counted from 0: x[index]. It is for what a Go index
// cannot do: the graph, replayed with another index, picks another one.
//
//	z = xᵢ, where |index − i| < ½    ∂z/∂xᵢ = 1 if |index − i| < ½, else 0
//
// The row of a table that belongs to a token, an embedding, is one Pick for each column. A program of package
// replay copies the row. The derivative with respect to index is 0, by definition at the jumps, too.
//
// Special cases are:
//
//	Pick(index, x...) = NaN if |index − i| ≥ ½ for each i, with derivatives 0
//	Pick(NaN, x...) = NaN, with derivatives NaN
//
// It ignores index and what it does not pick; see [Op.Ignores].
//
// It panics if index or an x is nil.
func Pick(index *Value, x ...*Value) *Value { return pick.applyN([]*Value{index}, x) }

var pick = newNary("pick", pickOp{})

type pickOp struct{}

func (pickOp) value(x operands) float64 {
	if x.len() > 0 {
		if i, ok := elementary.Picked(x.at(0), x.len()-1); ok {
			return x.at(1 + i)
		}
	}
	return math.NaN()
}

// partials need not look at all nodes if one of them is picked.
func (pickOp) partials(x operands, _ float64) {
	if len(x.nodes) > 0 {
		if i, ok := elementary.Picked(x.at(0), x.len()-1); ok {
			x.put(1+i, 1)
			return
		}
	}
	putSelected(pickOp{}, x)
}

func (pickOp) ignores(i int, x operands) bool { return i == 0 || math.Abs(x.at(0)-float64(i-1)) >= 0.5 }

func (pickOp) formula(x []*Value, z *Value) (f *Value, dx []*Value) {
	for i := range x {
		dx = append(dx, step.Apply(Const(0.5).Sub(x[0].Sub(i-1).Abs())))
	}
	copy(dx, []*Value{Const(0)}) // that of the index
	return z, dx
}

func largerFormula(x, y *Value) *Value { return Const(0.5).Mul(Const(1).Add(sign.Apply(x.Sub(y)))) }

// The ops step and sign have no method. They occur in the formulas of the derivatives above.

// step is 1 if x > 0, else 0, and NaN if x is NaN: the derivative of ReLU.
var step = newUnary("step", jumpOp(func(x float64) float64 { return reluOp{}.partial(x, 0) }))

// sign is 1 if x > 0, −1 if x < 0, 0 if x = 0, and NaN if x is NaN: the derivative of Abs.
var sign = newUnary("sign", jumpOp(func(x float64) float64 { return absOp{}.partial(x, 0) }))

// A jumpOp is constant but for a jump. Its derivative is 0 everywhere, by definition at the jump, too.
type jumpOp func(x float64) float64

func (f jumpOp) value(x float64) float64          { return f(x) }
func (jumpOp) partial(_, _ float64) float64       { return 0 }
func (jumpOp) ignores(float64) bool               { return true }
func (jumpOp) formula(_, z *Value) (f, dx *Value) { return z, Const(0) }
