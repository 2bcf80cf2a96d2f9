package machine

import (
	"math"

	"github.com/gradus-go/gradus/internal/elementary"
	"github.com/gradus-go/gradus/internal/kernel"
)

// logisticEntropy computes sigmoidcrossentropy(y, t) of logits y and probabilities t, the operands X and Y.
// It keeps e^−|y| for all elements and then ln(1 + e^−|y|), of which softplus y and softplus −y are made.
func (m *Machine) logisticEntropy(in *Inst) {
	kept := in.kept(m.V)
	e, l := kept[:in.N], kept[in.N:]
	for i := range e {
		e[i] = -math.Abs(m.V[in.operandsAt(i)[0]])
	}
	kernel.Exp(e, e)
	kernel.Log1p(l, e)
	for i := range e {
		at := in.operandsAt(i)
		m.V[int(in.Z)+i] = elementary.SigmoidCrossEntropyOf(m.V[at[0]], m.V[at[1]], l[i])
	}
}

// logisticEntropyBack is the reverse of logisticEntropy.
func (m *Machine) logisticEntropyBack(in *Inst) {
	e := in.kept(m.V)
	for i := int(in.N) - 1; i >= 0; i-- {
		at, gz := in.operandsAt(i), m.G[int(in.Z)+i]
		y, t := m.V[at[0]], m.V[at[1]]
		sigma, other := 1/(1+e[i]), e[i]/(1+e[i]) // σ(|y|) and σ(−|y|)
		if y < 0 {
			sigma, other = other, sigma
		}
		m.G[at[0]] += float64(gz * elementary.SigmoidCrossEntropySlope(t, sigma, other))
		m.G[at[1]] -= float64(gz * y)
	}
}
