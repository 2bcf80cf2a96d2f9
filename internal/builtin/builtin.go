package builtin

import "github.com/gradus-go/gradus"

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
	Sin
	Cos
	Tan
	Tanh
	Sigmoid
	Softplus

	Abs
	ReLU
	LeakyReLU // of the slope 0.01; those of other slopes are Other
	Max
	Min
	Step
	Sign

	Sum
	Mean
	Dot
	LogSumExp
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
