package kernel

//go:generate sh -c "cd gen && go run . -out ../kernel_amd64.s -stubs ../stub_amd64.go -pkg kernel"
//go:generate sh -c "cd gen && go run . -neon ../kernel_arm64.s"

import "math/bits"

// An instructionSet is a set of machine instructions.
type instructionSet uint8

const (
	portable instructionSet = iota // Go code alone
	avx2
	avx512
)

// MulNT computes C = A·Bᵀ, or C + A·Bᵀ if add is true:
//
//	C[i,j] = Σ_l A[i,l]·B[j,l], plus C[i,j] if add is true    i < m, j < n, l < k
//
// C is m×n with stride ldc ≥ n, A is m×k with stride lda, B is n×k with stride ldb. It
// panics if a size is negative, a matrix is longer than its slice or rows of C overlap.
func MulNT(
	c []float64, ldc int, a []float64, lda int, b []float64, ldb int, m, n, k int, add bool,
) {
	if m <= 0 || n <= 0 || k <= 0 || m > 1 && ldc < n {
		degenerate(c, ldc, m, n, k, add)
		return
	}
	if !holds(c, m, ldc, n) || !holds(a, m, lda, k) || !holds(b, n, ldb, k) {
		panic("kernel: MulNT: a matrix is longer than its slice")
	}
	switch {
	case hasProducts() && k >= few:
		mulNT(c, ldc, a, lda, b, ldb, m, n, k, add)
	case n == 1 && k <= 3:
		tinyColumn(c, ldc, a, lda, b[:k], m, add)
	case k <= tiny:
		for i := range m {
			tinyNT(c[i*ldc:i*ldc+n], a[i*lda:i*lda+k], b, ldb, add)
		}
	default:
		goMulNT(c, ldc, a, lda, b, ldb, m, n, k, add)
	}
}

// MulNN computes C = A·B, or C + A·B if add is true:
//
//	C[i,j] = Σ_l A[i,l]·B[l,j], plus C[i,j] if add is true    i < m, j < n, l < k
//
// C is m×n with stride ldc ≥ n, B is k×n with stride ldb, and A, m×k, has strides of its
// own: A[i,l] is a[i·ra+l·ca], so that it may be the transpose of what is stored. It panics
// if a size is negative, a matrix is longer than its slice or rows of C overlap.
func MulNN(
	c []float64, ldc int, a []float64, ra, ca int, b []float64, ldb int, m, n, k int, add bool,
) {
	if m <= 0 || n <= 0 || k <= 0 || m > 1 && ldc < n {
		degenerate(c, ldc, m, n, k, add)
		return
	}
	if !holds(c, m, ldc, n) || !reaches(a, m, ra, k, ca) || !holds(b, k, ldb, n) {
		panic("kernel: MulNN: a matrix is longer than its slice")
	}
	switch outer := k == 1 && !add; {
	case outer && n < tiny && n != 4, outer && n <= tiny && !hasProducts():
		tinyOuter(c, ldc, a, ra, b[:n], m)
	case hasProducts() && (k == 1 && n > 1 || n*k >= few):
		mulNN(c, ldc, a, ra, ca, b, ldb, m, n, k, add)
	case n <= tiny:
		for i := range m {
			tinyNN(c[i*ldc:i*ldc+n], a[i*ra:], ca, b, ldb, k, add)
		}
	default:
		goMulNN(c, ldc, a, ra, ca, b, ldb, m, n, k, add)
	}
}

// Sum returns Σ_l x[l].
func Sum(x []float64) float64 {
	if best == portable || len(x) <= small {
		return goSum(x)
	}
	return sum(x)
}

// AddScaled adds alpha·x to y: y[l] += alpha·x[l]. It panics if the lengths differ.
func AddScaled(y []float64, alpha float64, x []float64) {
	if len(x) != len(y) {
		panic("kernel: AddScaled: the lengths differ")
	}
	if !hasProducts() || len(x) <= small {
		goAddScaled(y, alpha, x)
		return
	}
	addScaled(y, alpha, x)
}

// bit returns the bits with which the assembly masks C before it adds to it.
func bit(add bool) uint64 {
	if add {
		return 1<<64 - 1
	}
	return 0
}

// These sizes decide whether Go code is faster than a call of the assembly, or hardly slower. They are not
// about the number of rows of A, on which the bits of a row of C must not depend.
const (
	tiny  = 8  // the length of a row up to which there is Go code of its own
	few   = 4  // the number of products for an element, or for a row, from which on assembly is as fast
	small = 16 // the length of a vector up to which Go code is as fast
)

// degenerate computes a product with a size of 0. It panics if a size is negative or if the rows
// of C overlap.
func degenerate(c []float64, ldc, m, n, k int, add bool) {
	switch {
	case m < 0 || n < 0 || k < 0:
		panic("kernel: negative size")
	case m == 0 || n == 0:
		return
	case m > 1 && ldc < n:
		panic("kernel: the rows of C overlap")
	case !holds(c, m, ldc, n):
		panic("kernel: C is longer than its slice")
	}
	for i := range m {
		if !add {
			clear(c[i*ldc : i*ldc+n])
		}
	}
}

// holds reports whether a matrix of rows·cols elements with stride ld fits into x, that is,
// whether x has an element (rows−1)·ld + cols−1. rows and cols must be positive. A negative
// stride counts as a very large one, which does not fit.
func holds(x []float64, rows, ld, cols int) bool {
	over, i := bits.Mul64(uint64(rows-1), uint64(ld))
	return over == 0 && i < uint64(len(x)) && i+uint64(cols-1) < uint64(len(x))
}

// reaches is holds for a matrix whose columns are step apart.
func reaches(x []float64, rows, ld, cols, step int) bool {
	over, j := bits.Mul64(uint64(cols-1), uint64(step))
	return over == 0 && j < uint64(len(x)) && holds(x, rows, ld, int(j)+1)
}
