//go:build !amd64 || purego

package kernel

// There is no assembly here, so that no vector is long, and the functions whose names end in At are not called.

func AddAt(_, _ *float64, _ int, _ *float64, _, _ int) { panic(noAssembly) }

func SubAt(_, _ *float64, _ int, _ *float64, _, _ int) { panic(noAssembly) }

func MulAt(_, _ *float64, _ int, _ *float64, _, _ int) { panic(noAssembly) }

func MulAddAt(_, _ *float64, _ int, _ *float64, _ int, _ *float64, _, _ int) { panic(noAssembly) }

func MulGradAt(_, _, _, _, _ *float64, _ int) { panic(noAssembly) }

func div(z, x []float64, xs int, y []float64, ys int) { goDiv(z, x, xs, y, ys) }

func inverseSqrt(z, x []float64) { goInverseSqrt(z, x) }

func scaleGrad(gx, gz, x []float64, y float64) float64 { return goScaleGrad(gx, gz, x, y) }

func relu(z, x []float64) { goReLU(z, x) }

func maximum(z, x []float64, xs int, y []float64, ys int) { goMax(z, x, xs, y, ys) }

func minimum(z, x []float64, xs int, y []float64, ys int) { goMin(z, x, xs, y, ys) }

func choose(z, x, y []float64, ys int, c []float64, cs int) { goChoose(z, x, 1, y, ys, c, cs) }

func divGrad(gx, gy, gz, y, z []float64) { goDivGrad(gx, gy, gz, y, z) }

func squareGrad(gx, gz, x []float64) { goSquareGrad(gx, gz, x) }

func reluGrad(gx, gz, x []float64) { goReLUGrad(gx, 1, gz, x, 1) }

func elseGrad(gc, gz, x []float64) { goElseGrad(gc, 1, gz, x, 1) }

func largerGrad(gx, gz, x []float64, xs int, y []float64, ys int) {
	goLargerGrad(gx, 1, gz, x, xs, y, ys)
}

func accelerate(v, x, g []float64, momentum, decay float64) { goAccelerate(v, x, g, momentum, decay) }

func (a *Adam) step(x, m, v, g []float64) { a.goStep(x, m, v, g) }
