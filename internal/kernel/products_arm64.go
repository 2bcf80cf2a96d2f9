//go:build !purego

package kernel

// hasNEON is true: all processors have NEON. Tests set it to false.
var hasNEON = true

// tileRows is how many rows of B a tile of MulNT has at most.
const tileRows = 8

// hasProducts reports whether there is assembly for products of matrices.
func hasProducts() bool { return hasNEON }

// mulColumn is mulNT for one row b. It multiplies b by the rows of A, and the results are a column of C.
func mulColumn(c []float64, ldc int, a []float64, lda int, b []float64, m int, add bool) {
	mulNT1NEON(&c[0], ldc, &b[0], 0, &a[0], lda, m, len(b), bit(add))
}

// rowsNT multiplies as many rows of A at a time as the assembly can.
func rowsNT(
	c []float64, ldc int, a []float64, lda int, b *float64, ldb int, m, n, k int, add uint64,
) {
	i := 0
	for ; i+4 <= m; i += 4 {
		mulNT4NEON(&c[i*ldc], ldc, &a[i*lda], lda, b, ldb, n, k, add)
	}
	for ; i < m; i++ {
		mulNT1NEON(&c[i*ldc], 1, &a[i*lda], 0, b, ldb, n, k, add)
	}
}

// mulNN is MulNN in blocks of the rows of B.
func mulNN(
	c []float64, ldc int, a []float64, ra, ca int, b []float64, ldb int, m, n, k int, add bool,
) {
	block := blockOf(m, n, k)
	for l := 0; l < k; l += block {
		rowsNN(c, ldc, a[l*ca:], ra, ca, &b[l*ldb], ldb, m, n, min(k-l, block), bit(add))
		add = true
	}
}

// rowsNN multiplies as many rows of A at a time as the assembly can.
func rowsNN(
	c []float64, ldc int, a []float64, ra, ca int, b *float64, ldb int, m, n, k int, add uint64,
) {
	i := 0
	for ; i+4 <= m; i += 4 {
		mulNN4NEON(&c[i*ldc], ldc, &a[i*ra], ra, ca, b, ldb, n, k, add)
	}
	for ; i < m; i++ {
		mulNN1NEON(&c[i*ldc], ldc, &a[i*ra], ra, ca, b, ldb, n, k, add)
	}
}

// dot returns Σ x[l]·y[l].
func dot(x, y []float64) float64 { return dotNEON(&x[0], &y[0], len(x)) }

// addScaled is AddScaled.
func addScaled(y []float64, alpha float64, x []float64) {
	addScaledNEON(&y[0], alpha, &x[0], len(x))
}

//go:noescape
func mulNT4NEON(c *float64, ldc int, a *float64, lda int, b *float64, ldb int, n, k int, add uint64)

//go:noescape
func mulNT1NEON(c *float64, ldc int, a *float64, lda int, b *float64, ldb int, n, k int, add uint64)

//go:noescape
func mulNN4NEON(c *float64, ldc int, a *float64, ra, ca int, b *float64, ldb int, n, k int, add uint64)

//go:noescape
func mulNN1NEON(c *float64, ldc int, a *float64, ra, ca int, b *float64, ldb int, n, k int, add uint64)

//go:noescape
func dotNEON(x, y *float64, n int) float64

//go:noescape
func addScaledNEON(y *float64, alpha float64, x *float64, n int)
