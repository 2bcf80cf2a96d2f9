package builtin_test

import (
	"math"
	"strings"
	"testing"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/internal/builtin"
)

// Each kind stands for the op of its name. A kind that is missing, or out of order, would give
// all that follow the wrong op.
func TestKinds(t *testing.T) {
	names := []string{
		builtin.Add: "+", builtin.Sub: "−", builtin.Mul: "·", builtin.Div: "/", builtin.Neg: "neg",
		builtin.Pow: "^", builtin.Square: "square", builtin.Sqrt: "√",
		builtin.Exp: "exp", builtin.Log: "ln", builtin.Log1p: "log1p", builtin.Expm1: "expm1",
		builtin.Sin: "sin", builtin.Cos: "cos", builtin.Tan: "tan",
		builtin.Asin: "arcsin", builtin.Acos: "arccos", builtin.Atan: "arctan",
		builtin.Sinh: "sinh", builtin.Cosh: "cosh", builtin.Tanh: "tanh", builtin.Erf: "erf",
		builtin.Sigmoid: "σ", builtin.Softplus: "softplus",
		builtin.ELU: "ELU", builtin.SiLU: "SiLU", builtin.GELU: "GELU",
		builtin.SigmoidCrossEntropy: "sigmoidcrossentropy",
		builtin.Abs:                 "abs", builtin.ReLU: "ReLU", builtin.LeakyReLU: "LeakyReLU(0.01)",
		builtin.Max: "max", builtin.Min: "min",
		builtin.Where: "where", builtin.Pick: "pick", builtin.Step: "step", builtin.Sign: "sign",
		builtin.Sum: "sum", builtin.Mean: "mean", builtin.Dot: "dot", builtin.LogSumExp: "logsumexp",
		builtin.SoftmaxCrossEntropy: "softmaxcrossentropy", builtin.Shift: "shift",
	}
	if got, want := len(names)-1, len(gradus.Ops()); got != want {
		t.Fatalf("there are %d kinds and %d ops, want a kind for each op", got, want)
	}
	for k := builtin.Add; int(k) < len(names); k++ {
		op := k.Op()
		if op.Name() != names[k] || builtin.Of(op) != k {
			t.Errorf("kind %d is the op %q, and its kind %d; want %q", k, op.Name(), builtin.Of(op), names[k])
		}
	}
}

// A caller's op of the same name is another op.
func TestOther(t *testing.T) {
	sigmoid := gradus.Func1("σ", math.Sin, math.Cos)
	for _, op := range []*gradus.Op{nil, sigmoid, gradus.LeakyReLU(0.01)} {
		if k := builtin.Of(op); k != builtin.Other {
			t.Errorf("an op that is none of the package's is of kind %d, want Other", k)
		}
	}
	if op := builtin.Other.Op(); op != nil {
		t.Errorf("the op of Other is %q, want nil", op.Name())
	}
}

// An op selects if it ignores an operand at some numbers, and is constant if it ignores each at all.
func TestSelects(t *testing.T) {
	points := [][]float64{{-1, -1, -1, -1}, {-1, 1, 2, 3}, {0, 0, 0, 0}, {1, -1, -2, -3}, {2, 0, 0, 0}}
	for k, op := range gradus.Ops() {
		n := op.Arity()
		if n < 0 {
			n = 4
		}
		some, all := false, true
		for _, x := range points {
			for i := range n {
				ignores := op.Ignores(i, x[:n]...)
				some, all = some || ignores, all && ignores
			}
		}
		kind := builtin.Kind(k + 1)
		if kind.Selects() != some || kind.IsConstant() != all {
			t.Errorf("%s: Selects is %t and IsConstant %t, but it ignores an operand: %t, and each: %t",
				op.Name(), kind.Selects(), kind.IsConstant(), some, all)
		}
	}
}

// A function of the caller's has no slope, whatever it is called, and no other op has one.
func TestLeakySlope(t *testing.T) {
	for _, slope := range []float64{0, 0.01, 1, -2} {
		if got, ok := builtin.LeakySlope(gradus.LeakyReLU(slope)); !ok || got != slope {
			t.Errorf("the slope of LeakyReLU(%v) is %v, %t", slope, got, ok)
		}
	}
	name := gradus.LeakyReLU(0.1).Name()
	own := gradus.Func1(name, func(x float64) float64 { return x }, func(float64) float64 { return 1 })
	for _, op := range append(gradus.Ops(), own) {
		want := op != own && strings.HasPrefix(op.Name(), "LeakyReLU(")
		if slope, ok := builtin.LeakySlope(op); ok != want {
			t.Errorf("%s has the slope %v, %t, want %t", op.Name(), slope, ok, want)
		}
	}
}
