//go:build !purego

package kernel

// AddAt is Add for long vectors.
func AddAt(z, x *float64, xs int, y *float64, ys, n int) { addAVX2(z, x, xs, y, ys, n) }

// SubAt is Sub for long vectors.
func SubAt(z, x *float64, xs int, y *float64, ys, n int) { subAVX2(z, x, xs, y, ys, n) }

// MulAt is Mul for long vectors.
func MulAt(z, x *float64, xs int, y *float64, ys, n int) { mulAVX2(z, x, xs, y, ys, n) }

// MulAddAt is MulAdd for long vectors.
func MulAddAt(z, x *float64, xs int, y *float64, ys int, c *float64, cs, n int) {
	mulAddAVX2(z, x, xs, y, ys, c, cs, n)
}

// MulGradAt is MulGrad for long vectors.
func MulGradAt(gx, gy, gz, x, y *float64, n int) { mulGradAVX2(gx, gy, gz, x, y, n) }

func div(z, x []float64, xs int, y []float64, ys int) {
	divAVX2(&z[0], &x[0], xs, &y[0], ys, len(z))
}

func inverseSqrt(z, x []float64) {
	inverseSqrtAVX2(&z[0], &x[0], len(z))
}

func scaleGrad(gx, gz, x []float64, y float64) float64 {
	return scaleGradAVX2(&gx[0], &gz[0], &x[0], y, len(gx))
}

func relu(z, x []float64) {
	reluAVX2(&z[0], &x[0], len(z))
}

func maximum(z, x []float64, xs int, y []float64, ys int) {
	maximumAVX2(&z[0], &x[0], xs, &y[0], ys, len(z))
}

func minimum(z, x []float64, xs int, y []float64, ys int) {
	minimumAVX2(&z[0], &x[0], xs, &y[0], ys, len(z))
}

func choose(z, x, y []float64, ys int, c []float64, cs int) {
	chooseAVX2(&z[0], &x[0], &y[0], ys, &c[0], cs, len(z))
}

func divGrad(gx, gy, gz, y, z []float64) {
	divGradAVX2(&gx[0], &gy[0], &gz[0], &y[0], &z[0], len(gx))
}

func squareGrad(gx, gz, x []float64) {
	squareGradAVX2(&gx[0], &gz[0], &x[0], len(gx))
}

func reluGrad(gx, gz, x []float64) {
	reluGradAVX2(&gx[0], &gz[0], &x[0], len(gx))
}

func elseGrad(gc, gz, x []float64) {
	elseGradAVX2(&gc[0], &gz[0], &x[0], len(gc))
}

func largerGrad(gx, gz, x []float64, xs int, y []float64, ys int) {
	largerGradAVX2(&gx[0], &gz[0], &x[0], xs, &y[0], ys, len(gx))
}

func accelerate(v, x, g []float64, momentum, decay float64) {
	accelerateAVX2(&v[0], &x[0], &g[0], momentum, decay, len(v))
}

func (a *Adam) step(x, m, v, g []float64) {
	adamAVX2(&x[0], &m[0], &v[0], &g[0], a.Decay, a.Keep, a.Beta1, 1-a.Beta1, a.Beta2, 1-a.Beta2,
		a.Rate, a.Root, a.Epsilon, len(x))
}
