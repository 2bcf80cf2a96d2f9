package builtin

import (
	"strings"

	"github.com/gradus-go/gradus"
)

// A Kind is one of the ops of [gradus.Ops], or [Other].
type Kind uint8

// The kinds, in the order of [gradus.Ops].
const (
	Other Kind = iota // an op of the caller's own, or none: a leaf has a nil op

	Add
	Sub
	Mul
	Div
	Neg
	Pow
	Square
	Sqrt

	Exp
	Log
	Log1p
	Expm1
	Sin
	Cos
	Tan
	Asin
	Acos
	Atan
	Sinh
	Cosh
	Tanh
	Erf

	Sigmoid
	Softplus
	ELU
	SiLU
	GELU
	SigmoidCrossEntropy

	Abs
	ReLU
	LeakyReLU // of the slope 0.01; those of other slopes are Other
	Max
	Min
	Where
	Pick
	Step
	Sign

	Sum
	Mean
	Dot
	LogSumExp
	SoftmaxCrossEntropy
	Shift
)

var (
	ops   = gradus.Ops()
	kinds = func() map[*gradus.Op]Kind {
		kinds := map[*gradus.Op]Kind{}
		for i, op := range ops {
			kinds[op] = Kind(i + 1)
		}
		return kinds
	}()
)

// Of returns the kind of an op, which may be nil.
func Of(op *gradus.Op) Kind { return kinds[op] }

// Op returns the op of a kind, or nil for [Other].
func (k Kind) Op() *gradus.Op {
	if k == Other {
		return nil
	}
	return ops[k-1]
}

// Selects reports whether the op may ignore an operand, see [gradus.Op.Ignores].
func (k Kind) Selects() bool {
	switch k {
	case Pow, ReLU, Max, Min, Where, Pick, Step, Sign, Shift:
		return true
	}
	return false
}

// IsConstant reports whether the derivatives of the op are 0 by definition: it ignores every operand.
func (k Kind) IsConstant() bool { return k == Step || k == Sign || k == Shift }

// Turn returns the operand, of n, to which Backward hands on the gradient as number i: both are
// counted from 0. It is operand i, but where the operands are pairs: of a dot product, say, it is
// each factor of w and then its partner in x. The order decides how sums are rounded.
func (k Kind) Turn(i, n int) int {
	if k == Dot || k == SoftmaxCrossEntropy {
		return i/2 + i%2*(n/2)
	}
	return i
}

// IsFlat reports whether the op adds or multiplies. A sum in a sum and a product in a product are
// written without parentheses.
func (k Kind) IsFlat() bool {
	switch k {
	case Add, Sub, Mul, Neg, Sum, Dot:
		return true
	}
	return false
}

// LeakySlope returns the slope of an op if gradus.LeakyReLU made it, and whether it did. Its formula
// says so: that of a function of the caller's, which may have the same name, is the function itself.
func LeakySlope(op *gradus.Op) (slope float64, ok bool) {
	if op.Arity() != 1 || !strings.HasPrefix(op.Name(), "LeakyReLU(") {
		return 0, false
	}
	f, _ := op.Formula(gradus.New(0), gradus.New(0))
	if Of(f.Op()) != Add || Of(f.Parents()[1].Op()) != Mul {
		return 0, false
	}
	return f.Parents()[1].Parents()[0].Data, true
}
