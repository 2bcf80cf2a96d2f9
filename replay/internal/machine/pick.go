package machine

import (
	"math"

	"github.com/gradus-go/gradus/internal/elementary"
	"github.com/gradus-go/gradus/internal/kernel"
)

// A Pick has a table of M rows of N numbers or, with K indexes, one for each of them.

// pick copies rows, or else sets the results to NaN.
func (m *Machine) pick(in *Inst) {
	for k := range in.Vectors() {
		z := m.V[int(in.Z)+k*int(in.N):][:in.N]
		if r, ok := elementary.Picked(m.V[int(in.X)+k*int(in.XK)], int(in.M)); ok {
			copy(z, at(m.Mat, m.V, in.MatY, in.Y)[k*int(in.YK)+r*int(in.LDA):])
			continue
		}
		for i := range z {
			z[i] = math.NaN()
		}
	}
}

// pickBack adds to the gradients of the rows. If an index is NaN, those of all rows become NaN.
func (m *Machine) pickBack(in *Inst) {
	for k := in.Vectors() - 1; k >= 0; k-- {
		index, g := m.V[int(in.X)+k*int(in.XK)], at(m.GMat, m.G, in.MatY, in.Y)[k*int(in.YK):]
		if r, ok := elementary.Picked(index, int(in.M)); ok {
			g = g[r*int(in.LDA):][:in.N]
			kernel.Add(g, g, m.G[int(in.Z)+k*int(in.N):][:in.N])
		} else if math.IsNaN(index) {
			for r := range in.M {
				for i := range g[r*in.LDA:][:in.N] {
					g[int(r*in.LDA)+i] = index
				}
			}
		}
	}
}
