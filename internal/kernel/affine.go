package kernel

// The functions in this file multiply one vector by a matrix. MulNT and MulNN are made for more and for
// longer rows: by the time they begin, a small matrix could be done. So assembly of its own multiplies by
// those that are narrow.
//
// The gradients of M, x and c may have places in common, as those of x·x have.

const (
	// shortRow and longRow are how many columns a narrow matrix has at least and, for AVX2, at most. Assembly
	// holds a row in registers.
	shortRow, longRow = 4, 16
	// longerRow is longRow for AVX-512.
	longerRow = 32
	// pairRows is how many rows of two numbers, one behind the other, a narrow matrix has at least.
	pairRows = 8
)

// IsNarrow reports whether there is assembly for a matrix of so many rows of n, ldm apart. The kernels rely
// on that: AVX2 takes rows of whole registers alone, and rows of two lie one behind the other.
func IsNarrow(rows, n, ldm int) bool {
	pairs := n == 2 && ldm == 2 && rows >= pairRows && best == avx512
	return rows > 0 && ldm >= n && (isShortRow(n) || pairs)
}

// isShortRow reports whether there is assembly for matrices with rows of n numbers.
func isShortRow(n int) bool {
	if best == avx512 {
		return shortRow <= n && n <= longerRow
	}
	return best == avx2 && shortRow <= n && n <= longRow && n%4 == 0
}

// mustHold panics if a matrix of rows of n, ldm apart, is longer than its slice.
func mustHold(m []float64, rows, ldm, n int) {
	if rows > 0 && n > 0 && !holds(m, rows, ldm, n) {
		panic("kernel: a matrix is longer than its slice")
	}
}

// mustBeAddend panics unless c has n numbers, one or none.
func mustBeAddend(c []float64, n int) {
	if len(c) > 1 && len(c) != n {
		panic(lengthsDiffer)
	}
}

// Each function calls the assembly itself. Go hands several slices to another function through memory,
// which takes as long as a kernel.

// Affine computes z = M·x + c. M has len(z) rows of len(x), ldm apart. c has as many numbers as z, or
// one for all rows, or none.
//
// It panics if M is longer than its slice, or if c has another length.
func Affine(z, m []float64, ldm int, x, c []float64) {
	rows, n, step := len(z), len(x), 1
	mustHold(m, rows, ldm, n)
	mustBeAddend(c, rows)
	switch len(c) {
	case 0:
		c, step = zero, 0
	case 1:
		step = 0
	}
	switch {
	case rows == 1 && hasProducts() && n > 0:
		z[0] = dot(x, m) + c[0]
	case !IsNarrow(rows, n, ldm):
		Repeat(z, c)
		MulNT(z, rows, x, n, m, ldm, 1, rows, n, true)
	default:
		NarrowAffine(&z[0], &m[0], ldm, &x[0], &c[0], step, rows, n)
	}
}

// NarrowAffine is Affine for a matrix of which IsNarrow is true; rows of which isShortRow is true may
// overlap, as they are read alone. It takes the first of all numbers and checks nothing: to hand over slices
// and to check them takes as long as a small product. There is one c for each row, where step is 1, or one
// for all, where it is 0, or none, where c is nil.
func NarrowAffine(z, m *float64, ldm int, x, c *float64, step, rows, n int) {
	if c == nil {
		c, step = &zero[0], 0
	}
	if best == avx512 {
		affineAVX512(z, m, ldm, x, c, step, rows, n)
	} else {
		affineAVX2(z, m, ldm, x, c, step, rows, n)
	}
}

// AffineGrad hands the gradients gz of an Affine on to those of M, which it sets, or adds to
// if add is true, and adds them to those of x and c:
//
//	gm[i,j] = gz[i]·x[j], plus gm[i,j] if add is true    gx[j] += Σ_i gz[i]·M[i,j]    gc[i] += gz[i]
//
// gm and gx are nil, and gc empty, if they are not wanted. It panics as Affine does, and if gm or gx is
// too short.
func AffineGrad(gz, m, gm []float64, ldm int, x, gx, gc []float64, add bool) {
	rows, n := len(gz), len(x)
	mustHold(m, rows, ldm, n)
	mustBeAddend(gc, rows)
	if len(gc) == 1 {
		gc[0] += Sum(gz)
		gc = nil
	}
	if gm != nil {
		mustHold(gm, rows, ldm, n)
	}
	if IsNarrow(rows, n, ldm) {
		NarrowAffineGrad(&gz[0], &m[0], first(gm, 1), ldm, &x[0], first(gx, n), first(gc, rows), rows, n, add)
		return
	}
	if len(gc) > 0 {
		RepeatGrad(gz, gc)
	}
	if gm != nil {
		MulNN(gm, ldm, gz, 1, 0, x, n, rows, n, 1, add)
	}
	if gx != nil {
		MulNN(gx, n, gz, 0, 1, m, ldm, 1, n, rows, true)
	}
}

// NarrowAffineGrad is AffineGrad for a matrix of which IsNarrow is true, and one c for each row. Like
// NarrowAffine it takes the first of all numbers. gm, gx and gc are nil if they are not wanted.
func NarrowAffineGrad(gz, m, gm *float64, ldm int, x, gx, gc *float64, rows, n int, add bool) {
	if best == avx512 {
		affineGradAVX512(gz, m, gm, ldm, x, gx, gx, gc, rows, n, bit(add))
	} else {
		affineGradAVX2(gz, m, gm, ldm, x, gx, gx, gc, rows, n, bit(add))
	}
}

// first returns the address of the first of n numbers, or nil if there are none. It panics if there are
// fewer.
func first(x []float64, n int) *float64 {
	if len(x) == 0 {
		return nil
	}
	_ = x[n-1]
	return &x[0]
}

// AffineT computes z = Mᵀ·x + c. M has len(x) rows of len(z), ldm apart. c has as many numbers as z, or
// one for all, or none.
//
// It panics if M is longer than its slice, or if c has another length.
func AffineT(z, m []float64, ldm int, x, c []float64) {
	rows, n := len(x), len(z)
	mustHold(m, rows, ldm, n)
	mustBeAddend(c, n)
	switch {
	case !IsNarrow(rows, n, ldm) || len(c) == 1:
		if len(c) > 0 {
			Repeat(z, c)
		}
		MulNN(z, n, x, 0, 1, m, ldm, 1, n, rows, len(c) > 0)
	case best == avx512:
		affineGradAVX512(&x[0], &m[0], nil, ldm, nil, first(c, n), &z[0], nil, rows, n, 0)
	default:
		affineGradAVX2(&x[0], &m[0], nil, ldm, nil, first(c, n), &z[0], nil, rows, n, 0)
	}
}

// AffineTGrad hands the gradients gz of an AffineT on to those of M, which it sets, or adds to if add is
// true, and adds them to those of x and c:
//
//	gm[i,j] = x[i]·gz[j], plus gm[i,j] if add is true    gx[i] += Σ_j M[i,j]·gz[j]    gc[j] += gz[j]
//
// gm and gx are nil, and gc empty, if they are not wanted. It panics as AffineT does, and if gm or gx is
// too short.
func AffineTGrad(gz, m, gm []float64, ldm int, x, gx, gc []float64, add bool) {
	rows, n := len(x), len(gz)
	mustHold(m, rows, ldm, n)
	mustBeAddend(gc, n)
	if len(gc) > 0 {
		RepeatGrad(gz, gc)
	}
	if gm != nil && gx != nil && add && n >= shortRow && IsNarrow(rows, n, ldm) {
		mustHold(gm, rows, ldm, n)
		if best == avx512 {
			affineTGradAVX512(&gz[0], &m[0], &gm[0], ldm, &x[0], first(gx, rows), rows, n)
		} else {
			affineTGradAVX2(&gz[0], &m[0], &gm[0], ldm, &x[0], first(gx, rows), rows, n)
		}
		return
	}
	if gm != nil {
		MulNN(gm, ldm, x, 1, 0, gz, n, rows, n, 1, add)
	}
	if gx != nil {
		MulNT(gx, rows, gz, n, m, ldm, 1, rows, n, true)
	}
}
