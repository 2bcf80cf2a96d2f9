package chain_test

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/internal/chain"
)

// graph returns f = u·v + u with u = sin(x·x), v = exp(x + w). Both u and x are used several
// times, and x·x, x + w and u·v have no name.
func graph() (f, u, v, x, w *gradus.Value) {
	x, w = gradus.New(0.7).As("x"), gradus.New(-0.4).As("w")
	u = x.Mul(x).Sin().As("u")
	v = x.Add(w).Exp().As("v")
	return u.Mul(v).Add(u).As("f"), u, v, x, w
}

func TestChain(t *testing.T) {
	f, u, v, x, w := graph()
	c := chain.New(f)
	var names []string
	for _, factor := range c.Factors() {
		names = append(names, fmt.Sprintf("%v = %.6f", factor, c.Local[factor]))
	}
	want := []string{
		fmt.Sprintf("∂f/∂v = %.6f", u.Data), fmt.Sprintf("∂f/∂u = %.6f", v.Data+1),
		fmt.Sprintf("∂v/∂w = %.6f", v.Data), fmt.Sprintf("∂v/∂x = %.6f", v.Data),
		fmt.Sprintf("∂u/∂x = %.6f", 2*0.7*math.Cos(0.49)),
	}
	if diff := gocmp.Diff(want, names); diff != "" {
		t.Errorf("factors (-want +got):\n%s", diff)
	}
	f.Backward()
	whole := c.Whole(f, nil, nil)
	for _, v := range []*gradus.Value{f, u, v, x, w} {
		if math.Abs(whole[v]-v.Grad) > 1e-15*math.Abs(v.Grad) {
			t.Errorf("∂f/∂%s = %v by the chain, %v by Backward", v.Name(), whole[v], v.Grad)
		}
	}
	if fx := (chain.Factor{Of: f, By: x}); c.Has(fx) {
		t.Errorf("%v is local", fx)
	}
}

// Compare orders factors as Factors does.
func TestCompare(t *testing.T) {
	f, _, _, _, _ := graph()
	c := chain.New(f)
	factors := c.Factors()
	for i, a := range factors {
		for j, b := range factors {
			if got, want := cmp.Compare(c.Compare(a, b), 0), cmp.Compare(i, j); got != want {
				t.Errorf("Compare(%v, %v) has the sign %d, want %d", a, b, got, want)
			}
		}
	}
}

func TestUnder(t *testing.T) {
	f, u, v, x, w := graph()
	c := chain.New(f)
	for _, tt := range []struct {
		of           *gradus.Value
		values, want []*gradus.Value
	}{
		{f, []*gradus.Value{x, u, v, f, w}, []*gradus.Value{x, u, v, w}},
		{u, []*gradus.Value{v, x, w, f}, []*gradus.Value{x}},
		{v, []*gradus.Value{w, u}, []*gradus.Value{w}},
		{u, []*gradus.Value{v}, nil},
		{x, []*gradus.Value{x, w}, nil},
		{f, nil, nil},
	} {
		if got := c.Under(tt.of, tt.values); !slices.Equal(got, tt.want) {
			t.Errorf("under %s of %v are %v, want %v", tt.of.Name(), tt.values, got, tt.want)
		}
	}
}

// A derivative that is given takes the place of the graph's, and the chain rule goes on from it.
func TestWholeGiven(t *testing.T) {
	f, u, v, x, _ := graph()
	c := chain.New(f)
	got := c.Whole(f, map[chain.Factor]float64{{Of: u, By: x}: 100}, map[*gradus.Value]float64{v: 10})
	if want := 100*(v.Data+1) + 10*v.Data; math.Abs(got[x]-want) > 1e-12 {
		t.Errorf("∂f/∂x = %v, want %v", got[x], want)
	}
}

// Local derivatives that cancel in the derivative do not cancel in its size.
func TestSize(t *testing.T) {
	x := gradus.New(3).As("x")
	d := x.Sub(x).As("d")
	f := d.Mul(-5).As("f")
	if gradient, size := chain.Gradient(f); gradient[x] != 0 || size[x] != 10 {
		t.Errorf("df/dx = %v of the size %v, want 0 and 10", gradient[x], size[x])
	}
	c := chain.New(f)
	if got := c.LocalSize(chain.Factor{Of: d, By: x}); got != 2 {
		t.Errorf("size of ∂d/∂x = %v, want 2", got)
	}
	if got := c.Size(chain.Factor{Of: f, By: x}); got != 10 {
		t.Errorf("size of ∂f/∂x = %v, want 10", got)
	}
	g := f.Mul(3).As("g") // now f is not the root
	c = chain.New(g)
	for _, f := range []chain.Factor{{Of: g, By: x}, {Of: f, By: x}, {Of: g, By: x}} {
		if got, want := c.Size(f), map[string]float64{"f": 10, "g": 30}[f.Of.Name()]; got != want {
			t.Errorf("size of ∂%s/∂x = %v, want %v", f.Of.Name(), got, want)
		}
	}
}

// A derivative is ignored if all its paths are, in whatever order they come. Then nothing is handed
// on, not even 0·∞ = NaN, which x² at 0 hands on.
func TestIgnoredPaths(t *testing.T) {
	x := gradus.New(0).As("x")
	for _, tt := range []struct {
		name string
		f    *gradus.Value
		want float64
	}{
		{"the last one", x.Square().Add(x.ReLU()), math.NaN()},
		{"the first one", x.ReLU().Add(x.Square()), math.NaN()},
		{"both", x.ReLU().Add(x.Neg().ReLU()), 0},
	} {
		f := tt.f.As("f")
		L := f.Sqrt().As("L")
		if got := chain.New(L).Whole(L, nil, nil)[x]; got != tt.want && !(math.IsNaN(got) && math.IsNaN(tt.want)) {
			t.Errorf("%s is ignored: dL/dx = %v, want %v", tt.name, got, tt.want)
		}
	}
}

// A factor is linear in each edge: over the edges that leave its upper value, and over those that reach
// its lower one, the weights times the derivatives add up to the factor.
func TestWeights(t *testing.T) {
	x := gradus.New(0.7).As("x")
	inner := x.Square().Exp()
	f := inner.Sin().Mul(inner).Add(x.Mul(3)).As("f")
	c := chain.New(f)
	factor := chain.Factor{Of: f, By: x}
	weight := c.Weights(factor)
	above, below := 0.0, 0.0
	for _, e := range c.Edges(factor) {
		part := weight(e) * chain.Partials(e.Node)[e.Operand]
		if e.Node == f {
			above += part
		}
		if e.Parent() == x {
			below += part
		}
	}
	want := c.Local[factor]
	if !(math.Abs(above-want) < 1e-12*math.Abs(want)) || !(math.Abs(below-want) < 1e-12*math.Abs(want)) {
		t.Errorf("the parts add up to %v above and %v below, want %v", above, below, want)
	}
}

// Below an edge that hands nothing on, an infinite derivative makes no NaN.
func TestWeightsAreNumbers(t *testing.T) {
	x := gradus.New(-1).As("x")
	f := x.ReLU().Sqrt().Add(x.Mul(3)).As("f")
	c := chain.New(f)
	factor := chain.Factor{Of: f, By: x}
	weight := c.Weights(factor)
	for _, e := range c.Edges(factor) {
		if w := weight(e); math.IsNaN(w) {
			t.Errorf("the weight of operand %d of %s is NaN", e.Operand, e.Node.Op().Name())
		}
	}
}

// The kinks of other parts of the graph make no kink: neither by rounding, nor of a value that is held
// fixed, nor of a Where that selects.
func TestKinksElsewhere(t *testing.T) {
	x := gradus.New(0).As("x")
	w := gradus.New(0.1).As("w")
	h := x.Abs().As("h")
	selected := gradus.Where(x.Sub(1), x.Mul(2), x.Mul(5))
	for _, tt := range []struct {
		name  string
		f     *gradus.Value
		by    *gradus.Value
		local bool
		want  [2]float64
	}{
		{"rounding", gradus.Sum(h, w.Mul(w).Mul(w), w.Mul(0.7).Mul(w)), w, false, [2]float64{0.17, 0.17}},
		{"a value held fixed", h.Mul(5).Add(x.ReLU()), x, true, [2]float64{0, 1}},
		{"the same, not held", h.Mul(5).Add(x.ReLU()), x, false, [2]float64{-5, 6}},
		{"a Where that selects", h.Mul(0).Add(selected), x, false, [2]float64{5, 5}},
		{"the slope 0 on the left", x.Max(0), x, false, [2]float64{0, 1}},
	} {
		d, _, slopes := chain.New(tt.f.As("f")).Derivative(chain.Factor{Of: tt.f, By: tt.by}, tt.local)
		for i, s := range slopes {
			if !(math.Abs(s-tt.want[i]) < 1e-15) || math.Signbit(s) != (tt.want[i] < 0) {
				t.Errorf("%s: the slopes are %v, want %v", tt.name, slopes, tt.want)
			}
		}
		if tt.want[0] == tt.want[1] && slopes != [2]float64{d, d} {
			t.Errorf("%s: the slopes are %v, want twice %v", tt.name, slopes, d)
		}
	}
}

// A name that a value has is not read as one in short.
func TestPlaces(t *testing.T) {
	short, full := gradus.New(1).As("w₁₂"), gradus.New(2).As("neuron1.w2")
	for _, tt := range []struct {
		root *gradus.Value
		want *gradus.Value
	}{{short.Mul(full), short}, {short.Square(), short}, {full.Square(), full}} {
		c := chain.New(tt.root.As("L"))
		if at := c.Places("w₁₂"); len(at) != 1 || c.Named[at[0]] != tt.want {
			t.Errorf("w₁₂ is at %v of %v, want %v", at, c.Named, tt.want)
		}
	}
}

func TestExpression(t *testing.T) {
	a, b := gradus.New(1).As("a"), gradus.New(2).As("b")
	for _, tt := range []struct {
		v    *gradus.Value
		want string
	}{
		{a, "a"},
		{gradus.New(0.5), "0.5"},
		{a.Add(b).Mul(a.Pow(3)).Tanh(), "tanh((a + b) · (a ^ 3))"},
		{a.Sub(b).Square().Exp(), "exp(square(a − b))"},
		{a.Max(b).Min(3), "min(max(a, b), 3)"},
		{gradus.Sum(a, b), "sum(a, b)"},
		{gradus.Dot([]*gradus.Value{a, b}, []*gradus.Value{b, a}), "dot(…)"},
		{a.Exp().Exp().Exp().Exp(), "exp(exp(exp(exp(…))))"},
		{a.Tanh().Mul(gradus.New(1).As("(b)").Tanh()), "(tanh(a) · tanh((b)))"},
	} {
		if got := chain.Expression(tt.v, func(name string) string { return name }, 3); got != tt.want {
			t.Errorf("%q, want %q", got, tt.want)
		}
	}
}
