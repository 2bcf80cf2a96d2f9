package machine

import "github.com/gradus-go/gradus/internal/kernel"

// A small network is nearly all products of one vector and a narrow matrix. They take addresses, which are
// checked here, in place of slices, which would be handed over through memory.

// narrow is Dense for one vector, of one sample, and a narrow matrix.
func (m *Machine) narrow(in *Inst) {
	if !kernel.HasAssembly { // no matrix is narrow: the compiler leaves out what follows
		return
	}
	x, y := either(m.Mat, m.V, in.MatX), either(m.Mat, m.V, in.MatY)
	var c *float64
	if in.C != None {
		c = first(m.V, in.C, in.addends())
	}
	kernel.NarrowAffine(first(m.V, in.Z, in.M), first(y, in.Y, in.matrixLen()), int(in.LDA),
		first(x, in.X, in.N), c, int(in.CStep), int(in.M), int(in.N))
}

// narrowBack is the reverse of narrow.
func (m *Machine) narrowBack(in *Inst) {
	if !kernel.HasAssembly {
		return
	}
	if m.isDenseBack(in) {
		m.denseBack(in)
		return
	}
	var gm, gx, gc *float64
	if in.Steps > 0 {
		m.matrixBack(in)
	} else if in.GradY {
		gm = first(either(m.GMat, m.G, in.MatY), in.Y, in.matrixLen())
	}
	if in.GradX {
		gx = first(either(m.GMat, m.G, in.MatX), in.X, in.N)
	}
	switch {
	case in.GradC && in.CStep == 0:
		m.addendsBack(in)
	case in.GradC:
		gc = first(m.G, in.C, in.M)
	}
	x, y := either(m.Mat, m.V, in.MatX), either(m.Mat, m.V, in.MatY)
	kernel.NarrowAffineGrad(first(m.G, in.Z, in.M), first(y, in.Y, in.matrixLen()), gm, int(in.LDA),
		first(x, in.X, in.N), gx, gc, int(in.M), int(in.N), !in.Set)
}

// matrixLen returns how many numbers the matrix of a Dense spans.
func (in *Inst) matrixLen() int32 { return (in.M-1)*in.LDA + in.N }

// addends returns how many numbers a Dense of one vector has at C: one for each result, or one for all.
func (in *Inst) addends() int32 { return (in.M-1)*int32(in.CStep) + 1 }

// first returns the address of the number at a place. It panics unless n numbers are there, 1 or more.
func first(x []float64, place, n int32) *float64 {
	_ = x[place+n-1]
	return &x[place]
}
