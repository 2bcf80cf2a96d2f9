package formula

import (
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/internal/chain"
)

// Each of the stated rules, in both notations.
func TestSimplify(t *testing.T) {
	a, x, y := gradus.New(0.3).As("a"), gradus.New(0.7).As("x"), gradus.New(1.5).As("y")
	n := gradus.Const
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
		{"and may come back", "x + y", "x + y", gradus.Sum(x, x.Neg(), x, y)},
		{"in any order", "2x·y", "2 x y", x.Mul(y).Add(y.Mul(x))},
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
		{"a negative base", "(−2)^x", `\left(-2\right)^{x}`, n(-2).Pow(x)},
		{"a power of a power", "x⁶", "x^{6}", x.Pow(2).Pow(3)},
		{"a root of a square is no power of x", "(x²)^½", `\left(x^{2}\right)^{\frac{1}{2}}`, x.Square().Pow(0.5)},
		{"a square of a root", "(x^½)²", `\left(x^{\frac{1}{2}}\right)^{2}`, x.Pow(0.5).Square()},
		{"a root times a root", "(x^½)²", `\left(x^{\frac{1}{2}}\right)^{2}`, x.Pow(0.5).Mul(x.Pow(0.5))},
		{"a root under the line", "y/x^½", `\frac{y}{x^{\frac{1}{2}}}`, y.Mul(x.Pow(-0.5))},
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
		{"a small constant", "1e-07·x", `10^{-7} x`, n(1e-7).Mul(x)},
		{"a number as operand", "½x²", `\frac{1}{2} x^{2}`, x.Pow(2).Mul(0.5)},
		{"a base that is a number", "2·3^x", `2 \cdot 3^{x}`, n(2).Mul(n(3).Pow(x))},
		{"a half of it", "½·3^x", `\frac{1}{2} \cdot 3^{x}`, n(0.5).Mul(n(3).Pow(x))},
		{"a base that is a half", "2·½^x", `2 \left(\frac{1}{2}\right)^{x}`, n(2).Mul(n(0.5).Pow(x))},
		{"another after it", "y·3^x", `y \cdot 3^{x}`, y.Mul(n(3).Pow(x))},
		{"a bracket after an exponent", "x^a·(x + y)", `x^{a} \left(x + y\right)`, x.Pow(a).Mul(x.Add(y))},
		{
			"after one that is a number", "x^½·(x + y)", `x^{\frac{1}{2}} \left(x + y\right)`,
			x.Pow(0.5).Mul(x.Add(y)),
		},
		{"after a small one", "x²(x + y)", `x^{2} \left(x + y\right)`, x.Square().Mul(x.Add(y))},
		{"a bar after a number", "2·|x|", "2 |x|", n(2).Mul(x.Abs())},
		{"a root squared", "(√(x))²", `\sqrt{x}^{2}`, x.Sqrt().Square()},
		{"a sign of 0", "y", "y", x.Sub(x).Abs().Add(y)},
		{"a logarithm of 1", "y", "y", n(1).Log().Mul(x).Add(y)},
		{"another logarithm", "ln(2)", `\ln\left(2\right)`, n(2).Log()},
		{"a constant with a name", "c·x", "c x", gradus.Const(2).As("c").Mul(x)},
		{"an exponent with a name", "x^c", "x^{c}", x.Pow(gradus.Const(2).As("c"))},
	} {
		if got := Text.Write(Of(tt.v), InSum); got != tt.text {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.text)
		}
		if got := LaTeX.Write(Of(tt.v), InSum); got != tt.latex {
			t.Errorf("%s: LaTeX %q, want %q", tt.name, got, tt.latex)
		}
	}
}

// A number is written by one definition wherever it stands: as an exponent, a factor, a term, alone and
// as a base.
func TestConstants(t *testing.T) {
	x := gradus.New(0.7).As("x")
	for _, tt := range []struct {
		c           float64
		text, latex string
	}{
		{
			math.Inf(1), "x^∞ | ∞·x | ∞·(x + 1) | x + ∞ | ∞ | (∞)^x",
			`x^{\infty} | \infty x | \infty \left(x + 1\right) | x + \infty | \infty | \left(\infty\right)^{x}`,
		},
		{
			math.Inf(-1), "x^(−∞) | −∞·x | −∞·(x + 1) | x − ∞ | −∞ | (−∞)^x",
			`x^{-\infty} | -\infty x | -\infty \left(x + 1\right) | x - \infty | -\infty | ` +
				`\left(-\infty\right)^{x}`,
		},
		{
			math.NaN(), "x^NaN | NaN·x | NaN·(x + 1) | x + NaN | NaN | (NaN)^x",
			`x^{\text{NaN}} | \text{NaN} \cdot x | \text{NaN} \left(x + 1\right) | x + \text{NaN} | \text{NaN} | ` +
				`\left(\text{NaN}\right)^{x}`,
		},
		{
			1e-10, "x^(1e-10) | 1e-10·x | 1e-10·(x + 1) | x + 1e-10 | 1e-10 | (1e-10)^x",
			`x^{10^{-10}} | 10^{-10} x | 10^{-10} \left(x + 1\right) | x + 10^{-10} | 10^{-10} | ` +
				`\left(10^{-10}\right)^{x}`,
		},
		{
			-1.5e21, "x^(−1.5e+21) | −1.5e+21·x | −1.5e+21·(x + 1) | x − 1.5e+21 | −1.5e+21 | (−1.5e+21)^x",
			`x^{-1.5 \cdot 10^{21}} | -1.5 \cdot 10^{21} x | -1.5 \cdot 10^{21} \left(x + 1\right) | ` +
				`x - 1.5 \cdot 10^{21} | -1.5 \cdot 10^{21} | \left(-1.5 \cdot 10^{21}\right)^{x}`,
		},
		{
			1.0 / 3, "x^0.3333 | 0.3333x | 0.3333(x + 1) | x + 0.3333 | 0.3333 | 0.3333^x",
			`x^{0.3333} | 0.3333 x | 0.3333 \left(x + 1\right) | x + 0.3333 | 0.3333 | 0.3333^{x}`,
		},
		{
			-12345, "x⁻¹²³⁴⁵ | −12345x | −12345(x + 1) | x − 12345 | −12345 | (−12345)^x",
			`x^{-12345} | -12345 x | -12345 \left(x + 1\right) | x - 12345 | -12345 | \left(-12345\right)^{x}`,
		},
		{
			-0.5, "x^(−½) | −½x | −½(x + 1) | x − ½ | −½ | (−½)^x",
			`x^{-\frac{1}{2}} | -\frac{1}{2} x | -\frac{1}{2} \left(x + 1\right) | x - \frac{1}{2} | ` +
				`-\frac{1}{2} | \left(-\frac{1}{2}\right)^{x}`,
		},
	} {
		c := gradus.Const(tt.c)
		var text, latex []string
		for _, v := range []*gradus.Value{x.Pow(c), c.Mul(x), c.Mul(x.Add(1)), x.Add(c), c, c.Pow(x)} {
			text, latex = append(text, Text.Write(Of(v), InSum)), append(latex, LaTeX.Write(Of(v), InSum))
		}
		if got := strings.Join(text, " | "); got != tt.text {
			t.Errorf("%v:\n%s, want\n%s", tt.c, got, tt.text)
		}
		if got := strings.Join(latex, " | "); got != tt.latex {
			t.Errorf("%v: LaTeX\n%s, want\n%s", tt.c, got, tt.latex)
		}
	}
	one := gradus.New(3).As("1st")
	if got := Text.Write(Of(one.Mul(2)), InSum); got != "2·1st" {
		t.Errorf("%q, want 2·1st", got)
	}
}

// An op of the caller's is written as a call of its name, although gradus has an op of this name
// with a notation of its own.
func TestCallersOps(t *testing.T) {
	x, y := gradus.New(0.7).As("x"), gradus.New(1.5).As("y")
	one := func(name string) *gradus.Value { return gradus.Func1(name, math.Sin, math.Cos).Apply(x) }
	two := func(name string) *gradus.Value {
		return gradus.Func2(name, math.Hypot, math.Hypot, math.Hypot).Apply(x, y)
	}
	for _, tt := range []struct {
		text, latex string
		v           *gradus.Value
	}{
		{"σ(x)", `\operatorname{\text{\ensuremath{\sigma}}}\left(x\right)`, one("σ")},
		{"abs(x)", `\operatorname{abs}\left(x\right)`, one("abs")},
		{"√(x)", `\operatorname{\text{\ensuremath{\surd}}}\left(x\right)`, one("√")},
		{"exp(x)", `\operatorname{exp}\left(x\right)`, one("exp")},
		{"square(x)", `\operatorname{square}\left(x\right)`, one("square")},
		{"neg(x)", `\operatorname{neg}\left(x\right)`, one("neg")},
		{"+(x)", `\operatorname{\text{+}}\left(x\right)`, one("+")},
		{"sum(x, y)", `\operatorname{sum}\left(x, y\right)`, two("sum")},
		{"^(x, y)", `\operatorname{\text{\textasciicircum{}}}\left(x, y\right)`, two("^")},
		{"·(x, y)", `\operatorname{\text{\ensuremath{\cdot}}}\left(x, y\right)`, two("·")},
		{"max(x, y)", `\operatorname{max}\left(x, y\right)`, two("max")},
		{
			"2 − ^(x, y)", `2 - \operatorname{\text{\textasciicircum{}}}\left(x, y\right)`,
			gradus.Const(2).Sub(two("^")),
		},
	} {
		if got := Text.Write(Of(tt.v), InSum); got != tt.text {
			t.Errorf("%q, want %q", got, tt.text)
		}
		if got := LaTeX.Write(Of(tt.v), InSum); got != tt.latex {
			t.Errorf("LaTeX %q, want %q", got, tt.latex)
		}
	}
}

// What only looks equal is not simplified away.
func TestEqualNames(t *testing.T) {
	x, other := gradus.New(2).As("x"), gradus.New(5).As("x")
	sigma := gradus.Func1("σ", math.Sin, math.Cos)
	for _, tt := range []struct {
		name, want string
		v          *gradus.Value
	}{
		{"one value", "0", x.Sub(x)},
		{"two values of one name", "x − x", x.Sub(other)},
		{"one op", "2σ(x)", sigma.Apply(x).Add(sigma.Apply(x))},
		{"the caller's op and that of gradus", "σ(x) − σ(x)", x.Sigmoid().Sub(sigma.Apply(x))},
		{"a name that reads like a product", "(x·x) − x²", gradus.New(4).As("x·x").Sub(x.Mul(x))},
	} {
		if got := Text.Write(Of(tt.v), InSum); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}

// A name does not seem to be two, nor a part of the formula around it, as 2e1 is 20, and 2a+b is no product.
func TestNamesInFormulas(t *testing.T) {
	x := gradus.New(0.7).As("x")
	for _, tt := range []struct{ name, text, latex string }{
		{"y", "2y·x + y² + x − y", `2 y x + y^{2} + x - y`},
		{"e1", "2·e1·x + e1² + x − e1", `2 e_1 x + e_1^{2} + x - e_1`},
		{"E1", "2·E1·x + E1² + x − E1", `2 E_1 x + E_1^{2} + x - E_1`},
		{"e", "2e·x + e² + x − e", `2 e x + e^{2} + x - e`},
		{"1st", "2·1st·x + 1st² + x − 1st", `2 \cdot \text{1st} \cdot x + \text{1st}^{2} + x - \text{1st}`},
		{"rate", "2rate·x + rate² + x − rate", `2 \text{rate} \cdot x + \text{rate}^{2} + x - \text{rate}`},
		{
			"a+b", "2(a+b)·x + (a+b)² + x − (a+b)",
			`2 \left(\text{a+b}\right) x + \left(\text{a+b}\right)^{2} + x - \left(\text{a+b}\right)`,
		},
		{
			"x y", "2(x y)·x + (x y)² + x − (x y)",
			`2 \left(\text{x y}\right) x + \left(\text{x y}\right)^{2} + x - \left(\text{x y}\right)`,
		},
		{
			"w[2-i]", "2w[2-i]·x + w[2-i]² + x − w[2-i]",
			`2 \text{w[2-i]} \cdot x + \text{w[2-i]}^{2} + x - \text{w[2-i]}`,
		},
		{
			"x²", "2x²·x + (x²)² + x − x²", `2 \text{x\ensuremath{^2}} \cdot x + ` +
				`\left(\text{x\ensuremath{^2}}\right)^{2} + x - \text{x\ensuremath{^2}}`,
		},
		{
			"w⁽²⁾", "2w⁽²⁾·x + w⁽²⁾² + x − w⁽²⁾",
			`2 \text{w\ensuremath{^(}\ensuremath{^2}\ensuremath{^)}} \cdot x + ` +
				`\text{w\ensuremath{^(}\ensuremath{^2}\ensuremath{^)}}^{2} + x - ` +
				`\text{w\ensuremath{^(}\ensuremath{^2}\ensuremath{^)}}`,
		},
	} {
		v := gradus.New(2).As(tt.name)
		e := Of(gradus.Sum(v.Mul(x).Mul(2), v.Square(), x, v.Neg()))
		if got := Text.Write(e, InSum); got != tt.text {
			t.Errorf("%q, want %q", got, tt.text)
		}
		if got := LaTeX.Write(e, InSum); got != tt.latex {
			t.Errorf("LaTeX %q, want %q", got, tt.latex)
		}
	}
	rate, b := gradus.New(2).As("rate"), gradus.New(3).As("b")
	e := Of(x.Mul(rate).Mul(b).Mul(b.Add(1)).Mul(gradus.New(4).As("mass")))
	want := `x \cdot \text{rate} \cdot b \left(b + 1\right) \text{mass}`
	if got := LaTeX.Write(e, InSum); got != want {
		t.Errorf("LaTeX %q, want %q", got, want)
	}
	if got := Text.Derivative("a+b", "x y", nil); got != "d(a+b)/d(x y)" {
		t.Errorf("the derivative is %q", got)
	}
}

func TestLatexNames(t *testing.T) {
	for name, want := range map[string]string{
		"W2": "W_2", "w_1": "w_1", "b12": "b_{12}", "z": "z", "loss": `\text{loss}`,
		"w2[1,0]": `\text{w2[1,0]}`, "a_b": `\text{a\_b}`, "50%": `\text{50\%}`, "σ": `\sigma`,
		"α_12": `\alpha_{12}`,
		"x′":   `\text{x\ensuremath{'}}`, "中": `\text{\texttt{U+4E2D}}`, "a\nb": `\text{a\textbackslash{}nb}`,
		"ж1": `\text{\texttt{U+0436}1}`,
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
	// Powers of powers, and of negative numbers.
	for _, exponent := range []float64{-2, -1, -0.5, 0.5, 1.5, 2, 3} {
		unary = append(unary, func(v *gradus.Value) *gradus.Value { return v.Pow(exponent) })
	}
	binary := []func(v *gradus.Value, w any) *gradus.Value{
		(*gradus.Value).Add, (*gradus.Value).Sub, (*gradus.Value).Mul, (*gradus.Value).Max,
		func(v *gradus.Value, w any) *gradus.Value { return v.Div(w.(*gradus.Value).Square().Add(2)) },
		func(v *gradus.Value, w any) *gradus.Value { return gradus.Mean(v, w.(*gradus.Value), v) },
	}
	for seed := range uint64(1000) {
		r := rand.New(rand.NewPCG(seed, 9))
		nodes := []*gradus.Value{
			gradus.New(r.NormFloat64()).As("x"), gradus.New(r.NormFloat64()).As("y"),
			gradus.Const(2), gradus.Const(0.5), gradus.New(-1),
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
		for _, v := range nodes {
			if v.Op() == nil {
				continue
			}
			compare(t, seed, v, Expand(v), v.Data)
			local := chain.Partials(v)
			for i, dx := range Partials(v) {
				compare(t, seed, v, dx, local[i])
			}
		}
	}
}

// compare compares a formula's value with what it should be.
func compare(t *testing.T, seed uint64, v *gradus.Value, e Expr, want float64) {
	t.Helper()
	if got := eval(e); !(got == want || math.IsNaN(got) && math.IsNaN(want) ||
		math.Abs(got-want) <= 1e-9*(1+math.Abs(want))) {
		t.Errorf("seed %d: %s is %v, want %v, of %v", seed, Text.Write(e, InSum), got, want, v)
	}
}

// eval evaluates a formula.
func eval(e Expr) float64 {
	args := make([]float64, len(e.args))
	for i, a := range e.args {
		args[i] = eval(a)
	}
	switch e.kind {
	case number:
		return e.value
	case symbol:
		return e.of.Data
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
			z /= eval(u)
		}
		return z
	case power:
		return math.Pow(args[0], e.value)
	}
	return e.op.Eval(args...)
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
		{gradus.Const(-3), "−3"},
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
	if got, want := Shorten("δab", 3)+Shorten("δabc", 3), "δabδa…"; got != want {
		t.Errorf("shortened to 3 characters: %q, want %q", got, want)
	}
}

// Formulas of derivatives leave out a shift, which makes no difference, and call the derivatives of an op
// of the caller's own.
func TestPartials(t *testing.T) {
	x, y := gradus.New(0.7).As("x"), gradus.New(1.5).As("y")
	p, q := gradus.New(0.25).As("p"), gradus.New(0.75).As("q")
	norm := gradus.FuncN("norm", func(x []float64) float64 { return x[0] }, func(_, _ []float64) {})
	for _, tt := range []struct {
		v    *gradus.Value
		want []string
	}{
		{gradus.LogSumExp(x, y).As("z"), []string{"exp(x − z)", "exp(y − z)"}},
		{
			gradus.SoftmaxCrossEntropy([]*gradus.Value{x, y}, []*gradus.Value{p, q}),
			[]string{
				"exp(x − logsumexp(x, y))(p + q) − p", "exp(y − logsumexp(x, y))(p + q) − q",
				"logsumexp(x, y) − x", "logsumexp(x, y) − y",
			},
		},
		{norm.Apply(x, y, p), []string{"∂norm/∂x[0](x, y, p)", "∂norm/∂x[1](x, y, p)", "∂norm/∂x[2](x, y, p)"}},
	} {
		for i, e := range Partials(tt.v) {
			if got := Text.Write(e, InSum); got != tt.want[i] {
				t.Errorf("derivative %d of %v is %q, want %q", i, tt.v, got, tt.want[i])
			}
		}
	}
}
