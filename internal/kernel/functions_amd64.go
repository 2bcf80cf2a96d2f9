//go:build !purego

package kernel

// whole returns how many of n numbers AVX-512 computes, in whole vectors. AVX2 computes the others, for
// which it is as fast.
func whole(n int) int {
	if best == avx512 {
		return n &^ 7
	}
	return 0
}

func exp(z, x []float64) {
	n := whole(len(z))
	if n > 0 {
		expAVX512(&z[0], &x[0], n)
	}
	if n < len(z) {
		expAVX2(&z[n], &x[n], len(z)-n)
	}
}

func log(z, x []float64) {
	n := whole(len(z))
	if n > 0 {
		logAVX512(&z[0], &x[0], n)
	}
	if n < len(z) {
		logAVX2(&z[n], &x[n], len(z)-n)
	}
}

func log1p(z, x []float64) {
	n := whole(len(z))
	if n > 0 {
		log1pAVX512(&z[0], &x[0], n)
	}
	if n < len(z) {
		log1pAVX2(&z[n], &x[n], len(z)-n)
	}
}

func tanh(z, x []float64) {
	n := whole(len(z))
	if n > 0 {
		tanhAVX512(&z[0], &x[0], n)
	}
	if n < len(z) {
		tanhAVX2(&z[n], &x[n], len(z)-n)
	}
}

func sigmoid(z, x []float64) {
	n := whole(len(z))
	if n > 0 {
		sigmoidAVX512(&z[0], &x[0], n)
	}
	if n < len(z) {
		sigmoidAVX2(&z[n], &x[n], len(z)-n)
	}
}

func softplus(z, e, x []float64) {
	n := whole(len(z))
	if n > 0 {
		softplusAVX512(&z[0], &e[0], &x[0], n)
	}
	if n < len(z) {
		softplusAVX2(&z[n], &e[n], &x[n], len(z)-n)
	}
}

func tanhGrad(gx, gz, z []float64) { tanhGradAVX2(&gx[0], &gz[0], &z[0], len(gx)) }

func sigmoidGrad(gx, gz, z []float64) { sigmoidGradAVX2(&gx[0], &gz[0], &z[0], len(gx)) }

func softplusGrad(gx, gz, x, e []float64) { softplusGradAVX2(&gx[0], &gz[0], &x[0], &e[0], len(gx)) }
