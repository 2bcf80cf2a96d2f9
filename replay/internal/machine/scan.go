package machine

import "github.com/gradus-go/gradus/internal/kernel"

// A scan is a run of products each of which has the result of the one before as its first
// operand: a product of many factors, element by element. Computed as written, every product
// waits for the one before. If products may be computed in another order, a kernel computes a long scan.

// longScan is how many factors such a scan has at least.
const longScan = 64

// isScan reports whether the first operand of each element is the result of the one before.
func (in *Inst) isScan() bool {
	return in.Code == Mul && in.XStep == 1 && in.X == in.Z-1 && in.YStep == 1
}

// Silent returns the places of results whose gradients nobody reads: those of a scan but for the
// last. The instruction must be prepared.
func (in *Inst) Silent() Span {
	if in.form == scanMul || in.form == longMul {
		return Span{in.Z, in.Z + in.N - 1}
	}
	return Span{}
}

// multiply computes a scan. Of a long one, the number at Keep says whether it was computed in another order.
func (in *Inst) multiply(v []float64) {
	z, y := v[in.Z:][:in.N], v[in.Y:][:in.N]
	if in.form == longMul {
		v[in.Keep] = 1
		if kernel.FastScan(v[in.X], z, y) {
			return
		}
		v[in.Keep] = 0
	}
	kernel.Scan(v[in.X], z, y)
}

// multiplyBack hands the gradient of the last product of a scan back to all factors.
func (in *Inst) multiplyBack(v, g []float64) {
	back := kernel.ScanGrad
	if in.form == longMul && v[in.Keep] != 0 {
		back = kernel.FastScanGrad
	}
	g[in.X] += back(g[in.Z+in.N-1], v[in.X:][:in.N], v[in.Y:][:in.N], g[in.Y:][:in.N])
}
