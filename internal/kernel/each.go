package kernel

// An Each is the shape of a number of products, each of a matrix M and a vector of its own: of a, which has a
// number for each row of M, or of b, which has one for each column. Several dot products are matrices of one
// row, and so are several multiples of vectors.
//
// The methods panic if a slice is shorter than what they read or write.
type Each struct {
	count, rows, columns int
	step, ldm, lda, ldb  int
	narrow               bool // there is assembly
	lenA, lenM, lenB     int  // how long the slices are at least
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
		narrow: max(rows, columns) <= mostEach && columns%4 == 0,
		lenA:   (count-1)*lda + rows,
		lenM:   (count-1)*step + (rows-1)*ldm + columns,
		lenB:   (count-1)*ldb + columns,
	}
}

// Mul computes z = M·x, where z is a and x is b, or z = Mᵀ·x if transposed is true, where z is b and x is a.
// If add is true, it adds that to z.
func (e *Each) Mul(transposed bool, z, m, x []float64, add bool) {
	a, b := z, x
	if transposed {
		a, b = x, z
	}
	switch {
	case !e.isNarrow(a, m, b):
		e.oneByOne(transposed, z, m, x, add)
	case transposed:
		mulEachTAVX2(&m[0], e.step, e.ldm, &a[0], e.lda, &b[0], e.ldb, e.count, e.rows, e.columns, bit(add))
	default:
		mulEachAVX2(&m[0], e.step, e.ldm, &a[0], e.lda, &b[0], e.ldb, e.count, e.rows, e.columns, bit(add))
	}
}

// oneByOne is Mul without assembly for several products.
func (e *Each) oneByOne(transposed bool, z, m, x []float64, add bool) {
	affine, nz, ldz, nx, ldx := Affine, e.rows, e.lda, e.columns, e.ldb
	if transposed {
		affine, nz, ldz, nx, ldx = AffineT, nx, ldx, nz, ldz
	}
	for k := range e.count {
		z, c := z[k*ldz:][:nz], []float64(nil)
		if add {
			c = z
		}
		affine(z, m[k*e.step:], e.ldm, x[k*ldx:][:nx], c)
	}
}

// Outer adds a⊗b to M.
func (e *Each) Outer(m, a, b []float64) {
	if e.isNarrow(a, m, b) {
		outerEachAVX2(&m[0], e.step, e.ldm, &a[0], e.lda, &b[0], e.ldb, e.count, e.rows, e.columns)
		return
	}
	for k := range e.count {
		MulNN(m[k*e.step:], e.ldm, a[k*e.lda:], 1, 0, b[k*e.ldb:], e.columns, e.rows, e.columns, 1, true)
	}
}

// mostEach is how many rows and columns the assembly takes at most: along a row and down a column it adds up
// one by one, and it goes down each column.
const mostEach = 64

// isNarrow reports whether assembly computes the products. It panics if a slice is too short.
func (e *Each) isNarrow(a, m, b []float64) bool {
	if len(a) < e.lenA || len(m) < e.lenM || len(b) < e.lenB {
		panic("kernel: the operands of several products are longer than their slices")
	}
	return e.narrow && best != portable
}
