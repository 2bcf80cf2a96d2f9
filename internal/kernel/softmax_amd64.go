//go:build !purego

package kernel

func normalize(z []float64, n int) {
	if best == avx512 {
		normalizeAVX512(&z[0], len(z)/n, n)
	} else {
		normalizeAVX2(&z[0], len(z)/n, n)
	}
}

func softmaxGrad(gx []float64, ldx int, gz, z []float64, n int) {
	if best == avx512 {
		softmaxGradAVX512(&gx[0], ldx, &gz[0], &z[0], len(z)/n, n)
	} else {
		softmaxGradAVX2(&gx[0], ldx, &gz[0], &z[0], len(z)/n, n)
	}
}

func shift(z []float64, ldz int, largest *float64, x []float64, ldx, rows, n int) {
	if best == avx512 {
		shiftAVX512(&z[0], ldz, &x[0], ldx, largest, rows, n)
	} else {
		shiftAVX2(&z[0], ldz, &x[0], ldx, largest, rows, n)
	}
}
