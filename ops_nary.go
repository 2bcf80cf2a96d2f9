package gradus

import (
	"slices"

	"github.com/gradus-go/gradus/internal/elementary"
)

// Sum returns the sum of x, added from left to right.
//
//	z = x₀ + x₁ + …    ∂z/∂xᵢ = 1
//
// Special cases are:
//
//	Sum() = 0
//
// It panics if an operand is nil.
func Sum(x ...*Value) *Value { return sum.applyN(x, nil) }

var sum = newNary("sum", sumOp{})

type sumOp struct{}

func (sumOp) value(x operands) (z float64) {
	for i := range x.len() {
		z += x.at(i)
	}
	return z
}

func (sumOp) partials(x operands, _ float64) {
	for i := range x.len() {
		x.put(i, 1)
	}
}

func (sumOp) formula(x []*Value, _ *Value) (f *Value, dx []*Value) {
	return addAll(x), each(x, func(*Value) *Value { return Const(1) })
}

// Mean returns the arithmetic mean of x, their sum divided by their number.
//
//	z = (x₀ + x₁ + … )/n    ∂z/∂xᵢ = 1/n
//
// Special cases are:
//
//	Mean() = NaN
//
// It panics if an operand is nil.
func Mean(x ...*Value) *Value { return mean.applyN(x, nil) }

var mean = newNary("mean", meanOp{})

type meanOp struct{}

func (meanOp) value(x operands) float64 { return sumOp{}.value(x) / float64(x.len()) }

func (meanOp) partials(x operands, _ float64) {
	d := 1 / float64(x.len())
	for i := range x.len() {
		x.put(i, d)
	}
}

func (meanOp) formula(x []*Value, _ *Value) (f *Value, dx []*Value) {
	n := Const(float64(len(x)))
	return addAll(x).Div(n), each(x, func(*Value) *Value { return Const(1).Div(n) })
}

// Dot returns the dot product of w and x, added from left to right, as one node. Its parents
// are the values of w and then those of x.
//
//	z = w₀·x₀ + w₁·x₁ + …    ∂z/∂wᵢ = xᵢ    ∂z/∂xᵢ = wᵢ
//
// Special cases are:
//
//	Dot(nil, nil) = 0
//
// It panics if w and x differ in length or if an operand is nil.
func Dot(w, x []*Value) *Value {
	if len(w) != len(x) {
		panic(message(dot.name, "w has %d values and x has %d, want the same number", len(w), len(x)))
	}
	return dot.applyN(w, x)
}

var dot = &Op{name: "dot", back: backwardDot, nary: dotOp{}}

type dotOp struct{}

func (dotOp) value(x operands) (z float64) {
	n := x.len() / 2
	for i := range n {
		z += float64(x.at(i) * x.at(n+i))
	}
	return z
}

func (dotOp) partials(x operands, _ float64) {
	n := x.len() / 2
	for i := range n {
		w, x0 := x.at(i), x.at(n+i)
		x.put(i, x0)
		x.put(n+i, w)
	}
}

func (dotOp) formula(x []*Value, _ *Value) (f *Value, dx []*Value) {
	w, y := halves(x)
	terms := make([]*Value, len(w))
	for i := range terms {
		terms[i] = w[i].Mul(y[i])
	}
	return addAll(terms), slices.Concat(y, w)
}

// LogSumExp returns the logarithm of the sum of the exponentials of x, a smooth maximum.
//
//	z = ln(exp x₀ + exp x₁ + … )    ∂z/∂xᵢ = softmax(x)ᵢ = exp(xᵢ − z)
//
// Special cases are:
//
//	LogSumExp() = -Inf
//	LogSumExp(x) = -Inf if all are -Inf, with derivatives NaN
//	LogSumExp(x) = +Inf if k are +Inf, with derivatives 1/k; the others' are 0
//
// It is computed as m + ln Σ exp(xᵢ − m), where m is the largest operand. So no
// exponential overflows, and those that underflow are too small to matter. The derivatives are
// computed as exp(xᵢ − m)/Σ exp(xⱼ − m), which keeps their digits however large the operands are. Those
// by [Gradient] keep them, too, but they are NaN if an operand is +Inf.
//
// It panics if an operand is nil.
//
// Source: P. Blanchard, D. Higham, N. Higham, Accurately computing the log-sum-exp and
// softmax functions, IMA J. Numer. Anal. 41(4), 2021.
func LogSumExp(x ...*Value) *Value { return logSumExp.applyN(x, nil) }

var logSumExp = newNary("logsumexp", logSumExpOp{})

type logSumExpOp struct{}

func (logSumExpOp) value(x operands) float64 {
	var s elementary.Shares
	s.Of(x.numbers(s.Room[:0]))
	return s.LogSumExp()
}

func (logSumExpOp) partials(x operands, _ float64) {
	var s elementary.Shares
	y := x.numbers(s.Room[:0])
	s.Of(y)
	for i, yi := range y {
		x.put(i, s.Exp(i, yi)/s.Sum())
	}
}

func (logSumExpOp) formula(x []*Value, z *Value) (f *Value, dx []*Value) {
	m, rest := shift.applyN(x, nil), lost(z, x)
	f = m.Add(addAll(each(x, func(v *Value) *Value { return v.Sub(m).Exp() })).Log())
	return f, each(x, func(v *Value) *Value { return v.Sub(z).Sub(rest).Exp() })
}

// lost returns what z, the LogSumExp of x, has lost when it was rounded: ln Σ exp(xᵢ − z), which is 0 but
// for rounding. So it is held fixed. At 10¹² it is up to 10⁻⁴, and xᵢ − z − lost has all the digits that
// xᵢ − z has not.
func lost(z *Value, x []*Value) *Value {
	return shift.Apply(LogSumExp(each(x, func(v *Value) *Value { return v.Sub(z) })...))
}

// SoftmaxCrossEntropy returns the cross-entropy between the probabilities t of some classes and
// softmax(y). The numbers y, of any size, are called logits.
//
//	z = −Σ tᵢ·ln softmax(y)ᵢ = Σ tᵢ·(LogSumExp(y) − yᵢ)
//	∂z/∂yᵢ = softmax(y)ᵢ·Σtⱼ − tᵢ    ∂z/∂tᵢ = LogSumExp(y) − yᵢ
//
// The probabilities t should add up to 1; then ∂z/∂yᵢ is softmax(y)ᵢ − tᵢ. The parents of the node
// are the values of y and then those of t.
//
// Special cases are:
//
//	SoftmaxCrossEntropy(nil, nil) = 0
//	a class with the logit -Inf and the probability 0 adds 0, as if it were not there
//	a class with the logit -Inf and a probability above 0 adds +Inf
//	a logit of +Inf is certain: z = 0 if its probability is 1
//	z = NaN if all logits are -Inf, with derivatives NaN
//
// It is computed from the differences yᵢ − m, where m is the largest logit, which is never
// added back. So z and its derivatives keep their digits however large the logits are, and
// where the right class is certain. So do its derivatives by [Gradient], except where the right class is
// certain: there softmax(y)ᵢ·Σtⱼ − tᵢ cancels. They are NaN if a logit is +Inf.
//
// It panics if y and t differ in length or if an operand is nil.
func SoftmaxCrossEntropy(y, t []*Value) *Value {
	if len(y) != len(t) {
		panic(message(softmaxCrossEntropy.name, "there are %d logits and %d probabilities, want the same number",
			len(y), len(t)))
	}
	return softmaxCrossEntropy.applyN(y, t)
}

var softmaxCrossEntropy = newNary("softmaxcrossentropy", softmaxCrossEntropyOp{})

type softmaxCrossEntropyOp struct{}

func (softmaxCrossEntropyOp) value(x operands) float64 {
	var s elementary.Shares
	y, t := halves(x.numbers(s.Room[:0]))
	s.Of(y)
	return s.CrossEntropy(s.Log(), y, t)
}

func (softmaxCrossEntropyOp) partials(x operands, _ float64) {
	var s elementary.Shares
	y, t := halves(x.numbers(s.Room[:0]))
	s.Of(y)
	s.CrossEntropySlopes(s.Log(), y, t, func(i int, dy, dt float64) {
		x.put(i, dy)
		x.put(len(y)+i, dt)
	})
}

// halves returns the two halves of x.
func halves[T any](x []T) (y, t []T) {
	n := len(x) / 2
	return x[:n:n], x[n:][:n]
}

func (softmaxCrossEntropyOp) formula(x []*Value, _ *Value) (f *Value, dx []*Value) {
	y, t := halves(x)
	lse, total := LogSumExp(y...), addAll(t)
	rest := lost(lse, y)
	dt := each(y, func(v *Value) *Value { return lse.Sub(v).Add(rest) })
	for i, v := range dt {
		dx = append(dx, v.Neg().Exp().Mul(total).Sub(t[i]))
	}
	return Dot(t, dt), append(dx, dt...)
}

// Softmax returns the softmax of x: numbers from 0 to 1 that add up to 1.
//
//	zᵢ = exp(xᵢ)/(exp x₀ + exp x₁ + … ) = exp(xᵢ − m)/(exp(x₀ − m) + exp(x₁ − m) + … )
//
// Softmax is not an op: it returns the nodes of the right-hand side, where m is the largest
// operand. Then no exponential overflows, and the numbers keep their digits however large the
// operands are. They are NaN if an operand is +Inf, or if all are -Inf. Since m cancels, no
// gradient flows through it.
//
// It panics if an operand is nil.
//
// Source: as for [LogSumExp].
func Softmax(x ...*Value) []*Value {
	mustBeValues("Softmax", "operand", x)
	m := shift.applyN(x, nil)
	e := each(x, func(v *Value) *Value { return v.Sub(m).Exp() })
	s := Sum(e...)
	return each(e, func(v *Value) *Value { return v.Div(s) })
}

// shift is the largest operand. It has no method. It stands where its value makes no difference: where a
// number is subtracted from all operands and cancels, in [Softmax] and in the formula of [LogSumExp], and
// where a number is 0 but for rounding. So it is held fixed: its derivatives are 0 by definition.
var shift = newNary("shift", shiftOp{})

type shiftOp struct{}

func (shiftOp) value(x operands) float64 {
	var room [64]float64
	z, _ := elementary.Largest(x.numbers(room[:0]))
	return z
}

func (shiftOp) ignores(int, operands) bool { return true }

func (shiftOp) partials(x operands, _ float64) { clear(x.x) } // nodes get nothing

func (shiftOp) formula(x []*Value, z *Value) (f *Value, dx []*Value) {
	return z, each(x, func(*Value) *Value { return Const(0) })
}

// addAll returns x₀ + x₁ + … written with Add.
func addAll(x []*Value) *Value {
	if len(x) == 0 {
		return Const(0)
	}
	z := x[0]
	for _, v := range x[1:] {
		z = z.Add(v)
	}
	return z
}

// each returns the values of f at x₀, x₁ and so on.
func each(x []*Value, f func(*Value) *Value) []*Value {
	z := make([]*Value, len(x))
	for i, v := range x {
		z[i] = f(v)
	}
	return z
}
