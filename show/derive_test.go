package show_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/internal/shapes"
	"github.com/gradus-go/gradus/nn"
	"github.com/gradus-go/gradus/show"
)

func named(name string, x float64) *gradus.Value { return gradus.New(x).As(name) }

// The graphs that most tests of this package show.
var tutorialA, diamond, layered = shapes.TutorialA, shapes.Fork, shapes.Layered

func derive(t *testing.T, root *gradus.Value, by ...*gradus.Value) *show.Derivation {
	t.Helper()
	d, err := show.Derive(root, by...)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// Every equation of the tutorial's section "Backward Pass" is in the derivation, as the
// tutorial writes it, and in its order; the derivation goes on with numbers.
func TestTutorialsBackwardPass(t *testing.T) {
	latex := derive(t, tutorialA()).LaTeX()
	for _, equation := range []string{
		`\frac{\partial L}{\partial y} = y - t`,
		`\frac{\partial L}{\partial W_2} = \frac{\partial L}{\partial y} \cdot \frac{\partial y}{\partial W_2}`,
		`\frac{\partial L}{\partial b_2} = \frac{\partial L}{\partial y} \cdot 1`,
		`\frac{\partial L}{\partial a} = \frac{\partial L}{\partial y} \cdot \frac{\partial y}{\partial a}`,
		`\frac{\partial L}{\partial W_1} = \frac{\partial L}{\partial a} \cdot ` +
			`\frac{\partial a}{\partial z} \cdot \frac{\partial z}{\partial W_1}`,
		`\frac{\partial L}{\partial b_1} = \frac{\partial L}{\partial a} \cdot ` +
			`\frac{\partial a}{\partial z} \cdot 1`,
	} {
		_, rest, found := strings.Cut(latex, strings.Replace(equation, " = ", " &= ", 1)+" = ")
		if !found {
			t.Errorf("the equation\n%s\nis not in what is left of the derivation:\n%s", equation, latex)
		}
		latex = rest
	}
}

// What is infinite is written as in mathematics. Where a function has no value, its derivative is NaN, and
// not the formula that it would have elsewhere.
func TestDeriveNotFinite(t *testing.T) {
	x, inf := func(x float64) *gradus.Value { return named("x", x) }, math.Inf(1)
	log := x(-1).Log()
	zeroth := func() *gradus.Value { // its derivative is that of x/x, which is 0, times ln(−2)
		x := x(1)
		return gradus.Const(-2).Pow(x.Div(x))
	}
	for _, tt := range []struct {
		root *gradus.Value
		want string
	}{
		{x(0).Log(), "dy/dx = 1/x = ∞"},
		{x(-1).Log(), "dy/dx = NaN"},
		{x(-1).Mul(3).Log1p(), "dy/dx = NaN"},
		{x(-1).Log().Square().Mul(3), "dy/dx = NaN"},
		{x(-1).Mul(named("w", 2)).Log(), "dy/dx = NaN\ndy/dw = NaN"},
		{log.Add(log.Parents()[0].Square()).Add(log), "dy/dx = NaN"},
		{x(inf).Square(), "dy/dx = 2x = ∞"},
		{x(-inf).Square(), "dy/dx = 2x = -∞"},
		{x(math.NaN()).Square(), "dy/dx = 2x = NaN"},
		{x(2).Mul(inf), "dy/dx = ∞"},
		{x(2).Mul(-inf), "dy/dx = −∞"},
		{x(2).Mul(math.NaN()), "dy/dx = NaN"},
		{x(2).Add(inf).Square(), "dy/dx = 2(x + ∞) = ∞"},
		{x(2).Add(math.NaN()).Square(), "dy/dx = 2(x + NaN) = NaN"},
		{x(2).Pow(inf), "dy/dx = ∞·x^∞ = ∞"},
		// Where the simplest form of the formula is finite, and the number is not.
		{x(0).Sqrt().Square(), "dy/dx = NaN"},
		{zeroth(), "dy/dx = NaN"},
		{
			zeroth().As("p").Sin(),
			"dy/dp = cos(p) = -0.4161\ndp/dx = NaN\ndy/dx = dy/dp · dp/dx = (-0.4161)(NaN) = NaN",
		},
		{x(0).Sqrt().As("a").Square(), "dy/da = 2a = 0\nda/dx = ½/a = ∞\ndy/dx = dy/da · da/dx = (0)(∞) = NaN"},
	} {
		if got := derive(t, tt.root.As("y")).String(); got != tt.want+"\n" {
			t.Errorf("%sis derived, want\n%s", got, tt.want)
		}
	}
	d := derive(t, x(-inf).Square().As("y"))
	if !strings.Contains(d.LaTeX(), ` &= 2 x = -\infty`) {
		t.Errorf("in LaTeX:\n%s", d.LaTeX())
	}
	if !strings.Contains(d.MathML(), `<mo form="prefix">−</mo><mn>∞</mn>`) {
		t.Errorf("in MathML:\n%s", d.MathML())
	}
}

// What is a number on paper is shown as it is computed, since x/x is NaN where x is 0.
func TestNumbersOnPaper(t *testing.T) {
	zero, w := named("x", 0), named("w", 2)
	for _, tt := range []struct {
		z           *gradus.Value
		computation string
	}{
		{zero.Div(zero), "z = x/x = NaN"},
		{w.Sub(w), "z = w − w = 0"},
		{w.Sub(w.Neg()), "z = 2w = 4"},
		{w.Add(w.Neg()), "z = w − w = 0"},
		{w.Mul(0), "z = w·0 = 0"},
		{gradus.Const(0).Mul(w.Sub(zero)), "z = 0(w − x) = 0"},
		{gradus.Const(2).Mul(3), "z = 6"},
		{w.Mul(zero.Div(zero)), "z = NaN"},
	} {
		name := strings.Split(tt.computation, " = ")[1]
		unnamed := w.Mul(tt.z).As("y")
		texts := map[string]string{"trace": show.Trace(unnamed), "page": unescape(page(t, unnamed))}
		for what, text := range texts {
			if name != "NaN" && !strings.Contains(text, name) {
				t.Errorf("the %s does not call a node %s", what, name)
			}
			if strings.Contains(text, " 1 = NaN") || strings.Contains(text, "· 1 = (1)(NaN)") {
				t.Errorf("the %s takes 1 for NaN beside %s", what, name)
			}
		}
		if got := show.Computation(tt.z.As("z")).String(); got != tt.computation+"\n" {
			t.Errorf("the computation is %q, want %q", got, tt.computation)
		}
	}
}

// And so is every line of the tutorial's code, by its right-hand side.
func TestTutorialsCode(t *testing.T) {
	text := derive(t, tutorialA()).String()
	for _, line := range []string{
		"dL/dy = y − t = -0.6225", "dy/dW2 = a = 0.6225",
		"dL/dW2 = dL/dy · dy/dW2 = (-0.6225)(0.6225) = -0.3875", "dL/db2 = dL/dy · 1 = -0.6225",
		"dy/da = W2 = -1", "dL/da = dL/dy · dy/da = (-0.6225)(-1) = 0.6225",
		"da/dz = a(1 − a) = 0.235", "dz/dW1 = x = 1",
		"dL/dW1 = dL/da · da/dz · dz/dW1 = (0.6225)(0.235)(1) = 0.1463",
		"dL/db1 = dL/da · da/dz · 1 = (0.6225)(0.235)(1) = 0.1463",
	} {
		if !strings.Contains(text, line+"\n") {
			t.Errorf("the line\n%s\nis not in the derivation:\n%s", line, text)
		}
	}
}

func TestDerive(t *testing.T) {
	find := func(root *gradus.Value, name string) *gradus.Value {
		for _, v := range gradus.Topo(root) {
			if v.Name() == name {
				return v
			}
		}
		t.Fatalf("no value is named %s", name)
		return nil
	}
	a, d, deep := tutorialA(), diamond(), layered(2, 3, 3, 2)
	c, direct := gradus.Const(2).As("c"), named("x", 3)
	scaled := c.Mul(direct.Pow(c.Add(1)).As("p")).Add(c).As("y")
	double := direct.Mul(2).As("y")
	for _, tt := range []struct {
		name string
		root *gradus.Value
		by   []*gradus.Value
		want string
	}{
		{"one parameter, and what leads to it", a, []*gradus.Value{find(a, "W2")}, `
dL/dy = y − t = -0.6225
dy/dW2 = a = 0.6225
dL/dW2 = dL/dy · dy/dW2 = (-0.6225)(0.6225) = -0.3875
`},
		{"the argument of a function, asked for", a, []*gradus.Value{find(a, "z")}, `
dL/dy = y − t = -0.6225
dy/da = W2 = -1
dL/da = dL/dy · dy/da = (-0.6225)(-1) = 0.6225
da/dz = a(1 − a) = 0.235
dL/dz = dL/da · da/dz = (0.6225)(0.235) = 0.1463
`},
		{"of another than the root", find(a, "y"), []*gradus.Value{find(a, "W1")}, `
dy/da = W2 = -1
da/dz = a(1 − a) = 0.235
dz/dW1 = x = 1
dy/dW1 = dy/da · da/dz · dz/dW1 = (-1)(0.235)(1) = -0.235
`},
		{"several paths, one of them direct", d, nil, `
df/dp = q = 2.59
df/dq = p = 0.6442
dq/dx = 2x + 3 = 4.4
dp/dx = cos(x) = 0.7648
df/dx = 1
      + df/dq · dq/dx
      + df/dp · dp/dx
      = (1) + (0.6442)(4.4) + (2.59)(0.7648) = 5.815
`},
		{"a function of one number that does nothing", gradus.Mean(direct.Sin().As("s")).As("y"), nil, `
dy/ds = 1
ds/dx = cos(x) = -0.99
dy/dx = dy/ds · ds/dx = (1)(-0.99) = -0.99
`},
		{"a constant", double, nil, "\ndy/dx = 2\n"},
		{"constants, by their names", scaled, nil, `
dy/dp = c = 2
dp/dx = (c + 1)·x^c = 27
dy/dx = dy/dp · dp/dx = (2)(27) = 54
`},
		{"a layer, where paths meet", deep, []*gradus.Value{find(deep, "a2[0]")}, `
dE/da3[0] = 2(a3[0] − 0.3) = 0.6713
dE/da3[1] = 2(a3[1] − 0.3) = -0.3943
da3[0]/dz3[0] = a3[0](1 − a3[0]) = 0.2316
da3[1]/dz3[1] = a3[1](1 − a3[1]) = 0.09226
dz3[1]/da2[0] = w3[1,0] = -0.4996
dz3[0]/da2[0] = w3[0,0] = 0.104
dE/da2[0] = dE/da3[1] · da3[1]/dz3[1] · dz3[1]/da2[0]
      + dE/da3[0] · da3[0]/dz3[0] · dz3[0]/da2[0]
      = (-0.3943)(0.09226)(-0.4996) + (0.6713)(0.2316)(0.104) = 0.03434
`},
	} {
		got := derive(t, tt.root, tt.by...).String()
		if diff := cmp.Diff(tt.want[1:], got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, diff)
		}
	}
}

// Whatever the way to it, the last number of a derivation is what Backward finds.
func TestDeriveAgreesWithBackward(t *testing.T) {
	for _, root := range []*gradus.Value{tutorialA(), diamond(), layered(2, 3, 3, 2)} {
		root.Backward()
		for _, v := range gradus.Topo(root) {
			if v.Name() == "" || v == root {
				continue
			}
			text := strings.TrimSpace(derive(t, root, v).String())
			got := text[strings.LastIndex(text, " ")+1:]
			if want := fmt.Sprintf("%.4g", v.Grad); got != want && got != strings.Replace(want, "-", "−", 1) {
				t.Errorf("the derivation by %s ends with %s, want %s:\n%s", v.Name(), got, want, text)
			}
		}
	}
}

// A large derivation is folded, and says what it leaves out; what was asked for stays.
func TestDeriveFolds(t *testing.T) {
	root := layered(8, 16, 16, 4)
	d := derive(t, root).String()
	for _, want := range []string{
		"… and 3 more with respect to values named a3[#]\n", "… and 15 more with respect to values named a1[#]\n",
		"… and 63 more with respect to values named w3[#,#]\n", "\n      + … (13 more paths)\n      = ",
		" + … = ",
	} {
		if !strings.Contains(d, want) {
			t.Errorf("%q is not in the derivation:\n%s", want, d)
		}
	}
	if lines := strings.Count(d, "\n"); lines > 80 {
		t.Errorf("%d lines, want 80 at most:\n%s", lines, d)
	}
	for _, v := range gradus.Topo(root) {
		if v.Name() == "w1[5,3]" {
			if got := derive(t, root, v).String(); !strings.Contains(got, "dE/dw1[5,3] = ") {
				t.Errorf("what was asked for is folded away:\n%s", got)
			}
		}
	}
}

func TestDeriveErrors(t *testing.T) {
	x := gradus.New(1)
	y := x.Exp().As("y")
	for _, tt := range []struct {
		name, want string
		root       *gradus.Value
		by         []*gradus.Value
	}{
		{
			"a root without a name",
			"show: the root has no name, and its derivatives need one: name it with As", x.Neg(), nil,
		},
		{
			"a value without a name",
			"show: a value (1) has no name, and its derivative needs one: name it with As",
			y,
			[]*gradus.Value{x},
		},
		{
			"a constant", "show: c is a constant, and there are no derivatives with respect to constants: " +
				"make it with gradus.New",
			y,
			[]*gradus.Value{gradus.Const(2).As("c")},
		},
		{
			"a number as operand", "show: 2 is a constant, and there are no derivatives with respect to " +
				"constants: make it with gradus.New",
			y,
			[]*gradus.Value{gradus.Const(2)},
		},
		{"no root", "show: the root is nil, want a Value", nil, nil},
		{
			"a nil Value", "show: Derive was given a nil Value, want values that y was computed from",
			y,
			[]*gradus.Value{nil},
		},
		{
			"no dependence", "show: y is not computed from w", y, []*gradus.Value{named("w", 1)},
		},
		{"itself", "show: y is not computed from y", y, []*gradus.Value{y}},
	} {
		_, err := show.Derive(tt.root, tt.by...)
		if err == nil || err.Error() != tt.want {
			t.Errorf("%s: error %q, want %q", tt.name, err, tt.want)
		}
	}
}

// sharedDot is a dot product with an operand in three places. Whether Backward adds up its three
// gradients in the order of the pairs or of the parents decides the last bit.
func sharedDot() *gradus.Value {
	v := gradus.Values([]float64{1, 0.1, 0.1, 0.4})
	a, b, c, e := v[0], v[1], v[2], v[3]
	return gradus.Dot([]*gradus.Value{a, c, a}, []*gradus.Value{b, a, e})
}

// The steps are what Backward does: their sums end as the gradients, to the last bit.
func TestSteps(t *testing.T) {
	for name, root := range map[string]*gradus.Value{
		"tutorial A": tutorialA(), "diamond": diamond(), "layered": layered(2, 3, 3, 2), "leaf": named("x", 1),
		"√ReLU(−1), where 0 meets ∞": named("x", -1).ReLU().Sqrt(),
		"shared operands of pairs":   sharedDot(),
	} {
		sums := map[*gradus.Value]float64{root: 1}
		for _, s := range show.Steps(root) {
			if s.Gradient != sums[s.Node] {
				t.Errorf("%s: the gradient of %v is %v, its sum is %v", name, s.Node, s.Gradient, sums[s.Node])
			}
			sums[s.Parent()] = s.Sum
		}
		if root.HasGrad() {
			t.Errorf("%s: Steps has changed the graph", name)
		}
		root.Backward()
		for _, v := range gradus.Topo(root) {
			if sums[v] != v.Grad && !v.IsConst() {
				t.Errorf("%s: the sums for %v end at %v, Backward has %v", name, v, sums[v], v.Grad)
			}
		}
	}
}

// There is no step to a constant, and one to a leaf without a name.
func TestStepsToLeaves(t *testing.T) {
	x, c := gradus.New(3), gradus.Const(2).As("c")
	y := x.Mul(c).Mul(0.5).As("y")
	var got []*gradus.Value
	for _, s := range show.Steps(y) {
		got = append(got, s.Parent())
	}
	if want := []*gradus.Value{y.Parents()[0], x}; !slices.Equal(got, want) {
		t.Errorf("steps to %v, want steps to %v", got, want)
	}
}

func TestTrace(t *testing.T) {
	want, err := os.ReadFile("testdata/trace.golden")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), show.Trace(tutorialA())); diff != "" {
		t.Errorf("trace of tutorial A (-want +got):\n%s", diff)
	}
}

// A derivative with other values held fixed is written in another way than the whole one.
func TestHeldFixed(t *testing.T) {
	x := named("x", 3)
	v := x.Square().As("v")
	u := v.Mul(x).As("u")
	d := derive(t, u.Mul(v).As("L"))
	want := `dL/du = v = 9
∂L/∂v = u = 27 (u held fixed)
du/dv = x = 3
dL/dv = u
      + dL/du · du/dv
      = (27) + (9)(3) = 54
∂u/∂x = v = 9 (v held fixed)
dv/dx = 2x = 6
dL/dx = dL/du · ∂u/∂x
      + dL/dv · dv/dx
      = (9)(9) + (54)(6) = 405
`
	if diff := cmp.Diff(want, d.String()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	for _, line := range []string{
		`\left.\frac{\partial L}{\partial v}\right|_{u} &= u = 27 \\`,
		`\frac{\partial L}{\partial u} \cdot \left.\frac{\partial u}{\partial x}\right|_{v}\\`,
	} {
		if !strings.Contains(d.LaTeX(), line) {
			t.Errorf("no line %s in\n%s", line, d.LaTeX())
		}
	}
}

// micrograd's neuron: the derivative of the root's own function has a line.
func TestRootOfOneValue(t *testing.T) {
	x1, x2, w1, w2 := named("x1", 2), named("x2", 0), named("w1", -3), named("w2", 1)
	n := w1.Mul(x1).Add(w2.Mul(x2)).Add(named("b", 6.8813735870195432)).As("n")
	d := derive(t, n.Tanh().As("y")).String()
	for _, line := range []string{
		"dy/dn = 1 − y² = 0.5\n", "dy/dx1 = dy/dn · dn/dx1 = (0.5)(-3) = -1.5\n",
		"dy/dw1 = dy/dn · dn/dw1 = (0.5)(2) = 1\n", "dy/dx2 = dy/dn · dn/dx2 = (0.5)(1) = 0.5\n",
		"dy/dw2 = dy/dn · dn/dw2 = (0.5)(0) = 0\n",
	} {
		if !strings.Contains(d, line) {
			t.Errorf("no line %q in\n%s", line, d)
		}
	}
	e := named("x", 2).Sub(1).As("e")
	const want = "dL/de = 2e = 2\ndL/dx = dL/de · 1 = 2\n"
	if got := derive(t, e.Square().As("L")).String(); got != want {
		t.Errorf("got\n%s, want\n%s", got, want)
	}
}

// A derivation of a network of package nn reads as in a book: weighted sums have names, and parameters
// have their usual ones. Two of its names that look alike are written in full.
func TestDeriveNetwork(t *testing.T) {
	net := nn.NewMLP(rand.New(rand.NewPCG(1, 0)), 2,
		nn.Dense{Units: 2, Activation: nn.Tanh}, nn.Dense{Units: 1, Activation: nn.Sigmoid})
	loss := func(x1 string) *gradus.Value {
		y := net.Forward(named(x1, 1), named("x2", 0.5))
		return nn.MeanSquaredError(y, []*gradus.Value{named("t", 1)}).As("L")
	}
	text := derive(t, loss("x1")).String()
	for _, want := range []string{
		"v1 = w⁽¹⁾₁₁·x1 + w⁽¹⁾₁₂·x2 + b⁽¹⁾₁ = ",
		"v2 = w⁽¹⁾₂₁·x1 + w⁽¹⁾₂₂·x2 + b⁽¹⁾₂ = ",
		"v3 = w⁽²⁾₁₁·tanh(v1) + w⁽²⁾₁₂·tanh(v2) + b⁽²⁾₁ = ",
		"dL/dv3 = 2(σ(v3) − t)·σ(v3)(1 − σ(v3)) = ",
		"dL/dw⁽²⁾₁₁ = dL/dv3 · dv3/dw⁽²⁾₁₁ = ",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("want %q in\n%s", want, text)
		}
	}
	if latex := derive(t, loss("x1")).LaTeX(); !strings.Contains(latex, `{w^{(1)}_{12}} x_2`) {
		t.Errorf("want w^{(1)}_{12} in\n%s", latex)
	}
	trace := show.Trace(loss("x1"))
	if !strings.Contains(trace, " w⁽¹⁾₁₂ ") || strings.Contains(trace, "layer") {
		t.Errorf("want w⁽¹⁾₁₂ in\n%s", trace)
	}
	text = derive(t, loss("w⁽¹⁾₁₂")).String()
	if want := "w⁽¹⁾₁₁·w⁽¹⁾₁₂ + layer1.neuron1.w2·x2 + b⁽¹⁾₁"; !strings.Contains(text, want) {
		t.Errorf("want %q in\n%s", want, text)
	}
}
