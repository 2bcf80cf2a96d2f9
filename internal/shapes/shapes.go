package shapes

import (
	"fmt"

	"github.com/gradus-go/gradus"
)

// A Shape makes graphs of one kind.
type Shape struct {
	Name string
	Make func(n int) *gradus.Value // of about n nodes
}

// All has the shapes. Only the leaves of their graphs have names, and the root, which is L.
var All = []Shape{
	{"chain", chain},
	{"doubling", doubling},
	{"product", product},
	{"power", power},
	{"dot", dot},
	{"diamond", diamond},
	{"MLP", mlp},
	{"recurrent", recurrent},
	{"star", star},
	{"grid", grid},
	{"factors", factors},
}

// leaf returns a leaf with a name of its own.
func leaf(i int, x float64) *gradus.Value { return gradus.New(x).As(fmt.Sprint("x", i)) }

// chain is sin(sin(…)).
func chain(n int) *gradus.Value {
	v := leaf(0, 0.5)
	for range n - 1 {
		v = v.Sin()
	}
	return v.As("L")
}

// doubling uses each value twice, so that the number of paths is 2^(n/2).
func doubling(n int) *gradus.Value {
	v := leaf(0, 0.5)
	for range n / 2 {
		v = v.Mul(v.Sin())
	}
	return v.As("L")
}

// product is x0·x1·x2 and so on.
func product(n int) *gradus.Value {
	v := leaf(0, 1)
	for i := range n / 2 {
		v = v.Mul(leaf(i+1, 1.0001))
	}
	return v.As("L")
}

// power is x0·x0·x0 and so on.
func power(n int) *gradus.Value {
	x := leaf(0, 1)
	v := x
	for range n - 1 {
		v = v.Mul(x)
	}
	return v.As("L")
}

// dot is one node of many operands.
func dot(n int) *gradus.Value {
	var w, x []*gradus.Value
	for i := range n / 2 {
		w, x = append(w, leaf(2*i, 1)), append(x, leaf(2*i+1, 2))
	}
	return gradus.Dot(w, x).As("L")
}

// diamond splits and joins again and again.
func diamond(n int) *gradus.Value {
	v := leaf(0, 0.5)
	for range n / 5 {
		v = v.Sin().Add(v.Cos()).Mul(0.5)
	}
	return v.As("L")
}

// mlp is a network of three layers of equal width.
func mlp(n int) *gradus.Value {
	width := 2
	for width*width*6 < n {
		width++
	}
	a := []*gradus.Value{leaf(0, 1), leaf(1, 2)}
	k := 2
	for range 3 {
		var next []*gradus.Value
		for range width {
			z := gradus.Const(0.1)
			for _, x := range a {
				z = z.Add(leaf(k, 0.1).Mul(x))
				k++
			}
			next = append(next, z.Tanh())
		}
		a = next
	}
	return gradus.Sum(a...).As("L")
}

// recurrent is a network that uses two weights at every step.
func recurrent(n int) *gradus.Value {
	h, w, u := gradus.Const(0), leaf(0, 0.9), leaf(1, 0.1)
	for i := range n / 5 {
		h = h.Mul(w).Add(leaf(i+2, 0.1).Mul(u)).Tanh()
	}
	return h.As("L")
}

// star uses one value many times.
func star(n int) *gradus.Value {
	x := leaf(0, 0.5)
	var all []*gradus.Value
	for i := range n / 2 {
		all = append(all, x.Mul(float64(i)))
	}
	return gradus.Sum(all...).As("L")
}

// grid computes each value from the one above it and the one to its left.
func grid(n int) *gradus.Value {
	width := 2
	for width*width*3 < n {
		width++
	}
	row := make([]*gradus.Value, width)
	for i := range row {
		row[i] = leaf(i, 0.1)
	}
	for range width {
		for i := 1; i < width; i++ {
			row[i] = row[i].Add(row[i-1]).Mul(0.5)
		}
	}
	return row[width-1].As("L")
}

// factors is x0·sin(x0 + 1)·sin(x0 + 2) and so on: x0 is used at every step, and the sines lie side by side.
func factors(n int) *gradus.Value {
	x := leaf(0, 0.5)
	v := x
	for i := range n / 3 {
		v = v.Mul(x.Add(float64(i + 1)).Sin())
	}
	return v.As("L")
}
