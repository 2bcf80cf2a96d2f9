package gofile

import (
	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/internal/builtin"
)

// inMath has the functions that package gradus takes from package math as they are.
var inMath = map[builtin.Kind]string{
	builtin.Sqrt: "Sqrt", builtin.Log1p: "Log1p", builtin.Expm1: "Expm1", builtin.Sin: "Sin", builtin.Cos: "Cos",
	builtin.Tan: "Tan", builtin.Atan: "Atan", builtin.Tanh: "Tanh", builtin.Erf: "Erf", builtin.Abs: "Abs",
}

// inHelpers has those that are copied into the file, see helpers.go.
var inHelpers = map[builtin.Kind]string{
	builtin.Pow: "pow", builtin.Exp: "exp", builtin.Log: "log", builtin.Asin: "asin", builtin.Acos: "acos",
	builtin.Sinh: "sinh", builtin.Cosh: "cosh", builtin.Sigmoid: "sigmoid", builtin.Softplus: "softplus",
	builtin.ELU: "eLU", builtin.SiLU: "siLU", builtin.GELU: "gELU", builtin.Sign: "sign",
	builtin.SigmoidCrossEntropy: "sigmoidCrossEntropy", builtin.Where: "choose", builtin.Pick: "pick",
	builtin.Shift: "shift", builtin.LogSumExp: "logSumExp", builtin.SoftmaxCrossEntropy: "softmaxCrossEntropy",
}

// slopesOf has the functions that write all derivatives of an op of any number of numbers into a slice.
var slopesOf = map[builtin.Kind]string{
	builtin.LogSumExp: "logSumExpSlopes", builtin.SoftmaxCrossEntropy: "softmaxCrossEntropySlopes",
}

// known reports whether there is Go for an op.
func known(op *gradus.Op) bool {
	if builtin.Of(op) != builtin.Other {
		return true
	}
	_, ok := builtin.LeakySlope(op)
	return ok
}

// value returns the expression of op(x…). Each expression is the very arithmetic of package gradus.
func value(op *gradus.Op, x []expr) expr {
	k := builtin.Of(op)
	if f, ok := inMath[k]; ok {
		return call("math."+f, x...)
	}
	if f, ok := inHelpers[k]; ok {
		return call(f, x...)
	}
	switch k {
	case builtin.Add:
		return add(x[0], x[1])
	case builtin.Sub:
		return sub(x[0], x[1])
	case builtin.Mul:
		return mul(x[0], x[1])
	case builtin.Div:
		return div(x[0], x[1])
	case builtin.Neg:
		return neg(x[0])
	case builtin.Square:
		return mul(x[0], x[0])
	case builtin.ReLU:
		return call("math.Max", x[0], num(0))
	case builtin.Max:
		return call("max", x...)
	case builtin.Min:
		return call("min", x...)
	case builtin.Step:
		return call("choose", x[0], num(1), num(0))
	case builtin.Sum, builtin.Mean:
		z := add(num(0), x...)
		if k == builtin.Mean {
			return div(z, num(float64(len(x))))
		}
		return z
	case builtin.Dot:
		products := make([]expr, len(x)/2)
		for i := range products {
			products[i] = mul(x[i], x[len(x)/2+i])
		}
		return add(num(0), products...)
	}
	slope, _ := builtin.LeakySlope(op)
	return call("choose", x[0], x[0], mul(num(slope), x[0]))
}

// handOn returns what z = op(x…) with the gradient g hands on to operand i: g·∂z/∂x, or 0 where the op
// ignores the operand.
//
//nolint:funlen // one case for each op
func handOn(op *gradus.Op, i int, x []expr, z, g expr) expr {
	one, two := num(1), num(2)
	times := func(d expr) expr { return mul(g, d) }
	squared := func(e expr) expr { return mul(e, e) }
	root := func(e expr) expr { return call("math.Sqrt", mul(sub(one, e), add(one, e))) }
	switch k := builtin.Of(op); k {
	case builtin.Add, builtin.Sum:
		return g
	case builtin.Sub:
		return times(num(1 - 2*float64(i)))
	case builtin.Mul:
		return times(x[1-i])
	case builtin.Div:
		if i == 0 {
			return times(div(one, x[1]))
		}
		return times(div(neg(z), x[1]))
	case builtin.Neg:
		return times(num(-1))
	case builtin.Pow:
		switch {
		case i == 1:
			return call("powBy", g, x[0], x[1], z)
		case x[1].kind == constant && x[1].c != 0:
			return times(mul(x[1], call("pow", x[0], num(x[1].c-1))))
		}
		return call("powOf", g, x[0], x[1])
	case builtin.Square:
		return times(mul(two, x[0]))
	case builtin.Sqrt:
		return times(div(one, mul(two, z)))
	case builtin.Exp:
		return times(z)
	case builtin.Log:
		return times(call("logSlope", x[0]))
	case builtin.Log1p:
		return times(call("logSlope", add(one, x[0])))
	case builtin.Expm1:
		return times(call("exp", x[0]))
	case builtin.Sin:
		return times(call("math.Cos", x[0]))
	case builtin.Cos:
		return times(neg(call("math.Sin", x[0])))
	case builtin.Tan:
		return times(add(one, squared(z)))
	case builtin.Asin:
		return times(div(one, root(x[0])))
	case builtin.Acos:
		return times(neg(div(one, root(x[0]))))
	case builtin.Atan:
		return times(div(one, add(one, squared(x[0]))))
	case builtin.Sinh:
		return times(call("cosh", x[0]))
	case builtin.Cosh:
		return times(call("sinh", x[0]))
	case builtin.Tanh:
		return times(sub(one, squared(z)))
	case builtin.Erf:
		return times(mul(expr{text: "2 / math.SqrtPi", kind: product}, call("math.Exp", neg(squared(x[0])))))
	case builtin.Sigmoid:
		return times(mul(z, sub(one, z)))
	case builtin.Softplus:
		return times(call("sigmoidBy", x[0], z)) // for z, there is exp(−|x|) here
	case builtin.ELU:
		return times(call("math.Exp", call("math.Min", x[0], num(0))))
	case builtin.SiLU:
		return times(call("siLUSlope", x[0]))
	case builtin.GELU:
		return times(call("gELUSlope", x[0]))
	case builtin.SigmoidCrossEntropy:
		if i == 1 {
			return times(neg(x[0]))
		}
		return times(sub(mul(sub(one, x[1]), call("sigmoid", x[0])), mul(x[1], call("sigmoid", neg(x[0])))))
	case builtin.Abs:
		return times(call("sign", x[0]))
	case builtin.ReLU:
		return call("choose", x[0], g, num(0))
	case builtin.Max:
		return call("ofLarger", g, x[i], x[1-i])
	case builtin.Min:
		return call("ofLarger", g, x[1-i], x[i])
	case builtin.Where:
		return call("choose", x[0], [3]expr{1: g, 2: num(0)}[i], [3]expr{1: num(0), 2: g}[i])
	case builtin.Pick:
		return call("ofPicked", g, x[0], num(float64(i-1)))
	case builtin.Mean:
		return times(num(1 / float64(len(x))))
	case builtin.Dot:
		return times(x[(i+len(x)/2)%len(x)])
	case builtin.LogSumExp, builtin.SoftmaxCrossEntropy:
		return times(z) // the element of the slice of slopes
	}
	slope, _ := builtin.LeakySlope(op)
	return times(call("choose", x[0], one, num(slope)))
}

// ignored reports whether an op never hands anything on to operand i.
func ignored(op *gradus.Op, i int) bool {
	k := builtin.Of(op)
	return k.IsConstant() || i == 0 && (k == builtin.Where || k == builtin.Pick)
}
