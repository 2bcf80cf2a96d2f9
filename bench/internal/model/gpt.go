package model

import (
	"math"
	"math/rand/v2"

	"github.com/gradus-go/gradus"
)

// The sizes of the GPT.
const (
	vocabulary = 27
	width      = 16
	context    = 16 // the number of positions for which there are embeddings
	heads      = 4
	headWidth  = width / heads
	hidden     = 4 * width
	positions  = 8 // of a sample
	epsilon    = 1e-5
)

// A GPT is one layer of a transformer on names, with 4,192 parameters: width 16, 4 heads, an RMS norm
// without a gain, ReLU, and no biases. A sample is a text of 9 tokens, and at each of 8 positions the
// network predicts the next. The loss is the mean of the negative logarithms of the probabilities that it
// gives to them. Source: A. Karpathy, microgpt, 2026.
//
// The inputs of a sample are its tokens, as numbers from 0 to 26.
type GPT struct {
	Data
	tokens [][positions + 1]int
	w, g   gptWeights
	state  gptState
}

// gptWeights are the matrices of a GPT, row by row, in the order of P.
type gptWeights struct{ token, position, out, qkv, o, first, second []float64 }

var gptBlocks = []int{
	vocabulary * width, context * width, vocabulary * width,
	width * width, width * width, width * width, width * width, hidden * width, width * hidden,
}

// NewGPT returns a GPT with random numbers and that many samples, the same in every call.
func NewGPT(samples int) *GPT {
	r := rand.New(rand.NewPCG(7, 8))
	n := &GPT{tokens: make([][positions + 1]int, samples)}
	n.Blocks, n.Each = gptBlocks, positions+1
	n.P = draw(n.Blocks, func(int) float64 { return 0.08 * r.NormFloat64() })
	n.G = make([]float64, len(n.P))
	n.w, n.g = newGPTWeights(n.P), newGPTWeights(n.G)
	n.X = make([]float64, samples*n.Each)
	for s := range n.tokens {
		t := &n.tokens[s]
		t[0], t[positions] = vocabulary-1, vocabulary-1 // begin and end of the text
		for p := range t {
			if 0 < p && p < positions {
				t[p] = r.IntN(vocabulary - 1)
			}
			n.X[s*n.Each+p] = float64(t[p])
		}
	}
	return n
}

func newGPTWeights(p []float64) gptWeights {
	m := split(p, []int{
		vocabulary * width, context * width, vocabulary * width,
		triple * width, width * width, hidden * width, width * hidden,
	})
	return gptWeights{m[0], m[1], m[2], m[3], m[4], m[5], m[6]}
}

// Loss writes the GPT with gradus.
func (n *GPT) Loss(s Style, p, x []*gradus.Value) *gradus.Value {
	return n.lossOf(positions, s, p, x)
}

// lossOf is Loss for a text with that many positions.
func (n *GPT) lossOf(positions int, s Style, p, tokens []*gradus.Value) *gradus.Value {
	m := split(p, n.Blocks)
	token, position, out, q, k, v, o, first, second := m[0], m[1], m[2], m[3], m[4], m[5], m[6], m[7], m[8]
	keys, values := make([][]*gradus.Value, positions), make([][]*gradus.Value, positions)
	var sum *gradus.Value
	for p := range positions {
		x := make([]*gradus.Value, width)
		for i := range x {
			x[i] = gradus.Pick(tokens[p], column(token, i)...).Add(position[p*width+i])
		}
		x = s.norm(x)
		h := s.norm(x)
		keys[p], values[p] = s.times(k, h, nil), s.times(v, h, nil)
		x = s.times(o, s.attention(s.times(q, h, nil), keys[:p+1], values[:p+1]), x)
		h = s.times(first, s.norm(x), nil)
		for j, z := range h {
			h[j] = z.ReLU()
		}
		x = s.times(second, h, x)
		loss := s.CrossEntropy(s.times(out, x, nil), tokens[p+1])
		if sum != nil {
			loss = sum.Add(loss)
		}
		sum = loss
	}
	return sum.Mul(1 / float64(positions))
}

// column returns column i of the embeddings.
func column(w []*gradus.Value, i int) []*gradus.Value {
	c := make([]*gradus.Value, vocabulary)
	for t := range c {
		c[t] = w[t*width+i]
	}
	return c
}

// norm divides x by the root of its mean square.
func (s Style) norm(x []*gradus.Value) []*gradus.Value {
	scale := s.Dot(x, x).Mul(1.0 / width).Add(epsilon).Pow(-0.5)
	y := make([]*gradus.Value, len(x))
	for i, v := range x {
		y[i] = v.Mul(scale)
	}
	return y
}

// attention returns the outputs of all heads, one after the other, for the query q of the last position.
func (s Style) attention(q []*gradus.Value, keys, values [][]*gradus.Value) (out []*gradus.Value) {
	for i := 0; i < width; i += headWidth {
		logits := make([]*gradus.Value, len(keys))
		for t, k := range keys {
			logits[t] = s.Dot(q[i:i+headWidth], k[i:i+headWidth]).Mul(1 / math.Sqrt(headWidth))
		}
		a := s.Softmax(logits...)
		for j := i; j < i+headWidth; j++ {
			v := make([]*gradus.Value, len(values))
			for t := range v {
				v[t] = values[t][j]
			}
			out = append(out, s.Dot(a, v))
		}
	}
	return out
}
