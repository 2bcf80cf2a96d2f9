//go:build !purego

package kernel

func exp(z, x []float64) {
	if best == avx512 {
		expAVX512(&z[0], &x[0], len(z))
		return
	}
	expAVX2(&z[0], &x[0], len(z))
}

func log(z, x []float64) {
	if best == avx512 {
		logAVX512(&z[0], &x[0], len(z))
		return
	}
	logAVX2(&z[0], &x[0], len(z))
}

func log1p(z, x []float64) {
	if best == avx512 {
		log1pAVX512(&z[0], &x[0], len(z))
		return
	}
	log1pAVX2(&z[0], &x[0], len(z))
}

func tanh(z, x []float64) {
	if best == avx512 {
		tanhAVX512(&z[0], &x[0], len(z))
		return
	}
	tanhAVX2(&z[0], &x[0], len(z))
}

func sigmoid(z, x []float64) {
	if best == avx512 {
		sigmoidAVX512(&z[0], &x[0], len(z))
		return
	}
	sigmoidAVX2(&z[0], &x[0], len(z))
}

func softplus(z, e, x []float64) {
	if best == avx512 {
		softplusAVX512(&z[0], &e[0], &x[0], len(z))
		return
	}
	softplusAVX2(&z[0], &e[0], &x[0], len(z))
}

func expm1(z, e, x []float64) {
	if best == avx512 {
		expm1AVX512(&z[0], &e[0], &x[0], len(z))
		return
	}
	expm1AVX2(&z[0], &e[0], &x[0], len(z))
}

func gelu(z, d, x []float64) {
	if best == avx512 {
		geluAVX512(&z[0], &d[0], &x[0], len(z))
		return
	}
	geluAVX2(&z[0], &d[0], &x[0], len(z))
}

func tanhGrad(gx, gz, z []float64) { tanhGradAVX2(&gx[0], &gz[0], &z[0], len(gx)) }

func sigmoidGrad(gx, gz, z []float64) { sigmoidGradAVX2(&gx[0], &gz[0], &z[0], len(gx)) }

func softplusGrad(gx, gz, x, e []float64) { softplusGradAVX2(&gx[0], &gz[0], &x[0], &e[0], len(gx)) }
