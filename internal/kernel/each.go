package kernel

// An Each is the shape of a number of products, each of a small matrix M and a vector of its own: of a, which
// has a number for each row of M, or of b, which has one for each column. Several dot products are matrices
// of one row, and so are several multiples of vectors.
//
// The methods panic if a slice is shorter than what they read or write.
type Each struct {
	count, rows, columns int
	step, ldm, lda, ldb  int
	lenA, lenM, lenB     int // how long the slices are at least
}

// NewEach returns the shape of count products. The matrices begin step apart and their rows ldm, the vectors
// a and b lda and ldb.
//
// It panics if there is nothing to multiply, or if a distance is negative.
func NewEach(count, rows, columns, step, ldm, lda, ldb int) *Each {
	if min(count, rows, columns) < 1 || min(step, ldm, lda, ldb) < 0 {
		panic("kernel: NewEach: a size is less than 1, or a distance less than 0")
	}
	return &Each{
		count: count, rows: rows, columns: columns, step: step, ldm: ldm, lda: lda, ldb: ldb,
		lenA: (count-1)*lda + rows,
		lenM: (count-1)*step + (rows-1)*ldm + columns,
		lenB: (count-1)*ldb + columns,
	}
}

// Mul computes z = M·x, where z is a and x is b, or z = Mᵀ·x if transposed is true, where z is b and x is a.
// If add is true, it adds that to z.
func (e *Each) Mul(transposed bool, z, m, x []float64, add bool) {
	a, b := z, x
	if transposed {
		a, b = x, z
	}
	switch assembly := e.hasAssembly(a, m, b); {
	case transposed && assembly:
		mulEachTAVX2(&m[0], e.step, e.ldm, &a[0], e.lda, &b[0], e.ldb, e.count, e.rows, e.columns, bit(add))
	case transposed:
		e.goMulT(a, m, b, add)
	case assembly:
		mulEachAVX2(&m[0], e.step, e.ldm, &a[0], e.lda, &b[0], e.ldb, e.count, e.rows, e.columns, bit(add))
	default:
		e.goMul(a, m, b, add)
	}
}

// Outer adds a⊗b to M.
func (e *Each) Outer(m, a, b []float64) {
	if e.hasAssembly(a, m, b) {
		outerEachAVX2(&m[0], e.step, e.ldm, &a[0], e.lda, &b[0], e.ldb, e.count, e.rows, e.columns)
		return
	}
	for k := range e.count {
		for i := range e.rows {
			goAddScaled(m[k*e.step+i*e.ldm:][:e.columns], a[k*e.lda+i], b[k*e.ldb:])
		}
	}
}

// hasAssembly reports whether assembly computes the products: that of rows of whole registers. It panics if a
// slice is too short.
func (e *Each) hasAssembly(a, m, b []float64) bool {
	if len(a) < e.lenA || len(m) < e.lenM || len(b) < e.lenB {
		panic("kernel: the operands of several products are longer than their slices")
	}
	return best != portable && e.columns%4 == 0
}

// goMul computes a = M·b, or adds that to a.
func (e *Each) goMul(a, m, b []float64, add bool) {
	for k := range e.count {
		for i := range e.rows {
			z, s := &a[k*e.lda+i], goDot(b[k*e.ldb:][:e.columns], m[k*e.step+i*e.ldm:])
			if add {
				s += *z
			}
			*z = s
		}
	}
}

// goMulT computes b = Mᵀ·a, or adds that to b.
func (e *Each) goMulT(a, m, b []float64, add bool) {
	for k := range e.count {
		z, from := b[k*e.ldb:][:e.columns], 0
		if !add {
			scale(z, a[k*e.lda], m[k*e.step:])
			from = 1
		}
		for i := from; i < e.rows; i++ {
			goAddScaled(z, a[k*e.lda+i], m[k*e.step+i*e.ldm:])
		}
	}
}
