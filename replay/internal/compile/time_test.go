package compile

import (
	"runtime/debug"
	"testing"
	"time"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/internal/cputime"
	"github.com/gradus-go/gradus/replay/internal/graphs"
)

// To compile a graph takes time in proportion to its size, also where a pass looks at much of it in vain.
func TestTime(t *testing.T) {
	type graph func(n int, x, w []*gradus.Value) (out *gradus.Value)
	// steps are those of a network with the same weights at each, whose x begin some numbers to the left.
	steps := func(left int) graph {
		return func(n int, x, w []*gradus.Value) *gradus.Value {
			z := gradus.Const(0)
			for k := range n - 1 {
				x := x[n-2-k*left:][:2]
				z = gradus.LogSumExp(gradus.Dot(w[:2], x).Add(z), gradus.Dot(w[2:4], x).Add(z))
			}
			return z
		}
	}
	for _, tt := range []struct {
		name string
		graph
	}{
		{"many steps with one x", steps(0)},
		{"many steps, from the last x to the first", steps(1)},
		{"many rows with one sum of many terms", func(_ int, x, w []*gradus.Value) *gradus.Value {
			rows, sum := []*gradus.Value{}, gradus.Dot(w, x)
			for _, v := range x {
				rows = append(rows, gradus.LogSumExp(sum, v))
			}
			return gradus.Sum(rows...)
		}},
	} {
		var took [2]time.Duration
		const times = 8
		for i, n := range []int{4000, times * 4000} {
			x, w := graphs.Values(n), graphs.Values(n)
			g := graphOf(x, w, tt.graph(n, x, w))
			begin := cputime.Used()
			Compile(g, Options{})
			took[i] = cputime.Used() - begin
		}
		t.Logf("%s: %v, of %d times the size %v", tt.name, took[0], times, took[1])
		if took[1] > 3*times*took[0] {
			t.Errorf("%s: a graph takes %v, one of %d times its size %v", tt.name, took[0], times, took[1])
		}
	}
}

// Factors within factors, as many as there may be, take no deep recursion, which would end the program.
func TestDepth(*testing.T) {
	defer debug.SetMaxStack(debug.SetMaxStack(1 << 20))
	a, x, v := graphs.Values(20000), graphs.Values(2), graphs.Values(2)
	for _, factor := range a {
		x[0], x[1] = factor.Mul(x[0]), factor.Mul(x[1])
	}
	Compile(graphOf(nil, a, gradus.Dot(x, v)), Options{})
}
