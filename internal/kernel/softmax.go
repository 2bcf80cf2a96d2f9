package kernel

// ShiftedExp computes z = exp(x − shift).
//
// It panics if x is shorter than z.
func ShiftedExp(z, x []float64, shift float64) {
	x = x[:len(z)]
	for i := range z {
		z[i] = x[i] - shift
	}
	Exp(z, z)
}

// SoftmaxGrad hands the gradients of a softmax z on: gx += z·(gz − Σ gz·z).
//
// It panics if z or gz is shorter than gx.
func SoftmaxGrad(gx, gz, z []float64) {
	z, gz = z[:len(gx)], gz[:len(gx)]
	sum := 0.0
	for i := range z {
		sum += float64(gz[i] * z[i])
	}
	for i := range z {
		gx[i] += float64(z[i] * (gz[i] - sum))
	}
}
