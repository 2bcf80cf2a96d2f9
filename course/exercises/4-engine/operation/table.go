package operation

import (
	"math"

	"github.com/gradus-go/gradus/course/exercises/4-engine/engine"
)

// Add returns the operation Add.
func Add() Operation {
	return Operation{
		Name: "Add", Op: "+", written: "a + b", points: pairs,
		Call: func(e engine.Engine, x []any, _ []float64) any { return e.Add(x[0], x[1]) },
		values: []slip{
			{"it multiplies", func(a, b, _ float64) float64 { return a * b }},
			{"the second operand is left out", func(a, _, _ float64) float64 { return a }},
			{"the first operand is added to itself", func(a, _, _ float64) float64 { return a + a }},
		},
		slopes: [2][]slip{
			{
				{"a sum grows by 1 if an operand grows by 1; b is the derivative of a product", second},
				{"a itself; a sum grows by 1 if an operand grows by 1", itself},
			},
			{
				{"a sum grows by 1 if an operand grows by 1; a is the derivative of a product", itself},
				{"b itself; a sum grows by 1 if an operand grows by 1", second},
			},
		},
	}
}

// Sub returns the operation Sub.
func Sub() Operation {
	return Operation{
		Name: "Sub", Op: "−", written: "a − b", points: pairs,
		Call: func(e engine.Engine, x []any, _ []float64) any { return e.Sub(x[0], x[1]) },
		values: []slip{
			{"the operands are exchanged: b − a", func(a, b, _ float64) float64 { return b - a }},
			{"it adds", func(a, b, _ float64) float64 { return a + b }},
		},
		slopes: [2][]slip{
			{{"b itself", second}},
			{
				{"if b grows by 1, a − b falls by 1", one},
				{"b itself", second},
			},
		},
	}
}

// Mul returns the operation Mul.
func Mul() Operation {
	return Operation{
		Name: "Mul", Op: "·", written: "a·b", points: pairs,
		Call: func(e engine.Engine, x []any, _ []float64) any { return e.Mul(x[0], x[1]) },
		values: []slip{
			{"it adds", func(a, b, _ float64) float64 { return a + b }},
			{"the first operand is multiplied by itself", func(a, _, _ float64) float64 { return a * a }},
			{"the second operand is left out", func(a, _, _ float64) float64 { return a }},
		},
		slopes: [2][]slip{
			{
				{"a itself, where the other operand belongs: b", itself},
				{"the other operand, b, is missing: 1 is the derivative of a sum", one},
			},
			{
				{"b itself, where the other operand belongs: a", second},
				{"the other operand, a, is missing: 1 is the derivative of a sum", one},
			},
		},
	}
}

// Div returns the operation Div.
func Div() Operation {
	return Operation{
		Name: "Div", Op: "/", written: "a/b", points: pairs,
		Call: func(e engine.Engine, x []any, _ []float64) any { return e.Div(x[0], x[1]) },
		values: []slip{
			{"the operands are exchanged: b/a", func(a, b, _ float64) float64 { return b / a }},
			{"it multiplies", func(a, b, _ float64) float64 { return a * b }},
		},
		slopes: [2][]slip{
			{
				{"b where 1/b belongs", second},
				{"1/b is missing", one},
			},
			{
				{"a is missing: a/b is a·b⁻¹", func(_, b, _ float64) float64 { return -1 / (b * b) }},
				{"the exponent of b is not lowered: −a/b² belongs here", func(a, b, _ float64) float64 { return -a / b }},
				{"−a: in Go, a / b * b is (a/b)·b; brackets are missing", func(a, _, _ float64) float64 { return -a }},
				{"1/b, as if b were a", func(_, b, _ float64) float64 { return 1 / b }},
				{"a, as if it were a product", itself},
			},
		},
	}
}

// Pow returns the operation Pow.
func Pow() Operation {
	return Operation{
		Name: "Pow", Op: "^", written: "a^k", points: [][]float64{{2, 3}, {-2, 3}, {1.5, -1}, {0.5, 2.5}},
		Call: func(e engine.Engine, x []any, k []float64) any { return e.Pow(x[0], k[1]) },
		values: []slip{
			{"it multiplies: a·k", func(a, k, _ float64) float64 { return a * k }},
			{"base and exponent are exchanged: k^a", func(a, k, _ float64) float64 { return math.Pow(k, a) }},
			{
				"exp(k·ln a) is NaN where a is negative; math.Pow takes such an a",
				func(a, k, _ float64) float64 { return math.Exp(k * math.Log(a)) },
			},
		},
		slopes: [2][]slip{{
			{"the exponent is not lowered: k·a^(k − 1) belongs here", func(_, k, z float64) float64 { return k * z }},
			{
				"k·a^k − 1, where the 1 belongs into the exponent: k·a^(k − 1)",
				func(_, k, z float64) float64 { return k*z - 1 },
			},
			{"the factor k is missing", func(a, k, _ float64) float64 { return math.Pow(a, k-1) }},
			{"k without its power of a", second},
			{
				"the factor is lowered, too: k − 1 where k belongs",
				func(a, k, _ float64) float64 { return (k - 1) * math.Pow(a, k-1) },
			},
			{
				"the result times ln a: this is the derivative by k",
				func(a, _, z float64) float64 { return z * math.Log(a) },
			},
			{"always 2a, which is right for k = 2 only", func(a, _, _ float64) float64 { return 2 * a }},
		}},
	}
}

// Exp returns the operation Exp.
func Exp() Operation {
	return Operation{
		Name: "Exp", Op: "exp", written: "exp(a)", points: single,
		Call: func(e engine.Engine, x []any, _ []float64) any { return e.Exp(x[0]) },
		values: []slip{
			{"2ˣ, and not eˣ", func(a, _, _ float64) float64 { return math.Exp2(a) }},
			{"eˣ − 1, and not eˣ", func(a, _, _ float64) float64 { return math.Expm1(a) }},
		},
		slopes: [2][]slip{{
			{
				"a·exp(a − 1) is the rule of a power; in exp it is the exponent that changes",
				func(a, _, _ float64) float64 { return a * math.Exp(a-1) },
			},
			{"a itself", itself},
			{"1, as if exp were not there", one},
			{"1/a is the derivative of the logarithm", func(a, _, _ float64) float64 { return 1 / a }},
		}},
	}
}

// Tanh returns the operation Tanh.
func Tanh() Operation {
	return Operation{
		Name: "Tanh", Op: "tanh", written: "tanh(a)", points: single,
		Call: func(e engine.Engine, x []any, _ []float64) any { return e.Tanh(x[0]) },
		values: []slip{
			{"tan, and not tanh", func(a, _, _ float64) float64 { return math.Tan(a) }},
			{"the sigmoid, and not tanh", func(a, _, _ float64) float64 { return 1 / (1 + math.Exp(-a)) }},
			{
				"exp(a) in place of exp(2a)",
				func(a, _, _ float64) float64 { return (math.Exp(a) - 1) / (math.Exp(a) + 1) },
			},
		},
		slopes: [2][]slip{{
			{"1 − a², where 1 − t² with the result t belongs", func(a, _, _ float64) float64 { return 1 - a*a }},
			{"1 − t: t is not squared", func(_, _, z float64) float64 { return 1 - z }},
			{"t(1 − t) is the derivative of the sigmoid", func(_, _, z float64) float64 { return z * (1 - z) }},
			{"t² − 1: wrong sign", func(_, _, z float64) float64 { return z*z - 1 }},
			{"1, as if tanh were not there", one},
		}},
	}
}

// ReLU returns the operation ReLU.
func ReLU() Operation {
	return Operation{
		Name: "ReLU", Op: "ReLU", written: "ReLU(a)", points: [][]float64{{3}, {-2}, {0.5}, {-0.25}},
		Call: func(e engine.Engine, x []any, _ []float64) any { return e.ReLU(x[0]) },
		values: []slip{
			{"|a|, where 0 belongs for a < 0", func(a, _, _ float64) float64 { return math.Abs(a) }},
			{"a itself, also where a < 0", itself},
			{"the sides are exchanged: it is 0 where a > 0", func(a, _, _ float64) float64 { return math.Min(a, 0) }},
		},
		slopes: [2][]slip{{
			{"1 also where a < 0: there the result is 0, whatever a is", one},
			{"the result itself, where 1 belongs", func(_, _, z float64) float64 { return z }},
			{"the sides are exchanged: 1 where a < 0", func(a, _, _ float64) float64 { return step(-a) }},
		}},
	}
}

var (
	pairs  = [][]float64{{3, 2}, {-1.5, 0.5}, {0.75, 4}, {-2, -5}}
	single = [][]float64{{0.5}, {-1.5}, {2}, {-0.25}}
)

func itself(a, _, _ float64) float64 { return a }
func second(_, b, _ float64) float64 { return b }
func one(_, _, _ float64) float64    { return 1 }

func step(x float64) float64 {
	if x > 0 {
		return 1
	}
	return 0
}
