package machine

import "github.com/gradus-go/gradus/internal/kernel"

// row returns row r of numbers at x, or of their gradients.
func (in *Inst) row(v []float64, r int) []float64 { return v[int(in.X)+r*int(in.LDA):][:in.N] }

func (in *Inst) softmax(v []float64) {
	for r := range int(in.M) {
		kernel.Softmax(v[int(in.Z)+r*int(in.N):][:in.N], in.row(v, r), in.Shift)
	}
}

// softmaxBack is the reverse of softmax: gx += z·(gz − Σ gz·z).
func (in *Inst) softmaxBack(v, g []float64) {
	for r := range int(in.M) {
		z := int(in.Z) + r*int(in.N)
		kernel.SoftmaxGrad(in.row(g, r), g[z:], v[z:])
	}
}

// kept returns what a LogSumExp keeps of row r: exp(x − m), where m is the largest x, and the sum of these.
func (in *Inst) kept(v []float64, r int) (e []float64, sum *float64) {
	k := v[int(in.Keep)+r*int(in.N+1):][:in.N+1]
	return k[:in.N], &k[in.N]
}

func (in *Inst) logSumExp(v []float64) {
	for r := range int(in.M) {
		e, sum := in.kept(v, r)
		v[int(in.Z)+r], *sum = kernel.LogSumExp(e, in.row(v, r))
	}
}

// logSumExpBack is the reverse of logSumExp: gx += gz·softmax(x).
func (in *Inst) logSumExpBack(v, g []float64) {
	for r := range int(in.M) {
		e, sum := in.kept(v, r)
		kernel.AddScaled(in.row(g, r), g[int(in.Z)+r]/(*sum), e)
	}
}

// logits returns the operands of a softmaxCrossEntropy, whose shares it computes.
func (m *Machine) logits(in *Inst) (y, t []float64) {
	n := len(in.Index) / 2
	kernel.Gather(m.x[:2*n], m.V, in.Index)
	m.shares.OfBy(m.x[:n], kernel.ShiftedExp)
	return m.x[:n], m.x[n : 2*n]
}
