package shapes

import (
	"fmt"
	"math"
	"math/rand/v2"

	"github.com/gradus-go/gradus"
)

const hostile = `</script><img src=x onerror="alert(1)">'&amp;{{picture}}{sum}` + "`${1}\u2028"

// Pages returns the graphs of the tests of pages, by name.
func Pages() map[string]func() *gradus.Value {
	return map[string]func() *gradus.Value{
		"tutorial-A":    TutorialA,
		"diamond":       Fork,
		"doubled-twice": func() *gradus.Value { return doubled(2) },
		"doubled-often": func() *gradus.Value { return doubled(40) },
		"layers":        func() *gradus.Value { return Layered(2, 3, 3, 2) },
		"leaf":          func() *gradus.Value { return named("x", 3) },
		"constant":      func() *gradus.Value { return gradus.Const(3).As("c") },
		"constants": func() *gradus.Value { // two constants, one of them named, and an unnamed leaf
			c, x := gradus.Const(2).As("c"), named("x", 3)
			return gradus.Sum(c.Mul(x.Mul(gradus.New(5)).Pow(2)), c.Square()).As("y")
		},
		"hostile": func() *gradus.Value { return named(hostile, 3).Exp().As("<b>&" + hostile) },
		"special": func() *gradus.Value {
			x := named("x", 0)
			return gradus.Sum(x.Log(), x.Mul(gradus.New(math.Inf(1))), gradus.New(1e-300)).As("s")
		},
		"taped": func() *gradus.Value {
			var tape gradus.Tape
			x := tape.New(3).As("x")
			return x.Square().Mul(x).As("y")
		},
	}
}

// doubled returns a leaf, a = 1, doubled n times by adding it to itself.
func doubled(n int) *gradus.Value {
	v := named("a", 1)
	for i := range n {
		v = v.Add(v).As(string(rune('b' + i%25)))
	}
	return v
}

func named(name string, x float64) *gradus.Value { return gradus.New(x).As(name) }

// TutorialA returns the network of the tutorial: L = ½(y − t)², y = W2·a + b2, a = σ(z),
// z = W1·x + b1.
func TutorialA() *gradus.Value {
	z := named("W1", 0.5).Mul(named("x", 1)).Add(named("b1", 0)).As("z")
	a := z.Sigmoid().As("a")
	y := named("W2", -1).Mul(a).Add(named("b2", 0)).As("y")
	return gradus.Const(0.5).Mul(y.Sub(named("t", 0)).Square()).As("L")
}

// Fork returns f = p·q + x, p = sin x, q = x·x + 3x.
func Fork() *gradus.Value {
	x := named("x", 0.7)
	p := x.Sin().As("p")
	q := x.Mul(x).Add(gradus.Const(3).Mul(x)).As("q")
	return p.Mul(q).Add(x).As("f")
}

// Layered returns the error E of a sigmoid network with all its values named.
func Layered(widths ...int) *gradus.Value {
	r := rand.New(rand.NewPCG(7, 7))
	var a []*gradus.Value
	for i := range widths[0] {
		a = append(a, named(fmt.Sprintf("x[%d]", i), 0.2+0.1*float64(i)))
	}
	for layer, width := range widths[1:] {
		var next []*gradus.Value
		for j := range width {
			z := named(fmt.Sprintf("b%d[%d]", layer+1, j), r.NormFloat64())
			for i := range a {
				z = z.Add(named(fmt.Sprintf("w%d[%d,%d]", layer+1, j, i), r.NormFloat64()).Mul(a[i]))
			}
			next = append(next, z.As(fmt.Sprintf("z%d[%d]", layer+1, j)).Sigmoid().
				As(fmt.Sprintf("a%d[%d]", layer+1, j)))
		}
		a = next
	}
	var terms []*gradus.Value
	for i := range a {
		terms = append(terms, a[i].Sub(0.3).Square())
	}
	return gradus.Sum(terms...).As("E")
}
