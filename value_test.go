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

// A constant stays one, whatever is done with gradients.
func TestConstStaysConst(t *testing.T) {
	c, x := gradus.Const(2), gradus.New(3)
	c.ZeroGrad()
	x.Mul(c).ZeroGrad()
	x.Mul(c).Backward()
	var tape gradus.Tape
	trap := gradus.Func1("trap", math.Sqrt, func(float64) float64 { panic("trap") })
	y := trap.Apply(tape.New(3).Mul(2))
	onTape := y.Parents()[0].Parents()[1]
	func() {
		defer func() { _ = recover() }()
		y.Backward()
	}()
	if !c.IsConst() || !onTape.IsConst() || c.HasGrad() {
		t.Errorf("%v and %v: want constants", c, onTape)
	}
	if order := gradus.Topo(x.Mul(c)); len(order) != 3 || order[1] != c {
		t.Errorf("Topo lists %v, want x, the constant and the product", order)
	}
}

// To append to the slice that Parents returns changes no node.
func TestParentsCannotGrow(t *testing.T) {
	x := gradus.New(2)
	z := x.Exp()
	_ = append(z.Parents(), gradus.New(7))
	if got := z.Parents(); len(got) != 1 || got[0] != x || z.Op().Arity() != 1 {
		t.Errorf("the parents are %v", got)
	}
	if n := cap(z.Parents()); n != 1 {
		t.Errorf("there is room for %d parents, want 1", n)
	}
}
