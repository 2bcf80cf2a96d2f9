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

// crossEntropies computes the softmaxCrossEntropy of K rows.
func (in *Inst) crossEntropies(v []float64) {
	z := v[in.Z:][:in.Vectors()]
	kernel.CrossEntropy(z, in.kept(v), v[in.X:], int(in.XK), v[in.Y:], int(in.YK), int(in.N))
}

// crossEntropiesBack is the reverse of crossEntropies.
func (in *Inst) crossEntropiesBack(v, g []float64) {
	gz, xk, yk := g[in.Z:][:in.Vectors()], int(in.XK), int(in.YK)
	kernel.CrossEntropyGrad(g[in.X:], xk, g[in.Y:], yk, gz, in.kept(v), v[in.X:], v[in.Y:], int(in.N))
}

// crossEntropy is crossEntropies for one row of operands that lie anywhere.
func (m *Machine) crossEntropy(in *Inst) {
	x, n := m.x[:len(in.Index)], len(in.Index)/2
	kernel.Gather(x, m.V, in.Index)
	kernel.CrossEntropy(m.V[in.Z:][:1], in.kept(m.V), x, n, x[n:], n, n)
}

// crossEntropyBack is the reverse of crossEntropy.
func (m *Machine) crossEntropyBack(in *Inst) {
	x, dx, n := m.x[:len(in.Index)], m.dx[:len(in.Index)], len(in.Index)/2
	kernel.Gather(x, m.V, in.Index)
	clear(dx)
	kernel.CrossEntropyGrad(dx, n, dx[n:], n, m.G[in.Z:][:1], in.kept(m.V), x, x[n:], n)
	for i, place := range in.Index {
		m.G[place] += dx[i]
	}
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
