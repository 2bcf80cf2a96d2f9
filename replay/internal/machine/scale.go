package machine

import "github.com/gradus-go/gradus/internal/kernel"

// longScale is how many elements a product by one number must have at least so that a kernel computes it.
const longScale = 16

// isScale reports whether the instruction multiplies many elements by one number and none of the elements is
// its own result. The outer product of two vectors consists of such instructions, one for each number of
// the first vector.
func (in *Inst) isScale() bool {
	return in.Code == Mul && in.N >= longScale && in.XStep == 0 && in.YStep == 1 && in.Y+in.N <= in.Z
}

func (in *Inst) scale(v []float64) {
	n := int(in.N)
	kernel.MulNN(v[in.Z:], n, v[in.X:], 1, 1, v[in.Y:], n, 1, n, 1, false)
}

// scaleBack is the reverse of scale: gx += gz·y, gy += x·gz.
func (in *Inst) scaleBack(v, g []float64) {
	n, gz := int(in.N), g[in.Z:]
	if in.GradX {
		kernel.MulNT(g[in.X:], 1, gz, n, v[in.Y:], n, 1, 1, n, true)
	}
	if in.GradY {
		kernel.AddScaled(g[in.Y:][:n], v[in.X], gz[:n])
	}
}
