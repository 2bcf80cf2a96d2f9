//go:build (!amd64 && !arm64) || purego

package kernel

// hasProducts reports whether there is assembly for products of matrices.
func hasProducts() bool { return false }

// There is none here, and what follows is not called.

func mulNT(
	c []float64, ldc int, a []float64, lda int, b []float64, ldb int, m, n, k int, add bool,
) {
	goMulNT(c, ldc, a, lda, b, ldb, m, n, k, add)
}

func mulNN(
	c []float64, ldc int, a []float64, ra, ca int, b []float64, ldb int, m, n, k int, add bool,
) {
	goMulNN(c, ldc, a, ra, ca, b, ldb, m, n, k, add)
}

func dot(x, y []float64) float64 { return goDot(x, y) }

func addScaled(y []float64, alpha float64, x []float64) { goAddScaled(y, alpha, x) }
