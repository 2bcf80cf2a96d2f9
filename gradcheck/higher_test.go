package gradcheck_test

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/gradcheck"
	"github.com/gradus-go/gradus/show"
)

// tanhLoss returns L = (a − t)² with a = tanh z and z = w·x + b, and w.
func tanhLoss() (l, w *gradus.Value) {
	w = gradus.New(0.5).As("w")
	z := w.Mul(gradus.New(2).As("x")).Add(gradus.New(-0.3).As("b")).As("z")
	return z.Tanh().As("a").Sub(gradus.New(1).As("t")).Square().As("L"), w
}

// Check takes a derivative like any other graph.
func TestCheckGradient(t *testing.T) {
	x, y := gradus.New(1.5).As("x"), gradus.New(2.5).As("y")
	for i := range 2 {
		gradcheck.Test(t, func() *gradus.Value {
			f := x.Pow(y).Mul(x.Mul(y).Tanh()).Add(x.Softplus())
			return gradus.Gradient(f, x, y)[i]
		}, x, y)
	}
	jump := func() *gradus.Value { return gradus.Gradient(x.Sub(1.5).ReLU(), x)[0] }
	r, err := gradcheck.Compare(jump, x)
	if err != nil || r[0].Verdict != gradcheck.Disagree {
		t.Errorf("error %v, report %v, want that the slope of ReLU jumps", err, r)
	}
}

// A second derivative can be written in many ways, and names of values come first.
func TestHigherDerivatives(t *testing.T) {
	w, v := gradus.New(2).As("w"), gradus.New(3).As("v")
	w2 := gradus.New(5).As("w2")
	f := w.Pow(3).Mul(v.Square()).Mul(w2).As("f") // w³·v²·w2
	for key, want := range map[string]float64{
		"df/dw2":        8 * 9, // with respect to the value w2
		"d²f/dw2 dw":    12 * 9,
		"d²f/dw²":       12 * 9 * 5,
		"d2f/dw2":       12 * 9 * 5,
		"d^2f/dw^2":     12 * 9 * 5,
		"∂²f/∂w²":       12 * 9 * 5,
		"d2f_dw2":       12 * 9 * 5,
		"d²f/dw dv":     12 * 6 * 5,
		"d²f/dv dw":     12 * 6 * 5,
		"∂²f/∂w∂v":      12 * 6 * 5,
		"∂²f/∂w ∂v":     12 * 6 * 5,
		"d(df/dw)/dv":   12 * 6 * 5,
		"∂(df/dw)/∂v":   12 * 6 * 5,
		"d³f/dw² dv":    12 * 6 * 5,
		"d³f/dv dw²":    12 * 6 * 5,
		"d³f/dw³":       6 * 9 * 5,
		"d³f/dw dv dw2": 12 * 6,
		"d⁴f/dw⁴":       0,
		"d²f/dw2²":      0,
		"d2f/dw22":      0,
		"d³f/dw2² dv":   0,
	} {
		findings, err := gradcheck.CheckDerivation(f, gradcheck.Derivation{key: want})
		if err != nil || !findings[0].OK || findings[0].Name != key {
			t.Errorf("%s: error %v, %v", key, err, findings)
		}
		findings, err = gradcheck.CheckDerivation(f, gradcheck.Derivation{key: want + 1})
		if err != nil || findings[0].OK || math.Abs(findings[0].Right-want) > 1e-9 {
			t.Errorf("%s: error %v, %v, want it wrong and %v", key, err, findings, want)
		}
	}
}

// A slip in a second derivative is found in the graph of the first one.
func TestHigherSlips(t *testing.T) {
	slope := func(v values) float64 { return 1 - v("a")*v("a") }
	right := func(v values) float64 {
		s := slope(v)
		return (2*s*s - 4*(v("a")-v("t"))*v("a")*s) * v("x") * v("x")
	}
	for _, tt := range []struct {
		name, key string
		claim     any
		want      string // a slip; "" if the claim is right
	}{
		{"right", "d²L/dw²", right, ""},
		{"right, rounded", "d²L/dw²", "5.651", ""},
		{
			"no inner derivative", "d²L/dw²", func(v values) float64 { return right(v) / v("x") },
			"∂z/∂w: the factor x is missing",
		},
		{"no tanh′", "d²L/dw²", func(v values) float64 { return right(v) / slope(v) }, "∂a/∂z: tanh′ is missing"},
		{
			"half of the product rule", "∂²L/∂w²",
			func(v values) float64 { return 2 * slope(v) * slope(v) * v("x") * v("x") },
			"∂(dL/dw)/∂a: a is used 2 times, and only its use in (a − t) is counted; the missing part is 2.428",
		},
		{
			"no factor 2", "d2L/dw2", func(v values) float64 { return right(v) / 2 },
			"∂(dL/dw)/∂a: half as large as it should be: the derivative of a square has a 2, there is a constant 2",
		},
		{
			"wrong sign", "d²L/dw dt", func(v values) float64 { return 2 * slope(v) * v("x") },
			"∂(dL/dw)/∂t: wrong sign",
		},
		{
			"a path", "d²L/dw dx", func(v values) float64 { return 2 * (v("a") - v("t")) * slope(v) },
			"∂z/∂x: the path dL/dw → … → z → x is missing: both paths to x must be added; the missing part is 1.413",
		},
		{"zero", "d²L/dt²", 2, ""},
		{"third", "d³L/dw² dt", func(v values) float64 {
			return 4 * v("x") * v("x") * v("a") * slope(v)
		}, ""},
		{"a formula with L and z", "d²L/da dt", func(v values) float64 { return -2 + 0*v("L")*v("z")*v("b") }, ""},
	} {
		l, _ := tanhLoss()
		findings, err := gradcheck.CheckDerivation(l, gradcheck.Derivation{tt.key: tt.claim})
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
			continue
		}
		f := findings[0]
		found := slices.ContainsFunc(f.Slips, func(s gradcheck.Slip) bool { return s.String() == tt.want })
		if f.OK != (tt.want == "") || !f.OK && !found || f.Coincidence {
			t.Errorf("%s: %v\nwant the slip %q", tt.name, f, tt.want)
		}
	}
}

// A key that can be read as that of a first derivative is one.
func TestFirstDerivativesFirst(t *testing.T) {
	w, w2 := gradus.New(2).As("w"), gradus.New(5).As("w2")
	g := w.Pow(3).Mul(w2).As("f").Mul(2).As("2f")
	gradcheck.TestDerivation(t, g, gradcheck.Derivation{"d2f/dw2": 2 * 8, "d²f/dw²": 12 * 5})
}

// At other numbers a formula has the values of the graph that was differentiated.
func TestHigherCoincidence(t *testing.T) {
	l, _ := tanhLoss()
	findings, err := gradcheck.CheckDerivation(l, gradcheck.Derivation{
		"d²L/da dt": func(v values) float64 { return -2 + v("L") - l.Data },
	})
	if err != nil || !findings[0].Coincidence {
		t.Errorf("error %v, %v, want a coincidence", err, findings)
	}
}

// First derivatives come first, and the findings of each order are in the order of the chain rule.
func TestHigherOrder(t *testing.T) {
	l, _ := tanhLoss()
	findings, err := gradcheck.CheckDerivation(l, gradcheck.Derivation{
		"d²L/dw²": "2.826", "d³L/da³": "0", "d²L/dw da": "4.452", "∂L/∂w": "-1.004",
		"d2L/dw dz": "2.826", "da/dz": "0.6347",
	})
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, f := range findings {
		names = append(names, f.Name)
	}
	want := []string{"da/dz", "∂L/∂w", "d²L/dw da", "d2L/dw dz", "d²L/dw²", "d³L/da³"}
	if diff := cmp.Diff(want, names); diff != "" {
		t.Errorf("findings (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"∂z/∂w"}, findings[4].Between); diff != "" {
		t.Errorf("d²L/dw² is wrong between (-want +got):\n%s", diff)
	}
}

// A derivative that does not depend on a value has the derivative 0 with respect to it.
func TestHigherZero(t *testing.T) {
	w, v := gradus.New(2).As("w"), gradus.New(3).As("v")
	f := w.Mul(v).Add(w.Square()).As("f")
	gradcheck.TestDerivation(t, f, gradcheck.Derivation{
		"d²f/dv²": 0, "d²f/dv dw": 1, "d²f/dw²": 2, "d³f/dw³": func(values) float64 { return 0 },
	})
	gradcheck.TestDerivation(t, w.Mul(v).As("g"), gradcheck.Derivation{ // dg/dw is v itself
		"d²g/dw dv": func(x values) float64 { return x("v") / 3 * 3 / x("v") }, "d²g/dw²": 0,
	})
	findings, err := gradcheck.CheckDerivation(f, gradcheck.Derivation{"d²f/dv²": 3})
	want := "d²f/dv² = 3 is wrong, it is 0 (0 digits shared, tolerance 0)\n" +
		"  no usual slip explains it; look at ∂(df/dv)/∂v\n"
	if diff := cmp.Diff(want, findings.String()); err != nil || diff != "" {
		t.Errorf("error %v, findings (-want +got):\n%s", err, diff)
	}
}

func TestHigherErrors(t *testing.T) {
	x := gradus.New(0.5).As("x")
	y := gradus.New(2).As("y")
	g := gradus.New(9.81).As("g")
	square := gradus.Func1("sq",
		func(x float64) float64 { return x * x },
		func(x float64) float64 { return 2 * x })
	L := square.Apply(x).Mul(y).Add(gradus.Const(1).As("c").Mul(g)).As("L")
	const names = "the graph has L, g, c, y, x"
	twins := gradus.New(1).As("a").Mul(gradus.New(2).As("a")).Square().As("L")
	w := func(name string) *gradus.Value { return gradus.New(1).As(name) }
	numbered := gradus.Sum(w("x"), w("x1"), w("x2"), w("x12")).Square().As("f")
	for _, tt := range []struct {
		root *gradus.Value
		d    gradcheck.Derivation
		want string
	}{
		{
			L,
			gradcheck.Derivation{"d²L/dx": 1},
			"d²L/dx: the order is 2 above the line and 1 below it, want the same, as in d²L/dW1 dW2; " + names,
		},
		{
			L,
			gradcheck.Derivation{"∂L/∂x∂y": 1},
			"∂L/∂x∂y: the order is 1 above the line and 2 below it, want the same, as in d²L/dW1 dW2; " + names,
		},
		{L, gradcheck.Derivation{"d²L/dx dq": 1}, "d²L/dx dq: no value is named q; " + names},
		{L, gradcheck.Derivation{"d²M/dx²": 1}, "d²M/dx²: no value is named M; " + names},
		{L, gradcheck.Derivation{"d²L dx²": 1}, "d²L dx²: want the names of two values, as in dL/dW2; " + names},
		{
			L,
			gradcheck.Derivation{"d²L/dx dc": 1},
			"d²L/dx dc: c is a constant, and there are no derivatives with respect to constants: " +
				"make it with gradus.New",
		},
		{L, gradcheck.Derivation{"d²y/dx²": 1}, "d²y/dx²: y is not computed from x"},
		{
			x.Mul(y).As("L"),
			gradcheck.Derivation{"d²L/dx dy": 1, "∂²L/∂y∂x": 1},
			"∂²L/∂y∂x and d²L/dx dy are the same derivative: give only one",
		},
		{
			L,
			gradcheck.Derivation{"d²L/dx²": 4},
			"d²L/dx²: gradus: sq′: it was given as a function of numbers, so its derivative, which is needed, " +
				"is not known; want it as an expression, too: see Op.WithFormula",
		},
		{
			x.Mul(y).As("dL/dx"),
			gradcheck.Derivation{"∂(dL/dy)/∂x": 1},
			"∂(dL/dy)/∂x: want the names of two values, as in dL/dW2; the graph has dL/dx, y, x",
		},
		{twins, gradcheck.Derivation{"d²L/da²": 4}, "d²L/da²: 2 values of the graph are named a"},
		{
			numbered,
			gradcheck.Derivation{"d3f/dx2 dx12": 4},
			"d3f/dx2 dx12: this can be read as d³f/dx2 dx1² and as d³f/dx² dx12: write exponents as there",
		},
	} {
		_, err := gradcheck.CheckDerivation(tt.root, tt.d)
		if err == nil || err.Error() != "gradcheck: "+tt.want {
			t.Errorf("error\n%v, want\n%s", err, tt.want)
		}
	}
	// A first derivative needs no formula.
	gradcheck.TestDerivation(t, L, gradcheck.Derivation{"dL/dx": 2, "d²L/dy dx": 1})
}

// What show writes, gradcheck reads: names of derivatives of any order mean the same number in both.
func TestReadsWhatShowWrites(t *testing.T) {
	l, w := tanhLoss()
	dl := gradus.Gradient(l, w)[0].As("dL/dw")
	ddl := gradus.Gradient(dl, w)[0].As("∂²L/∂w²")
	x1, x2 := gradus.New(0.5).As("x1"), gradus.New(-1).As("x2")
	logSumExp := gradus.Gradient(gradus.LogSumExp(x1, x2).As("L"), x1)[0].As("dL/dx1")
	weight, v := gradus.New(3).As("layer3.neuron1.w2"), gradus.New(0.7).As("v")
	e := weight.Pow(3).Mul(v.Square()).Mul(v).As("E")
	network := gradus.Gradient(e, weight)[0].As("dE/dlayer3.neuron1.w2")
	for name, root := range map[string]*gradus.Value{
		"first": l, "second": dl, "third": ddl, "log-sum-exp": logSumExp, "network": network,
		"of such names": dl.Mul(network).As("f"), "of itself": dl.Square().Mul(w).As("d(dL/dw)/dL"),
	} {
		d, err := show.Derive(root)
		if err != nil {
			t.Fatal(err)
		}
		read := 0
		text := strings.ReplaceAll(d.String(), "\n      ", " ") // a sum on one line
		for _, line := range strings.Split(strings.TrimSpace(text), "\n") {
			line, _, _ := strings.Cut(line, " held fixed)")
			if i := strings.LastIndex(line, " ("); line[len(line)-1] != ')' && i > strings.LastIndex(line, "= ") {
				line = line[:i]
			}
			equation := strings.Split(line, " = ")
			key := equation[0]
			want, err := strconv.ParseFloat(strings.ReplaceAll(equation[len(equation)-1], "−", "-"), 64)
			if err != nil {
				t.Fatalf("%s: no number at the end of %q", name, line)
			}
			findings, err := gradcheck.CheckDerivation(root, gradcheck.Derivation{key: 0.0})
			if read++; err != nil {
				t.Errorf("%s: %v", name, err)
			} else if got := findings[0].Right; math.Abs(got-want) > 6e-4*math.Abs(want) {
				t.Errorf("%s: %s is %v, want %v as in %q", name, key, got, want, line)
			}
		}
		if read < 2 {
			t.Errorf("%s: %d derivatives, want more:\n%v", name, read, d)
		}
	}
}

// The graph that is checked keeps its names and gradients, also where a derivative is one of its nodes.
func TestHigherLeavesGraphAlone(t *testing.T) {
	w, v := gradus.New(0.5).As("w"), gradus.New(2).As("v")
	L := w.Mul(v.Square()).As("L") // dL/dw is the node v²
	L.Backward()
	var before, after []string
	for _, n := range gradus.Topo(L) {
		before = append(before, n.String())
	}
	gradcheck.TestDerivation(t, L, gradcheck.Derivation{
		"d²L/dw dv": 4, "d²L/dv²": func(v values) float64 { return 2 * v("w") },
	})
	for _, n := range gradus.Topo(L) {
		after = append(after, n.String())
	}
	if diff := cmp.Diff(before, after); diff != "" {
		t.Errorf("the graph has changed (-before +after):\n%s", diff)
	}
}
