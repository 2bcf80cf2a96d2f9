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
	for k := range code {
		in := &code[k]
		switch in.run {
		case runMulAdd:
			v[in.Z] = float64(v[in.X]*v[in.Y]) + v[in.C]
		case runAdd:
			v[in.Z] = v[in.X] + v[in.Y]
		case runSub:
			v[in.Z] = v[in.X] - v[in.Y]
		case runMul:
			v[in.Z] = v[in.X] * v[in.Y]
		case runSquare:
			v[in.Z] = v[in.X] * v[in.X]
		case runSigmoid:
			v[in.Z] = sigmoid(v[in.X])
		case runSmall:
			m.small(in)
		case runScan:
			scanMul(v[in.X], v[in.Z:][:in.N], v[in.Y:])
		case runLong:
			in.longMul(v)
		case Pack:
			m.pack(in)
		case Dense:
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

// Dense computes z = M·x + c, of all samples.
func (m *Machine) Dense(in *Inst) {
	rows, n := int(in.M), int(in.N)
	for s := range m.Samples {
		v := m.V[s*m.Stride:]
		z := v[in.Z:][:rows]
		switch {
		case in.C == None:
			clear(z)
		case in.CStep == 1:
			copy(z, v[in.C:])
		default:
			for i := range z {
				z[i] = v[in.C]
			}
		}
	}
	kernel.MulNT(m.V[in.Z:], m.Stride, at(m.Mat, m.V, in.MatX, in.X), m.Stride,
		at(m.Mat, m.V, in.MatY, in.Y), int(in.LDA), m.Samples, rows, n, true)
}

// small is dense for a matrix of few elements, of one sample.
func (m *Machine) small(in *Inst) {
	if m.Samples > 1 {
		m.Dense(in)
		return
	}
	x, matrix := at(m.Mat, m.V, in.MatX, in.X)[:in.N], at(m.Mat, m.V, in.MatY, in.Y)
	z, row, c := m.V[in.Z:][:in.M], 0, int(in.C)
	for r := range z {
		sum := 0.0
		if c >= 0 {
			sum = m.V[c]
			c += int(in.CStep)
		}
		y := matrix[row : row+len(x)]
		for j, w := range y {
			sum += float64(x[j] * w)
		}
		z[r] = sum
		row += int(in.LDA)
	}
}

// at returns the memory from a place on.
func at(mat, v []float64, inMat bool, place int32) []float64 {
	if inMat {
		return mat[place:]
	}
	return v[place:]
}

// pack copies slots side by side.
func (m *Machine) pack(in *Inst) {
	nmat := int32(len(m.Mat))
	z := m.V[in.Z:][:len(in.Index)]
	for i, slot := range in.Index {
		if slot < nmat {
			z[i] = m.Mat[slot]
		} else {
			z[i] = m.V[slot-nmat]
		}
	}
}
