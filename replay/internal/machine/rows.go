package machine

import (
	"math"

	"github.com/gradus-go/gradus/internal/elementary"
	"github.com/gradus-go/gradus/internal/kernel"
)

// row returns row r of numbers at x, or of their gradients.
func (in *Inst) row(v []float64, r int) []float64 { return v[int(in.X)+r*int(in.LDA):][:in.N] }

func (in *Inst) softmax(v []float64) {
	n := int(in.N)
	for r := range int(in.M) {
		x, z := in.row(v, r), v[int(in.Z)+r*n:][:n]
		shift := 0.0
		if in.Shift {
			shift, _ = elementary.Largest(x)
		}
		kernel.ShiftedExp(z, x, shift)
		sum := [1]float64{kernel.Sum(z)}
		kernel.Div(z, z, sum[:])
	}
}

// softmaxBack is the reverse of softmax: gx += z·(gz − Σ gz·z).
func (in *Inst) softmaxBack(v, g []float64) {
	n := int(in.N)
	for r := range int(in.M) {
		gx, z, gz := in.row(g, r), v[int(in.Z)+r*n:][:n], g[int(in.Z)+r*n:][:n]
		kernel.SoftmaxGrad(gx, gz, z)
	}
}

// kept returns what a LogSumExp keeps of row r: exp(x − m), where m is the largest x, and the sum of these.
func (in *Inst) kept(v []float64, r int) (e []float64, sum *float64) {
	k := v[int(in.Keep)+r*int(in.N+1):][:in.N+1]
	return k[:in.N], &k[in.N]
}

// logSumExp computes m + ln(1 + the sum of the others), as the op does, where m is the largest number of a
// row. Where m is not finite, it asks the op.
func (in *Inst) logSumExp(v []float64) {
	for r := range int(in.M) {
		x := in.row(v, r)
		m, at := elementary.Largest(x)
		if math.IsInf(m, 0) || math.IsNaN(m) {
			v[int(in.Z)+r] = in.Op.Eval(x...)
			continue
		}
		e, sum := in.kept(v, r)
		kernel.ShiftedExp(e, x, m)
		e[at] = 0
		others := kernel.Sum(e)
		e[at], *sum = 1, 1+others
		v[int(in.Z)+r] = m + math.Log1p(others)
	}
}

// logSumExpBack is the reverse of logSumExp: gx += gz·softmax(x).
func (m *Machine) logSumExpBack(in *Inst) {
	for r := range int(in.M) {
		x, gx, z, gz := in.row(m.V, r), in.row(m.G, r), m.V[int(in.Z)+r], m.G[int(in.Z)+r]
		if math.IsInf(z, 0) || math.IsNaN(z) {
			dx := m.dx[:len(x)]
			in.Op.Partials(dx, x, z)
			for i := range gx {
				gx[i] += float64(gz * dx[i])
			}
			continue
		}
		e, sum := in.kept(m.V, r)
		kernel.AddScaled(gx, gz/(*sum), e)
	}
}
