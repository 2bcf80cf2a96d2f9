package machine

import (
	"github.com/gradus-go/gradus/internal/kernel"
)

// Backward runs instructions in reverse for one sample: it adds to the gradients of the
// operands. Unless all is set, only what the first output depends on is run.
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
		case oneMulAdd, oneAdd, oneSub, oneMul, oneDiv, oneSquare, oneNeg, oneSqrt, oneReLU, oneSigmoid:
			k -= onesBack(code[:k+1], v, g, all) - 1
		case narrowDense:
			m.narrowBack(in)
		case fewDense:
			m.fewBack(in)
		case oneDense, oneTransposed:
			m.oneVectorBack(in)
		case long:
			in.longBack(v, g)
		case vector:
			in.computeBack(v, g)
		case Pack, packV:
			m.unpack(in)
		case Dense, Transposed:
			m.denseBack(in)
		case Total:
			in.totalBack(g)
		case MulAdd:
			in.mulAddBack(v, g)
		case Add, Sub, Mul, Div:
			in.combineBack(v, g)
		case Tanh, kernelTanh:
			kernel.TanhGrad(in.slopeNumbers(v, g))
		case Sigmoid, kernelSigmoid:
			kernel.SigmoidGrad(in.slopeNumbers(v, g))
		case layerSigmoid:
			k -= m.layerBack(code[:k+1]) - 1
		case Exp, kernelExp, Log, kernelLog, Log1p, kernelLog1p, Sqrt:
			in.applyBack(v, g)
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
	if in.GradC {
		for s := range m.Samples {
			in.eachAddend(m.G[s*m.Stride:], kernel.RepeatGrad)
		}
	}
	if in.Alone && m.Rate != 0 {
		m.descend(in)
		return
	}
	if in.GradY {
		m.matrixBack(in)
	}
	if in.GradX {
		m.times(in, in.Code == Dense, at(m.GMat, m.G, in.MatX, in.X), in.XK, m.G[in.Z:], in.M, true)
	}
}

// matrixBack is the part of denseBack that goes to the matrix: of the instruction alone, or of all steps.
func (m *Machine) matrixBack(in *Inst) {
	// a has a number for each row, b one for each column.
	a, b, gy := m.G[in.Z:], at(m.Mat, m.V, in.MatX, in.X), at(m.GMat, m.G, in.MatY, in.Y)
	n, ak, bk := in.Vectors(), in.M, in.XK
	if in.Steps > 0 {
		n, ak, bk = int(in.Steps), in.ZD, in.XD
	}
	if in.Code == Transposed {
		a, b, ak, bk = b, a, bk, ak
	}
	if in.YK != 0 {
		in.each.Outer(gy, a, b)
		return
	}
	rows, columns := in.Matrix()
	outer, inner := m.steps(n, ak, bk)
	for i := range outer.n {
		kernel.MulNN(gy, int(in.LDA), a[i*outer.z:], 1, inner.z, b[i*outer.x:], inner.x,
			int(rows), int(columns), inner.n, !in.Set || i > 0)
	}
}

// descendRows is how many rows descend reads, and then writes while they are in the cache.
const descendRows = 8

// descend is denseBack for a matrix that is updated at once: M −= rate·∂z⊗x, of one sample.
func (m *Machine) descend(in *Inst) {
	n, lda, x, gx := int(in.N), int(in.LDA), m.V[in.X:], m.G[in.X:]
	vectors, xk, zk := in.Vectors(), int(in.XK), int(in.M)
	for r := 0; r < int(in.M); r += descendRows {
		gz, height := m.G[int(in.Z)+r:], min(descendRows, int(in.M)-r)
		rows := m.Mat[int(in.Y)+r*lda:]
		if in.GradX {
			kernel.MulNN(gx, xk, gz, zk, 1, rows, lda, vectors, n, height, true)
		}
		for k := range vectors {
			for i, g := range gz[k*zk:][:height] {
				m.scaled[k*descendRows+i] = -m.Rate * g
			}
		}
		kernel.MulNN(rows, lda, m.scaled, 1, descendRows, x, xk, height, n, vectors, true)
	}
}

// isDenseBack reports whether denseBack itself must be the reverse of a Dense of one vector. It must be if
// there may be more samples, since the bits of a sample must not depend on how many there are, and if it
// updates the matrix.
func (m *Machine) isDenseBack(in *Inst) bool { return m.most > 1 || m.Rate != 0 && in.Alone }

// oneVectorBack is the reverse of oneVector.
func (m *Machine) oneVectorBack(in *Inst) {
	if m.isDenseBack(in) {
		m.denseBack(in)
		return
	}
	var gm, gx, gc []float64
	if in.Steps > 0 {
		m.matrixBack(in)
	} else if in.GradY {
		gm = at(m.GMat, m.G, in.MatY, in.Y)
	}
	if in.GradX {
		gx = at(m.GMat, m.G, in.MatX, in.X)
	}
	if in.GradC {
		gc = in.addend(m.G, 0)
	}
	gz, x, y := m.G[in.Z:][:in.M], at(m.Mat, m.V, in.MatX, in.X)[:in.N], at(m.Mat, m.V, in.MatY, in.Y)
	if in.form == oneDense {
		kernel.AffineGrad(gz, y, gm, int(in.LDA), x, gx, gc, !in.Set)
	} else {
		kernel.AffineTGrad(gz, y, gm, int(in.LDA), x, gx, gc, !in.Set)
	}
}
