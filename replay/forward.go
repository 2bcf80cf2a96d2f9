package replay

import (
	"math"

	"github.com/gradus-go/gradus/internal/kernel"
)

// forward runs instructions for one sample.
//
//nolint:funlen // one case for each instruction
func (m *machine) forward(code []inst) {
	v := m.v
	for k := range code {
		in := &code[k]
		switch in.run {
		case runMulAdd:
			v[in.z] = float64(v[in.x]*v[in.y]) + v[in.c]
		case runAdd:
			v[in.z] = v[in.x] + v[in.y]
		case runSub:
			v[in.z] = v[in.x] - v[in.y]
		case runMul:
			v[in.z] = v[in.x] * v[in.y]
		case runSquare:
			v[in.z] = v[in.x] * v[in.x]
		case runSigmoid:
			v[in.z] = sigmoid(v[in.x])
		case runSmall:
			m.small(in)
		case runScan:
			scanMul(v[in.x], v[in.z:][:in.n], v[in.y:])
		case runLong:
			in.longMul(v)
		case opPack:
			m.pack(in)
		case opDense:
			m.dense(in)
		case opMulAdd:
			in.mulAdd(v)
		case opTotal:
			in.total(v)
		case opAdd:
			in.add(v)
		case opSub:
			in.sub(v)
		case opMul:
			in.mul(v)
		case opDiv:
			in.div(v)
		case opSquare:
			in.square(v)
		case opTanh:
			in.apply(v, math.Tanh)
		case opSigmoid:
			in.sigmoid(v)
		default:
			m.function(in)
		}
	}
}

// dense computes z = M·x + c, of all samples.
func (m *machine) dense(in *inst) {
	rows, n := int(in.m), int(in.n)
	for s := range m.samples {
		v := m.v[s*m.stride:]
		z := v[in.z:][:rows]
		switch {
		case in.c == none:
			clear(z)
		case in.cStep == 1:
			copy(z, v[in.c:])
		default:
			for i := range z {
				z[i] = v[in.c]
			}
		}
	}
	kernel.MulNT(m.v[in.z:], m.stride, at(m.mat, m.v, in.matX, in.x), m.stride,
		at(m.mat, m.v, in.matY, in.y), int(in.lda), m.samples, rows, n)
}

// small is dense for a matrix of few elements, of one sample.
func (m *machine) small(in *inst) {
	if m.samples > 1 {
		m.dense(in)
		return
	}
	x, matrix := at(m.mat, m.v, in.matX, in.x)[:in.n], at(m.mat, m.v, in.matY, in.y)
	z, row, c := m.v[in.z:][:in.m], 0, int(in.c)
	for r := range z {
		sum := 0.0
		if c >= 0 {
			sum = m.v[c]
			c += int(in.cStep)
		}
		y := matrix[row : row+len(x)]
		for j, w := range y {
			sum += float64(x[j] * w)
		}
		z[r] = sum
		row += int(in.lda)
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
func (m *machine) pack(in *inst) {
	nmat := int32(len(m.mat))
	z := m.v[in.z:][:len(in.index)]
	for i, slot := range in.index {
		if slot < nmat {
			z[i] = m.mat[slot]
		} else {
			z[i] = m.v[slot-nmat]
		}
	}
}

func (in *inst) mulAdd(v []float64) {
	x, y, c := int(in.x), int(in.y), int(in.c)
	for i := range v[in.z:][:in.n] {
		v[int(in.z)+i] = float64(v[x]*v[y]) + v[c]
		x, y, c = x+int(in.xStep), y+int(in.yStep), c+int(in.cStep)
	}
}

func (in *inst) total(v []float64) {
	z := kernel.Sum(v[in.x:][:in.n])
	if in.c != none {
		z += v[in.c]
	}
	v[in.z] = z
}

func (in *inst) add(v []float64) {
	x, y := int(in.x), int(in.y)
	z := v[in.z:][:in.n]
	for i := range z {
		z[i] = v[x] + v[y]
		x, y = x+int(in.xStep), y+int(in.yStep)
	}
}

func (in *inst) sub(v []float64) {
	x, y := int(in.x), int(in.y)
	z := v[in.z:][:in.n]
	for i := range z {
		z[i] = v[x] - v[y]
		x, y = x+int(in.xStep), y+int(in.yStep)
	}
}

func (in *inst) mul(v []float64) {
	x, y := int(in.x), int(in.y)
	z := v[in.z:][:in.n]
	for i := range z {
		z[i] = v[x] * v[y]
		x, y = x+int(in.xStep), y+int(in.yStep)
	}
}

func (in *inst) div(v []float64) {
	x, y := int(in.x), int(in.y)
	z := v[in.z:][:in.n]
	for i := range z {
		z[i] = v[x] / v[y]
		x, y = x+int(in.xStep), y+int(in.yStep)
	}
}

func (in *inst) square(v []float64) {
	x := int(in.x)
	z := v[in.z:][:in.n]
	for i := range z {
		z[i] = v[x] * v[x]
		x += int(in.xStep)
	}
}

func (in *inst) sigmoid(v []float64) {
	z, x := v[in.z:][:in.n], int(in.x)
	for i := range z {
		z[i] = math.Exp(-math.Abs(v[x]))
		x += int(in.xStep)
	}
	x = int(in.x)
	for i, e := range z {
		top := 1.0
		if v[x] < 0 {
			top = e
		}
		z[i] = top / (1 + e)
		x += int(in.xStep)
	}
}

// softplus keeps exp(−|x|) in place of c. Two loops overlap the calls better than one.
func (in *inst) softplus(v []float64) {
	z, e := v[in.z:][:in.n], v[in.c:][:in.n]
	x := int(in.x)
	for i := range e {
		e[i] = math.Exp(-math.Abs(v[x]))
		x += int(in.xStep)
	}
	x = int(in.x)
	for i := range z {
		z[i] = max(v[x], 0) + math.Log1p(e[i])
		x += int(in.xStep)
	}
}

func (in *inst) apply(v []float64, f func(float64) float64) {
	x := int(in.x)
	z := v[in.z:][:in.n]
	for i := range z {
		z[i] = f(v[x])
		x += int(in.xStep)
	}
}

// function computes the functions that are rarer than those in forward.
func (m *machine) function(in *inst) {
	v := m.v
	switch in.code {
	case opNeg:
		in.apply(v, func(x float64) float64 { return -x })
	case opSqrt:
		in.apply(v, math.Sqrt)
	case opExp:
		in.apply(v, math.Exp)
	case opSoftplus:
		in.softplus(v)
	case opReLU:
		in.apply(v, relu)
	case opNary:
		x := m.x[:len(in.index)]
		for i, place := range in.index {
			x[i] = v[place]
		}
		v[in.z] = in.op.Eval(x...)
	default:
		m.any(in)
	}
}

// any computes a function of one or two numbers that has no opcode.
func (m *machine) any(in *inst) {
	x := m.x[:in.op.Arity()]
	for i := range m.v[in.z:][:in.n] {
		x[0] = m.v[int(in.x)+i*int(in.xStep)]
		if len(x) == 2 {
			x[1] = m.v[int(in.y)+i*int(in.yStep)]
		}
		m.v[int(in.z)+i] = in.op.Eval(x...)
	}
}

// The functions sigmoid and relu, and softplus above, are those of package gradus, written
// again so that no call goes through an interface. A fuzz test compares them.

func sigmoid(x float64) float64 {
	e := math.Exp(-math.Abs(x))
	if x < 0 {
		return e / (1 + e)
	}
	return 1 / (1 + e)
}

func relu(x float64) float64 { return max(x, 0) }
