package kernel

import (
	"math"

	"github.com/gradus-go/gradus/internal/elementary"
)

//go:generate sh -c "cd gen && go run . -functions ../constants.go -out ../functions_amd64.s -stubs ../functions_stub_amd64.go -pkg kernel"

// Exp computes z[i] = e^x[i]. It is off by at most 0.63 units in the last place, and by 0.8 where the
// result is subnormal. It panics if the lengths differ.
func Exp(z, x []float64) {
	if ready("Exp", z, x) {
		exp(z, x)
		return
	}
	each(z, x, goExp)
}

// Log computes z[i] = ln x[i]. It is off by at most 0.67 units in the last place. It panics if the lengths
// differ.
func Log(z, x []float64) {
	if ready("Log", z, x) {
		log(z, x)
		return
	}
	each(z, x, goLog)
}

// Log1p computes z[i] = ln(1 + x[i]). It is off by at most 0.8 units in the last place. It panics if the
// lengths differ.
func Log1p(z, x []float64) {
	if ready("Log1p", z, x) {
		log1p(z, x)
		return
	}
	each(z, x, goLog1p)
}

// Tanh computes the hyperbolic tangent of each x[i]. It is off by at most 0.7 units in the last place. It
// panics if the lengths differ.
func Tanh(z, x []float64) {
	if ready("Tanh", z, x) {
		tanh(z, x)
		return
	}
	each(z, x, goTanh)
}

// Sigmoid computes z[i] = 1/(1 + e^−x[i]). It is off by at most 0.63 units in the last place, and by 0.8
// where the result is subnormal. It panics if the lengths differ.
func Sigmoid(z, x []float64) {
	if ready("Sigmoid", z, x) {
		sigmoid(z, x)
		return
	}
	each(z, x, SigmoidOf)
}

// Softplus computes z[i] = ln(1 + e^x[i]), which is off by at most 0.9 units in the last place, and
// e[i] = e^−|x[i]|, with the bits that Exp has. It panics if the lengths differ.
func Softplus(z, e, x []float64) {
	if readyTwo("Softplus", z, e, x) {
		softplus(z, e, x)
		return
	}
	eachTwo(z, e, x, goSoftplus)
}

// Expm1 computes z[i] = e^x[i] − 1, which is off by at most 0.83 units in the last place, and e[i] = e^x[i],
// with the bits that Exp has. It panics if the lengths differ.
func Expm1(z, e, x []float64) {
	if readyTwo("Expm1", z, e, x) {
		expm1(z, e, x)
		return
	}
	eachTwo(z, e, x, goExpm1)
}

// SiLU computes z[i] = x[i]·σ(x[i]), and sets e, which is twice as long, to the σ of all x[i] and then of
// all −x[i], as Sigmoid computes them. z is off by less than two units in the last place: by the error
// of σ and a rounding. It panics if the lengths do not fit.
func SiLU(z, e, x []float64) {
	n := len(z)
	if len(x) != n || len(e) != 2*n {
		panic("kernel: SiLU: the lengths do not fit")
	}
	for i, v := range x {
		e[i], e[n+i] = v, -v
	}
	Sigmoid(e, e)
	for i, v := range x {
		z[i] = max(v, -elementary.Saturated) * e[i]
	}
}

// SiLUGrad hands the gradients of z and e of SiLU on: gx += gz·(σ(x) + z·σ(−x)). It panics if the lengths do
// not fit.
func SiLUGrad(gx, gz, z, e []float64) {
	n := len(gx)
	if len(gz) != n || len(z) != n || len(e) != 2*n {
		panic("kernel: SiLUGrad: the lengths do not fit")
	}
	for i, g := range gz {
		gx[i] += float64(g * (e[i] + float64(min(z[i], elementary.Saturated)*e[n+i])))
	}
}

// MathSoftplus is Softplus with the bits of package math. The three must have the same length.
func MathSoftplus(z, e, x []float64) {
	for i, v := range x {
		e[i] = math.Exp(-math.Abs(v))
		z[i] = max(v, 0) + math.Log1p(e[i])
	}
}

// ready reports whether assembly is to compute z. It panics if the lengths differ.
func ready(name string, z, x []float64) bool {
	if len(x) != len(z) {
		panic("kernel: " + name + ": the lengths differ")
	}
	return best != portable && len(z) > 0
}

// readyTwo is ready for a function with two results.
func readyTwo(name string, z, e, x []float64) bool {
	ok := ready(name, e, x)
	return ready(name, z, x) && ok
}

// each computes every element of z by a function of one number.
func each(z, x []float64, f func(float64) float64) {
	for i, v := range x {
		z[i] = f(v)
	}
}

// eachTwo is each for a function with two results.
func eachTwo(z, e, x []float64, f func(float64) (z, e float64)) {
	for i, v := range x {
		z[i], e[i] = f(v)
	}
}
