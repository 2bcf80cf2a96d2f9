package machine

import (
	"github.com/gradus-go/gradus/internal/elementary"
	"github.com/gradus-go/gradus/internal/kernel"
)

// The derivatives of functions, for runs of elements, from the last to the first.

func (in *Inst) mulAddBack(v, g []float64) {
	for i := int(in.N) - 1; i >= 0; i-- {
		x, y, gz := int(in.X)+i*int(in.XStep), int(in.Y)+i*int(in.YStep), g[int(in.Z)+i]
		g[int(in.C)+i*int(in.CStep)] += gz
		g[x] += float64(gz * v[y])
		g[y] += float64(gz * v[x])
	}
}

func (in *Inst) totalBack(g []float64) {
	if in.C != None {
		g[in.C] += g[in.Z]
	}
	gx := g[in.X:][:in.N]
	kernel.Add(gx, gx, g[in.Z:][:1])
}

// combineBack is the reverse of combine.
func (in *Inst) combineBack(v, g []float64) {
	code := in.Code
	for i := int(in.N) - 1; i >= 0; i-- {
		x, y, gz := int(in.X)+i*int(in.XStep), int(in.Y)+i*int(in.YStep), g[int(in.Z)+i]
		switch code {
		case Add:
			g[x] += gz
			g[y] += gz
		case Sub:
			g[x] += gz
			g[y] -= gz
		case Mul:
			g[x] += float64(gz * v[y])
			g[y] += float64(gz * v[x])
		default:
			g[x] += float64(gz * (1 / v[y]))
			g[y] += float64(gz * (-v[int(in.Z)+i] / v[y]))
		}
	}
}

// functionBack is for the functions that are rarer than those in backward.
func (m *Machine) functionBack(in *Inst) {
	switch in.form {
	case scanMul, longMul:
		in.multiplyBack(m.V, m.G)
	case oneAny:
		m.anyOneBack(in)
	case kernelExpm1, kernelELU, kernelGELU, LeakyReLU, Abs:
		gz, gx := in.numbers(m.G)
		kernel.MulAdd(gx, gz, in.kept(m.V), gx)
	case power:
		m.powerBack(in)
	case kernelSiLU:
		gz, gx := in.numbers(m.G)
		kernel.SiLUGrad(gx, gz, m.V[in.Z:][:in.N], in.kept(m.V))
	case Softplus, kernelSoftplus:
		gz, gx := in.numbers(m.G)
		_, x := in.numbers(m.V)
		kernel.SoftplusGrad(gx, gz, x, in.kept(m.V))
	case logisticEntropy:
		m.logisticEntropyBack(in)
	case crossEntropy:
		m.crossEntropyBack(in)
	case meanOfRuns:
		in.meanBack(m.G)
	default:
		m.opBack(in)
	}
}

// opBack is for the functions that hand on in the same way in all their forms.
func (m *Machine) opBack(in *Inst) {
	switch in.Code {
	case Softmax:
		in.softmaxBack(m.V, m.G)
	case LogSumExp:
		in.logSumExpBack(m.V, m.G)
	case Norm:
		in.normBack(m.V, m.G)
	case CrossEntropy:
		in.crossEntropiesBack(m.V, m.G)
	case Pick:
		m.pickBack(in)
	case Nary:
		m.naryBack(in)
	default:
		m.anyBack(in)
	}
}

// slopeNumbers returns the gradients of the operands and of the results of a function of one number, and the
// results.
func (in *Inst) slopeNumbers(v, g []float64) (gx, gz, z []float64) {
	return g[in.X:][:in.N], g[in.Z:][:in.N], v[in.Z:][:in.N]
}

// applyBack is for the other functions of one number that Backward knows.
func (in *Inst) applyBack(v, g []float64) {
	gx, gz, z := in.slopeNumbers(v, g)
	x := v[in.X:][:in.N]
	switch in.Code {
	case Exp:
		kernel.MulAdd(gx, gz, z, gx)
	case Log:
		for i, x := range x {
			gx[i] += float64(gz[i] * elementary.LogSlope(x))
		}
	case Log1p:
		for i, x := range x {
			gx[i] += float64(gz[i] * elementary.LogSlope(1+x))
		}
	default: // Sqrt
		for i, z := range z {
			gx[i] += float64(gz[i] * (1 / (2 * z)))
		}
	}
}

// naryBack hands on in the order in which the op itself does.
func (m *Machine) naryBack(in *Inst) {
	n := len(in.Index)
	x, dx, gz := m.x[:n], m.dx[:n], m.G[in.Z]
	kernel.Gather(x, m.V, in.Index)
	in.Op.Partials(dx, x, m.V[in.Z])
	for i := range in.Index {
		i = in.kind.Turn(i, n)
		if dx[i] != 0 || !in.kind.Selects() || !in.Op.Ignores(i, x...) {
			m.G[in.Index[i]] += float64(gz * dx[i])
		}
	}
}

// anyBack is the reverse of any.
func (m *Machine) anyBack(in *Inst) {
	x, dx := m.x[:in.Op.Arity()], m.dx[:in.Op.Arity()]
	for i := int(in.N) - 1; i >= 0; i-- {
		gz, z, at := m.G[int(in.Z)+i], m.V[int(in.Z)+i], in.operandsAt(i)
		for k := range x {
			x[k] = m.V[at[k]]
		}
		in.Op.Partials(dx, x, z)
		for k, d := range dx {
			if d != 0 || !in.Op.Ignores(k, x...) {
				m.G[at[k]] += float64(gz * d)
			}
		}
	}
}
