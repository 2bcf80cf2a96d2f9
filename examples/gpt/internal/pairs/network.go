package pairs

import (
	"math"

	"gonum.org/v1/gonum/floats"

	"github.com/gradus-go/gradus/gradcheck/numeric"
	"github.com/gradus-go/gradus/nn/optim"
)

// A Network predicts from token a which token b comes next, with the three matrices that are its
// parameters:
//
//	x = token[a]    h = first·x    u = max(0, h)    z = second·u
//	loss = −ln softmax(z)[b] = ln Σ exp z − z[b]
type Network struct {
	Params               []float64 // the matrices, one after the other, row by row
	token, first, second Table
}

// NewNetwork returns a network that has width numbers for each token and hidden numbers in h. Its
// parameters are drawn in their order.
func NewNetwork(tokens, width, hidden int, draw func() float64) *Network {
	n := newNetwork(tokens, width, hidden)
	for i := range n.Params {
		n.Params[i] = draw()
	}
	return n
}

func newNetwork(tokens, width, hidden int) *Network {
	n := &Network{Params: make([]float64, tokens*width+hidden*width+tokens*hidden)}
	rest := n.Params
	matrix := func(rows, columns int) Table {
		m := make(Table, rows)
		for i := range m {
			m[i], rest = rest[:columns:columns], rest[columns:]
		}
		return m
	}
	n.token, n.first, n.second = matrix(tokens, width), matrix(hidden, width), matrix(tokens, hidden)
	return n
}

// scores returns x, u and z of the tokens that may come after a.
func (n *Network) scores(a int) (x, u, z []float64) {
	x = n.token[a]
	u = times(n.first, x)
	for j := range u {
		u[j] = max(0, u[j])
	}
	return x, u, times(n.second, u)
}

func times(w Table, x []float64) []float64 {
	y := make([]float64, len(w))
	for i, row := range w {
		for j, v := range row {
			y[i] += float64(v * x[j])
		}
	}
	return y
}

// Losses returns the loss of every pair.
func (n *Network) Losses() Table {
	t := NewTable(len(n.token))
	for a := range t {
		_, _, z := n.scores(a)
		log := logSumExp(z)
		for b := range z {
			t[a][b] = log - z[b]
		}
	}
	return t
}

func logSumExp(z []float64) float64 {
	largest, sum := math.Inf(-1), 0.0
	for _, v := range z {
		largest = max(largest, v)
	}
	for _, v := range z {
		sum += math.Exp(v - largest)
	}
	return largest + math.Log(sum)
}

// Loss returns the mean loss of the pairs in a text.
func (n *Network) Loss(text []float64) (loss float64) {
	for p, b := range text[1:] {
		_, _, z := n.scores(int(text[p]))
		loss += logSumExp(z) - z[int(b)]
	}
	return loss / float64(len(text)-1)
}

// Gradient returns the mean loss of the pairs in a text and its derivatives by the parameters, in their
// order. They are derived by hand, from the loss back to the token:
//
//	dz[i] = softmax(z)[i] − (1 if i = b, else 0)
//	dsecond[i][j] = dz[i]·u[j]       du[j] = Σ second[i][j]·dz[i]
//	dh[j] = du[j] if h[j] > 0, else 0
//	dfirst[j][k] = dh[j]·x[k]        dx[k] = Σ first[j][k]·dh[j]
//	dtoken[a][k] = dx[k]
//
// The same parameter is used for several pairs: what these contribute adds up.
func (n *Network) Gradient(text []float64) (loss float64, gradient []float64) {
	g, pairs := newNetwork(len(n.token), len(n.token[0]), len(n.first)), float64(len(text)-1)
	for p, next := range text[1:] {
		a, b := int(text[p]), int(next)
		x, u, z := n.scores(a)
		log := logSumExp(z)
		loss += (log - z[b]) / pairs
		dz := make([]float64, len(z))
		for i := range z {
			dz[i] = math.Exp(z[i]-log) / pairs
		}
		dz[b] -= 1 / pairs
		dh := back(g.second, n.second, dz, u)
		for j := range dh {
			if u[j] == 0 {
				dh[j] = 0
			}
		}
		for k, d := range back(g.first, n.first, dh, x) {
			g.token[a][k] += d
		}
	}
	return loss, g.Params
}

// back is the reverse of y = w·x, whose derivatives are dy: it adds dy[i]·x[j] to dw[i][j], and returns
// dx[j] = Σ w[i][j]·dy[i].
func back(dw, w Table, dy, x []float64) (dx []float64) {
	dx = make([]float64, len(x))
	for i, d := range dy {
		for j, v := range x {
			dw[i][j] += float64(d * v)
			dx[j] += float64(w[i][j] * d)
		}
	}
	return dx
}

// Numeric returns an estimate of what Gradient returns: a central difference for each parameter, which
// takes two losses.
func (n *Network) Numeric(text []float64) []float64 {
	gradient := make([]float64, len(n.Params))
	for i, x := range n.Params {
		gradient[i] = numeric.Difference{}.Derivative(func(x float64) float64 {
			n.Params[i] = x
			return n.Loss(text)
		}, x)
		n.Params[i] = x
	}
	return gradient
}

// Train takes a step for each batch of texts: every parameter moves against the mean gradient. After
// each step it calls done with the mean loss.
func (n *Network) Train(
	texts [][]float64, o optim.Optimizer, steps, batch int, done func(loss float64) error,
) error {
	for step := range steps {
		mean, sum := 0.0, make([]float64, len(n.Params))
		for i := range batch {
			loss, g := n.Gradient(texts[(step*batch+i)%len(texts)])
			mean += loss / float64(batch)
			floats.AddScaled(sum, 1/float64(batch), g)
		}
		o.Step(n.Params, sum)
		if err := done(mean); err != nil {
			return err
		}
	}
	return nil
}
