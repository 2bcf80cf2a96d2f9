package machine

import "github.com/gradus-go/gradus/internal/kernel"

// Go code multiplies by the smallest matrices: by the time that assembly would begin, they are done. It is in
// methods of the machine, since slices that were handed over to package kernel would take as long again.

// fewElements is how many elements a matrix has at most if Go code multiplies by it. Of narrow matrices, for
// which there is assembly, it takes some of those with one row: see denseForm.
const fewElements = 32

// few is Dense for one vector, of one sample, and one of the smallest matrices.
func (m *Machine) few(in *Inst) {
	z, x := m.V[in.Z:][:in.M], either(m.Mat, m.V, in.MatX)[in.X:][:in.N]
	y, row, lda := either(m.Mat, m.V, in.MatY)[in.Y:], 0, int(in.LDA)
	c, step := none[:], 0
	if in.C != None {
		c, step = m.V[in.C:], int(in.CStep)
	}
	switch len(x) {
	case 2:
		x0, x1 := x[0], x[1]
		for i := range z {
			y := y[row : row+2]
			z[i] = c[i*step] + (float64(x0*y[0]) + float64(x1*y[1]))
			row += lda
		}
	case 3:
		x0, x1, x2 := x[0], x[1], x[2]
		for i := range z {
			y := y[row : row+3]
			z[i] = c[i*step] + (float64(x0*y[0]) + float64(x1*y[1]) + float64(x2*y[2]))
			row += lda
		}
	default:
		if len(z) == 1 {
			z[0] = c[0] + dot(x, y)
			return
		}
		for i := range z {
			sum := c[i*step]
			for j, y := range y[row : row+len(x)] {
				sum += float64(x[j] * y)
			}
			z[i] = sum
			row += lda
		}
	}
}

// dot returns the sum of x·y, which waits for itself in every fourth addition alone.
func dot(x, y []float64) float64 {
	y = y[:len(x)]
	var s0, s1, s2, s3 float64
	i := 0
	for ; i+4 <= len(x); i += 4 {
		s0 += float64(x[i] * y[i])
		s1 += float64(x[i+1] * y[i+1])
		s2 += float64(x[i+2] * y[i+2])
		s3 += float64(x[i+3] * y[i+3])
	}
	for ; i < len(x); i++ {
		s0 += float64(x[i] * y[i])
	}
	return (s0 + s1) + (s2 + s3)
}

// none is the addend of a Dense that has none.
var none [1]float64

// fewBack is the reverse of few.
func (m *Machine) fewBack(in *Inst) {
	if m.isDenseBack(in) {
		m.denseBack(in)
		return
	}
	if in.GradC {
		m.addendsBack(in)
	}
	sets := in.GradY && in.Set && in.Steps == 0
	switch {
	case sets && in.N == 2:
		m.twoBack(in)
	case sets && in.N == 3 && in.GradX:
		m.threeBack(in)
	case in.M == 1 && in.X == in.Y && in.MatX == in.MatY && in.GradX && in.GradY && !in.Set && in.Steps == 0:
		m.squaresBack(in)
	default:
		m.rowsBack(in)
	}
}

// squaresBack is rowsBack for a sum of squares.
func (m *Machine) squaresBack(in *Inst) {
	g := m.G[in.Z]
	x, gx := either(m.Mat, m.V, in.MatX)[in.X:][:in.N], either(m.GMat, m.G, in.MatX)[in.X:][:in.N]
	for j, v := range x {
		d := float64(g * v)
		gx[j] = gx[j] + d + d
	}
}

// addendsBack hands the gradients of a Dense of one vector on to its addends.
func (m *Machine) addendsBack(in *Inst) {
	gz := m.G[in.Z:][:in.M]
	if in.CStep == 0 {
		m.G[in.C] += kernel.Sum(gz)
		return
	}
	gc := m.G[in.C:][:in.M]
	for i, g := range gz {
		gc[i] += g
	}
}

// twoBack is fewBack for rows of two numbers, whose gradients it sets.
func (m *Machine) twoBack(in *Inst) {
	x := either(m.Mat, m.V, in.MatX)[in.X:][:2]
	y, gy := either(m.Mat, m.V, in.MatY)[in.Y:], either(m.GMat, m.G, in.MatY)[in.Y:]
	x0, x1 := x[0], x[1]
	var g0, g1 float64
	row := 0
	for _, g := range m.G[in.Z:][:in.M] {
		y, gy := y[row:row+2], gy[row:row+2]
		gy[0], gy[1] = g*x0, g*x1
		g0 += float64(g * y[0])
		g1 += float64(g * y[1])
		row += int(in.LDA)
	}
	if in.GradX {
		gx := either(m.GMat, m.G, in.MatX)[in.X:][:2]
		gx[0] += g0
		gx[1] += g1
	}
}

// threeBack is fewBack for rows of three numbers, whose gradients it sets, where that of x is wanted, too.
func (m *Machine) threeBack(in *Inst) {
	x, gx := either(m.Mat, m.V, in.MatX)[in.X:][:3], either(m.GMat, m.G, in.MatX)[in.X:][:3]
	y, gy := either(m.Mat, m.V, in.MatY)[in.Y:], either(m.GMat, m.G, in.MatY)[in.Y:]
	x0, x1, x2 := x[0], x[1], x[2]
	var g0, g1, g2 float64
	row := 0
	for _, g := range m.G[in.Z:][:in.M] {
		y, gy := y[row:row+3], gy[row:row+3]
		gy[0], gy[1], gy[2] = g*x0, g*x1, g*x2
		g0 += float64(g * y[0])
		g1 += float64(g * y[1])
		g2 += float64(g * y[2])
		row += int(in.LDA)
	}
	gx[0] += g0
	gx[1] += g1
	gx[2] += g2
}

// rowsBack is fewBack for rows of any length.
func (m *Machine) rowsBack(in *Inst) {
	x, y := either(m.Mat, m.V, in.MatX)[in.X:][:in.N], either(m.Mat, m.V, in.MatY)[in.Y:]
	var gx, gy []float64
	if in.GradX {
		gx = either(m.GMat, m.G, in.MatX)[in.X:][:in.N]
	}
	if in.Steps > 0 {
		m.matrixBack(in)
	} else if in.GradY {
		gy = either(m.GMat, m.G, in.MatY)[in.Y:]
	}
	row := 0
	for _, g := range m.G[in.Z:][:in.M] {
		if gy != nil {
			gy := gy[row : row+len(x)]
			for j, v := range x {
				d := float64(g * v)
				if !in.Set {
					d += gy[j]
				}
				gy[j] = d
			}
		}
		if gx != nil {
			for j, y := range y[row : row+len(x)] {
				gx[j] += float64(g * y)
			}
		}
		row += int(in.LDA)
	}
}
