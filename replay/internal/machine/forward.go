package machine

import (
	"math"

	"github.com/gradus-go/gradus/internal/kernel"
)

// Forward runs instructions for one sample.
//
//nolint:funlen // one case for each instruction
func (m *Machine) Forward(code []Inst) {
	v := m.V
	for k := 0; k < len(code); k++ {
		in := &code[k]
		switch in.form {
		case oneMulAdd, oneAdd, oneSub, oneMul, oneSquare, oneSigmoid:
			k += ones(code[k:], v) - 1
		case kernelTanh:
			kernel.Tanh(in.side(v))
		case kernelSigmoid:
			kernel.Sigmoid(in.side(v))
		case fewDense:
			m.few(in)
		case scanMul:
			multiply(v[in.X], v[in.Z:][:in.N], v[in.Y:])
		case vector:
			in.compute(v)
		case longMul:
			in.multiplyParts(v)
		case Pack:
			m.pack(in)
		case packRuns:
			m.packRuns(in)
		case packV:
			m.packV(in)
		case Dense, Transposed:
			m.Dense(in)
		case MulAdd:
			in.mulAdd(v)
		case Total:
			in.total(v)
		case Add:
			in.add(v)
		case Sub:
			in.sub(v)
		case Mul:
			in.mul(v)
		case Div:
			in.div(v)
		case Square:
			in.square(v)
		case Tanh:
			in.apply(v, math.Tanh)
		case Sigmoid:
			in.sigmoid(v)
		default:
			m.function(in)
		}
	}
}

// Dense computes z = Y·x + c or, if that is the instruction, z = Yᵀ·x + c, of all samples.
func (m *Machine) Dense(in *Inst) {
	for s := range m.Samples {
		in.addend(m.V[s*m.Stride:])
	}
	x, y := at(m.Mat, m.V, in.MatX, in.X), at(m.Mat, m.V, in.MatY, in.Y)
	if in.Code == Transposed {
		kernel.MulNN(m.V[in.Z:], m.Stride, x, m.Stride, 1, y, int(in.LDA), m.Samples, int(in.M), int(in.N), true)
		return
	}
	kernel.MulNT(m.V[in.Z:], m.Stride, x, m.Stride, y, int(in.LDA), m.Samples, int(in.M), int(in.N), true)
}

// few is Dense for a matrix of few elements, of one sample.
func (m *Machine) few(in *Inst) {
	x := at(m.Mat, m.V, in.MatX, in.X)[:in.N]
	kernel.Affine(in.addend(m.V), at(m.Mat, m.V, in.MatY, in.Y), int(in.LDA), x)
}

// addend puts c where M·x will be added to it.
func (in *Inst) addend(v []float64) []float64 {
	z := v[in.Z:][:in.M]
	if in.C == None {
		clear(z)
		return z
	}
	c := int(in.C)
	for i := range z {
		z[i] = v[c]
		c += int(in.CStep)
	}
	return z
}

// at returns the memory from a place on.
func at(mat, v []float64, inMat bool, place int32) []float64 {
	if inMat {
		return mat[place:]
	}
	return v[place:]
}

// pack copies numbers side by side.
func (m *Machine) pack(in *Inst) {
	z := m.V[in.Z:][:len(in.Index)]
	for i, at := range in.Index {
		if at < 0 {
			z[i] = m.Mat[InMat(at)]
		} else {
			z[i] = m.V[at]
		}
	}
}
