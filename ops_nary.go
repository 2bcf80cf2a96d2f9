package gradus

import "math"

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

var dot = newNary("dot", dotOp{})

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
	n := len(x) / 2
	terms := make([]*Value, n)
	for i := range terms {
		terms[i] = x[i].Mul(x[n+i])
	}
	return addAll(terms), append(append([]*Value(nil), x[n:]...), x[:n]...)
}

// LogSumExp returns the logarithm of the sum of the exponentials of x, a smooth maximum.
//
//	z = ln(exp x₀ + exp x₁ + … )    ∂z/∂xᵢ = exp(xᵢ − z)
//
// Special cases are:
//
//	LogSumExp() = -Inf
//	LogSumExp(x) = -Inf if all are -Inf, with derivatives NaN
//	LogSumExp(x) = +Inf if one is +Inf, whose derivative is NaN; the others' are 0
//
// It is computed as m + ln Σ exp(xᵢ − m), where m is the largest operand. So no
// exponential overflows, and those that underflow are too small to matter.
//
// It panics if an operand is nil.
//
// Source: P. Blanchard, D. Higham, N. Higham, Accurately computing the log-sum-exp and
// softmax functions, IMA J. Numer. Anal. 41(4), 2021.
func LogSumExp(x ...*Value) *Value { return logSumExp.applyN(x, nil) }

var logSumExp = newNary("logsumexp", logSumExpOp{})

type logSumExpOp struct{}

func (logSumExpOp) value(x operands) float64 {
	m := math.Inf(-1)
	for i := range x.len() {
		m = maxOp{}.value(m, x.at(i))
	}
	if math.IsInf(m, 0) {
		return m
	}
	s := 0.0
	for i := range x.len() {
		s += math.Exp(x.at(i) - m)
	}
	return m + math.Log(s)
}

func (logSumExpOp) partials(x operands, z float64) {
	for i := range x.len() {
		x.put(i, math.Exp(x.at(i)-z))
	}
}

func (logSumExpOp) formula(x []*Value, z *Value) (f *Value, dx []*Value) {
	f = addAll(each(x, (*Value).Exp)).Log()
	return f, each(x, func(v *Value) *Value { return v.Sub(z).Exp() })
}

// Softmax returns the softmax of x: numbers that add up to 1, but for the error below.
//
//	zᵢ = exp(xᵢ)/(exp x₀ + exp x₁ + … ) = exp(xᵢ − LogSumExp(x))
//
// Softmax is not an op: it returns the nodes of the right-hand side. All of them have nearly the
// same relative error of up to |LogSumExp(x)|·2⁻⁵³, from the rounding of LogSumExp(x). It is below
// 1e-13 where LogSumExp(x) is 800, and 1 % where it is 10¹⁴.
//
// It panics if an operand is nil.
//
// Source: as for [LogSumExp].
func Softmax(x ...*Value) []*Value {
	lse := LogSumExp(x...)
	return each(x, func(v *Value) *Value { return v.Sub(lse).Exp() })
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
