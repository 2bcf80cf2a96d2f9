package machine

import "math"

// A scan is a run of products each of which has the result of the one before as its first
// operand: a product of many factors, element by element. Computed as written, every product
// waits for the one before. If products may be computed in another order, a long scan is split
// into parts, and the processor multiplies all parts at the same time.
const parts = 4

// longScan is how many factors a scan has at least if it is split: with fewer it does not pay.
const longScan = 16 * parts

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

// partLen returns the length of the parts of a long scan. At least one element is left over behind
// them.
func (in *Inst) partLen() int { return int(in.N-1) / parts }

// multiply computes the products as written. The running product is in a register.
func multiply(p float64, z, y []float64) {
	y = y[:len(z)]
	for i := range z {
		p = float64(p * y[i])
		z[i] = p
	}
}

// multiplyParts computes the products of each part, from its first factor on, and puts them into z.
// Then it computes the products of the elements left over. Where the product of a part is so
// large or small that products of parts might overflow or underflow although the products as
// written do not, it computes the products as written. The number at Keep says which it did.
func (in *Inst) multiplyParts(v []float64) {
	n := in.partLen()
	z, y := v[in.Z:][:in.N], v[in.Y:][:in.N]
	z0, z1, z2, z3 := z[:n], z[n:][:n], z[2*n:][:n], z[3*n:][:n]
	y0, y1, y2, y3 := y[:n], y[n:][:n], y[2*n:][:n], y[3*n:][:n]
	p0, p1, p2, p3 := 1.0, 1.0, 1.0, 1.0
	for i := range z0 {
		p0, p1, p2, p3 = p0*y0[i], p1*y1[i], p2*y2[i], p3*y3[i]
		z0[i], z1[i], z2[i], z3[i] = p0, p1, p2, p3
	}
	v[in.Keep] = 1
	for _, p := range [parts]float64{p0, p1, p2, p3} {
		if p = math.Abs(p); !(0x1p-64 < p && p < 0x1p64) {
			v[in.Keep] = 0
			multiply(v[in.X], z, y)
			return
		}
	}
	multiply(v[in.X]*((p0*p1)*(p2*p3)), z[parts*n:], y[parts*n:])
}

// scanBack hands the gradient of the last product back to all factors. The gradient of the
// running product is in a register.
func (in *Inst) scanBack(v, g []float64) {
	x := v[in.X:][:in.N]
	y, gy := v[in.Y:][:len(x)], g[in.Y:][:len(x)]
	gz := g[int(in.Z)+len(x)-1]
	for i := len(x) - 1; i > 0; i-- {
		gy[i] += float64(gz * x[i])
		gz = float64(gz * y[i])
	}
	g[in.X] += float64(gz * y[0])
	gy[0] += float64(gz * x[0])
}

// longBack is scanBack for a scan that was computed in parts. The gradient that enters a part
// from behind is that of the last product, times all factors outside of the part.
func (in *Inst) longBack(v, g []float64) {
	if v[in.Keep] == 0 {
		in.scanBack(v, g)
		return
	}
	n := in.partLen()
	z, y, gy := v[in.Z:][:in.N], v[in.Y:][:in.N], g[in.Y:][:in.N]
	// before[k] is the product of the factors before part k, after[k] that from part k on.
	var before, after [parts + 1]float64
	before[0], after[parts] = v[in.X], 1
	for k := range parts {
		before[k+1] = before[k] * z[(k+1)*n-1]
	}
	for k := parts - 1; k >= 0; k-- {
		after[k] = after[k+1] * z[(k+1)*n-1]
	}
	gz := g[int(in.Z)+len(z)-1]
	for i := len(z) - 1; i >= parts*n; i-- {
		p := before[parts]
		if i > parts*n {
			p = z[i-1]
		}
		gy[i] += float64(gz * p)
		gz *= y[i]
	}
	g[in.X] += float64(gz * after[0])
	var q [parts]float64 // the gradients that enter the parts
	for k := range q {
		q[k] = gz * before[k] * after[k+1]
	}
	backParts(n, y, z, gy, &q)
}

// backParts goes back through all parts at the same time. q has the gradient that enters each.
func backParts(n int, y, z, gy []float64, q *[parts]float64) {
	z0, z1, z2, z3 := z[:n], z[n:][:n], z[2*n:][:n], z[3*n:][:n]
	y0, y1, y2, y3 := y[:n], y[n:][:n], y[2*n:][:n], y[3*n:][:n]
	g0, g1, g2, g3 := gy[:n], gy[n:][:n], gy[2*n:][:n], gy[3*n:][:n]
	q0, q1, q2, q3 := q[0], q[1], q[2], q[3]
	for i := n - 1; i > 0; i-- {
		g0[i] += float64(q0 * z0[i-1])
		g1[i] += float64(q1 * z1[i-1])
		g2[i] += float64(q2 * z2[i-1])
		g3[i] += float64(q3 * z3[i-1])
		q0, q1, q2, q3 = q0*y0[i], q1*y1[i], q2*y2[i], q3*y3[i]
	}
	g0[0] += q0 // the product before the first factor of a part is 1
	g1[0] += q1
	g2[0] += q2
	g3[0] += q3
}
