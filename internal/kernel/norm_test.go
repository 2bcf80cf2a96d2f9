package kernel

import (
	"math"
	"slices"
	"testing"
)

// normOf returns what Rows computes of a row, and the derivatives of Σ gz·z: by x, the gains and the biases.
// Without gains or biases, these are ones and zeros.
func normOf(p *Norm, gz, x, gain, bias []float64) (z, gx, gGain, gBias []float64) {
	n, mean, sum := float64(p.N), 0.0, 0.0
	if p.Centered {
		for _, v := range x {
			mean += v / n
		}
	}
	for _, v := range x {
		sum += (v - mean) * (v - mean)
	}
	q := sum*p.Mul/p.Div + p.Epsilon
	s, along, all := math.Pow(q, -0.5), 0.0, 0.0
	for i, g := range gz {
		along += g * gain[i] * (x[i] - mean)
		all += g * gain[i]
	}
	for i, g := range gz {
		d := x[i] - mean
		z, gGain, gBias = append(z, d*s*gain[i]+bias[i]), append(gGain, g*d*s), append(gBias, g)
		if gx = append(gx, s*g*gain[i]-math.Pow(q, -1.5)*p.Mul/p.Div*along*d); p.Centered {
			gx[i] -= s * all / n
		}
	}
	return z, gx, gGain, gBias
}

// Rows have the norms that each would have alone, wherever they begin, and nothing else is written.
func TestNorm(t *testing.T) {
	eachSet(t, func(t *testing.T) {
		t.Helper()
		for n := 1; n < 35; n++ {
			for k, rows := range []int{1, 2, 5} {
				for _, centered := range []bool{false, true} {
					for with := range 4 {
						p := &Norm{N: n, Centered: centered, Mul: 1.5, Div: float64(n), Epsilon: 0.25}
						checkNorm(t, p, rows, n+3*((n+k+with)%2), with&1 > 0, with&2 > 0)
					}
				}
			}
		}
	})
}

func checkNorm(t *testing.T, p *Norm, rows, ldx int, hasGain, hasBias bool) {
	t.Helper()
	r, n := newRand(uint64(p.N)), p.N
	x, gz, wasX := numbers(r, (rows-1)*ldx+n), numbers(r, rows*n), numbers(r, (rows-1)*ldx+n)
	z, kept := moved(make([]float64, rows*n), 1), moved(make([]float64, rows*NormKeeps), 2)
	gain, bias, ones, zeros := numbers(r, n), numbers(r, n), slices.Repeat([]float64{1}, n), make([]float64, n)
	gx, wasGain, wasBias := moved(wasX, 3), numbers(r, n), numbers(r, n)
	gGain, gBias, wantGain, wantBias := moved(wasGain, 1), moved(wasBias, 2), wasGain, wasBias
	theGain, theBias := gain, bias
	if !hasGain {
		gain, gGain, wantGain, theGain = nil, nil, nil, ones
	}
	if !hasBias {
		bias, gBias, wantBias, theBias = nil, nil, nil, zeros
	}
	p.Rows(z, kept, x, ldx, gain, bias)
	p.Grad(gx, gGain, gBias, ldx, gz, kept, x, gain)
	var want []float64
	for row := range rows {
		wantZ, dx, dGain, dBias := normOf(p, gz[row*n:][:n], x[row*ldx:][:n], theGain, theBias)
		want = append(want, wantZ...)
		for i := range n {
			wasX[row*ldx+i] += dx[i]
		}
		for i := range wantGain {
			wantGain[i] += dGain[i]
		}
		for i := range wantBias {
			wantBias[i] += dBias[i]
		}
	}
	for _, c := range []struct {
		what      string
		got, want []float64
	}{
		{"number", z, want},
		{"gradient of x", gx, wasX},
		{"gradient of the gain", gGain, wantGain},
		{"gradient of the bias", gBias, wantBias},
	} {
		for i, w := range c.want {
			if !(math.Abs(c.got[i]-w) <= 1e-13*(10+math.Abs(w))) {
				t.Fatalf("%d rows of %d, %d apart, centered %t, gain %t, bias %t: %s %d is %v, want %v",
					rows, n, ldx, p.Centered, hasGain, hasBias, c.what, i, c.got[i], w)
			}
		}
		if c.got != nil {
			checkGuard(t, c.what, c.got)
		}
	}
	checkGuard(t, "kept", kept)
}

// A row of numbers 2ᵏ times as large has the same norm, and gradients 2⁻ᵏ times as large, to the bit: also
// where the square of a number is nearly the smallest or the largest that there is.
func TestNormOfAnySize(t *testing.T) {
	eachSet(t, func(t *testing.T) {
		t.Helper()
		for _, n := range []int{3, 8, 21} {
			for _, centered := range []bool{false, true} {
				r := newRand(6)
				p := &Norm{N: n, Centered: centered, Mul: 1, Div: float64(n)}
				x, gz, gain := numbers(r, n), numbers(r, n), numbers(r, n)
				grad := func(k int) (z, gx []float64) {
					large, kept := make([]float64, n), make([]float64, NormKeeps)
					for i, v := range x {
						large[i] = math.Ldexp(v, k)
					}
					z, gx = make([]float64, n), make([]float64, n)
					p.Rows(z, kept, large, n, gain, nil)
					p.Grad(gx, make([]float64, n), nil, n, gz, kept, large, gain)
					return z, gx
				}
				z, gx := grad(0)
				for _, k := range []int{-500, -350, 350, 500} {
					zk, gxk := grad(k)
					for i := range gxk {
						gxk[i] = math.Ldexp(gxk[i], k)
					}
					if !same(zk, z) || !same(gxk, gx) {
						t.Fatalf("%d numbers times 2^%d, centered %t: z %v and gradients %v, want %v and %v",
							n, k, centered, zk, gxk, z, gx)
					}
				}
			}
		}
	})
}

// The assembly rounds as the twin in Go does, but for sums.
func TestNormTwin(t *testing.T) {
	r := newRand(5)
	p := &Norm{N: 21, Centered: true, Mul: 1, Div: 21, Epsilon: 1e-5}
	x, gz, gain, bias := numbers(r, 42), numbers(r, 42), numbers(r, 21), numbers(r, 21)
	eachSet(t, func(t *testing.T) {
		t.Helper()
		z, want, kept := make([]float64, 42), make([]float64, 42), make([]float64, 2*NormKeeps)
		p.Rows(z, kept, x, 21, gain, bias)
		p.goScale(want, kept, x, 21, gain, bias)
		gGain, gBias := make([]float64, 21), make([]float64, 21)
		wantGain, wantBias := make([]float64, 21), make([]float64, 21)
		p.Grad(make([]float64, 42), gGain, gBias, 21, gz, kept, x, gain)
		p.goGrad(make([]float64, 42), wantGain, wantBias, 21, gz, kept, x, gain)
		if !slices.Equal(z, want) || !slices.Equal(gGain, wantGain) || !slices.Equal(gBias, wantBias) {
			t.Error("the assembly computes other bits than its twin")
		}
	})
}

// What the norm of a row is where it is 0, infinite or no number.
func TestSpecialNorms(t *testing.T) {
	inf := math.Inf(1)
	eachSet(t, func(t *testing.T) {
		t.Helper()
		for _, n := range []int{2, 9} {
			for _, tt := range []struct {
				x, epsilon, want0, want1 float64 // all numbers but the first are 1; the first and the second result
			}{
				{math.NaN(), 0, math.NaN(), math.NaN()},
				{inf, 0, math.NaN(), 0},
				{-inf, 1, math.NaN(), 0},
				{1e200, 0, 0, 0}, // its square overflows, as in the graph
				{1, inf, 0, 0},
			} {
				p, x := &Norm{N: n, Mul: 1, Div: 1, Epsilon: tt.epsilon}, slices.Repeat([]float64{1}, n)
				x[0] = tt.x
				z, kept := make([]float64, n), make([]float64, NormKeeps)
				p.Rows(z, kept, x, n, nil, nil)
				if !alike(z[0], tt.want0) || !alike(z[1], tt.want1) {
					t.Errorf("x₀ = %v, ε = %v, %d numbers: %v, want %v and %v",
						tt.x, tt.epsilon, n, z[:2], tt.want0, tt.want1)
				}
			}
			p, z := &Norm{N: n, Mul: 1, Div: 1}, make([]float64, n)
			if p.Rows(z, make([]float64, NormKeeps), make([]float64, n), n, nil, nil); !math.IsNaN(z[n-1]) {
				t.Errorf("%d zeros by their norm, 0: %v, want NaN", n, z)
			}
		}
	})
}

func TestNormPanics(t *testing.T) {
	p, x := &Norm{N: 9, Mul: 1, Div: 9}, make([]float64, 30)
	rows := func(z, kept, of, gain, bias int) func() {
		return func() { p.Rows(x[:z], x[:kept], x[:of], 10, x[:gain], x[:bias]) }
	}
	grad := func(gx, gGain, gBias, gz, gain int) func() {
		return func() { p.Grad(x[:gx], x[:gGain], x[:gBias], 10, x[:gz], x, x, x[:gain]) }
	}
	eachSet(t, func(t *testing.T) {
		t.Helper()
		rows(18, 6, 19, 9, 9)()
		mustPanic(t, "lengths", rows(17, 6, 19, 9, 9))
		mustPanic(t, "rows", rows(18, 5, 19, 9, 9))
		mustPanic(t, "rows", rows(18, 6, 18, 9, 9))
		mustPanic(t, "lengths", rows(18, 6, 19, 8, 9))
		mustPanic(t, "lengths", rows(18, 6, 19, 9, 8))
		grad(19, 9, 9, 18, 9)()
		mustPanic(t, "rows", grad(18, 9, 9, 18, 9))
		mustPanic(t, "lengths", grad(19, 8, 9, 18, 9))
		mustPanic(t, "lengths", grad(19, 9, 8, 18, 9))
		mustPanic(t, "lengths", grad(19, 9, 9, 17, 9))
		mustPanic(t, "lengths", grad(19, 9, 9, 18, 8))
	})
}
