package graphs

import "github.com/gradus-go/gradus"

// A Writer is a way to write the sum of products Σ w·x + b, one number at a time.
type Writer func(w, x []*gradus.Value, b *gradus.Value) *gradus.Value

// products returns the products w·x. In every second one x comes first.
func products(w, x []*gradus.Value) []*gradus.Value {
	z := make([]*gradus.Value, len(w))
	for i := range w {
		if z[i] = w[i].Mul(x[i]); i%2 == 1 {
			z[i] = x[i].Mul(w[i])
		}
	}
	return z
}

// Tree returns the sum of x, added as a balanced tree.
func Tree(x []*gradus.Value) *gradus.Value {
	if len(x) == 1 {
		return x[0]
	}
	return Tree(x[:len(x)/2]).Add(Tree(x[len(x)/2:]))
}

// Writers are the ways to write a sum of products that a program has to recognise.
var Writers = map[string]Writer{
	"left chain, bias first": func(w, x []*gradus.Value, b *gradus.Value) *gradus.Value {
		for _, p := range products(w, x) {
			b = b.Add(p)
		}
		return b
	},
	"left chain, bias last": func(w, x []*gradus.Value, b *gradus.Value) *gradus.Value {
		p := products(w, x)
		z := p[0]
		for _, q := range p[1:] {
			z = z.Add(q)
		}
		return z.Add(b)
	},
	"right chain, bias last": func(w, x []*gradus.Value, b *gradus.Value) *gradus.Value {
		p := products(w, x)
		for i := len(p) - 1; i >= 0; i-- {
			b = p[i].Add(b)
		}
		return b
	},
	"balanced tree": func(w, x []*gradus.Value, b *gradus.Value) *gradus.Value {
		return Tree(append(products(w, x), b))
	},
	"Sum": func(w, x []*gradus.Value, b *gradus.Value) *gradus.Value {
		return gradus.Sum(append(products(w, x), b)...)
	},
	"Dot, bias first": func(w, x []*gradus.Value, b *gradus.Value) *gradus.Value {
		return b.Add(gradus.Dot(w, x))
	},
	"Dot, bias last": func(w, x []*gradus.Value, b *gradus.Value) *gradus.Value {
		return gradus.Dot(x, w).Add(b)
	},
}

// WriterNames are the keys of Writers, in a fixed order.
var WriterNames = []string{
	"left chain, bias first", "left chain, bias last", "right chain, bias last", "balanced tree",
	"Sum", "Dot, bias first", "Dot, bias last",
}

// Layer returns f(w·x + b) for each of n neurons. Their parameters are taken from w, neuron by
// neuron, the bias last.
func Layer(n int, w []*gradus.Value, x []*gradus.Value, write Writer,
	f func(*gradus.Value) *gradus.Value,
) []*gradus.Value {
	out := make([]*gradus.Value, n)
	for j := range out {
		row := w[j*(len(x)+1):]
		out[j] = f(write(row[:len(x)], x, row[len(x)]))
	}
	return out
}

// Values returns n leaves that hold numbers from −0.5 to 1.
func Values(n int) []*gradus.Value {
	x := make([]float64, n)
	for i := range x {
		x[i] = float64(i%7)/4 - 0.5
	}
	return gradus.Values(x)
}
