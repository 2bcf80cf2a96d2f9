//go:build !purego

package kernel

func (p *Norm) squares(kept, x []float64, ldx int) {
	rows := len(kept) / NormKeeps
	if best == avx512 {
		squaresAVX512(&kept[0], &x[0], ldx, rows, p.N, bit(p.Centered))
	} else {
		squaresAVX2(&kept[0], &x[0], ldx, rows, p.N, bit(p.Centered))
	}
}

func (p *Norm) scale(z, kept, x []float64, ldx int, gain, bias []float64) {
	g, b := first(gain, p.N), first(bias, p.N)
	if best == avx512 {
		scaleRowsAVX512(&z[0], &kept[0], &x[0], ldx, g, b, len(z)/p.N, p.N)
	} else {
		scaleRowsAVX2(&z[0], &kept[0], &x[0], ldx, g, b, len(z)/p.N, p.N)
	}
}

func (p *Norm) grad(gx, gGain, gBias []float64, ldx int, gz, kept, x, gain []float64) {
	g, gg, gb, rows := first(gain, p.N), first(gGain, p.N), first(gBias, p.N), len(gz)/p.N
	if best == avx512 {
		normGradAVX512(&gx[0], gg, gb, ldx, &gz[0], &kept[0], &x[0], g, rows, p.N, bit(p.Centered))
	} else {
		normGradAVX2(&gx[0], gg, gb, ldx, &gz[0], &kept[0], &x[0], g, rows, p.N, bit(p.Centered))
	}
}
