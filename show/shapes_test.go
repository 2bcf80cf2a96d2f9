package show_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/show"
)

// leaf returns a leaf with a name of its own.
func leaf(i int, x float64) *gradus.Value { return gradus.New(x).As(fmt.Sprint("x", i)) }

// shapes are graphs of about n nodes, of which only the leaves have names, and on which a reader that
// follows every path, or that writes every formula out, does not end.
var shapes = map[string]func(n int) *gradus.Value{
	"chain": func(n int) *gradus.Value {
		v := leaf(0, 0.5)
		for range n {
			v = v.Sin()
		}
		return v
	},
	"doubling": func(n int) *gradus.Value {
		v := leaf(0, 0.5)
		for range n / 2 {
			v = v.Mul(v.Sin())
		}
		return v
	},
	"product": func(n int) *gradus.Value {
		v := leaf(0, 1)
		for i := range n / 2 {
			v = v.Mul(leaf(i+1, 1.0001))
		}
		return v
	},
	"power": func(n int) *gradus.Value {
		x := leaf(0, 1)
		v := x
		for range n {
			v = v.Mul(x)
		}
		return v
	},
	"dot": func(n int) *gradus.Value {
		var w, x []*gradus.Value
		for i := range n / 2 {
			w, x = append(w, leaf(2*i, 1)), append(x, leaf(2*i+1, 2))
		}
		return gradus.Dot(w, x)
	},
	"diamond": func(n int) *gradus.Value {
		v := leaf(0, 0.5)
		for range n / 3 {
			v = v.Sin().Add(v.Cos()).Mul(0.5)
		}
		return v
	},
	"MLP": func(n int) *gradus.Value {
		w := 2
		for w*w*6 < n {
			w++
		}
		a := []*gradus.Value{leaf(0, 1), leaf(1, 2)}
		k := 2
		for range 3 {
			var next []*gradus.Value
			for range w {
				z := gradus.New(0.1)
				for _, x := range a {
					z = z.Add(leaf(k, 0.1).Mul(x))
					k++
				}
				next = append(next, z.Tanh())
			}
			a = next
		}
		return gradus.Sum(a...)
	},
	"recurrent": func(n int) *gradus.Value {
		h, w, u := gradus.New(0.0), leaf(0, 0.9), leaf(1, 0.1)
		for i := range n / 5 {
			h = h.Mul(w).Add(leaf(i+2, 0.1).Mul(u)).Tanh()
		}
		return h
	},
	"star": func(n int) *gradus.Value {
		x := leaf(0, 0.5)
		var all []*gradus.Value
		for i := range n / 2 {
			all = append(all, x.Mul(float64(i)))
		}
		return gradus.Sum(all...)
	},
	"grid": func(n int) *gradus.Value {
		w := 2
		for w*w*3 < n {
			w++
		}
		row := make([]*gradus.Value, w)
		for i := range row {
			row[i] = leaf(i, 0.1)
		}
		for range w {
			for i := 1; i < w; i++ {
				row[i] = row[i].Add(row[i-1]).Mul(0.5)
			}
		}
		return row[w-1]
	},
}

// Derivations and traces of awkward graphs end, and are bounded.
func TestAwkwardShapes(t *testing.T) {
	for name, shape := range shapes {
		root := shape(2000).As("L")
		d := derive(t, root).String()
		if len(d) > 20_000 {
			t.Errorf("%s: the derivation has %d bytes, want at most 20,000", name, len(d))
		}
		steps := show.Steps(root)
		if n := len(show.Trace(root)) / len(steps); n > 400 {
			t.Errorf("%s: a step of the trace has %d bytes, want at most 400", name, n)
		}
	}
	d := derive(t, shapes["doubling"](40).As("L")).String()
	const want = "dL/dx0 = … = 0\n… stands for a formula that is too long: name values on the way with As\n"
	if d != want {
		t.Errorf("the derivation is\n%s, want\n%s", d, want)
	}
	if d := derive(t, shapes["doubling"](4).As("L")).String(); strings.Contains(d, "…") {
		t.Errorf("a short derivation is abbreviated:\n%s", d)
	}
}

// The time grows with the graph, and not with its paths.
func BenchmarkShapes(b *testing.B) {
	for name, shape := range shapes {
		for _, n := range []int{1000, 10_000} {
			root := shape(n).As("L")
			b.Run(fmt.Sprintf("Derive/%s/%d", name, n), func(b *testing.B) {
				for b.Loop() {
					if _, err := show.Derive(root); err != nil {
						b.Fatal(err)
					}
				}
			})
			b.Run(fmt.Sprintf("Trace/%s/%d", name, n), func(b *testing.B) {
				for b.Loop() {
					show.Trace(root)
				}
			})
		}
	}
}
