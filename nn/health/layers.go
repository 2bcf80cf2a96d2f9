package health

import "strings"

const digits = "0123456789"

// layersOf returns of which layers parts are neurons: those of a layer without a name are called kernel1,
// kernel2 and so on, and their parameters kernel1.w1 and kernel1.b. Their part is kernel. The neurons of a
// layer come in at the same rank, unlike layers one after the other that are called hidden1 and hidden2.
func (g *graph) layersOf(parts []part) map[string]string {
	rank := make([]int, len(parts)) // at which a part comes in first
	for _, n := range g.nodes {
		if n.part >= 0 && !n.fixed && (rank[n.part] == 0 || n.rank < rank[n.part]) {
			rank[n.part] = n.rank
		}
	}
	type layer struct {
		rank, neurons int
		apart         bool // whether the neurons come in at different ranks
	}
	found := map[string]*layer{}
	for i, p := range parts {
		l := found[p.layer()]
		if l == nil {
			l = &layer{rank: rank[i]}
			found[p.layer()] = l
		}
		l.neurons++
		l.apart = l.apart || rank[i] != l.rank
	}
	layers := map[string]string{}
	for _, p := range parts {
		if name := p.layer(); name != "" && found[name].neurons > 1 && !found[name].apart {
			layers[p.name] = name
		}
	}
	return layers
}

// layer returns the name of a part without the number at its end, if the part has the parameters of a neuron.
// Else it returns "".
func (p *part) layer() string {
	neuron := strings.TrimSuffix(p.name, p.again)
	for _, v := range p.params {
		param := strings.TrimPrefix(v.Name(), neuron+".")
		if !ofNeuron[strings.TrimRight(param, digits)] {
			return ""
		}
	}
	if name := strings.TrimRight(neuron, digits); name != neuron {
		return name + p.again
	}
	return ""
}

// ofNeuron has what the names of a neuron's parameters are but for numbers: weights, in a cell those of
// inputs and of the state, and the bias.
var ofNeuron = map[string]bool{"w": true, "x": true, "h": true, "b": true}
