package machine

import "github.com/gradus-go/gradus/internal/kernel"

// A layer is a Dense of one vector and one of the smallest matrices, and the σ of its results behind it.
// Backward runs both at once: what σ hands on is in a register then, and need not come from memory. This is
// done for rows of two and three numbers, where it is a tenth of the time of a whole network, 2-3-3-2.

// PrepareBehind chooses the form of an instruction that comes behind another, where that depends on the
// other. Both must have been prepared.
func (in *Inst) PrepareBehind(other *Inst) {
	isLayer := other.form == fewDense && (other.N == 2 || other.N == 3) && in.X == other.Z && in.N == other.M
	sets := other.GradY && other.Set && other.Steps == 0
	if in.form == kernelSigmoid && isLayer && sets && other.GradC && other.CStep == 1 {
		in.form = layerSigmoid
	}
}

// layerBack is the reverse of the σ with which the code ends, and of the Dense before it, if it may run both
// at once. It returns how many instructions that were.
func (m *Machine) layerBack(code []Inst) int {
	f := &code[len(code)-1]
	if len(code) == 1 || m.isDenseBack(&code[len(code)-2]) {
		kernel.SigmoidGrad(f.slopeNumbers(m.V, m.G))
		return 1
	}
	if in := &code[len(code)-2]; in.N == 2 {
		m.twoLayerBack(in, f.Z)
	} else {
		m.threeLayerBack(in, f.Z)
	}
	return 2
}

// twoLayerBack is the reverse of a Dense with rows of two numbers, whose gradients it sets, and of σ, whose
// results begin at z.
func (m *Machine) twoLayerBack(in *Inst, z int32) {
	n := in.M
	a, ga, gz, gc := m.V[z:][:n], m.G[z:][:n], m.G[in.Z:][:n], m.G[in.C:][:n]
	x := either(m.Mat, m.V, in.MatX)[in.X:][:2]
	y, gy := either(m.Mat, m.V, in.MatY)[in.Y:], either(m.GMat, m.G, in.MatY)[in.Y:]
	x0, x1 := x[0], x[1]
	var g0, g1 float64
	row := 0
	for i, v := range a {
		g := gz[i] + float64(ga[i]*(v*(1-v)))
		gc[i] += g
		y, gy := y[row:row+2], gy[row:row+2]
		gy[0], gy[1] = g*x0, g*x1
		g0 += float64(g * y[0])
		g1 += float64(g * y[1])
		row += int(in.LDA)
	}
	if in.GradX {
		gx := either(m.GMat, m.G, in.MatX)[in.X:][:2]
		gx[0] += g0
		gx[1] += g1
	}
}

// threeLayerBack is twoLayerBack for rows of three numbers.
func (m *Machine) threeLayerBack(in *Inst, z int32) {
	n := in.M
	a, ga, gz, gc := m.V[z:][:n], m.G[z:][:n], m.G[in.Z:][:n], m.G[in.C:][:n]
	x := either(m.Mat, m.V, in.MatX)[in.X:][:3]
	y, gy := either(m.Mat, m.V, in.MatY)[in.Y:], either(m.GMat, m.G, in.MatY)[in.Y:]
	x0, x1, x2 := x[0], x[1], x[2]
	var g0, g1, g2 float64
	row := 0
	for i, v := range a {
		g := gz[i] + float64(ga[i]*(v*(1-v)))
		gc[i] += g
		y, gy := y[row:row+3], gy[row:row+3]
		gy[0], gy[1], gy[2] = g*x0, g*x1, g*x2
		g0 += float64(g * y[0])
		g1 += float64(g * y[1])
		g2 += float64(g * y[2])
		row += int(in.LDA)
	}
	if in.GradX {
		gx := either(m.GMat, m.G, in.MatX)[in.X:][:3]
		gx[0] += g0
		gx[1] += g1
		gx[2] += g2
	}
}
