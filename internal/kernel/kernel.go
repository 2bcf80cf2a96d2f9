// Package kernel multiplies matrices of float64 that lie row by row in slices: those of a
// layer of neurons for one sample or a batch of some dozens. It has no others in mind.
//
// A matrix is a slice and a stride ld: the element in row i and column j is x[i·ld+j]. On
// amd64 with AVX2, and faster still with AVX-512, assembly does the work; elsewhere, and for
// the smallest matrices, it is Go, with the same results but for rounding.
//
// # Promises
//
// The same operands give the same bits on the same machine, wherever in memory they are.
// More than that, the bits of an element of a product depend only on its row of A, its row
// or column of B, what it is added to, and n and k: a row of C is the same whether it is
// computed alone or with others. Go code rounds every product before it adds it, and gives
// the same bits on every architecture; the assembly fuses the two.
//
// NaN and ±Inf go where the formula says, the sign of a zero is not defined, nothing is
// written but the elements of C, and nothing is allocated. C must not overlap an operand.
package kernel

//go:generate sh -c "cd gen && go run . -out ../kernel_amd64.s -stubs ../stub_amd64.go -pkg kernel"

import "math/bits"

// An instructions is a set of machine instructions.
type instructions uint8

const (
	portable instructions = iota // Go
	avx2
	avx512
)

// best is what the machine has, or less if a test says so.
var best = supported()

// MulNT computes C = A·Bᵀ, or C + A·Bᵀ if add is true:
//
//	C[i,j] = (C[i,j]) + Σ_l A[i,l]·B[j,l]    i < m, j < n, l < k
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
	case k <= tiny:
		for i := range m {
			tinyNT(c[i*ldc:i*ldc+n], a[i*lda:i*lda+k], b, ldb, add)
		}
	case best == portable || n*k <= small:
		goMulNT(c, ldc, a, lda, b, ldb, m, n, k, add)
	default:
		mulNT(c, ldc, a, lda, b, ldb, m, n, k, add)
	}
}

// MulNN computes C = A·B, or C + A·B if add is true:
//
//	C[i,j] = (C[i,j]) + Σ_l A[i,l]·B[l,j]    i < m, j < n, l < k
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
	switch {
	case n <= tiny && k == 1 && !add:
		tinyOuter(c, ldc, a, ra, b[:n], m)
	case n <= tiny:
		for i := range m {
			tinyNN(c[i*ldc:i*ldc+n], a[i*ra:], ca, b, ldb, k, add)
		}
	case best == portable:
		goMulNN(c, ldc, a, ra, ca, b, ldb, m, n, k, add)
	default:
		mulNN(c, ldc, a, ra, ca, b, ldb, m, n, k, add)
	}
}

// Dot returns Σ_l x[l]·y[l]. It panics if the lengths differ.
func Dot(x, y []float64) float64 {
	if len(x) != len(y) {
		panic("kernel: Dot: the lengths differ")
	}
	if best == portable || len(x) <= small {
		return goDot(x, y)
	}
	return dot(x, y)
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
	if best == portable || len(x) <= small {
		goAddScaled(y, alpha, x)
		return
	}
	addScaled(y, alpha, x)
}

// Up to these sizes Go is faster, or so little slower that it is not worth a call.
const (
	tiny  = 8  // of the rows that the assembly would cut into vectors
	small = 16 // of a vector, or of a matrix whose rows are longer than tiny
)

// degenerate deals with sizes that are not positive, and with rows that overlap.
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

// holds reports whether x has an element (rows−1)·ld + cols−1, where rows and cols are
// positive. A negative stride is a very large one.
func holds(x []float64, rows, ld, cols int) bool {
	over, i := bits.Mul64(uint64(rows-1), uint64(ld))
	return over == 0 && i < uint64(len(x)) && i+uint64(cols-1) < uint64(len(x))
}

// reaches is holds for columns that are step apart.
func reaches(x []float64, rows, ld, cols, step int) bool {
	over, j := bits.Mul64(uint64(cols-1), uint64(step))
	return over == 0 && j < uint64(len(x)) && holds(x, rows, ld, int(j)+1)
}
