package machine

import (
	"math"

	"github.com/gradus-go/gradus/internal/elementary"
	"github.com/gradus-go/gradus/internal/kernel"
)

// The values of functions, for runs of elements; gradients.go has their derivatives.

func (in *Inst) mulAdd(v []float64) {
	x, y, c := int(in.X), int(in.Y), int(in.C)
	for i := range v[in.Z:][:in.N] {
		v[int(in.Z)+i] = float64(v[x]*v[y]) + v[c]
		x, y, c = x+int(in.XStep), y+int(in.YStep), c+int(in.CStep)
	}
}

func (in *Inst) total(v []float64) {
	z := kernel.Sum(v[in.X:][:in.N])
	if in.C != None {
		z += v[in.C]
	}
	v[in.Z] = z
}

func (in *Inst) add(v []float64) {
	x, y := int(in.X), int(in.Y)
	z := v[in.Z:][:in.N]
	for i := range z {
		z[i] = v[x] + v[y]
		x, y = x+int(in.XStep), y+int(in.YStep)
	}
}

func (in *Inst) sub(v []float64) {
	x, y := int(in.X), int(in.Y)
	z := v[in.Z:][:in.N]
	for i := range z {
		z[i] = v[x] - v[y]
		x, y = x+int(in.XStep), y+int(in.YStep)
	}
}

func (in *Inst) mul(v []float64) {
	x, y := int(in.X), int(in.Y)
	z := v[in.Z:][:in.N]
	for i := range z {
		z[i] = v[x] * v[y]
		x, y = x+int(in.XStep), y+int(in.YStep)
	}
}

func (in *Inst) div(v []float64) {
	x, y := int(in.X), int(in.Y)
	z := v[in.Z:][:in.N]
	for i := range z {
		z[i] = v[x] / v[y]
		x, y = x+int(in.XStep), y+int(in.YStep)
	}
}

// numbers returns the results of a function of one number, and its operands.
func (in *Inst) numbers(v []float64) (z, x []float64) { return v[in.Z:][:in.N], v[in.X:][:in.N] }

// softplus keeps exp(−|x|) for softplusBack. Two loops let the processor overlap more of the
// calls than one.
func (in *Inst) softplus(v []float64) {
	z, x := in.numbers(v)
	e := v[in.Keep:][:in.N]
	for i := range e {
		e[i] = math.Exp(-math.Abs(x[i]))
	}
	for i := range z {
		z[i] = max(x[i], 0) + math.Log1p(e[i])
	}
}

func (in *Inst) apply(v []float64, f func(float64) float64) {
	z, x := in.numbers(v)
	for i := range z {
		z[i] = f(x[i])
	}
}

// function computes the functions that are rarer than those in forward.
func (m *Machine) function(in *Inst) {
	v := m.V
	switch in.form {
	case kernelExp:
		kernel.Exp(in.numbers(v))
	case kernelLog:
		kernel.Log(in.numbers(v))
	case kernelLog1p:
		kernel.Log1p(in.numbers(v))
	case kernelSoftplus:
		z, x := in.numbers(v)
		kernel.Softplus(z, v[in.Keep:][:in.N], x)
	case Sqrt:
		in.apply(v, math.Sqrt)
	case Exp:
		in.apply(v, elementary.Exp)
	case Log:
		in.apply(v, elementary.Log)
	case Log1p:
		in.apply(v, math.Log1p)
	case Softplus:
		in.softplus(v)
	case Softmax:
		in.softmax(v)
	case LogSumExp:
		in.logSumExp(v)
	case Nary:
		x := m.x[:len(in.Index)]
		for i, place := range in.Index {
			x[i] = v[place]
		}
		v[in.Z] = in.Op.Eval(x...)
	default:
		m.any(in)
	}
}

// any computes a function of one or two numbers that has no Opcode.
func (m *Machine) any(in *Inst) {
	x := m.x[:in.Op.Arity()]
	for i := range m.V[in.Z:][:in.N] {
		x[0] = m.V[int(in.X)+i*int(in.XStep)]
		if len(x) == 2 {
			x[1] = m.V[int(in.Y)+i*int(in.YStep)]
		}
		m.V[int(in.Z)+i] = in.Op.Eval(x...)
	}
}
