package kernel

import (
	"math"

	"github.com/gradus-go/gradus/internal/elementary"
)

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

func goMax(z, x []float64, xs int, y []float64, ys int) {
	for i := range z {
		z[i] = max(x[i*xs], y[i*ys])
	}
}

func goMin(z, x []float64, xs int, y []float64, ys int) {
	for i := range z {
		z[i] = min(x[i*xs], y[i*ys])
	}
}

func goChoose(z, x []float64, xs int, y []float64, ys int, c []float64, cs int) {
	for i := range z {
		z[i] = elementary.Choose(x[i*xs], y[i*ys], c[i*cs])
	}
}

func goReLUGrad(gx []float64, gs int, gz, x []float64, xs int) {
	for i, g := range gz {
		switch v := x[i*xs]; {
		case v > 0:
			gx[i*gs] += g
		case !(v <= 0): // NaN
			gx[i*gs] += v
		}
	}
}

func goElseGrad(gc []float64, gs int, gz, x []float64, xs int) {
	for i, g := range gz {
		switch v := x[i*xs]; {
		case v <= 0:
			gc[i*gs] += g
		case !(v > 0): // NaN
			gc[i*gs] += v
		}
	}
}

func goLargerGrad(gx []float64, gs int, gz, x []float64, xs int, y []float64, ys int) {
	for i, g := range gz {
		if x, y := x[i*xs], y[i*ys]; !(x < y) {
			gx[i*gs] += float64(g * elementary.Larger(x, y))
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
