package health

import (
	"fmt"
	"math"
	"slices"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/internal/finite"
	"github.com/gradus-go/gradus/nn"
	"github.com/gradus-go/gradus/nn/internal/logits"
	"github.com/gradus-go/gradus/nn/internal/params"
)

// mlp measures an MLP.
type mlp struct {
	measurement
	net *nn.MLP
}

func newMLP(net *nn.MLP) *mlp {
	m := &mlp{net: net, measurement: measurement{params: net.Params(), isMLP: true}}
	m.factors, m.leads = m.layerFactors, func(_, _ stage) bool { return true }
	for i, l := range net.Layers {
		n := len(l.Neurons)
		p := part{
			name: fmt.Sprintf("layer%d", i+1), params: l.Params(), distinct: n,
			units: slices.Repeat([]unit{newUnit(activation(l.Activation))}, n),
		}
		for _, n := range l.Neurons {
			p.weights = append(p.weights, n.W...)
		}
		m.parts = append(m.parts, p)
		if i > 0 && areAlike(net.Layers[i-1], l) {
			m.parts[i-1].distinct = 1
		}
	}
	return m
}

// areAlike reports whether the neurons of a layer have equal weights and biases, and whether each
// neuron of the next layer has equal weights for all of them.
func areAlike(l, next *nn.Layer) bool {
	first := l.Neurons[0]
	same := func(v, w *gradus.Value) bool { return v.Data == w.Data }
	for k, n := range l.Neurons {
		if !slices.EqualFunc(n.W, first.W, same) || (n.B == nil) != (first.B == nil) ||
			n.B != nil && n.B.Data != first.B.Data {
			return false
		}
		for _, after := range next.Neurons {
			if after.W[k].Data != after.W[0].Data {
				return false
			}
		}
	}
	return true
}

// sample adds a sample. The gradients add up in the parameters. It returns an error if the loss
// refuses its arguments.
func (m *mlp) sample(row int, loss nn.Loss, x, t []float64) error {
	inputs := gradus.Values(x)
	layers := m.net.Trace(inputs...)
	last := layers[len(layers)-1]
	l, err := lossOf(loss, last.A, t)
	if err != nil {
		return err
	}
	if row == 0 {
		if err := logits.Check(gradus.Topo(l)); err != nil {
			return err
		}
	}
	m.matter = m.matter || params.Matter(m.params, l)
	l.Backward()
	m.samples++
	m.dy2 += squares(last.A)
	for k, y := range last.A {
		if m.found == nil {
			m.found = m.badOutput(row, last.Z[k].Data, y)
		}
	}
	for i, u := range layers {
		p := &m.parts[i]
		p.addGrads()
		p.add(inputs, u.Z, u.A)
		for k, z := range u.Z {
			p.units[k].add(z.Data, p.units[k].phi.slope(z.Data))
		}
		inputs = u.A
	}
	return nil
}

// badOutput returns a finding if y = φ(z), or ∂L/∂y, is not finite.
func (m *mlp) badOutput(row int, z float64, y *gradus.Value) *finding {
	last := len(m.parts)
	if finite.All(y.Data, y.Grad) {
		return nil
	} else if finite.All(y.Data) {
		return &finding{Exploding, last - 1, fmt.Sprintf("∂L/∂y = %v for x[%d], although every y is finite: look "+
			"at the loss and at the targets, %s", y.Grad, row, lookFor), ""}
	}
	phi := m.parts[last-1].units[0].phi.symbol
	return &finding{Exploding, last - 1, fmt.Sprintf("%s: %s(%.3g) = %v for x[%d]: give layer %d an "+
		"activation that is finite there, or ", phi, phi, z, y.Data, row, last), m.cure(last - 1)}
}

// done returns what was measured.
func (m *mlp) done() *measurement {
	for i, p := range m.parts {
		m.stages = append(m.stages, stage{i, i, nil, math.Sqrt(p.dz2 / float64(m.samples) / float64(p.zs))})
	}
	return &m.measurement
}

// layerFactors is factors. Slopes are between ∂L/∂a and ∂L/∂z of a layer, and weights between layers. Below a
// factor that is 0 there is no other one to see.
func (m *mlp) layerFactors(s, last stage) (slopes, products, rest float64) {
	slopes, rest = 1, 1
	for k := s.part; k < last.part; k++ {
		da := math.Sqrt(m.parts[k].da2 / float64(m.samples) / float64(m.parts[k].as))
		slopes *= share(m.stages[k].dz, da)
		rest *= share(da, m.stages[k+1].dz)
	}
	return slopes, 1, rest
}
