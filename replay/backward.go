package replay

import (
	"math"

	"github.com/gradus-go/gradus/internal/kernel"
)

// backward runs instructions in reverse for one sample: it adds to the gradients of the
// operands. Unless all is set, only what the first output depends on is run.
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
		switch in.code {
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

// addendBack adds the gradients of z = … + c to those of c.
func (in *inst) addendBack(g []float64) {
	c := int(in.c)
	for _, gz := range g[in.z:][:in.m] {
		g[c] += gz
		c += int(in.cStep)
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
	if in.once && in.scan() && in.yStep == 1 {
		in.scanBack(v, g)
		return
	}
	for i := int(in.n) - 1; i >= 0; i-- {
		x, y, gz := int(in.x)+i*int(in.xStep), int(in.y)+i*int(in.yStep), g[int(in.z)+i]
		g[x] += float64(gz * v[y])
		g[y] += float64(gz * v[x])
	}
}

// scanBack is mulBack for a product of many factors: the gradient that runs through all of it
// stays in a register.
func (in *inst) scanBack(v, g []float64) {
	x := v[in.x:][:in.n]
	y, gy := v[in.y:][:len(x)], g[in.y:][:len(x)]
	gz := g[int(in.z)+len(x)-1]
	for i := len(x) - 1; i > 0; i-- {
		gy[i] += float64(gz * x[i])
		gz = float64(gz * y[i])
	}
	g[in.x] += float64(gz * y[0])
	gy[0] += float64(gz * x[0])
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
		in.applyBack(m.v, m.g, func(x, _ float64) float64 { return sigmoid(x) })
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
