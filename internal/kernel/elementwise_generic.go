package kernel

import "math"

// The twins of the assembly that works element by element, in Go. The step of an operand is 0 or 1.

func goAdd(z, x []float64, xs int, y []float64, ys int) {
	for i := range z {
		z[i] = x[i*xs] + y[i*ys]
	}
}

func goSub(z, x []float64, xs int, y []float64, ys int) {
	for i := range z {
		z[i] = x[i*xs] - y[i*ys]
	}
}

func goMul(z, x []float64, xs int, y []float64, ys int) {
	for i := range z {
		z[i] = x[i*xs] * y[i*ys]
	}
}

func goDiv(z, x []float64, xs int, y []float64, ys int) {
	for i := range z {
		z[i] = x[i*xs] / y[i*ys]
	}
}

func goMulAdd(z, x []float64, xs int, y []float64, ys int, c []float64, cs int) {
	for i := range z {
		z[i] = float64(x[i*xs]*y[i*ys]) + c[i*cs]
	}
}

func goReLU(z, x []float64) {
	for i, v := range x {
		z[i] = max(v, 0)
	}
}

func goMulGrad(gx, gy, gz, x, y []float64) {
	for i, g := range gz {
		gx[i] += float64(g * y[i])
		gy[i] += float64(g * x[i])
	}
}

func goDivGrad(gx, gy, gz, y, z []float64) {
	for i, g := range gz {
		gx[i] += float64(g * (1 / y[i]))
		gy[i] += float64(g * (-z[i] / y[i]))
	}
}

func goSquareGrad(gx, gz, x []float64) {
	for i, g := range gz {
		gx[i] += float64(g * (2 * x[i]))
	}
}

func goReLUGrad(gx, gz, x []float64) {
	for i, g := range gz {
		switch v := x[i]; {
		case v > 0:
			gx[i] += g
		case !(v <= 0): // NaN
			gx[i] += v
		}
	}
}

func goScaleGrad(gx, gz, x []float64, y float64) (gy float64) {
	for i, g := range gz {
		gx[i] += float64(g * y)
		gy += float64(g * x[i])
	}
	return gy
}

func goInverseSqrt(z, x []float64) {
	for i, v := range x {
		z[i] = 1 / math.Sqrt(v)
	}
}
