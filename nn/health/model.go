package health

import (
	"errors"
	"fmt"
	"slices"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/nn"
	"github.com/gradus-go/gradus/nn/internal/logits"
	"github.com/gradus-go/gradus/nn/internal/params"
	"github.com/gradus-go/gradus/nn/internal/unlisted"
)

// model measures a model that is not an MLP.
type model struct {
	measurement
	*graph  // nil before the first sample
	net     nn.Model
	place   map[*gradus.Value]int  // of each parameter in params; −1 for what a Mask has
	used    map[*gradus.Value]bool // the parameters on which the loss of a sample depends
	first   map[*gradus.Value]bool // of the graph that was built first: what the others should have made anew
	z, a    [][]int                // of each part, its sums, and its activations, or its sums if it has none
	example []*gradus.Value        // the graph of a sample with ∂L/∂y ≠ 0, if there is one
}

func newModel(net nn.Model) *model {
	m := &model{net: net, place: map[*gradus.Value]int{}, used: map[*gradus.Value]bool{}}
	m.factors, m.leads = m.graphFactors, m.graphLeads
	for _, v := range net.Params() {
		if _, again := m.place[v]; !again {
			m.place[v] = len(m.params)
			m.params = append(m.params, v)
		}
	}
	if masked, ok := net.(nn.Masked); ok {
		for _, mask := range masked.Masks() {
			for _, v := range mask.Values {
				m.place[v], v.Data = -1, mask.Off
			}
		}
	}
	return m
}

// sample adds a sample. The gradients add up in the parameters. It returns an error if the model
// or the loss refuses its arguments.
func (m *model) sample(row int, loss nn.Loss, x, t []float64) error {
	if row == 0 { // what both graphs have is not made anew for each
		_, whole, err := m.build(loss, x, t)
		if err == nil {
			err = logits.Check(whole)
		}
		if err != nil {
			return err
		}
	}
	y, whole, err := m.build(loss, x, t)
	if err != nil {
		return err
	}
	order := gradus.Topo(y...)
	if m.graph == nil {
		m.divide(order, y)
		m.locate()
	} else if !slices.EqualFunc(m.nodes, order, func(n node, v *gradus.Value) bool {
		return len(n.parents) == len(v.Parents()) && (v.Op() == nil || v.Op().Name() == n.op)
	}) {
		return errors.New("the graph that Forward builds differs from that of x[0], want one of the same form " +
			"for all samples: where a number decides, use gradus.Where in place of an if")
	}
	whole[len(whole)-1].Backward()
	m.samples++
	m.add(order)
	if m.dy2 == 0 {
		m.example = order
	}
	m.dy2 += squares(y)
	if m.found == nil {
		m.found = m.findBroken(row, order, whole, y)
	}
	return nil
}

// divide finds the parts and the graph.
func (m *model) divide(order, y []*gradus.Value) {
	var of []int
	m.parts, of = parts(m.params, nil)
	m.graph = newGraph(order, y, m.place, of)
	if layers := m.layersOf(m.parts); len(layers) > 0 {
		m.parts, of = parts(m.params, layers)
		m.graph = newGraph(order, y, m.place, of)
	}
}

// build returns the outputs for a sample, and the graph of its loss in topological order.
func (m *model) build(loss nn.Loss, x, t []float64) (y, whole []*gradus.Value, err error) {
	if y, err = m.forward(gradus.Values(x)); err != nil {
		return nil, nil, err
	}
	l, err := lossOf(loss, y, t)
	if err != nil {
		return nil, nil, err
	}
	whole = gradus.Topo(l)
	return y, whole, m.visit(whole)
}

// forward returns the outputs for a sample. It returns an error if Forward refuses what it is given.
func (m *model) forward(x []*gradus.Value) (y []*gradus.Value, err error) {
	y, err = params.Try(func() []*gradus.Value { return m.net.Forward(x...) })
	if err == nil && (len(y) == 0 || slices.Contains(y, nil)) {
		err = fmt.Errorf("Forward returned %v, want one or more Values", y)
	}
	return y, err
}

// visit notes on which parameters a loss depends. It returns an error if it depends on a leaf that is
// neither a parameter nor a constant, but occurs in the graph that was built first, too. Inputs and
// targets are made anew for each graph, and so should be what is computed from parameters.
func (m *model) visit(whole []*gradus.Value) error {
	isFirst := m.first == nil
	if isFirst {
		m.first = map[*gradus.Value]bool{}
	}
	for _, v := range whole {
		k, known := m.place[v]
		switch {
		case v.Op() != nil && (m.samples > 0 || !slices.ContainsFunc(v.Parents(), m.has)), v.IsConst(), k < 0:
		case known:
			m.used[v], m.matter = true, true
		case isFirst:
			m.first[v] = true
		case m.first[v]:
			return unlisted.Error(m.net, v)
		}
	}
	return nil
}

// has reports whether a Value is a parameter, or in a Mask.
func (m *model) has(v *gradus.Value) bool {
	_, known := m.place[v]
	return known
}
