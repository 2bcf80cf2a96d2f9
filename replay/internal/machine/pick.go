package machine

import (
	"math"

	"github.com/gradus-go/gradus/internal/elementary"
	"github.com/gradus-go/gradus/internal/kernel"
)

// A Pick has a table of M rows of N numbers.

// pick copies the row, or else sets the results to NaN.
func (m *Machine) pick(in *Inst) {
	z := m.V[in.Z:][:in.N]
	if r, ok := elementary.Picked(m.V[in.X], int(in.M)); ok {
		copy(z, at(m.Mat, m.V, in.MatY, in.Y)[r*int(in.LDA):])
		return
	}
	for i := range z {
		z[i] = math.NaN()
	}
}

// pickBack adds to the gradient of the row. If the index is NaN, those of all rows become NaN.
func (m *Machine) pickBack(in *Inst) {
	index, g := m.V[in.X], at(m.GMat, m.G, in.MatY, in.Y)
	if r, ok := elementary.Picked(index, int(in.M)); ok {
		g = g[r*int(in.LDA):][:in.N]
		kernel.Add(g, g, m.G[in.Z:][:in.N])
	} else if math.IsNaN(index) {
		for r := range in.M {
			for i := range g[r*in.LDA:][:in.N] {
				g[int(r*in.LDA)+i] = index
			}
		}
	}
}
