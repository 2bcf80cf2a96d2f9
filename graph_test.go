package gradus_test

import (
	"math"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/gradus-go/gradus"
)

func TestTopo(t *testing.T) {
	a, b, c := gradus.New(1).As("a"), gradus.New(2).As("b"), gradus.New(3).As("c")
	ab := a.Mul(b).As("ab")
	sum := ab.Add(c).As("ab+c")
	square := a.Mul(a).As("aa")
	diamond := sum.Mul(ab.Sin().As("sin")).As("d")
	for _, tt := range []struct {
		name  string
		roots []*gradus.Value
		want  string
	}{
		{"none", nil, ""},
		{"a leaf", []*gradus.Value{a}, "a"},
		{"as one would write it down", []*gradus.Value{sum}, "a b ab c ab+c"},
		{"a node twice is there once", []*gradus.Value{square}, "a aa"},
		{"a shared node precedes both its results", []*gradus.Value{diamond}, "a b ab c ab+c sin d"},
		{"several roots", []*gradus.Value{square, sum}, "a aa b ab c ab+c"},
		{"a root that is an operand of another", []*gradus.Value{ab, diamond}, "a b ab c ab+c sin d"},
		{"the same root twice", []*gradus.Value{square, square}, "a aa"},
		{"any number of operands", []*gradus.Value{gradus.Sum(c, a, b, a).As("s")}, "c b a s"},
	} {
		for range 2 { // sorting leaves no trace
			var got []string
			for _, v := range gradus.Topo(tt.roots...) {
				got = append(got, v.Name())
			}
			if diff := cmp.Diff(tt.want, strings.Join(got, " ")); diff != "" {
				t.Errorf("%s (-want +got):\n%s", tt.name, diff)
			}
		}
	}
}

func TestTopoNil(t *testing.T) {
	defer func() {
		const want = "gradus: Topo: root 2 of 2 is nil, want a Value"
		if got := recover(); got != want {
			t.Errorf("panic %q, want %q", got, want)
		}
	}()
	gradus.Topo(gradus.New(1), nil)
}

// A recursion would need a stack frame for each node.
func TestDeep(t *testing.T) {
	const n = 1_000_000
	x := gradus.New(1)
	v := x
	for range n {
		v = v.Neg()
	}
	if got := len(gradus.Topo(v)); got != n+1 {
		t.Errorf("Topo of a chain of %d has %d nodes, want one more", n, got)
	}
	v.Backward()
	if x.Grad != 1 {
		t.Errorf("Grad = %v, want 1 after an even number of signs", x.Grad)
	}
}

func TestWide(t *testing.T) {
	x := gradus.Values(make([]float64, 1_000_000))
	gradus.Sum(x...).Backward()
	for i, v := range x {
		if v.Grad != 1 {
			t.Fatalf("Grad of operand %d = %v, want 1", i, v.Grad)
		}
	}
}

// The number of paths grows as 2ⁿ, and so would the time of a walk along each of them.
func TestManyPaths(t *testing.T) {
	x := gradus.New(1)
	v := x
	for range 100 {
		v = v.Add(v)
	}
	v.Backward()
	if want := math.Ldexp(1, 100); x.Grad != want {
		t.Errorf("Grad = %v, want %v", x.Grad, want)
	}
}

// A graph must stay usable when a user's function panics in the middle of Backward.
func TestPanicInDerivative(t *testing.T) {
	for _, tape := range []*gradus.Tape{nil, new(gradus.Tape)} {
		fails := true
		id := gradus.Func1("id", func(x float64) float64 { return x }, func(float64) float64 {
			if fails {
				panic("no derivative today")
			}
			return 1
		})
		leaf := gradus.New
		if tape != nil {
			leaf = tape.New
		}
		x := leaf(3)
		low := x.Square()
		other := x.Exp()
		root := low.Mul(id.Apply(low.Add(other)))
		func() {
			defer func() { _ = recover() }()
			root.Backward()
		}()
		fails = false
		x.ZeroGrad()
		root.Backward()
		// d/dx x²(x² + eˣ) = 4x³ + 2x·eˣ + x²·eˣ
		want := 4*27 + 6*math.Exp(3) + 9*math.Exp(3)
		if math.Abs(x.Grad-want) > 1e-12*want {
			t.Errorf("on tape %t: Grad = %v after a panic, want %v", tape != nil, x.Grad, want)
		}
		x.ZeroGrad()
		low.Backward() // must not visit what only root depends on
		if x.Grad != 6 {
			t.Errorf("on tape %t: Grad of a smaller root = %v, want 6", tape != nil, x.Grad)
		}
	}
}

// Graphs that share no node may be built and differentiated at once: run with -race.
func TestConcurrent(t *testing.T) {
	want := newTutorialA(1, 0, 0.5, 0, -1, 0).W2.Grad
	var wg sync.WaitGroup
	for range 8 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			var tape gradus.Tape
			for range 50 {
				if got := newTutorialA(1, 0, 0.5, 0, -1, 0).W2.Grad; got != want {
					t.Errorf("Grad = %v, want %v", got, want)
				}
				tape.Reset()
				x := tape.New(0.5)
				gradus.Softmax(x.LeakyReLU(), x.Max(gradus.New(0)), gradus.Mean(x, x))[0].Backward()
				for _, op := range gradus.Ops() {
					operands := gradus.Values(make([]float64, max(op.Arity(), 0)))
					z := op.Apply(operands...)
					op.Formula(z, operands...)
				}
			}
		}()
	}
	wg.Wait()
}
