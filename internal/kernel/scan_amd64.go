//go:build !purego

package kernel

func scan(x float64, z, y []float64) (low, high float64) {
	if best == avx512 {
		return scanAVX512(x, &z[0], &y[0], len(z))
	}
	return scanAVX2(x, &z[0], &y[0], len(z))
}

func scanGrad(gz float64, x, y, gy []float64) float64 {
	if best == avx512 {
		return scanGradAVX512(gz, &x[0], &y[0], &gy[0], len(y))
	}
	return scanGradAVX2(gz, &x[0], &y[0], &gy[0], len(y))
}
