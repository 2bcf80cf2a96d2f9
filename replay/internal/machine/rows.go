package machine

import "github.com/gradus-go/gradus/internal/kernel"

func (in *Inst) softmax(v []float64) {
	kernel.Softmax(v[in.Z:][:in.M*in.N], v[in.X:], int(in.LDA), int(in.N), in.Shift)
}

// softmaxBack is the reverse of softmax: gx += z·(gz − Σ gz·z).
func (in *Inst) softmaxBack(v, g []float64) {
	n := in.M * in.N
	kernel.SoftmaxGrad(g[in.X:], int(in.LDA), g[in.Z:][:n], v[in.Z:][:n], int(in.N))
}

func (in *Inst) logSumExp(v []float64) {
	kernel.LogSumExp(v[in.Z:][:in.M], v[in.Keep:], v[in.X:], int(in.LDA), int(in.N))
}

// logSumExpBack is the reverse of logSumExp: gx += gz·softmax(x).
func (in *Inst) logSumExpBack(v, g []float64) {
	kernel.LogSumExpGrad(g[in.X:], int(in.LDA), g[in.Z:][:in.M], v[in.Keep:], int(in.N))
}

// norm divides rows by their norms.
func (in *Inst) norm(v []float64) {
	gain, bias := in.vector(v, in.Y, 1), in.vector(v, in.C, 1)
	in.Norm.Rows(v[in.Z:][:in.M*in.N], in.kept(v), v[in.X:], int(in.LDA), gain, bias)
}

// normBack is the reverse of norm.
func (in *Inst) normBack(v, g []float64) {
	gain, gGain, gBias := in.vector(v, in.Y, 1), in.vector(g, in.Y, 1), in.vector(g, in.C, 1)
	in.Norm.Grad(g[in.X:], gGain, gBias, int(in.LDA), g[in.Z:][:in.M*in.N], in.kept(v), v[in.X:], gain)
}

// logits returns the operands of a softmaxCrossEntropy, and the memory for the shares of the first ones.
func (m *Machine) logits(in *Inst) (y, t, shares []float64) {
	n := len(in.Index) / 2
	kernel.Gather(m.x[:2*n], m.V, in.Index)
	return m.x[:n], m.x[n : 2*n], in.kept(m.V)
}

func (m *Machine) crossEntropy(in *Inst) {
	y, t, shares := m.logits(in)
	m.shares.OfBy(y, kernel.ShiftedExp)
	l := m.shares.Log()
	m.shares.Save(shares, l)
	m.V[in.Z] = m.shares.CrossEntropy(l, y, t)
}

// crossEntropyBack is the reverse of crossEntropy. It hands on in the order in which the op itself does.
func (m *Machine) crossEntropyBack(in *Inst) {
	y, t, shares := m.logits(in)
	l, gz := m.shares.Load(shares), m.G[in.Z]
	m.shares.CrossEntropySlopes(l, y, t, func(i int, dy, dt float64) {
		m.G[in.Index[i]] += float64(gz * dy)
		m.G[in.Index[len(y)+i]] += float64(gz * dt)
	})
}

// mean computes a mean as a sum of sums, each of numbers that lie side by side.
func (in *Inst) mean(v []float64) {
	sum := 0.0
	for _, r := range in.runs {
		sum += kernel.Sum(v[r.at:][:r.n])
	}
	v[in.Z] = sum / float64(len(in.Index))
}

// meanBack is the reverse of mean.
func (in *Inst) meanBack(g []float64) {
	d := []float64{g[in.Z] * (1 / float64(len(in.Index)))}
	for _, r := range in.runs {
		gx := g[r.at:][:r.n]
		kernel.Add(gx, gx, d)
	}
}
