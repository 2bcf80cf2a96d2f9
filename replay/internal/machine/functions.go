package machine

import (
	"math"

	"github.com/gradus-go/gradus/internal/elementary"
	"github.com/gradus-go/gradus/internal/kernel"
)

// The values of functions, for runs of elements; gradients.go has their derivatives.

func (in *Inst) mulAdd(v []float64) {
	x, y, c, z := int(in.X), int(in.Y), int(in.C), int(in.Z)
	xs, ys, cs := int(in.XStep), int(in.YStep), int(in.CStep)
	last := 0.0 // the result before, which is still in a register
	if z > 0 {
		last = v[z-1]
	}
	for range in.N {
		a, b, d := last, last, last
		if x != z-1 {
			a = v[x]
		}
		if y != z-1 {
			b = v[y]
		}
		if c != z-1 {
			d = v[c]
		}
		last = float64(a*b) + d
		v[z] = last
		x, y, c, z = x+xs, y+ys, c+cs, z+1
	}
}

func (in *Inst) total(v []float64) {
	z := kernel.Sum(v[in.X:][:in.N])
	if in.C != None {
		z += v[in.C]
	}
	v[in.Z] = z
}

// combine computes the four operations of arithmetic.
func (in *Inst) combine(v []float64) {
	code, x, y := in.Code, int(in.X), int(in.Y)
	z := v[in.Z:][:in.N]
	for i := range z {
		switch code {
		case Add:
			z[i] = v[x] + v[y]
		case Sub:
			z[i] = v[x] - v[y]
		case Mul:
			z[i] = v[x] * v[y]
		default:
			z[i] = v[x] / v[y]
		}
		x, y = x+int(in.XStep), y+int(in.YStep)
	}
}

// numbers returns the results of a function of one number, and its operands.
func (in *Inst) numbers(v []float64) (z, x []float64) { return v[in.Z:][:in.N], v[in.X:][:in.N] }

func (in *Inst) apply(v []float64, f func(float64) float64) {
	z, x := in.numbers(v)
	for i := range z {
		z[i] = f(x[i])
	}
}

// Functions of one number, by kernels and one by one.
var vectors = [1 << 8]func(z, x []float64){
	kernelExp: kernel.Exp, kernelLog: kernel.Log, kernelLog1p: kernel.Log1p,
	kernelTanh: kernel.Tanh, kernelSigmoid: kernel.Sigmoid, layerSigmoid: kernel.Sigmoid,
}

var scalars = [1 << 8]func(x float64) float64{
	Sqrt: math.Sqrt, Exp: elementary.Exp, Log: elementary.Log, Log1p: math.Log1p,
	Tanh: math.Tanh, Sigmoid: elementary.Sigmoid,
}

// function computes the functions that are rarer than those in forward.
func (m *Machine) function(in *Inst) {
	v := m.V
	switch in.form {
	case scanMul, longMul:
		in.multiply(v)
	case crossEntropy:
		m.crossEntropy(in)
	case CrossEntropy:
		in.crossEntropies(v)
	case meanOfRuns:
		in.mean(v)
	case kernelSoftplus, Softplus:
		in.softplus(v)
	case kernelSiLU:
		z, x := in.numbers(v)
		kernel.SiLU(z, in.kept(v), x)
	case kernelExpm1, kernelELU, kernelGELU, LeakyReLU, Abs:
		m.sloped(in)
	case Step:
		kernel.Step(in.numbers(v))
	case Sign:
		kernel.Sign(in.numbers(v))
	case logisticEntropy:
		m.logisticEntropy(in)
	case power:
		m.power(in)
	case Softmax:
		in.softmax(v)
	case LogSumExp:
		in.logSumExp(v)
	case Norm:
		in.norm(v)
	case Pick:
		m.pick(in)
	case Nary:
		x := m.x[:len(in.Index)]
		kernel.Gather(x, v, in.Index)
		v[in.Z] = in.Op.Eval(x...)
	default:
		m.any(in)
	}
}

func (in *Inst) softplus(v []float64) {
	z, x := in.numbers(v)
	if in.form == Softplus {
		kernel.MathSoftplus(z, in.kept(v), x)
	} else {
		kernel.Softplus(z, in.kept(v), x)
	}
}

// sloped computes a function whose kernel computes the slopes as well, which it keeps.
func (m *Machine) sloped(in *Inst) {
	z, x := in.numbers(m.V)
	switch d := in.kept(m.V); in.form {
	case kernelExpm1:
		kernel.Expm1(z, d, x)
	case kernelELU:
		kernel.ELU(z, d, x)
	case kernelGELU:
		kernel.GELU(z, d, x)
	case LeakyReLU:
		m.x[0] = -1
		in.Op.Partials(m.dx[:1], m.x[:1], 0)
		kernel.LeakyReLU(z, d, x, m.dx[0])
	default:
		kernel.Abs(z, d, x)
	}
}

// kept returns what the instruction keeps.
func (in *Inst) kept(v []float64) []float64 { return v[in.Keep:][:in.Keeps()] }

// any computes a function of one to three numbers as its op does.
func (m *Machine) any(in *Inst) {
	if in.form == oneAny {
		m.V[in.Z] = in.Op.Eval(m.V[in.X:][:1]...)
		return
	}
	x := m.x[:in.Op.Arity()]
	for i := range int(in.N) {
		at := in.operandsAt(i)
		for k := range x {
			x[k] = m.V[at[k]]
		}
		m.V[int(in.Z)+i] = in.Op.Eval(x...)
	}
}

// operandsAt returns where the operands of element i lie.
func (in *Inst) operandsAt(i int) [3]int {
	return [...]int{
		int(in.X) + i*int(in.XStep), int(in.Y) + i*int(in.YStep), int(in.C) + i*int(in.CStep),
	}
}
