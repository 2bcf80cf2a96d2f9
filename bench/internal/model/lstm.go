package model

import (
	"math/rand/v2"

	"github.com/gradus-go/gradus"
)

// The sizes of the LSTM.
const (
	features = 8
	units    = 16
	steps    = 16
	gates    = 4 * units
	operands = features + units // of a gate
)

// An LSTM reads 16 vectors of 8 numbers and predicts one number from the state after the last, with the
// loss (y − t)². It has 1,616 parameters: a matrix for the input, forget, cell and output gates of 16
// units, whose columns are the numbers read and then the state, the biases of these gates, and the
// weights of the output, which has no bias. The inputs of a sample are the vectors and then t.
type LSTM struct {
	Data
	w, g  lstmWeights
	state lstmState
}

// lstmWeights are the parameters of an LSTM in the order of P.
type lstmWeights struct{ gates, bias, out []float64 }

var lstmBlocks = []int{gates * operands, gates, units}

// NewLSTM returns an LSTM with random numbers and that many samples, the same in every call.
func NewLSTM(samples int) *LSTM {
	r := rand.New(rand.NewPCG(11, 12))
	n := new(LSTM)
	n.Blocks, n.Each = lstmBlocks, steps*features+1
	n.P = draw(n.Blocks, func(int) float64 { return (2*r.Float64() - 1) / 4 })
	n.G = make([]float64, len(n.P))
	n.w, n.g = newLSTMWeights(n.P), newLSTMWeights(n.G)
	for range samples * n.Each {
		n.X = append(n.X, r.NormFloat64())
	}
	return n
}

func newLSTMWeights(p []float64) lstmWeights {
	m := split(p, lstmBlocks)
	return lstmWeights{m[0], m[1], m[2]}
}

// Loss writes the LSTM with gradus.
func (n *LSTM) Loss(s Style, p, x []*gradus.Value) *gradus.Value {
	m := split(p, n.Blocks)
	h, c := make([]*gradus.Value, units), make([]*gradus.Value, units)
	for i := range h {
		h[i] = gradus.Const(0)
		c[i] = h[i]
	}
	for t := range steps {
		z := s.times(m[0], append(x[t*features:][:features:features], h...), m[1])
		for i := range h {
			in, forget := z[i].Sigmoid(), z[units+i].Sigmoid()
			c[i] = forget.Mul(c[i]).Add(in.Mul(z[2*units+i].Tanh()))
			h[i] = z[3*units+i].Sigmoid().Mul(c[i].Tanh())
		}
	}
	return s.Dot(m[2], h).Sub(x[steps*features]).Square()
}
