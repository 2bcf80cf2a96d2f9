package health

import (
	"cmp"
	"math"
	"slices"

	"github.com/gradus-go/gradus"
)

// locate finds the units and the stages of the parts. A stage with activations has their operands as its
// sums, and a part with activations has them as its units; others have the nodes that leave them.
func (m *model) locate() {
	bends := map[[2]int]bool{} // whether a stage, or at rank −1 a part, has activations
	for _, p := range m.points {
		if n := &m.nodes[p.z]; p.phi != identity {
			bends[[2]int{n.part, -1}] = true
			bends[[2]int{n.part, n.rank}] = bends[[2]int{n.part, n.rank}] || !n.fixed
		}
	}
	m.z, m.a = make([][]int, len(m.parts)), make([][]int, len(m.parts))
	for _, p := range m.points {
		n := &m.nodes[p.z]
		if p.phi != identity || !bends[[2]int{n.part, -1}] {
			m.addUnit(p)
		}
		if n.fixed || p.phi == identity && bends[[2]int{n.part, n.rank}] {
			continue
		}
		k := slices.IndexFunc(m.stages, func(s stage) bool { return s.part == n.part && s.rank == n.rank })
		if k < 0 {
			k = len(m.stages)
			m.stages = append(m.stages, stage{part: n.part, rank: n.rank})
		}
		m.stages[k].z = append(m.stages[k].z, p.z)
		m.z[n.part], m.a[n.part] = append(m.z[n.part], p.z), append(m.a[n.part], p.a...)
	}
	slices.SortStableFunc(m.stages, func(a, b stage) int { return cmp.Compare(a.rank, b.rank) })
}

// addUnit adds a sum to the unit that has the same activation and the same latest parameter.
func (m *model) addUnit(p point) {
	n := &m.nodes[p.z]
	part := &m.parts[n.part]
	k := slices.IndexFunc(part.units, func(u unit) bool {
		return m.nodes[u.z[0]].param == n.param && u.phi.name == p.phi.name
	})
	if k < 0 {
		k = len(part.units)
		part.units = append(part.units, newUnit(p.phi))
		// A unit with a bias, which learns, is not like one without.
		part.units[k].hash = mix(0, float64(100*len(n.parents)+len(n.op)))
		// An output, which has a target of its own, is not like any other, even if their gradients are equal.
		if slices.ContainsFunc(p.a, func(a int) bool { return slices.Contains(m.outputs, a) }) {
			part.units[k].hash = mix(part.units[k].hash, float64(k))
		}
	}
	part.units[k].z = append(part.units[k].z, p.z)
}

// add adds the numbers of a sample.
func (m *model) add(order []*gradus.Value) {
	at := func(places []int) (values []*gradus.Value) {
		for _, i := range places {
			values = append(values, order[i])
		}
		return values
	}
	for i, s := range m.stages {
		m.stages[i].dz += squares(at(s.z))
	}
	for i := range m.parts {
		p := &m.parts[i]
		p.addGrads()
		p.add(at(m.inputs[i]), at(m.z[i]), at(m.a[i]))
		for k := range p.units {
			u := &p.units[k]
			for _, z := range at(u.z) {
				u.add(z.Data, u.phi.slope(z.Data))
				u.hash = mix(mix(u.hash, z.Data), z.Grad)
			}
		}
	}
}

// mix returns a hash of a hash and a number.
func mix(hash uint64, x float64) uint64 {
	hash = (hash ^ math.Float64bits(x)) * 0x9e3779b97f4a7c15
	return hash ^ hash>>29
}

// done takes the means of the stages, and counts for each part how many of its units differ.
func (m *model) done() *measurement {
	for i := range m.stages {
		s := &m.stages[i]
		s.dz = math.Sqrt(s.dz / float64(m.samples) / float64(len(s.z)))
	}
	for i := range m.parts {
		p := &m.parts[i]
		hashes := map[uint64]bool{}
		for _, u := range p.units {
			hashes[u.hash] = true
		}
		p.distinct = len(hashes)
	}
	m.findUnused()
	return &m.measurement
}
