package machine

import "github.com/gradus-go/gradus/internal/kernel"

// Forward runs instructions for one sample.
func (m *Machine) Forward(code []Inst) {
	v := m.V
	for k := 0; k < len(code); k++ {
		in := &code[k]
		switch in.form {
		case oneMulAdd, oneAdd, oneSub, oneMul, oneDiv, oneSquare, oneNeg, oneSqrt, oneReLU, oneSigmoid:
			k += ones(code[k:], v) - 1
		case kernelExp, kernelLog, kernelLog1p, kernelTanh, kernelSigmoid, layerSigmoid:
			vectors[in.form](in.numbers(v))
		case narrowDense:
			m.narrow(in)
		case fewDense:
			m.few(in)
		case oneDense, oneTransposed:
			m.oneVector(in)
		case long:
			in.long(v)
		case vector:
			in.compute(v)
		case Pack:
			m.pack(in)
		case packV:
			in.places.Gather(v[in.Z:], v)
		case Dense, Transposed:
			m.Dense(in)
		case Total:
			in.total(v)
		case MulAdd:
			in.mulAdd(v)
		case Add, Sub, Mul, Div:
			in.combine(v)
		case Sqrt, Exp, Log, Log1p, Tanh, Sigmoid:
			in.apply(v, scalars[in.form])
		default:
			m.function(in)
		}
	}
}

// Dense computes z = Y·x + c or, if that is the instruction, z = Yᵀ·x + c, of all vectors of all samples.
func (m *Machine) Dense(in *Inst) {
	add := in.C != None
	for s := 0; add && s < m.Samples; s++ {
		in.eachAddend(m.V[s*m.Stride:], kernel.Repeat)
	}
	m.times(in, in.Code == Transposed, m.V[in.Z:], in.M, at(m.Mat, m.V, in.MatX, in.X), in.XK, add)
}

// times computes z = Y·x or z = Yᵀ·x for all vectors of all samples, or adds that to z. In a sample, the
// vectors begin zk and xk apart.
func (m *Machine) times(in *Inst, transposed bool, z []float64, zk int32, x []float64, xk int32, add bool) {
	y, lda := at(m.Mat, m.V, in.MatY, in.Y), int(in.LDA)
	if in.YK != 0 {
		in.each.Mul(transposed, z, y, x, add)
		return
	}
	rows, columns := in.Matrix()
	if !transposed && len(m.turned) > 0 && m.isBetterTransposed(in) {
		kernel.Transpose(m.turned, y, lda, int(rows), int(columns))
		y, lda, rows, columns, transposed = m.turned, int(rows), columns, rows, true
	}
	outer, inner := m.steps(in.Vectors(), zk, xk)
	for i := range outer.n {
		z, x := z[i*outer.z:], x[i*outer.x:]
		if transposed {
			kernel.MulNN(z, inner.z, x, inner.x, 1, y, lda, inner.n, int(columns), int(rows), add)
		} else {
			kernel.MulNT(z, inner.z, x, inner.x, y, lda, inner.n, int(rows), int(columns), add)
		}
	}
}

// isBetterTransposed reports whether it is faster to transpose the matrix than to multiply the vectors by its
// rows. That must not depend on how many samples there are now, since the bits of a sample must not.
func (m *Machine) isBetterTransposed(in *Inst) bool {
	if !in.HasMatrix() || in.YK != 0 {
		return false
	}
	rows, columns := in.Matrix()
	return kernel.IsBetterTransposed(m.most*in.Vectors(), int(rows), int(columns))
}

// oneVector is Dense for one vector, of one sample, and a matrix that is neither narrow nor one of the
// smallest.
func (m *Machine) oneVector(in *Inst) {
	z, x, y := m.V[in.Z:][:in.M], at(m.Mat, m.V, in.MatX, in.X)[:in.N], at(m.Mat, m.V, in.MatY, in.Y)
	if c := in.addend(m.V, 0); in.form == oneDense {
		kernel.Affine(z, y, int(in.LDA), x, c)
	} else {
		kernel.AffineT(z, y, int(in.LDA), x, c)
	}
}

// A step leads from one vector of a Dense to the next, and does so n−1 times: from x to x, and from z to z.
type step struct{ n, z, x int }

// steps returns how to go through the n vectors of a sample, and from sample to sample. The inner step is the
// one that is taken more often: its vectors are rows of one product of matrices.
func (m *Machine) steps(n int, z, x int32) (outer, inner step) {
	outer, inner = step{n, int(z), int(x)}, step{m.Samples, m.Stride, m.Stride}
	if outer.n > inner.n {
		outer, inner = inner, outer
	}
	return outer, inner
}

// eachAddend calls do with results and what is added to each of them: with those of all vectors at once if
// it is the same for all, or else with those of one vector after the other.
func (in *Inst) eachAddend(v []float64, do func(z, c []float64)) {
	calls, n := in.Vectors(), int(in.M)
	if in.CK == 0 {
		calls, n = 1, n*calls
	}
	for k := range calls {
		do(v[int(in.Z)+k*n:][:n], in.addend(v, k))
	}
}

// addend returns c of vector k: M numbers, one for all rows, or nil if there is none.
func (in *Inst) addend(v []float64, k int) []float64 {
	c := int(in.C) + k*int(in.CK)
	switch {
	case in.C == None:
		return nil
	case in.CStep == 0:
		return v[c:][:1]
	}
	return v[c:][:in.M]
}

// at returns the memory from a place on.
func at(mat, v []float64, inMat bool, place int32) []float64 { return either(mat, v, inMat)[place:] }

// either returns mat if inMat is true, or else v.
func either(mat, v []float64, inMat bool) []float64 {
	if inMat {
		return mat
	}
	return v
}
