package kernel

import "math"

// The functions in this file work element by element.
//
// All vectors must have the same length, or else the functions panic. Where a comment says so, an operand
// may also be one number, which stands for as many as there are elements. A result may be the same vector
// as an operand or as another result, but it must not overlap one otherwise.

// Operands that are one number, each for as many as there are elements.
var zero, one, minusOne = []float64{0}, []float64{1}, []float64{-1}

// Add computes z = x + y. x or y may be one number.
func Add(z, x, y []float64) {
	xs, ys := step(z, x), step(z, y)
	if isShort(z) {
		goAdd(z, x, xs, y, ys)
		return
	}
	AddAt(&z[0], &x[0], xs, &y[0], ys, len(z))
}

// Sub computes z = x − y. x or y may be one number.
func Sub(z, x, y []float64) {
	xs, ys := step(z, x), step(z, y)
	if isShort(z) {
		goSub(z, x, xs, y, ys)
		return
	}
	SubAt(&z[0], &x[0], xs, &y[0], ys, len(z))
}

// Mul computes z = x · y. x or y may be one number.
func Mul(z, x, y []float64) {
	xs, ys := step(z, x), step(z, y)
	if isShort(z) {
		goMul(z, x, xs, y, ys)
		return
	}
	MulAt(&z[0], &x[0], xs, &y[0], ys, len(z))
}

// Div computes z = x / y. x or y may be one number.
func Div(z, x, y []float64) {
	xs, ys := step(z, x), step(z, y)
	if isShort(z) {
		goDiv(z, x, xs, y, ys)
		return
	}
	div(z, x, xs, y, ys)
}

// MulAdd computes z = x·y + c. x, y or c may be one number.
func MulAdd(z, x, y, c []float64) {
	xs, ys, cs := step(z, x), step(z, y), step(z, c)
	if isShort(z) {
		goMulAdd(z, x, xs, y, ys, c, cs)
		return
	}
	MulAddAt(&z[0], &x[0], xs, &y[0], ys, &c[0], cs, len(z))
}

// ReLU computes z = max(x, 0).
func ReLU(z, x []float64) {
	if len(x) != len(z) {
		panic(lengthsDiffer)
	}
	if isShort(z) {
		goReLU(z, x)
		return
	}
	relu(z, x)
}

// Max computes z = max(x, y), where +0 is larger than −0. x or y may be one number.
func Max(z, x, y []float64) {
	xs, ys := step(z, x), step(z, y)
	if isShort(z) {
		goMax(z, x, xs, y, ys)
		return
	}
	maximum(z, x, xs, y, ys)
}

// Min computes z = min(x, y), where −0 is smaller than +0. x or y may be one number.
func Min(z, x, y []float64) {
	xs, ys := step(z, x), step(z, y)
	if isShort(z) {
		goMin(z, x, xs, y, ys)
		return
	}
	minimum(z, x, xs, y, ys)
}

// Choose computes z = y where x > 0, and c where x ≤ 0. Where x is NaN, so is z. x, y or c may be one number.
func Choose(z, x, y, c []float64) {
	xs, ys, cs := step(z, x), step(z, y), step(z, c)
	if xs == 0 || isShort(z) {
		goChoose(z, x, xs, y, ys, c, cs)
		return
	}
	choose(z, x, y, ys, c, cs)
}

// MulGrad hands the gradients of z = x·y on: gx += gz·y, and then gy += gz·x.
func MulGrad(gx, gy, gz, x, y []float64) {
	if n := len(gx); len(gy) != n || len(gz) != n || len(x) != n || len(y) != n {
		panic(lengthsDiffer)
	}
	if isShort(gx) {
		goMulGrad(gx, gy, gz, x, y)
		return
	}
	MulGradAt(&gx[0], &gy[0], &gz[0], &x[0], &y[0], len(gx))
}

// ScaleGrad hands the gradients of z = x·y on, where y is one number: it adds gz·y to gx, and returns the
// gradient of y, Σ gz·x, added up in any order.
func ScaleGrad(gx, gz, x []float64, y float64) (gy float64) {
	if n := len(gx); len(gz) != n || len(x) != n {
		panic(lengthsDiffer)
	}
	if isShort(gx) {
		return goScaleGrad(gx, gz, x, y)
	}
	return scaleGrad(gx, gz, x, y)
}

// InverseSqrt computes z = x^−½ as math.Pow does, to the bit.
func InverseSqrt(z, x []float64) {
	if len(x) != len(z) {
		panic(lengthsDiffer)
	}
	for _, v := range x {
		if !(0 < v && v <= math.MaxFloat64) {
			each(z, x, func(x float64) float64 { return math.Pow(x, -0.5) })
			return
		}
	}
	if isShort(z) {
		goInverseSqrt(z, x)
	} else {
		inverseSqrt(z, x)
	}
}

// HandOn adds gz·d to the gradient g of an operand whose derivative is d. g or d may be one number for all
// elements. If g is, a sum is added to it, in any order.
func HandOn(g, gz, d []float64) {
	switch n := len(gz); {
	case len(g) == n:
		MulAdd(g, gz, d, g)
	case len(g) != 1:
		panic(lengthsDiffer)
	case len(d) == n:
		MulNT(g, 1, gz, n, d, n, 1, 1, n, true)
	default:
		g[0] += float64(Sum(gz) * d[0])
	}
}

// DivGradOne is DivGrad where gx has one number for all elements, or where y and gy have. A sum is added to
// it. If gy has, wantY says whether it is wanted.
func DivGradOne(gx, gy, gz, y, z []float64, wantY bool) {
	if len(gx) == 1 {
		for i, g := range gz {
			gx[0] += float64(g * (1 / y[i]))
			gy[i] += float64(g * (-z[i] / y[i]))
		}
		return
	}
	HandOn(gx, gz, []float64{1 / y[0]})
	for i := 0; wantY && i < len(gz); i++ {
		gy[0] += float64(gz[i] * (-z[i] / y[0]))
	}
}

// DivGrad hands the gradients of z = x/y on: gx += gz·(1/y), and then gy += gz·(−z/y).
func DivGrad(gx, gy, gz, y, z []float64) {
	if n := len(gx); len(gy) != n || len(gz) != n || len(y) != n || len(z) != n {
		panic(lengthsDiffer)
	}
	if isShort(gx) {
		goDivGrad(gx, gy, gz, y, z)
		return
	}
	divGrad(gx, gy, gz, y, z)
}

// SquareGrad hands the gradients of z = x² on: gx += gz·2x.
func SquareGrad(gx, gz, x []float64) {
	if n := len(gx); len(gz) != n || len(x) != n {
		panic(lengthsDiffer)
	}
	if isShort(gx) {
		goSquareGrad(gx, gz, x)
		return
	}
	squareGrad(gx, gz, x)
}

// ReLUGrad hands the gradients of z = max(x, 0) on: gx += gz where x > 0. Where x is NaN, gx becomes NaN. x
// may be one number, and so may gx, to which a sum is added.
func ReLUGrad(gx, gz, x []float64) {
	gs, xs := step(gz, gx), step(gz, x)
	if gs == 0 || xs == 0 || isShort(gz) {
		goReLUGrad(gx, gs, gz, x, xs)
		return
	}
	reluGrad(gx, gz, x)
}

// ElseGrad hands the gradients of z = Choose(x, y, c) on to c: gc += gz where x ≤ 0. Where x is NaN, gc
// becomes NaN. To y they are handed on by ReLUGrad. x may be one number, and so may gc, to which a sum is
// added.
func ElseGrad(gc, gz, x []float64) {
	gs, xs := step(gz, gc), step(gz, x)
	if gs == 0 || xs == 0 || isShort(gz) {
		goElseGrad(gc, gs, gz, x, xs)
		return
	}
	elseGrad(gc, gz, x)
}

// LargerGrad hands the gradients of z = max(x, y) on to x: gx += gz where x > y, and gz/2 where x = y. Where
// x or y is NaN, gx becomes NaN. With x and y exchanged it hands those of z = min(x, y) on to x. x or y may
// be one number, and so may gx, to which a sum is added.
func LargerGrad(gx, gz, x, y []float64) {
	xs, ys := step(gz, x), step(gz, y)
	if gs := step(gz, gx); gs == 0 || isShort(gz) {
		goLargerGrad(gx, gs, gz, x, xs, y, ys)
		return
	}
	largerGrad(gx, gz, x, xs, y, ys)
}

// isShort reports whether Go code computes z, and not assembly.
func isShort(z []float64) bool { return !IsLong(len(z)) }

// IsLong reports whether assembly computes vectors of n elements. For these there are functions whose names
// end in At. They take the first of all numbers, and how far apart in a vector those of elements side by side
// are: 1, or 0 for one number. They check nothing: to hand over slices and to check them takes as long as to
// compute a few dozen elements.
func IsLong(n int) bool { return best != portable && n > short }

// short is the length of vectors up to which a call of the assembly takes longer than Go code.
const short = 4

// step returns how far apart in x the operands of elements side by side in z are: 1, or 0 if there is
// one operand for all of them.
func step(z, x []float64) int {
	if len(x) == len(z) {
		return 1
	}
	if len(x) != 1 {
		panic(lengthsDiffer)
	}
	return 0
}

const lengthsDiffer = "kernel: the lengths differ"
