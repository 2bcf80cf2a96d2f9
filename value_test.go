package gradus_test

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/gradus-go/gradus"
)

// tutorialA is the network of the tutorial that derives a 1-1-1 network by hand, after
// Backward: z = W1·x + b1, a = σ(z), y = W2·a + b2, L = ½(y − t)².
type tutorialA struct{ x, t, W1, b1, W2, b2, z, a, y, L *gradus.Value }

func newTutorialA(x, t, W1, b1, W2, b2 float64) (n tutorialA) {
	n.x, n.t = gradus.New(x).As("x"), gradus.New(t).As("t")
	n.W1, n.b1 = gradus.New(W1).As("W1"), gradus.New(b1).As("b1")
	n.W2, n.b2 = gradus.New(W2).As("W2"), gradus.New(b2).As("b2")
	n.z = n.W1.Mul(n.x).Add(n.b1).As("z")
	n.a = n.z.Sigmoid().As("a")
	n.y = n.W2.Mul(n.a).Add(n.b2).As("y")
	n.L = gradus.New(0.5).Mul(n.y.Sub(n.t).Square()).As("L")
	n.L.Backward()
	return n
}

// The numbers are those of the tutorial's own NumPy program in double precision, with all
// their digits; it prints eight.
func TestTutorialA(t *testing.T) {
	n := newTutorialA(1, 0, 0.5, 0, -1, 0)
	const eta = 0.01
	update := func(p *gradus.Value) float64 { return p.Data - float64(eta*p.Grad) }
	W2, b2, W1, b1 := update(n.W2), update(n.b2), update(n.W1), update(n.b1)
	for _, tt := range []struct {
		name      string
		got, want float64
	}{
		{"z", n.z.Data, 0.5},
		{"a", n.a.Data, 0.6224593312018546},
		{"y", n.y.Data, -0.6224593312018546},
		{"L", n.L.Data, 0.19372780950013005},
		{"dL/dy", n.y.Grad, -0.6224593312018546},
		{"dL/dW2", n.W2.Grad, -0.3874556190002601},
		{"dL/db2", n.b2.Grad, -0.6224593312018546},
		{"dL/da", n.a.Grad, 0.6224593312018546},
		{"da/dz", partials(n.a)[0], 0.2350037122015945},
		{"dL/dz", n.z.Grad, 0.14628025352695762},
		{"dL/dW1", n.W1.Grad, 0.14628025352695762},
		{"dL/db1", n.b1.Grad, 0.14628025352695762},
		{"new W2", W2, -0.9961254438099973},
		{"new b2", b2, 0.006224593312018546},
		{"new W1", W1, 0.4985371974647304},
		{"new b1", b1, -0.001462802535269576},
		{"L after one step", newTutorialA(1, 0, W1, b1, W2, b2).L.Data, 0.1879690269321108},
	} {
		if tt.got != tt.want {
			t.Errorf("%s = %v, want %v to the last bit", tt.name, tt.got, tt.want)
		}
	}
}

// partials returns the local derivatives of v, ∂v/∂parent for each parent.
func partials(v *gradus.Value) []float64 {
	x := make([]float64, len(v.Parents()))
	for i, p := range v.Parents() {
		x[i] = p.Data
	}
	dx := make([]float64, len(x))
	v.Op().Partials(dx, x, v.Data)
	return dx
}

// TestBackward holds the cases over which learners, and engines, stumble. Each builds a
// graph, calls Backward itself, and returns the nodes whose Grad is to be checked.
func TestBackward(t *testing.T) {
	for _, tt := range []struct {
		name  string
		build func() []*gradus.Value
		want  []float64
	}{
		{"a·a: the same parent twice", func() []*gradus.Value {
			a := gradus.New(3)
			a.Mul(a).Backward()
			return []*gradus.Value{a}
		}, []float64{6}},
		{"a − a: the shares cancel", func() []*gradus.Value {
			a := gradus.New(3)
			a.Sub(a).Backward()
			return []*gradus.Value{a}
		}, []float64{0}},
		{"b = a + a, c = b + b: naive recursion gives a the gradient 6", func() []*gradus.Value {
			a := gradus.New(1)
			b := a.Add(a)
			c := b.Add(b)
			c.Backward()
			return []*gradus.Value{a, b, c}
		}, []float64{4, 2, 1}},
		{"diamond: f = (a+1)(a·2) at a = 3, f′ = 4a + 2", func() []*gradus.Value {
			a := gradus.New(3)
			left, right := a.Add(gradus.New(1)), a.Mul(gradus.New(2))
			left.Mul(right).Backward()
			return []*gradus.Value{a, left, right}
		}, []float64{14, 6, 4}},
		{"interior node reused at different depths: h + sin h, h = a², a = 2", func() []*gradus.Value {
			a := gradus.New(2)
			h := a.Square()
			h.Add(h.Sin()).Backward()
			return []*gradus.Value{a, h}
		}, []float64{4 * (1 + math.Cos(4)), 1 + math.Cos(4)}},
		{"twice: leaves double, nothing else changes", func() []*gradus.Value {
			a := gradus.New(2)
			b := a.Square()
			c := b.Square()
			c.Backward()
			c.Backward()
			return []*gradus.Value{a, b, c}
		}, []float64{64, 8, 1}},
		{"on a leaf: its Grad grows by 1", func() []*gradus.Value {
			a := gradus.New(2)
			a.Backward()
			a.Backward()
			return []*gradus.Value{a}
		}, []float64{2}},
		{"a part was differentiated before: h = a², then h³", func() []*gradus.Value {
			a := gradus.New(2)
			h := a.Square()
			h.Backward() // a.Grad = 4
			h.Mul(h).Mul(h).Backward()
			return []*gradus.Value{a, h}
		}, []float64{4 + 48*4, 48}},
		{"a larger graph was differentiated before", func() []*gradus.Value {
			a := gradus.New(2)
			h := a.Square()
			h.Exp().Backward()
			a.ZeroGrad()
			h.Backward()
			return []*gradus.Value{a, h}
		}, []float64{4, 1}},
		{"a leaf that the root does not depend on keeps its Grad", func() []*gradus.Value {
			a, b := gradus.New(2), gradus.New(5)
			b.Grad = 7
			a.Mul(b) // a dead end
			a.Square().Backward()
			return []*gradus.Value{a, b}
		}, []float64{4, 7}},
		{"two roots add up in the leaves", func() []*gradus.Value {
			a := gradus.New(2)
			a.Square().Backward()
			a.Mul(gradus.New(10)).Backward()
			return []*gradus.Value{a}
		}, []float64{14}},
		{"a sum of nothing has nobody to hand on to", func() []*gradus.Value {
			s := gradus.Sum()
			s.Add(s).Backward()
			return []*gradus.Value{s}
		}, []float64{2}},
		{"stale leaf: the new number is in its own node's local derivative", func() []*gradus.Value {
			a, b := gradus.New(2), gradus.New(3)
			h := a.Mul(b)   // 6
			f := h.Square() // 36
			a.Data = 10     // h.Data stays 6
			f.Backward()    // ∂f/∂h = 2·6, ∂h/∂a = 3, ∂h/∂b = the new 10
			return []*gradus.Value{a, b, h}
		}, []float64{36, 120, 12}},
		{"stale result: σ′ is taken at the Data found", func() []*gradus.Value {
			x := gradus.New(0)
			a := x.Sigmoid()
			a.Data = 0.25
			a.Backward()
			return []*gradus.Value{x}
		}, []float64{0.25 * 0.75}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var got []float64
			for _, v := range tt.build() {
				got = append(got, v.Grad)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("Grad of the nodes (-want +got):\n%s", diff)
			}
		})
	}
}

func TestHasGrad(t *testing.T) {
	for _, tape := range []*gradus.Tape{nil, new(gradus.Tape)} {
		leaf := gradus.New
		if tape != nil {
			leaf = tape.New
		}
		a, unused := leaf(2), leaf(3)
		b := a.Sub(a)
		c := b.Square()
		check := func(when string, want ...bool) {
			t.Helper()
			got := []bool{a.HasGrad(), b.HasGrad(), c.HasGrad(), unused.HasGrad()}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("on tape %t, %s (-want +got):\n%s", tape != nil, when, diff)
			}
		}
		check("before Backward", false, false, false, false)
		b.Backward()
		check("after Backward of b, which is 0 for a", true, true, false, false)
		c.Backward()
		check("after Backward of c", true, true, true, false)
		gradus.Topo(c)
		check("after sorting", true, true, true, false)
		a.ZeroGrad()
		check("after ZeroGrad of the leaf", false, true, true, false)
		c.ZeroGrad()
		check("after ZeroGrad of the root", false, false, false, false)
		if a.Grad != 0 || b.Grad != 0 || c.Grad != 0 {
			t.Errorf("Grads after ZeroGrad = %v, %v, %v, want 0", a.Grad, b.Grad, c.Grad)
		}
	}
}

func TestValues(t *testing.T) {
	type celsius float32
	for _, tt := range []struct {
		name string
		got  []*gradus.Value
		want []float64
	}{
		{"float64", gradus.Values([]float64{0.1, math.Inf(1)}), []float64{0.1, math.Inf(1)}},
		{"float32 is exact", gradus.Values([]float32{0.1}), []float64{float64(float32(0.1))}},
		{"int", gradus.Values([]int{-1, 2, 3}), []float64{-1, 2, 3}},
		{"uint8", gradus.Values([]uint8{255}), []float64{255}},
		{"a named type", gradus.Values([]celsius{-273.5}), []float64{-273.5}},
		{"none", gradus.Values([]int{}), []float64{}},
	} {
		got := make([]float64, len(tt.got))
		for i, v := range tt.got {
			got[i] = v.Data
			if v.Op() != nil || v.Parents() != nil {
				t.Errorf("%s: %v is no leaf", tt.name, v)
			}
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, diff)
		}
	}
}

func TestParents(t *testing.T) {
	a, b, c := gradus.New(1).As("a"), gradus.New(2).As("b"), gradus.New(3).As("c")
	operands := []*gradus.Value{a, b}
	sum := gradus.Sum(operands...)
	operands[0] = c // the node keeps its own
	for _, tt := range []struct {
		name string
		v    *gradus.Value
		want []*gradus.Value
	}{
		{"leaf", a, nil},
		{"unary", a.Exp(), []*gradus.Value{a}},
		{"binary, in order", b.Sub(a), []*gradus.Value{b, a}},
		{"the same twice", a.Mul(a), []*gradus.Value{a, a}},
		{"n-ary", sum, []*gradus.Value{a, b}},
		{
			"dot: w, then x", gradus.Dot([]*gradus.Value{a, b}, []*gradus.Value{c, a}),
			[]*gradus.Value{a, b, c, a},
		},
		{"n-ary with a name", gradus.Sum(c, c, c).As("3c"), []*gradus.Value{c, c, c}},
	} {
		if diff := cmp.Diff(tt.want, tt.v.Parents(), cmp.Comparer(samePointer)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, diff)
		}
	}
}

func samePointer(v, w *gradus.Value) bool { return v == w }

func TestString(t *testing.T) {
	a := gradus.New(2).As("a")
	b := a.Square().As("draft").As("b")
	for _, tt := range []struct {
		name string
		v    *gradus.Value
		want string
	}{
		{"leaf", gradus.New(-0.5), "-0.5"},
		{"named leaf", a, "a = 2"},
		{"the last name counts", b, "b = 4, by square"},
		{"result", b.Neg(), "-4, by neg"},
	} {
		if got := tt.v.String(); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
	b.Backward()
	if got, want := b.String(), "b = 4, by square, grad 1"; got != want {
		t.Errorf("after Backward: %q, want %q", got, want)
	}
}
