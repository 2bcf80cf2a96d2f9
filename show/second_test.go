package show_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/show"
)

// tanhLoss returns L = (a − t)², a = tanh z, z = w·x + b, and three of its leaves.
func tanhLoss() (l, w, x, t *gradus.Value) {
	w, x, t = named("w", 0.5), named("x", 2), named("t", 1)
	z := w.Mul(x).Add(named("b", -0.3)).As("z")
	return z.Tanh().As("a").Sub(t).Square().As("L"), w, x, t
}

// A derivative of a value that is named like a derivative is a higher one.
func TestSecondDerivatives(t *testing.T) {
	l, w, input, target := tanhLoss()
	dl := gradus.Gradient(l, w)[0].As("dL/dw")
	ddl := gradus.Gradient(dl, w)[0].As("d²L/dw²")
	x, y := named("x", 1.5), named("y", 2.5)
	power := gradus.Gradient(x.Pow(y).As("f"), x)[0].As("df/dx")
	x1, x2 := named("x1", 0.5), named("x2", -1)
	logSumExp := gradus.Gradient(gradus.LogSumExp(x1, x2).As("L"), x1)[0].As("∂L/∂x1")
	v := named("v", 0.7)
	softplus := gradus.Gradient(v.Softplus().As("y"), v)[0].As("dy/dv")
	relu := gradus.Gradient(w.Mul(x).ReLU().Square().As("L"), w)[0].As("dL/dw")
	weight := named("layer3.neuron1.w2", 3)
	cube := gradus.Gradient(weight.Pow(3).As("E"), weight)[0].As("dE/dlayer3.neuron1.w2")
	product := gradus.Gradient(weight.Mul(v.Square()).As("E"), weight)[0].As("dE/dlayer3.neuron1.w2")
	u := named("u", 2)
	factor := u.Mul(product).As("f")
	step := dl.Div(2).Sub(named("d²L/dv²", 4)).As("step")
	classes := []*gradus.Value{named("y1", 1), named("y2", 2), named("y3", 3)}
	oneHot := []*gradus.Value{gradus.Const(0), gradus.Const(0), gradus.Const(1)}
	loss := gradus.SoftmaxCrossEntropy(classes, oneHot).As("L")
	crossEntropy := gradus.Gradient(loss, classes[2])[0].As("dL/dy3")
	for _, tt := range []struct {
		name string
		root *gradus.Value
		by   []*gradus.Value
		want string
	}{
		{"tanh", dl, []*gradus.Value{w, input}, `
d²L/dw da = −4x(a − t)·a + 2x(1 − a²) = 4.452
da/dz = 1 − a² = 0.6347
dz/dw = x = 2
d²L/dw² = d²L/dw da · da/dz · dz/dw = (4.452)(0.6347)(2) = 5.651
∂(dL/dw)/∂x = 2(a − t)(1 − a²) = -0.5022 (z held fixed)
dz/dx = w = 0.5
d²L/dw dx = 2(a − t)(1 − a²)
      + d²L/dw da · da/dz · dz/dx
      = (-0.5022) + (4.452)(0.6347)(0.5) = 0.9106
`},
		{"third", ddl, []*gradus.Value{target}, "\nd³L/dw² dt = 4x²(1 − a²)·a = 6.138\n"},
		{"power", power, nil, `
d²f/dx² = y(y − 1)·x^(y − 2) = 4.593
d²f/dx dy = x^(y − 1) + y·x^(y − 1)·ln(x) = 3.699
`},
		{"softplus", softplus, nil, "\nd²y/dv² = (dy/dv)(1 − dy/dv) = 0.2217\n"},
		{"ReLU", relu, nil, `
d²L/dw² = 2x²·step(w·x) = 4.5
d²L/dw dx = 2ReLU(w·x)·step(w·x) + 2x·step(w·x)·w = 3
`},
		{"log-sum-exp", logSumExp, []*gradus.Value{x2}, `
d(dL/dx1)/dL = −(∂L/∂x1) = -0.8176
dL/dx2 = exp(x2 − L) = 0.1824
d²L/dx1 dx2 = d(dL/dx1)/dL · dL/dx2 = (-0.8176)(0.1824) = -0.1491
`},
		{"name of package nn", cube, nil, "\nd²E/dw⁽³⁾₁₂² = 6w⁽³⁾₁₂ = 18\n"},
		{"another", product, []*gradus.Value{v}, "\nd²E/dw⁽³⁾₁₂ dv = 2v = 1.4\n"},
		{"such a name in a formula", factor, []*gradus.Value{product, u}, `
df/du = dE/dw⁽³⁾₁₂ = 0.49
df/d(dE/dw⁽³⁾₁₂) = u = 2
`},
		{"softmax cross-entropy", crossEntropy, classes[2:], `
v1 = logsumexp(y1, y2, y3) = 3.408
v2 = logsumexp(y1 − v1, y2 − v1, y3 − v1) = 1.665e-16
v3 = y3 − v1 − shift(v2) = -0.4076
d²L/dy3 dv3 = exp(v3) = 0.6652
dv3/dv1 = −1
d²L/dy3 dv1 = d²L/dy3 dv3 · dv3/dv1 = (0.6652)(-1) = -0.6652
dv1/dy3 = exp(y3 − v1) = 0.6652
d²L/dy3² = d²L/dy3 dv3 · 1
      + d²L/dy3 dv1 · dv1/dy3
      = (0.6652)(1) + (-0.6652)(0.6652) = 0.2227
`},
		{"a derivative as an operand", step, []*gradus.Value{dl}, "\ndstep/d(dL/dw) = ½\n"},
	} {
		if diff := cmp.Diff(strings.TrimPrefix(tt.want, "\n"), derive(t, tt.root, tt.by...).String()); diff != "" {
			t.Errorf("%s: wrong derivation (-want +got):\n%s", tt.name, diff)
		}
	}
}

// In LaTeX a derivative is a fraction, also where it is a name.
func TestSecondDerivativesLaTeX(t *testing.T) {
	l, w, x, _ := tanhLoss()
	dl := gradus.Gradient(l, w)[0].As("dL/dw")
	got := derive(t, dl, x).LaTeX()
	for _, want := range []string{
		`\frac{\partial^{2} L}{\partial w\,\partial a} &= -4 x`,
		`\left.\frac{\partial}{\partial x} \frac{\partial L}{\partial w}\right|_{z} &=`,
	} {
		if !strings.Contains(got, want) {
			t.Errorf("the LaTeX lacks %s:\n%s", want, got)
		}
	}
	got = derive(t, dl.Square().As("g"), dl).LaTeX()
	want := "\\begin{align*}\n" +
		`\frac{\partial g}{\partial \left(\frac{\partial L}{\partial w}\right)}` +
		` &= 2 \frac{\partial L}{\partial w} = -2.009` + "\n\\end{align*}\n"
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("wrong LaTeX (-want +got):\n%s", diff)
	}
	ddl := gradus.Gradient(dl, w)[0].As("∂²L/∂w²")
	got, want = derive(t, ddl, w).LaTeX(), `\frac{\partial^{3} L}{\partial w^{3}} &=`
	if !strings.Contains(got, want) {
		t.Errorf("the LaTeX lacks %s:\n%s", want, got)
	}
}

// The page and the pictures write second derivatives as Derive does.
func TestSecondDerivativesElsewhere(t *testing.T) {
	l, w, _, _ := tanhLoss()
	dl := gradus.Gradient(l, w)[0].As("dL/dw")
	text := unescape(page(t, dl))
	for _, want := range []string{
		"d(dL/dw)/d(dL/dw) = 1", "d²L/dw² = d²L/dw d(w·x) · x = (2.826)(2) = 5.651", "d²L/dw d(a²) = ",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	if strings.Contains(text, "ddL") {
		t.Error("the page has a derivative that begins with ddL")
	}
	if svg := string(show.SVG(dl, show.FoldNames)); !strings.Contains(svg, "= 2(a − t)(1 − a²)·x") {
		t.Errorf("the picture lacks the formula of dL/dw:\n%s", svg)
	}
	x := named("x", 1.5)
	power := gradus.Gradient(x.Pow(named("y", 2.5)), x)[0].As("df/dx")
	if svg := string(show.SVG(power, show.FoldNames)); !strings.Contains(svg, "= where(|x| −") {
		t.Errorf("the picture lacks the formula of a named where:\n%s", svg)
	}
}
