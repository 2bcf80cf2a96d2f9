package formula

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/internal/chain"
)

// Each of the stated rules, in both notations.
func TestSimplify(t *testing.T) {
	a, x, y := gradus.New(0.3).As("a"), gradus.New(0.7).As("x"), gradus.New(1.5).As("y")
	n := gradus.New
	for _, tt := range []struct {
		name, text, latex string
		v                 *gradus.Value
	}{
		{"constants are folded", "6x", "6 x", n(2).Mul(x).Mul(n(3))},
		{"also in sums", "x + 3", "x + 3", n(1).Add(x).Add(n(2))},
		{"a factor of 1 is dropped", "x", "x", n(1).Mul(x)},
		{"a term of 0 is dropped", "x", "x", x.Add(n(0))},
		{"a product with 0 is 0", "y", "y", n(0).Mul(x).Add(y)},
		{"½·2 is gone", "x − y", "x - y", n(0.5).Mul(n(2).Mul(x.Sub(y)))},
		{"signs are pulled out", "−x·y", "-x y", x.Neg().Mul(y)},
		{"and cancel", "x·y", "x y", x.Neg().Mul(y.Neg())},
		{"−(x − y) is y − x", "y − x", "y - x", x.Sub(y).Neg()},
		{"x − −y", "x + y", "x + y", x.Sub(y.Neg())},
		{"1 − a, and not −a + 1", "1 − a", "1 - a", a.Neg().Add(n(1))},
		{"equal terms", "3x", "3 x", x.Add(x).Add(x)},
		{"equal terms cancel", "y", "y", x.Add(y).Sub(x)},
		{"equal factors", "x³", "x^{3}", x.Mul(x.Square())},
		{"equal factors cancel", "y", "y", x.Mul(y).Div(x)},
		{"a sum in a product", "a(1 − a)", `a \left(1 - a\right)`, a.Mul(n(1).Sub(a))},
		{"a half of a square", "½(y − x)²", `\frac{1}{2} \left(y - x\right)^{2}`, n(0.5).Mul(y.Sub(x).Square())},
		{"a quotient", "(x + y)/a", `\frac{x + y}{a}`, x.Add(y).Div(a)},
		{"a quotient of a product", "x/(y·a)", `\frac{x}{y a}`, x.Div(y.Mul(a))},
		{"a quotient to a power", "(x/y)^a", `\left(\frac{x}{y}\right)^{a}`, x.Div(y).Pow(a)},
		{"a quotient in a quotient", "x·a/y", `\frac{x a}{y}`, x.Div(y.Div(a))},
		{"a quotient in a product", "a·exp(x)/y", `\frac{a \exp\left(x\right)}{y}`, a.Mul(x.Exp().Div(y))},
		{"a power of a sum", "(x + y)^a", `\left(x + y\right)^{a}`, x.Add(y).Pow(a)},
		{"a power of a power", "(x^y)^a", `\left(x^{y}\right)^{a}`, x.Pow(y).Pow(a)},
		{"a root", "√(x)", `\sqrt{x}`, x.Sqrt()},
		{"a function", "σ(x + y)", `\sigma\left(x + y\right)`, x.Add(y).Sigmoid()},
		{"a square of a function", "sin(x)²", `\sin\left(x\right)^{2}`, x.Sin().Square()},
		{"an absolute value", "−|x|", "-|x|", x.Abs().Neg()},
		{"two operands", "max(x, y)", `\max\left(x, y\right)`, x.Max(y)},
		{"a sum of many", "x + y + a", "x + y + a", gradus.Sum(x, y, a)},
		{"a mean", "½(x + y)", `\frac{1}{2} \left(x + y\right)`, gradus.Mean(x, y)},
		{
			"a dot product", "x·y + y·a", "x y + y a",
			gradus.Dot([]*gradus.Value{x, y}, []*gradus.Value{y, a}),
		},
		{"a decimal exponent", "x^0.25", "x^{0.25}", x.Pow(n(0.25))},
		{"a small constant", "1e-07x", `1 \cdot 10^{-07} x`, n(1e-7).Mul(x)},
		{
			"a user's op, whatever its name", "+(x)", `\operatorname{+}\left(x\right)`,
			gradus.Func1("+", math.Sin, math.Cos).Apply(x),
		},
	} {
		if got := Text.Write(Of(tt.v), InSum); got != tt.text {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.text)
		}
		if got := LaTeX.Write(Of(tt.v), InSum); got != tt.latex {
			t.Errorf("%s: LaTeX %q, want %q", tt.name, got, tt.latex)
		}
	}
}

func TestLatexNames(t *testing.T) {
	for name, want := range map[string]string{
		"W2": "W_2", "w_1": "w_1", "b12": "b_{12}", "z": "z", "loss": `\text{loss}`,
		"w2[1,0]": `\text{w2[1,0]}`, "a_b": `\text{a\_b}`, "50%": `\text{50\%}`, "σ": `\text{σ}`,
	} {
		if got := LaTeX.name(name); got != want {
			t.Errorf("name %q in LaTeX is %q, want %q", name, got, want)
		}
	}
}

// Simplifying must not change what a formula means: of random formulas, and of the
// derivatives of each of their nodes.
func TestSimplifyKeepsValues(t *testing.T) {
	unary := []func(*gradus.Value) *gradus.Value{
		(*gradus.Value).Neg, (*gradus.Value).Square, (*gradus.Value).Sin, (*gradus.Value).Sigmoid,
		(*gradus.Value).Tanh, (*gradus.Value).Exp, (*gradus.Value).Abs, (*gradus.Value).LeakyReLU,
		func(v *gradus.Value) *gradus.Value { return v.Square().Add(gradus.New(1)).Log() },
		func(v *gradus.Value) *gradus.Value { return v.Square().Add(gradus.New(1)).Pow(gradus.New(-1.5)) },
	}
	binary := []func(v *gradus.Value, w any) *gradus.Value{
		(*gradus.Value).Add, (*gradus.Value).Sub, (*gradus.Value).Mul, (*gradus.Value).Max,
		func(v *gradus.Value, w any) *gradus.Value { return v.Div(w.(*gradus.Value).Square().Add(2)) },
		func(v *gradus.Value, w any) *gradus.Value { return gradus.Mean(v, w.(*gradus.Value), v) },
	}
	for seed := range uint64(300) {
		r := rand.New(rand.NewPCG(seed, 9))
		nodes := []*gradus.Value{
			gradus.New(r.NormFloat64()).As("x"), gradus.New(r.NormFloat64()).As("y"),
			gradus.New(2), gradus.New(0.5), gradus.New(-1),
		}
		for range 8 {
			v, w := nodes[r.IntN(len(nodes))], nodes[r.IntN(len(nodes))]
			z := binary[r.IntN(len(binary))](v, w)
			if r.IntN(2) == 0 {
				z = unary[r.IntN(len(unary))](v)
			}
			if math.Abs(z.Data) < 100 {
				nodes = append(nodes, z)
			}
		}
		values := map[string]float64{"x": nodes[0].Data, "y": nodes[1].Data}
		for _, v := range nodes {
			if v.Op() == nil {
				continue
			}
			compare(t, seed, v, Expand(v), values, v.Data)
			local := chain.Partials(v)
			for i, dx := range Partials(v) {
				compare(t, seed, v, dx, values, local[i])
			}
		}
	}
}

// compare compares a formula's value with what it should be.
func compare(t *testing.T, seed uint64, v *gradus.Value, e Expr, values map[string]float64, want float64) {
	t.Helper()
	if got := eval(e, values); !(math.Abs(got-want) <= 1e-9*(1+math.Abs(want))) {
		t.Errorf("seed %d: %s is %v, want %v, of %v", seed, Text.Write(e, InSum), got, want, v)
	}
}

// eval evaluates a formula, and takes the number of what was cut short.
func eval(e Expr, values map[string]float64) float64 {
	args := make([]float64, len(e.args))
	for i, a := range e.args {
		args[i] = eval(a, values)
	}
	switch e.kind {
	case number:
		return e.value
	case symbol:
		if x, ok := values[e.name]; ok {
			return x
		}
		return e.value
	case sum:
		z := 0.0
		for _, x := range args {
			z += x
		}
		return z
	case product:
		z := e.value
		for _, x := range args {
			z *= x
		}
		for _, u := range e.under {
			z /= eval(u, values)
		}
		return z
	case power:
		return math.Pow(args[0], e.value)
	}
	for _, op := range gradus.Ops() {
		if op.Name() == e.name {
			return op.Eval(args...)
		}
	}
	return math.NaN()
}

func TestName(t *testing.T) {
	x := gradus.New(2).As("x")
	sum := x
	for range 20 {
		sum = sum.Mul(x).Add(gradus.New(1))
	}
	for _, tt := range []struct {
		v    *gradus.Value
		want string
	}{
		{x, "x"},
		{gradus.New(-3), "−3"},
		{x.Square().Neg(), "−x²"},
		{x.Exp().As("e"), "e"},
	} {
		if got := Name(tt.v); got != tt.want {
			t.Errorf("name %q, want %q", got, tt.want)
		}
	}
	if got := []rune(Name(sum)); len(got) != 30 || got[29] != '…' {
		t.Errorf("name %q, want it cut to 30 characters", string(got))
	}
}
