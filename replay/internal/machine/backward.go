package machine

import (
	"github.com/gradus-go/gradus/internal/kernel"
)

// Backward runs instructions in reverse for one sample: it adds to the gradients of the
// operands. Unless all is set, only what the first output depends on is run.
//
//nolint:funlen // one case for each instruction
func (m *Machine) Backward(code []Inst, all bool) {
	v, g := m.V, m.G
	for k := len(code) - 1; k >= 0; k-- {
		in := &code[k]
		if !in.Active || !in.Main && !all {
			if in.Set {
				m.clearRows(in)
			}
			continue
		}
		switch in.form {
		case oneMulAdd, oneAdd, oneSub, oneMul, oneSquare, oneSigmoid:
			k -= onesBack(code[:k+1], v, g, all) - 1
		case fewDense:
			m.fewBack(in)
		case scanMul:
			in.scanBack(v, g)
		case vector:
			in.computeBack(v, g)
		case longMul:
			in.longBack(v, g)
		case Pack:
			m.unpack(in)
		case packRuns:
			m.unpackRuns(in)
		case packV:
			m.unpackV(in)
		case Dense, Transposed:
			m.denseBack(in)
		case MulAdd:
			in.mulAddBack(v, g)
		case Total:
			in.totalBack(g)
		case Add:
			in.addBack(g)
		case Sub:
			in.subBack(g)
		case Mul:
			in.mulBack(v, g)
		case Square:
			in.squareBack(v, g)
		case Tanh, kernelTanh:
			in.tanhBack(v, g)
		case Sigmoid, kernelSigmoid:
			in.sigmoidBack(v, g)
		default:
			m.functionBack(in)
		}
	}
}

// clearRows sets the gradients of a matrix to 0.
func (m *Machine) clearRows(in *Inst) {
	rows, columns := in.Matrix()
	for r := range rows {
		clear(m.GMat[in.Y+r*in.LDA:][:columns])
	}
}

// denseBack is the reverse of Dense, z = Y·x + c: gc += gz, gY += gz⊗x, gx += Yᵀ·gz. For Transposed,
// z = Yᵀ·x + c, it is gY += x⊗gz, gx += Y·gz.
func (m *Machine) denseBack(in *Inst) {
	rows, n, gz := int(in.M), int(in.N), m.G[in.Z:]
	if in.GradC {
		for s := range m.Samples {
			in.addendBack(m.G[s*m.Stride:])
		}
	}
	if in.Alone && m.Rate != 0 {
		m.descend(in)
		return
	}
	if in.GradY {
		left, right, rows, n := gz, at(m.Mat, m.V, in.MatX, in.X), rows, n
		if in.Code == Transposed {
			left, right, rows, n = right, left, n, rows
		}
		kernel.MulNN(at(m.GMat, m.G, in.MatY, in.Y), int(in.LDA), left, 1, m.Stride, right, m.Stride,
			rows, n, m.Samples, !in.Set)
	}
	if !in.GradX {
		return
	}
	y, gx := at(m.Mat, m.V, in.MatY, in.Y), at(m.GMat, m.G, in.MatX, in.X)
	if in.Code == Transposed {
		kernel.MulNT(gx, m.Stride, gz, m.Stride, y, int(in.LDA), m.Samples, n, rows, true)
		return
	}
	kernel.MulNN(gx, m.Stride, gz, m.Stride, 1, y, int(in.LDA), m.Samples, n, rows, true)
}

// descendRows is how many rows descend reads, and then writes while they are in the cache.
const descendRows = 8

// descend is denseBack for a matrix that is updated at once: M −= rate·∂z⊗x, of one sample.
func (m *Machine) descend(in *Inst) {
	n, lda, x := int(in.N), int(in.LDA), m.V[in.X:]
	for r := 0; r < int(in.M); r += descendRows {
		gz := m.G[int(in.Z)+r:][:min(descendRows, int(in.M)-r)]
		rows := m.Mat[int(in.Y)+r*lda:]
		if in.GradX {
			kernel.MulNN(m.G[in.X:], n, gz, 0, 1, rows, lda, 1, n, len(gz), true)
		}
		for i := range gz {
			m.scaled[i] = -m.Rate * gz[i]
		}
		kernel.MulNN(rows, lda, m.scaled[:], 1, 0, x, n, len(gz), n, 1, true)
	}
}

// fewBack is denseBack for a matrix of few elements, of one sample.
func (m *Machine) fewBack(in *Inst) {
	if m.Samples > 1 || m.Rate != 0 && in.Alone {
		m.denseBack(in)
		return
	}
	if in.GradC {
		in.addendBack(m.G)
	}
	var gm, gx []float64
	if in.GradY {
		gm = at(m.GMat, m.G, in.MatY, in.Y)
	}
	if in.GradX {
		gx = at(m.GMat, m.G, in.MatX, in.X)
	}
	kernel.AffineGrad(m.G[in.Z:][:in.M], at(m.Mat, m.V, in.MatY, in.Y), gm, int(in.LDA),
		at(m.Mat, m.V, in.MatX, in.X)[:in.N], gx, !in.Set)
}

// addendBack adds the gradients of z = … + c to those of c.
func (in *Inst) addendBack(g []float64) {
	gz := g[in.Z:][:in.M]
	if in.CStep == 0 {
		g[in.C] += kernel.Sum(gz)
		return
	}
	gc := g[in.C:][:len(gz)]
	for i := range gz {
		gc[i] += gz[i]
	}
}

func (m *Machine) unpack(in *Inst) {
	gz := m.G[in.Z:][:len(in.Index)]
	for i, at := range in.Index {
		if at < 0 {
			m.GMat[InMat(at)] += gz[i]
		} else {
			m.G[at] += gz[i]
		}
	}
}
