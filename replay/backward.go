package replay

import (
	"math"

	"github.com/gradus-go/gradus/internal/kernel"
)

// backward runs instructions in reverse for one sample: it adds to the gradients of the
// operands. Unless all is set, only what the first output depends on is run.
//
//nolint:funlen // one case for each instruction
func (m *machine) backward(code []inst, all bool) {
	v, g := m.v, m.g
	for k := len(code) - 1; k >= 0; k-- {
		in := &code[k]
		if !in.active || !in.main && !all {
			if in.set {
				m.clearRows(in)
			}
			continue
		}
		switch in.run {
		case runMulAdd:
			gz, x, y := g[in.z], v[in.x], v[in.y]
			g[in.c] += gz
			g[in.x] += float64(gz * y)
			g[in.y] += float64(gz * x)
		case runAdd:
			gz := g[in.z]
			g[in.x] += gz
			g[in.y] += gz
		case runSub:
			gz := g[in.z]
			g[in.x] += gz
			g[in.y] -= gz
		case runMul:
			gz, x, y := g[in.z], v[in.x], v[in.y]
			g[in.x] += float64(gz * y)
			g[in.y] += float64(gz * x)
		case runSquare:
			g[in.x] += float64(g[in.z] * (2 * v[in.x]))
		case runSigmoid:
			g[in.x] += float64(g[in.z] * (v[in.z] * (1 - v[in.z])))
		case runSmall:
			m.smallBack(in)
		case runScan:
			in.scanBack(v, g)
		case runLong:
			in.longBack(v, g)
		case opPack:
			m.unpack(in)
		case opDense:
			m.denseBack(in)
		case opMulAdd:
			in.mulAddBack(v, g)
		case opTotal:
			in.totalBack(g)
		case opAdd:
			in.addBack(g)
		case opSub:
			in.subBack(g)
		case opMul:
			in.mulBack(v, g)
		case opSquare:
			in.squareBack(v, g)
		case opTanh:
			in.tanhBack(v, g)
		case opSigmoid:
			in.sigmoidBack(v, g)
		default:
			m.functionBack(in)
		}
	}
}

// clearRows sets the gradients of a matrix to 0.
func (m *machine) clearRows(in *inst) {
	for r := range in.m {
		clear(m.gmat[in.y+r*in.lda:][:in.n])
	}
}

// denseBack is dense's: ∂z/∂c = 1, ∂z/∂M = x in each row, ∂z/∂x = M.
func (m *machine) denseBack(in *inst) {
	rows, n, gz := int(in.m), int(in.n), m.g[in.z:]
	if in.gradC {
		for s := range m.samples {
			in.addendBack(m.g[s*m.stride:])
		}
	}
	if in.alone && m.rate != 0 {
		m.descend(in)
		return
	}
	if in.gradY {
		x := at(m.mat, m.v, in.matX, in.x)
		kernel.MulNN(at(m.gmat, m.g, in.matY, in.y), int(in.lda), gz, 1, m.stride, x, m.stride,
			rows, n, m.samples, !in.set)
	}
	if in.gradX {
		y := at(m.mat, m.v, in.matY, in.y)
		kernel.MulNN(at(m.gmat, m.g, in.matX, in.x), m.stride, gz, m.stride, 1, y, int(in.lda),
			m.samples, n, rows, true)
	}
}

// descendRows is how many rows descend reads, and then writes while they are in the cache.
const descendRows = 8

// descend is denseBack for a matrix that is updated at once: M −= rate·∂z⊗x, of one sample.
func (m *machine) descend(in *inst) {
	n, lda, x := int(in.n), int(in.lda), m.v[in.x:]
	for r := 0; r < int(in.m); r += descendRows {
		gz := m.g[int(in.z)+r:][:min(descendRows, int(in.m)-r)]
		rows := m.mat[int(in.y)+r*lda:]
		if in.gradX {
			kernel.MulNN(m.g[in.x:], n, gz, 0, 1, rows, lda, 1, n, len(gz), true)
		}
		for i := range gz {
			m.scaled[i] = -m.rate * gz[i]
		}
		kernel.MulNN(rows, lda, m.scaled, 1, 0, x, n, len(gz), n, 1, true)
	}
}

// smallBack is denseBack for a matrix of few elements, of one sample.
func (m *machine) smallBack(in *inst) {
	if m.samples > 1 || m.rate != 0 {
		m.denseBack(in)
		return
	}
	if in.gradC {
		in.addendBack(m.g)
	}
	x, gx := at(m.mat, m.v, in.matX, in.x)[:in.n], at(m.gmat, m.g, in.matX, in.x)[:in.n]
	matrix, gradients := at(m.mat, m.v, in.matY, in.y), at(m.gmat, m.g, in.matY, in.y)
	row := 0
	for _, gz := range m.g[in.z:][:in.m] {
		y, gy := matrix[row:row+len(x)], gradients[row:row+len(x)]
		switch {
		case in.set:
			for j := range gy {
				gy[j] = float64(gz * x[j])
			}
		case in.gradY:
			for j := range gy {
				gy[j] += float64(gz * x[j])
			}
		}
		if in.gradX {
			for j, w := range y {
				gx[j] += float64(gz * w)
			}
		}
		row += int(in.lda)
	}
}

// addendBack adds the gradients of z = … + c to those of c.
func (in *inst) addendBack(g []float64) {
	gz := g[in.z:][:in.m]
	if in.cStep == 0 {
		g[in.c] += kernel.Sum(gz)
		return
	}
	gc := g[in.c:][:len(gz)]
	for i := range gz {
		gc[i] += gz[i]
	}
}

func (m *machine) unpack(in *inst) {
	nmat := int32(len(m.mat))
	gz := m.g[in.z:][:len(in.index)]
	for i, slot := range in.index {
		if slot < nmat {
			m.gmat[slot] += gz[i]
		} else {
			m.g[slot-nmat] += gz[i]
		}
	}
}

func (in *inst) mulAddBack(v, g []float64) {
	for i := int(in.n) - 1; i >= 0; i-- {
		x, y, gz := int(in.x)+i*int(in.xStep), int(in.y)+i*int(in.yStep), g[int(in.z)+i]
		g[int(in.c)+i*int(in.cStep)] += gz
		g[x] += float64(gz * v[y])
		g[y] += float64(gz * v[x])
	}
}

func (in *inst) totalBack(g []float64) {
	gz := g[in.z]
	if in.c != none {
		g[in.c] += gz
	}
	gx := g[in.x:][:in.n]
	for i := range gx {
		gx[i] += gz
	}
}

func (in *inst) addBack(g []float64) {
	for i := int(in.n) - 1; i >= 0; i-- {
		gz := g[int(in.z)+i]
		g[int(in.x)+i*int(in.xStep)] += gz
		g[int(in.y)+i*int(in.yStep)] += gz
	}
}

func (in *inst) subBack(g []float64) {
	for i := int(in.n) - 1; i >= 0; i-- {
		gz := g[int(in.z)+i]
		g[int(in.x)+i*int(in.xStep)] += gz
		g[int(in.y)+i*int(in.yStep)] -= gz
	}
}

func (in *inst) mulBack(v, g []float64) {
	if !in.gradX {
		in.mulBackY(v, g)
		return
	}
	for i := int(in.n) - 1; i >= 0; i-- {
		x, y, gz := int(in.x)+i*int(in.xStep), int(in.y)+i*int(in.yStep), g[int(in.z)+i]
		g[x] += float64(gz * v[y])
		g[y] += float64(gz * v[x])
	}
}

// mulBackY is mulBack for a first operand whose gradient is not wanted.
func (in *inst) mulBackY(v, g []float64) {
	for i := int(in.n) - 1; i >= 0; i-- {
		g[int(in.y)+i*int(in.yStep)] += float64(g[int(in.z)+i] * v[int(in.x)+i*int(in.xStep)])
	}
}

func (in *inst) squareBack(v, g []float64) {
	for i := int(in.n) - 1; i >= 0; i-- {
		x := int(in.x) + i*int(in.xStep)
		g[x] += float64(g[int(in.z)+i] * (2 * v[x]))
	}
}

func (in *inst) tanhBack(v, g []float64) {
	for i := int(in.n) - 1; i >= 0; i-- {
		z := int(in.z) + i
		g[int(in.x)+i*int(in.xStep)] += float64(g[z] * (1 - float64(v[z]*v[z])))
	}
}

func (in *inst) sigmoidBack(v, g []float64) {
	for i := int(in.n) - 1; i >= 0; i-- {
		z := int(in.z) + i
		g[int(in.x)+i*int(in.xStep)] += float64(g[z] * (v[z] * (1 - v[z])))
	}
}

// functionBack is for the functions that are rarer than those in backward.
func (m *machine) functionBack(in *inst) {
	switch in.code {
	case opDiv:
		in.divBack(m.v, m.g)
	case opExp:
		in.applyBack(m.v, m.g, func(_, z float64) float64 { return z })
	case opSqrt:
		in.applyBack(m.v, m.g, func(_, z float64) float64 { return 1 / (2 * z) })
	case opNeg:
		in.applyBack(m.v, m.g, func(_, _ float64) float64 { return -1 })
	case opSoftplus:
		in.softplusBack(m.v, m.g)
	case opReLU:
		in.applyBack(m.v, m.g, func(x, _ float64) float64 { return step(x) })
	case opNary:
		m.naryBack(in)
	default:
		m.anyBack(in)
	}
}

func (in *inst) divBack(v, g []float64) {
	for i := int(in.n) - 1; i >= 0; i-- {
		y, z := int(in.y)+i*int(in.yStep), int(in.z)+i
		g[int(in.x)+i*int(in.xStep)] += float64(g[z] * (1 / v[y]))
		g[y] += float64(g[z] * (-v[z] / v[y]))
	}
}

func (in *inst) softplusBack(v, g []float64) {
	e, gz := v[in.c:][:in.n], g[in.z:][:in.n]
	for i := len(e) - 1; i >= 0; i-- {
		x := int(in.x) + i*int(in.xStep)
		d := 1.0
		if v[x] < 0 {
			d = e[i]
		}
		g[x] += float64(gz[i] * (d / (1 + e[i])))
	}
}

func (in *inst) applyBack(v, g []float64, df func(x, z float64) float64) {
	for i := int(in.n) - 1; i >= 0; i-- {
		x, z := int(in.x)+i*int(in.xStep), int(in.z)+i
		g[x] += float64(g[z] * df(v[x], v[z]))
	}
}

// naryBack pushes in the order in which the op itself does: of dot, a row and a shared
// factor in turn.
func (m *machine) naryBack(in *inst) {
	n := len(in.index)
	x, dx, gz := m.x[:n], m.dx[:n], m.g[in.z]
	for i, place := range in.index {
		x[i] = m.v[place]
	}
	in.op.Partials(dx, x, m.v[in.z])
	for i := range in.index {
		if in.op == dotOp {
			i = i/2 + i%2*(n/2)
		}
		m.g[in.index[i]] += float64(gz * dx[i])
	}
}

// anyBack is for a function of one or two numbers that has no opcode.
func (m *machine) anyBack(in *inst) {
	x, dx := m.x[:in.op.Arity()], m.dx[:in.op.Arity()]
	for i := int(in.n) - 1; i >= 0; i-- {
		gz, z := m.g[int(in.z)+i], m.v[int(in.z)+i]
		px, py := int(in.x)+i*int(in.xStep), int(in.y)+i*int(in.yStep)
		x[0] = m.v[px]
		if len(x) == 2 {
			x[1] = m.v[py]
		}
		in.op.Partials(dx, x, z)
		m.g[px] += float64(gz * dx[0])
		if len(x) == 2 {
			m.g[py] += float64(gz * dx[1])
		}
	}
}

// step is the derivative of relu.
func step(x float64) float64 {
	switch {
	case x > 0:
		return 1
	case x <= 0:
		return 0
	}
	return math.NaN()
}
