// Package kernel multiplies matrices of float64: the loops that a replayed program spends its
// time in.
//
// A matrix is a slice of its rows, one after the other, with a stride: the distance between
// the beginnings of two rows. Each kernel has a twin in plain Go. Where the processor has
// AVX2 and FMA, assembly takes over for all but the smallest matrices; then products
// and sums are rounded once together, and the results differ within the bound
// k·2⁻⁵³·Σ|product| that either keeps.
package kernel

//go:generate sh -c "cd gen && go run . -out ../kernel_amd64.s -stubs ../stub_amd64.go -pkg kernel"

// MulNT adds the product of A and the transpose of B to C:
//
//	C[i,j] += Σ A[i,l]·B[j,l] over l < k,    for i < m and j < n
//
// It panics if a matrix is larger than its slice.
func MulNT(c []float64, ldc int, a []float64, lda int, b []float64, ldb int, m, n, k int) {
	if m == 0 || n == 0 || k == 0 {
		return
	}
	_, _, _ = c[(m-1)*ldc+n-1], a[(m-1)*lda+k-1], b[(n-1)*ldb+k-1]
	if !fast || k < 4 {
		mulNT(c, ldc, a, lda, b, ldb, m, n, k)
		return
	}
	block := max(4, cache/k&^3) // so many rows of B stay in the cache
	for j := 0; j < n; j += block {
		width, bj := min(block, n-j), &b[j*ldb]
		i := 0
		for ; i+2 <= m; i += 2 {
			nt2(width, k, &a[i*lda], lda, bj, ldb, &c[i*ldc+j], ldc)
		}
		if i < m {
			nt1(width, k, &a[i*lda], 0, bj, ldb, &c[i*ldc+j], 0)
		}
	}
}

// MulNN writes the product of A and B to C, or adds it if add is set:
//
//	C[i,j] = Σ A[i,l]·B[l,j] over l < k,    for i < m and j < n
//
// A[i,l] lies at i·ra + l·ca, so that A may be the transpose of a matrix in memory.
//
// It panics if a matrix is larger than its slice.
func MulNN(c []float64, ldc int, a []float64, ra, ca int, b []float64, ldb int, m, n, k int, add bool) {
	if m == 0 || n == 0 {
		return
	}
	if k == 0 {
		mulNN(c, ldc, a, ra, ca, b, ldb, m, n, k, add)
		return
	}
	_, _, _ = c[(m-1)*ldc+n-1], a[(m-1)*ra+(k-1)*ca], b[(k-1)*ldb+n-1]
	if !fast || n < 4 {
		mulNN(c, ldc, a, ra, ca, b, ldb, m, n, k, add)
		return
	}
	depth := rowsOf(m, n*k) // so many rows of B at a time
	for l := 0; l < k; l += depth {
		d := min(depth, k-l)
		width := max(16, cache/d&^15)
		for j := 0; j < n; j += width {
			w, bj := min(width, n-j), &b[l*ldb+j]
			i := 0
			for ; i+4 <= m; i += 4 {
				nn4(w, d, &a[i*ra+l*ca], ra, ca, bj, ldb, &c[i*ldc+j], ldc, add || l > 0)
			}
			for ; i < m; i++ {
				nn1(w, d, &a[i*ra+l*ca], 0, ca, bj, ldb, &c[i*ldc+j], 0, add || l > 0)
			}
		}
	}
}

// cache is how many numbers a block of B may have, half of a usual first-level cache.
const cache = 3072

// rowsOf returns how many rows of B, of so many numbers in all, are read at a time. For a
// single row of C each is read once: if it comes from afar, as many at a time as a processor
// follows when it reads ahead.
func rowsOf(m, size int) int {
	if m == 1 && size > cache {
		return 8
	}
	return 128
}

// Sum returns the sum of x, added up in four parts.
func Sum(x []float64) float64 {
	var s0, s1, s2, s3 float64
	for ; len(x) >= 4; x = x[4:] {
		s0, s1, s2, s3 = s0+x[0], s1+x[1], s2+x[2], s3+x[3]
	}
	s := (s0 + s1) + (s2 + s3)
	for _, v := range x {
		s += v
	}
	return s
}
