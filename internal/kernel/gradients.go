package kernel

// The functions in this file hand on gradients of the functions of one number. They work element by
// element, and round every product before they add it. They panic if the lengths differ.

// TanhGrad hands the gradients of z = tanh x on: gx += gz·(1 − z²).
func TanhGrad(gx, gz, z []float64) {
	if n := len(gx); len(gz) != n || len(z) != n {
		panic(lengthsDiffer)
	}
	if !isShort(gx) {
		tanhGrad(gx, gz, z)
		return
	}
	for i, v := range z {
		gx[i] += float64(gz[i] * (1 - float64(v*v)))
	}
}

// SigmoidGrad hands the gradients of z = 1/(1 + e^−x) on: gx += gz·z(1 − z).
func SigmoidGrad(gx, gz, z []float64) {
	if n := len(gx); len(gz) != n || len(z) != n {
		panic(lengthsDiffer)
	}
	if !isShort(gx) {
		sigmoidGrad(gx, gz, z)
		return
	}
	for i, v := range z {
		gx[i] += float64(gz[i] * (v * (1 - v)))
	}
}

// SoftplusGrad hands the gradients of z = ln(1 + e^x) on, where e is e^−|x|: gx += gz/(1 + e^−x).
func SoftplusGrad(gx, gz, x, e []float64) {
	if n := len(gx); len(gz) != n || len(x) != n || len(e) != n {
		panic(lengthsDiffer)
	}
	if !isShort(gx) {
		softplusGrad(gx, gz, x, e)
		return
	}
	for i, v := range e {
		d := 1.0
		if x[i] < 0 {
			d = v
		}
		gx[i] += float64(gz[i] * (d / (1 + v)))
	}
}
