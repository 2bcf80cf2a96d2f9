package gradus_test

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/gradus-go/gradus"
)

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
