package gradus_test

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/internal/slow"
)

// derivative returns the derivative of y of that order with respect to x.
func derivative(order int, y, x *gradus.Value) *gradus.Value {
	for range order {
		y = gradus.Gradient(y, x)[0]
	}
	return y
}

// The numbers are those of the closed form, a polynomial in tanh x with integer coefficients, computed by
// the decimal module of Python with 60 digits.
func TestGradientOfTanh(t *testing.T) {
	want := []float64{
		0.9151369618266292, -0.5331818782014544, -1.3643061061011237, 3.72248581661372, 6.113703931953153,
		-52.17630757678585, -14.423048009483933, 1169.29256508477,
	}
	x := gradus.New(0.3)
	y := x.Tanh()
	for k, want := range want {
		y = gradus.Gradient(y, x)[0]
		if math.Abs(y.Data-want) > 1e-13*math.Abs(want) {
			t.Errorf("derivative %d of tanh is %v, want %v", k+1, y.Data, want)
		}
	}
	if n := len(gradus.Topo(y)); n > 300 {
		t.Errorf("derivative 8 of tanh has %d nodes, want at most 300", n)
	}
}

// Every derivative of exp x is exp x itself, and the n-th of exp(2x) is 2ⁿ·exp(2x): nothing grows.
func TestGradientOfExp(t *testing.T) {
	x := gradus.New(0.3)
	y := x.Exp()
	if got := derivative(8, y, x); got != y {
		t.Errorf("derivative 8 of exp x is %v, want exp x itself", got)
	}
	got := derivative(50, x.Mul(2).Exp(), x)
	if want := 0x1p50 * math.Exp(0.6); math.Abs(got.Data-want) > 1e-15*want || len(gradus.Topo(got)) > 10 {
		t.Errorf("derivative 50 of exp 2x is %v with %d nodes, want %v with about 6", got.Data,
			len(gradus.Topo(got)), want)
	}
}

func TestGradientByHand(t *testing.T) {
	x, y, zero := gradus.New(3), gradus.New(5), gradus.New(0)
	product := gradus.New(1)
	p := gradus.Values([]float64{2, 3, 0, 0})
	for _, v := range p {
		product = product.Mul(v)
	}
	minus := gradus.New(-1)
	slopes := gradus.LeakyReLU(0x1p-60).Apply(minus).Add(gradus.LeakyReLU(0x2p-60).Apply(minus))
	for _, tt := range []struct {
		name string
		got  *gradus.Value
		want float64
	}{
		{"d/dx of x", derivative(1, x, x), 1},
		{"d/dx of y", derivative(1, y, x), 0},
		{"d²/dx² of 2x", derivative(2, x.Mul(2), x), 0},
		{"d³/dx³ of x²", derivative(3, x.Square(), x), 0},
		{"d²/dx² of x³", derivative(2, x.Pow(3), x), 18},
		{"d³/dx³ of x^3", derivative(3, x.Pow(3), x), 6},
		{"∂²/∂x∂n of x^n at n = 0", derivative(1, derivative(1, x.Pow(zero), x), zero), 1. / 3},
		{"∂²/∂n² of 0^n at n = 2", derivative(2, zero.Pow(p[0]), p[0]), 0},
		{"∂²/∂n∂x of x^n at n = 2 and x = 0", derivative(1, derivative(1, zero.Pow(p[0]), p[0]), zero), 0},
		{"∂²/∂n² of 0^n at n = 2, for a constant 0", derivative(2, gradus.Const(0).Pow(p[0]), p[0]), 0},
		{"∂²/∂n∂x of x^n at n = 0", derivative(1, derivative(1, x.Pow(zero), zero), x), 1. / 3},
		{"d/dx of x·d/dy (x + y)", derivative(1, x.Mul(derivative(1, x.Add(y), y)), x), 1},
		{"d/dx of x·d/dx (x·y)", derivative(1, x.Mul(derivative(1, x.Mul(y), x)), x), 5},
		{"∂²/∂p₃∂p₄ of a product", derivative(1, derivative(1, product, p[2]), p[3]), 6},
		{"∂²/∂p₃² of a product", derivative(2, product, p[2]), 0},
		{"x·x, whose operands are one", derivative(1, x.Mul(x), x), 6},
		{"d²/dx² of x·x", derivative(2, x.Mul(x), x), 2},
		{"small numbers in formulas, which are not equal", derivative(1, slopes, minus), 0x3p-60},
	} {
		if tt.got.Data != tt.want {
			t.Errorf("%s is %v, want %v", tt.name, tt.got.Data, tt.want)
		}
	}
	if zero := derivative(1, y, x); !zero.IsConst() {
		t.Errorf("the derivative with respect to what y does not depend on is %v, want a constant", zero)
	}
}

// Rosenbrock's function (1 − x)² + 100(y − x²)² has the Hessian
//
//	⎛ 1200x² − 400y + 2  −400x ⎞
//	⎝ −400x              200   ⎠
func TestHessianOfRosenbrock(t *testing.T) {
	x, y := gradus.New(-1.2), gradus.New(1)
	one := gradus.Const(1)
	f := one.Sub(x).Square().Add(y.Sub(x.Square()).Square().Mul(100))
	h := gradus.Hessian(f, x, y)
	want := [][]float64{{1330, 480}, {480, 200}}
	for i, row := range want {
		for j, want := range row {
			if got := h[i][j].Data; math.Abs(got-want) > math.Nextafter(want, math.Inf(1))-want {
				t.Errorf("entry %d, %d is %v, want %v", i, j, got, want)
			}
		}
	}
	if h[0][1] != h[1][0] {
		t.Error("the entries beside the diagonal are two Values, want one")
	}
	var entries []*gradus.Value
	for _, row := range h {
		entries = append(entries, row...)
	}
	checkNothingIdle(t, gradus.Topo(f), entries)
	if h := gradus.Hessian(f); len(h) != 0 {
		t.Errorf("the Hessian for no variables is %v, want none", h)
	}
}

// An x may be an interior node, of which others are made. Its derivative is what Backward leaves there.
func TestGradientOfInteriorNodes(t *testing.T) {
	x := gradus.New(0.5)
	h := x.Square()
	y := h.Mul(x.Sin()).Add(h.Exp())
	y.Backward()
	for i, dy := range gradus.Gradient(y, y, h, x, h) {
		if v := []*gradus.Value{y, h, x, h}[i]; math.Abs(dy.Data-v.Grad) > 1e-15 {
			t.Errorf("derivative %d is %v, Backward has %v", i, dy.Data, v.Grad)
		}
	}
	if got := gradus.Gradient(h, y)[0].Data; got != 0 { // y comes after h
		t.Errorf("∂h/∂y is %v, want 0", got)
	}
}

// Gradient reads no Grad and writes none.
func TestGradientLeavesGradAlone(t *testing.T) {
	x := gradus.New(2)
	y := x.Square().Exp()
	x.Grad, y.Grad = 7, 8
	dy := gradus.Gradient(y, x)[0]
	if want := 4 * math.Exp(4); dy.Data != want || x.Grad != 7 || y.Grad != 8 || x.HasGrad() {
		t.Errorf("derivative %v, Grad %v and %v, want %v, 7 and 8", dy.Data, x.Grad, y.Grad, want)
	}
}

// Graphs on a tape, and graphs that are only partly on one, have the same derivatives.
func TestGradientOnTape(t *testing.T) {
	w, x := gradus.New(0.3), gradus.New(0.7)
	want := derivative(2, w.Mul(x).Tanh(), w).Data
	var tape, other gradus.Tape
	for range 2 {
		tape.Reset()
		other.Reset()
		for name, x := range map[string][2]*gradus.Value{
			"a tape":            {tape.New(0.3), tape.New(0.7)},
			"a leaf beside it":  {gradus.New(0.3), tape.New(0.7)},
			"two tapes":         {other.New(0.3), tape.New(0.7)},
			"a heap and a tape": {tape.New(0.3), gradus.New(0.7)},
		} {
			ddy := derivative(2, x[0].Mul(x[1]).Tanh(), x[0])
			ddy.Backward()
			if ddy.Data != want {
				t.Errorf("%s: second derivative %v, want %v", name, ddy.Data, want)
			}
		}
	}
}

// A selecting op hands nothing on to what it ignores, not even 0 times an infinite gradient.
func TestGradientOfIgnored(t *testing.T) {
	for name, f := range map[string]func(x *gradus.Value) *gradus.Value{
		"ReLU":  func(x *gradus.Value) *gradus.Value { return x.ReLU().Sqrt() },
		"max":   func(x *gradus.Value) *gradus.Value { return x.Max(0).Sqrt() },
		"min":   func(x *gradus.Value) *gradus.Value { return x.Neg().Min(0).Sqrt() },
		"where": func(x *gradus.Value) *gradus.Value { return gradus.Where(x, x, 0).Sqrt() },
		"pick": func(x *gradus.Value) *gradus.Value {
			return gradus.Pick(gradus.New(1), x, gradus.New(0)).Sqrt()
		},
		"x⁰": func(x *gradus.Value) *gradus.Value { return x.Pow(0).Sub(1).Sqrt() },
	} {
		x := gradus.New(-1)
		y := f(x)
		y.Backward()
		if got := derivative(1, y, x).Data; got != 0 || x.Grad != 0 {
			t.Errorf("%s: %v, Backward has %v, want 0", name, got, x.Grad)
		}
	}
}

// Nothing depends on a constant any more once a derivative is computed, so it is no x.
func TestGradientOfConstant(t *testing.T) {
	x, c := gradus.New(2), gradus.Const(3).As("c")
	var tape gradus.Tape
	onTape := tape.New(2).Mul(5)
	y := x.Mul(c).Mul(onTape)
	for _, tt := range []struct {
		x    []*gradus.Value
		want string
	}{
		{[]*gradus.Value{c}, "operand 2 of 2 is c = 3, a constant, want a leaf made with New"},
		{[]*gradus.Value{x, c}, "operand 3 of 3 is c = 3, a constant, want a leaf made with New"},
		{onTape.Parents(), "operand 3 of 3 is 5, a constant, want a leaf made with New"},
	} {
		mustPanic(t, "gradus: Gradient: "+tt.want, func() { gradus.Gradient(y, tt.x...) })
		mustPanic(t, "gradus: Hessian: "+tt.want, func() { gradus.Hessian(y, tt.x...) })
	}
	mustPanic(t, "gradus: Gradient: operand 1 of 2 is nil, want a Value", func() { gradus.Gradient(nil, x) })
	mustPanic(t, "gradus: Hessian: operand 3 of 3 is nil, want a Value", func() { gradus.Hessian(y, x, nil) })
	if got := derivative(1, c, x); got.Data != 0 {
		t.Errorf("the derivative of a constant is %v, want 0", got)
	}
}

// Where operands are constants, parts of formulas are: a factor 1, a term 0, a sum of any number of 1s.
func TestGradientBesideConstants(t *testing.T) {
	x, y := gradus.New(0.5), gradus.New(2)
	zero, one := gradus.Const(0), gradus.Const(1)
	both, secondClass := []*gradus.Value{x, y}, []*gradus.Value{zero, one}
	p := gradus.New(0.25)
	for name, z := range map[string]*gradus.Value{
		"x¹":                                    x.Pow(1),
		"binary cross-entropy of class 0":       x.SigmoidCrossEntropy(zero),
		"cross-entropy of the second class":     gradus.SoftmaxCrossEntropy(both, secondClass),
		"cross-entropy without the first class": gradus.SoftmaxCrossEntropy(both, []*gradus.Value{zero, p}),
		"a where with a constant condition":     gradus.Where(one, x.Square(), y).Exp(),
		"the square of the larger one":          x.Max(y).Square(),
	} {
		t.Run(name, func(t *testing.T) {
			dz := gradus.Gradient(z, x, y)
			checkNothingIdle(t, gradus.Topo(z), dz)
			checkNothingIdle(t, gradus.Topo(z, dz[0]), gradus.Gradient(dz[0], x, y))
		})
	}
	if dz := gradus.Gradient(x.Add(y), x, y); dz[0] != dz[1] {
		t.Errorf("the derivatives of x + y are the Values %p and %p, want one", dz[0], dz[1])
	}
	if dz := derivative(1, x.ReLU(), x); dz.Op().Name() != "step" {
		t.Errorf("the derivative of ReLU(x) is %v, want step(x)", dz)
	}
	if dz := derivative(1, x.Mul(x), x); dz.Op().Name() != "+" {
		t.Errorf("the derivative of x·x is %v, want x + x, as Add computes it", dz)
	}
	for n := range 6 {
		terms := slices.Repeat([]*gradus.Value{x}, n)
		if dz := derivative(1, gradus.Sum(terms...), x); !dz.IsConst() || dz.Data != float64(n) {
			t.Errorf("the derivative of a sum of %d x is %v, want the constant %d", n, dz, n)
		}
	}
}

// The derivatives of LogSumExp and SoftmaxCrossEntropy depend on the differences of the logits alone, and
// have the same digits wherever the logits are.
func TestGradientOfLargeLogits(t *testing.T) {
	for _, differences := range [][]float64{{1, 2, 3}, {0, 40, -3, 7}, {0, 0, 0}, {800, -800}} {
		e, sum, m := []float64{}, 0.0, slices.Max(differences)
		for _, d := range differences {
			e = append(e, math.Exp(d-m))
			sum += e[len(e)-1]
		}
		for _, offset := range []float64{0, 1e12, 1e15, -1e12, -1e15, 800, -800} {
			y, p := gradus.Values(differences), gradus.Values([]float64{0.25, 0.5, 0.125, 0.125}[:len(e)])
			total := 0.0
			for i := range y {
				y[i].Data += offset
				total += p[i].Data
			}
			// The second derivatives are products of two shares. A difference such as 1 − p has errors of
			// a unit of 1.
			bound := 2 * softmaxUnits(differences) * 0x1p-52
			check := func(what string, got *gradus.Value, want, size float64) {
				t.Helper()
				if !(math.Abs(got.Data-want) <= bound*size) {
					t.Errorf("%v + %v: %s is %v, want %v", offset, differences, what, got.Data, want)
				}
			}
			loss := gradus.SoftmaxCrossEntropy(y, p)
			dy := gradus.Gradient(gradus.LogSumExp(y...), y...)
			dt := gradus.Gradient(loss, p...)
			ddt := gradus.Gradient(dt[0], y...)
			h, lossH := gradus.Hessian(gradus.LogSumExp(y...), y...), gradus.Hessian(loss, y...)
			for i := range e {
				pi := e[i] / sum
				check(fmt.Sprintf("∂/∂x%d", i), dy[i], pi, pi)
				// m − yᵢ + ln Σ exp(yⱼ − m), where the logarithm may be tiny.
				rest := 0.0
				for j := range e {
					if j != slices.Index(differences, m) {
						rest += e[j]
					}
				}
				share := m - differences[i] + math.Log1p(rest)
				check(fmt.Sprintf("∂/∂t%d of the loss", i), dt[i], share, share)
				own := 0.0
				if i == 0 {
					own = 1
				}
				check(fmt.Sprintf("∂²/∂t0∂y%d of the loss", i), ddt[i], pi-own, 1)
				for j := range e {
					pj := e[j] / sum
					want, size := -pi*pj, pi*pj
					if i == j {
						want, size = pi-pi*pi, pi
					}
					check(fmt.Sprintf("∂²/∂x%d∂x%d", i, j), h[i][j], want, size)
					check(fmt.Sprintf("∂²/∂y%d∂y%d of the loss", i, j), lossH[i][j], total*want, total*size)
				}
			}
		}
	}
}

// A long chain is differentiated without recursion: in the slow tests, one of a million nodes.
func TestGradientOfLongChain(t *testing.T) {
	n := 10_000
	if slow.Wanted() {
		n = 1_000_000
	}
	x := gradus.New(1)
	y := x
	for range n {
		y = y.Mul(1.0000001)
	}
	got := derivative(1, y, x)
	if want := math.Pow(1.0000001, float64(n)); math.Abs(got.Data-want) > 1e-9 {
		t.Errorf("derivative %v, want %v", got.Data, want)
	}
	y = x
	for range n / 10 {
		y = y.Sin()
	}
	dy := derivative(1, y, x)
	x.ZeroGrad()
	y.Backward()
	if nodes := len(gradus.Topo(dy)); math.Abs(dy.Data-x.Grad) > 1e-12*x.Grad || nodes > 3*n/10+10 {
		t.Errorf("derivative %v with %d nodes, Backward has %v, want at most %d", dy.Data, nodes, x.Grad, 3*n/10)
	}
}

// Of every op, the first derivatives are those of Partials, and the second ones are the numeric
// derivatives of Partials.
func TestGradientOfEveryOp(t *testing.T) {
	for _, op := range gradus.Ops() {
		t.Run(op.Name(), func(t *testing.T) {
			d := domainOf(t, op)
			forEachPoint(t, op, 40, func(x []float64) {
				few := min(len(x), 3)
				leaves := gradus.Values(x)
				dx := make([]float64, len(x))
				partial := func(i int) float64 {
					op.Partials(dx, x, op.Eval(x...))
					return dx[i]
				}
				for i, dz := range gradus.Gradient(op.Apply(leaves...), leaves[:few]...) {
					if want := partial(i); math.Abs(dz.Data-want) > 1e-13*max(math.Abs(want), 1) {
						t.Errorf("∂/∂x%d at %v is %v, want %v", i, x, dz.Data, want)
					}
					for j, ddz := range gradus.Gradient(dz, leaves[:few]...) {
						xj := x[j]
						want, bound := numericDerivative(func(v float64) float64 {
							x[j] = v
							return partial(i)
						}, xj, d.radius(x, j))
						if x[j] = xj; math.Abs(ddz.Data-want) > bound+1e-13*math.Abs(want) {
							t.Errorf("∂²/∂x%d∂x%d at %v is %v, want %v ± %.1g", i, j, x, ddz.Data, want, bound)
						}
					}
				}
			})
		})
	}
}

// At large numbers, at kinks and at infinity, second derivatives are what the reason says.
func TestSecondDerivativesAtSpecialPoints(t *testing.T) {
	inf, nan := math.Inf(1), math.NaN()
	inverse := func(x *gradus.Value) *gradus.Value { return gradus.Const(1).Div(x) }
	lse := func(x *gradus.Value) *gradus.Value { return gradus.LogSumExp(x, gradus.Const(1)) }
	for _, tt := range []struct {
		name    string
		f       func(x *gradus.Value) *gradus.Value
		x, want float64
		why     string
	}{
		{"σ", (*gradus.Value).Sigmoid, 0, 0, "σ is odd about (0, ½)"},
		{"σ", (*gradus.Value).Sigmoid, 40, 0, "σ′ = z(1 − z) is 0, since z has rounded to 1; exactly −4.2e-18"},
		{"σ", (*gradus.Value).Sigmoid, -40, 4.248354255291589e-18, "e⁻⁴⁰"},
		{"σ", (*gradus.Value).Sigmoid, 800, 0, "as at 40"},
		{"σ", (*gradus.Value).Sigmoid, -800, 0, "e⁻⁸⁰⁰ underflows"},
		{"σ", (*gradus.Value).Sigmoid, inf, 0, "flat"},
		{"σ", (*gradus.Value).Sigmoid, -inf, 0, "flat"},
		{"tanh", (*gradus.Value).Tanh, 0, 0, "tanh is odd"},
		{"tanh", (*gradus.Value).Tanh, 800, 0, "flat"},
		{"tanh", (*gradus.Value).Tanh, -800, 0, "flat"},
		{"tanh", (*gradus.Value).Tanh, inf, 0, "flat"},
		{"softplus", (*gradus.Value).Softplus, 0, 0.25, "σ′(0)"},
		{"softplus", (*gradus.Value).Softplus, 800, 0, "σ′(800)"},
		{"softplus", (*gradus.Value).Softplus, -800, 0, "σ′(−800)"},
		{"softplus", (*gradus.Value).Softplus, inf, 0, "straight"},
		{"softplus", (*gradus.Value).Softplus, -inf, 0, "flat"},
		{"logsumexp", lse, 1, 0.25, "both have the share ½, and ½(1 − ½) is ¼"},
		{"logsumexp", lse, 800, 0, "its share is 1"},
		{"logsumexp", lse, -800, 0, "its share is 0"},
		{"logsumexp", lse, -inf, 0, "its share is 0"},
		{"logsumexp", lse, inf, nan, "the share is exp(∞ − ∞), as the formula says, though Backward has 1"},
		{"logsumexp", lse, 1e15, 0, "its share is 1"},
		{"1/x", inverse, 0, inf, "2/x³ from the right"},
		{"1/x", inverse, math.Copysign(0, -1), -inf, "2/x³ from the left"},
		{"1/x", inverse, 800, 2 / 800. / 800 / 800, "2/x³"},
		{"1/x", inverse, inf, 0, "flat"},
		{"√", (*gradus.Value).Sqrt, 0, -inf, "−1/(4x√x)"},
		{"√", (*gradus.Value).Sqrt, 4, -1. / 32, "−1/(4x√x)"},
		{"√", (*gradus.Value).Sqrt, inf, 0, "flat"},
		{"√", (*gradus.Value).Sqrt, -1, nan, "outside of the domain"},
		{"ln", (*gradus.Value).Log, -1, nan, "outside of the domain"},
		{"log1p", (*gradus.Value).Log1p, -2, nan, "outside of the domain"},
		{"ln", (*gradus.Value).Log, 0, -inf, "−1/x²"},
		{"ln", (*gradus.Value).Log, 800, -1 / 800. / 800, "−1/x²"},
		{"ln", (*gradus.Value).Log, inf, 0, "flat"},
		{"SiLU", (*gradus.Value).SiLU, 0, 0.5, "2σ′(0)"},
		{"SiLU", (*gradus.Value).SiLU, 800, 0, "straight"},
		{"SiLU", (*gradus.Value).SiLU, -800, 0, "flat"},
		{"SiLU", (*gradus.Value).SiLU, inf, nan, "∞·σ(−∞) is ∞·0 in the formula"},
		{"GELU", (*gradus.Value).GELU, 0, math.Sqrt(2 / math.Pi), "2φ(0)"},
		{"GELU", (*gradus.Value).GELU, 800, 0, "straight"},
		{"GELU", (*gradus.Value).GELU, inf, nan, "∞·exp(−∞) is ∞·0 in the formula"},
		{"arctan", (*gradus.Value).Atan, inf, nan, "−2x/(1 + x²)² is ∞·0 in the formula"},
		{"erf", (*gradus.Value).Erf, inf, nan, "∞·exp(−∞) is ∞·0 in the formula"},
		{"ReLU", (*gradus.Value).ReLU, 0, 0, "by definition at the kink"},
		{"abs", (*gradus.Value).Abs, 0, 0, "by definition at the kink"},
		{"ELU", (*gradus.Value).ELU, 0, 0.5, "the mean of e⁰ on the left and 0 on the right"},
		{"exp", (*gradus.Value).Exp, 800, inf, "overflows as exp does"},
		{"exp", (*gradus.Value).Exp, -inf, 0, "flat"},
	} {
		x := gradus.New(tt.x)
		got := derivative(2, tt.f(x), x).Data
		if !same(got, tt.want, 1e-15*math.Abs(tt.want)) {
			t.Errorf("second derivative of %s at %v: %v, want %v: %s", tt.name, tt.x, got, tt.want, tt.why)
		}
	}
}

// FuzzGradient compares Gradient with Backward on random graphs, and mixed second derivatives with each
// other.
func FuzzGradient(f *testing.F) {
	addSeeds(f)
	f.Fuzz(func(t *testing.T, data []byte) {
		leaves, nodes := newProgram(data).graph()
		root := nodes[len(nodes)-1]
		dy := gradus.Gradient(root, leaves...)
		checkNothingIdle(t, nodes, dy)
		root.Backward()
		bounds := errorBounds(root, localError)
		for i, leaf := range leaves {
			if bound := 2*bounds[leaf] + 1e-160; !(math.Abs(dy[i].Data-leaf.Grad) <= bound) {
				t.Errorf("derivative %d is %v, Backward has %v, and %g is the bound\n%v",
					i, dy[i].Data, leaf.Grad, bound, nodes)
			}
		}
		var second [][]*gradus.Value
		for _, d := range dy {
			second = append(second, gradus.Gradient(d, leaves...))
			checkNothingIdle(t, gradus.Topo(d), second[len(second)-1])
		}
		for i, row := range second {
			for j, d := range row[:i] {
				// The bounds take the numbers in dy for exact. They are off by roundings of their own,
				// for which a factor of 4 was enough in all that was tried.
				bound := errorBounds(dy[i], localError)[leaves[j]] + errorBounds(dy[j], localError)[leaves[i]]
				bound = 64*bound + 1e-160
				if other := second[j][i]; !(math.Abs(d.Data-other.Data) <= bound) {
					t.Errorf("∂²/∂x%d∂x%d is %v, in the other order %v, and %g is the bound\n%v",
						i, j, d.Data, other.Data, bound, nodes)
				}
			}
		}
	})
}

// checkNothingIdle checks that the derivatives have no term 0, no factor 0 or 1 and no two equal nodes,
// unless the nodes that were there before have them.
func checkNothingIdle(t *testing.T, before, dy []*gradus.Value) {
	t.Helper()
	old := map[*gradus.Value]bool{}
	for _, v := range before {
		old[v] = true
	}
	for _, v := range gradus.Topo(before[len(before)-1]) { // with the constants
		old[v] = true
	}
	seen := map[string]bool{}
	for _, v := range gradus.Topo(dy...) {
		if old[v] || v.Op() == nil {
			continue
		}
		name := v.Op().Name()
		text := name
		for _, p := range v.Parents() {
			isZero, isOne := p.IsConst() && p.Data == 0, p.IsConst() && p.Data == 1
			isSecond := p == v.Parents()[len(v.Parents())-1]
			if isZero && (name == "+" || name == "sum" || name == "·" || name == "−" && isSecond) ||
				isOne && name == "·" || name == "where" && v.Parents()[0].IsConst() {
				t.Errorf("a node computes %s of %v, want no such node", name, v.Parents())
			}
			text += fmt.Sprintf(" %p", p)
		}
		if len(v.Parents()) <= 3 && seen[text] {
			t.Errorf("two nodes compute %s of %v, want one", name, v.Parents())
		}
		seen[text] = true
	}
}
