package kernel

import "math"

// A Norm divides rows of N numbers by their norms:
//
//	z = s·(x − μ)    s = (Σ (x − μ)²·Mul/Div + Epsilon)^−½
//
// μ is the mean of the row if Centered is set, or else 0. In a root mean square, Div is N, or Mul is 1/N; the
// other one is 1.
//
// Rows lie as for the functions in softmax.go: those of a result one behind the other, those of x ldx apart.
type Norm struct {
	N                 int
	Centered          bool
	Mul, Div, Epsilon float64
}

// NormKeeps is how many numbers Rows keeps of each row: μ, s, and s·Mul/Div.
const NormKeeps = 3

// Rows computes each row of z, and keeps what Grad needs. It multiplies each row by the gains and then adds
// the biases. If there are none, these are nil.
//
// It panics if z does not have rows of N, or if x, kept, gain or bias is too short.
func (p *Norm) Rows(z, kept, x []float64, ldx int, gain, bias []float64) {
	rows := p.mustHold(z, kept, x, ldx, gain, bias)
	kept = kept[:rows*NormKeeps]
	squares, scale := p.squares, p.scale
	if best == portable || p.N < wholeRow || rows == 0 {
		squares, scale = p.goSquares, p.goScale
	}
	squares(kept, x, ldx)
	for k := kept; len(k) > 0; k = k[NormKeeps:] {
		q := float64(k[1]*p.Mul/p.Div) + p.Epsilon
		s := 1 / math.Sqrt(q)
		k[1], k[2] = s, float64(s*p.Mul)/p.Div
	}
	scale(z, kept, x, ldx, gain, bias)
}

// Grad hands the gradients gz of the rows on:
//
//	gx += s·h − s·Mul/Div·d·Σ h·d − s·Σ h/N    h = gz·gain, d = s·(x − μ)
//	gGain += gz·d    gBias += gz
//
// The last term of gx is there if Centered is set. If there are no gains, or no biases, their gradients are
// nil, too. With d in place of x − μ there is no s³, which overflows if x is 10⁻¹⁰⁴.
//
// It panics if gx or another slice is too short.
func (p *Norm) Grad(gx, gGain, gBias []float64, ldx int, gz, kept, x, gain []float64) {
	rows := p.mustHold(gz, kept, x, ldx, gGain, gBias)
	p.mustHold(gz, kept, gx, ldx, gain, gain)
	if best == portable || p.N < wholeRow || rows == 0 {
		p.goGrad(gx, gGain, gBias, ldx, gz, kept, x, gain)
	} else {
		p.grad(gx, gGain, gBias, ldx, gz, kept, x, gain)
	}
}

// mustHold returns how many rows z has. It panics if it has a part of one more, or if another slice is too
// short for as many rows.
func (p *Norm) mustHold(z, kept, x []float64, ldx int, gain, bias []float64) (rows int) {
	rows = rowsOf(z, p.N)
	mustHoldRows(x, ldx, rows, p.N)
	mustHoldRows(kept, NormKeeps, rows, NormKeeps)
	if gain != nil && len(gain) < p.N || bias != nil && len(bias) < p.N {
		panic(lengthsDiffer)
	}
	return rows
}

// goSquares sets, of what is kept of each row, μ, and then Σ (x − μ)².
func (p *Norm) goSquares(kept, x []float64, ldx int) {
	for r := range len(kept) / NormKeeps {
		x, mean, sum := x[r*ldx:][:p.N], 0.0, 0.0
		if p.Centered {
			mean = goSum(x) / float64(p.N)
		}
		for _, v := range x {
			d := v - mean
			sum += float64(d * d)
		}
		kept[r*NormKeeps], kept[r*NormKeeps+1] = mean, sum
	}
}

// goScale computes the rows of what is kept.
func (p *Norm) goScale(z, kept, x []float64, ldx int, gain, bias []float64) {
	for r := range len(z) / p.N {
		z, x, mean, s := z[r*p.N:][:p.N], x[r*ldx:], kept[r*NormKeeps], kept[r*NormKeeps+1]
		for i := range z {
			z[i] = (x[i] - mean) * s
			if gain != nil {
				z[i] = float64(z[i] * gain[i])
			}
			if bias != nil {
				z[i] += bias[i]
			}
		}
	}
}

// goGrad is Grad.
func (p *Norm) goGrad(gx, gGain, gBias []float64, ldx int, gz, kept, x, gain []float64) {
	h := func(gz []float64, i int) float64 {
		if gain == nil {
			return gz[i]
		}
		return gz[i] * gain[i]
	}
	for r := range len(gz) / p.N {
		gx, gz, x := gx[r*ldx:], gz[r*p.N:][:p.N], x[r*ldx:]
		mean, s, along, sum := kept[r*NormKeeps], kept[r*NormKeeps+1], 0.0, 0.0
		for i := range gz {
			along += float64(h(gz, i) * float64((x[i]-mean)*s))
			sum += float64(h(gz, i))
		}
		along *= kept[r*NormKeeps+2]
		if sum *= s / float64(p.N); !p.Centered {
			sum = 0
		}
		for i, g := range gz {
			d := float64((x[i] - mean) * s)
			gx[i] += float64(s*h(gz, i)) - float64(along*d) - sum
			if gGain != nil {
				gGain[i] += float64(g * d)
			}
			if gBias != nil {
				gBias[i] += g
			}
		}
	}
}
