package health

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/nn"
)

// openGates is the cure where numbers by which others are multiplied make the gradient shrink.
const openGates = "start with open gates: with biases of 1 or more where a gate keeps what was before"

func (r *Report) vanishes(m *measurement) bool {
	if last := m.stages[len(m.stages)-1]; last.dz == 0 && m.parts[last.part].peak == 0 {
		return r.ends(m, last.part)
	}
	alive, count := map[int]bool{}, map[int]int{} // whether a part has a gradient, and how many stages it has
	isAlive := func(s stage) bool { return s.dz >= vanished*m.stages[len(m.stages)-1].dz }
	for _, s := range m.stages {
		alive[s.part] = alive[s.part] || isAlive(s)
		count[s.part]++
	}
	for i, s := range m.stages {
		// A gate may have no gradient in a step in which there is nothing yet to keep. So all have none.
		earlier := func(o stage) bool { return count[o.part] > 1 && o.rank <= s.rank && isAlive(o) }
		if !alive[s.part] || count[s.part] > 1 && !slices.ContainsFunc(m.stages, earlier) {
			return r.shrinks(m, s, m.stages[len(m.stages)-1], m.stages[i+1:])
		}
	}
	for i, l := range r.Layers {
		if m.parts[i].peak > 0 {
			continue
		}
		others := ""
		if !m.isMLP {
			others = ", and for a max, a where or a pick that never chooses it"
		}
		return r.set(Vanishing, i+1, "∂L/∂W = 0 in %s, although the loss depends on it: look for inputs that are "+
			"0%s", called(l.Name), others)
	}
	return false
}

// ends says why no gradient comes to the sums of the last part, although ∂L/∂y is not 0 for every sample.
func (r *Report) ends(m *measurement, part int) bool {
	name := called(m.parts[part].name)
	if !m.isMLP {
		return r.set(Vanishing, part+1, "∂L/∂z = 0 in %s for every sample, although ∂L/∂y is not: look behind z "+
			"for an activation that is flat there, for a factor that is 0, and for a max, a where or a pick that "+
			"never chooses it", name)
	}
	return r.set(Vanishing, part+1, "%[1]s′: ∂L/∂z = %[1]s′(z)·∂L/∂y = 0 in %[2]s for every sample, since "+
		"%[1]s is flat wherever ∂L/∂y is not 0; give %[2]s an activation with a slope there, such as nn.Identity",
		m.parts[part].units[0].phi.symbol, name)
}

// shrinks says why the gradient shrinks between a stage and the last one. After it come other ones.
func (r *Report) shrinks(m *measurement, s, last stage, after []stage) bool {
	here, steps := s.part+1, 0
	for rank := s.rank; len(after) > 0; after = after[1:] {
		if next := after[0]; next.rank > rank && m.leads(s, next) {
			rank = next.rank
			steps++
			if s.dz == 0 && m.parts[next.part].hasNoWeights() {
				return r.set(Vanishing, here, "W = 0 in %s, and therefore ∂L/∂z = 0 in %s; %s",
					called(m.parts[next.part].name), m.stageName(s), r.take(m.cure(s.part)))
			}
		}
	}
	slopes, products, rest := m.factors(s, last)
	mean := func(product float64) float64 { return math.Pow(product, 1/float64(steps)) }
	shrinks := fmt.Sprintf("∂L/∂z shrinks from %.2g in %s to %.2g in %s",
		last.dz, m.stageName(last), s.dz, m.stageName(s))
	switch {
	case slopes < min(products, rest):
		phi, cure := m.parts[s.part].units[0].phi.symbol, useTanh
		if strings.Contains(r.Layers[s.part].Activation, ", ") {
			phi = "φ"
		}
		if !m.isMLP && strings.Contains(r.Layers[s.part].Activation, nn.Tanh.Name()) {
			cure = m.cure(s.part)
		}
		return r.set(Vanishing, here, "∏%s′: %s, since each %s on the way multiplies it by about %.2g; %s",
			phi, shrinks, phi, mean(slopes), r.take(cure))
	case products < rest:
		return r.set(Vanishing, here, "∏a: %s, since the gates on the way, by whose numbers a others are "+
			"multiplied, multiply it by about %.2g each time; %s", shrinks, mean(products), openGates)
	}
	return r.set(Vanishing, here, "∏W: %s, since each matrix on the way multiplies it by about %.2g; %s",
		shrinks, mean(rest), r.take(m.cure(s.part)))
}

// stageName returns what a sentence calls a stage.
func (m *measurement) stageName(s stage) string {
	var ranks []int
	for _, other := range m.stages {
		if other.part == s.part {
			ranks = append(ranks, other.rank)
		}
	}
	name := called(m.parts[s.part].name)
	if len(ranks) == 1 {
		return name
	}
	return fmt.Sprintf("stage %d of %d of %s", slices.Index(ranks, s.rank)+1, len(ranks), name)
}

// graphFactors is factors. Slopes and products are found by leaving them out, in one sample.
func (m *model) graphFactors(s, last stage) (slopes, products, rest float64) {
	norm := func(withoutSlopes, withoutProducts bool) float64 {
		grad, sums := m.backward(m.example, withoutSlopes, withoutProducts), [2]float64{}
		for k, at := range [][]int{s.z, last.z} {
			for _, i := range at {
				sums[k] = math.Hypot(sums[k], grad[i])
			}
		}
		return sums[0] / sums[1]
	}
	whole := norm(false, false)
	slopes, products = share(whole, norm(true, false)), share(whole, norm(false, true))
	if slopes == 0 || products == 0 {
		return slopes, products, 1
	}
	return slopes, products, s.dz / last.dz / slopes / products
}

// share returns x/whole, and 1 for 0/0.
func share(x, whole float64) float64 {
	if x == whole {
		return 1
	}
	return x / whole
}

// graphLeads is leads.
func (m *model) graphLeads(s, to stage) bool {
	reached := make([]bool, len(m.nodes))
	for _, z := range s.z {
		reached[z] = true
	}
	for i, n := range m.nodes {
		reached[i] = reached[i] || slices.ContainsFunc(n.parents, func(k int) bool { return reached[k] })
	}
	return slices.ContainsFunc(to.z, func(i int) bool { return reached[i] })
}

// times is the op of products.
var times = gradus.New(1).Mul(1).Op()

// backward returns the gradients of the nodes of a sample's graph, from those of the outputs on. Without
// slopes, those of activations count as 1. Without products, so do the factors of products of two
// numbers that depend on parameters and data.
func (g *graph) backward(order []*gradus.Value, withoutSlopes, withoutProducts bool) []float64 {
	grad := make([]float64, len(order))
	for _, y := range g.outputs {
		grad[y] = order[y].Grad
	}
	operand := map[int]int{} // of the activation that computes a node
	for _, p := range g.points {
		for _, a := range p.a {
			operand[a] = p.z
		}
	}
	for i, n := range slices.Backward(g.nodes) {
		if z, ok := operand[i]; ok && z != i && withoutSlopes {
			grad[z] += grad[i]
			continue
		}
		if n.op == "" {
			continue
		}
		isProduct := order[i].Op() == times
		for _, k := range n.parents {
			isProduct = isProduct && g.nodes[k].part >= 0 && !g.nodes[k].fixed
		}
		for j, dx := range partials(order[i]) {
			if withoutProducts && isProduct {
				dx = 1
			}
			grad[n.parents[j]] += float64(grad[i] * dx)
		}
	}
	return grad
}
