package machine

import "math"

// A scan is a run of products each of which has the result of the one before as its first
// operand: a product of many factors. Computed as written, every product waits for the one
// before. Where the licence to reassociate is given, so many parts are multiplied at once.
const ways = 4

// longScan is from how many factors on that pays.
const longScan = 16 * ways

// scan reports whether the first operand of each element is the result of the one before.
func (in *Inst) scan() bool {
	return in.Code == Mul && in.XStep == 1 && in.X == in.Z-1 && in.YStep == 1
}

// long reports whether it is a scan of which only the last product is used, and long.
func (in *Inst) long(reassociate bool) bool {
	return reassociate && in.scan() && in.Once && in.N >= longScan
}

// Keeps returns how many numbers the instruction keeps, from C on, for its derivative: the
// exp(−|x|) of each softplus; of a long scan, whether it was computed in parts.
func (in *Inst) Keeps(reassociate bool) int32 {
	switch {
	case in.Code == Softplus:
		return in.N
	case in.long(reassociate):
		return 1
	}
	return 0
}

// Silent returns the places of results whose gradients nobody reads: all of a scan but the
// last. It is for instructions that are prepared.
func (in *Inst) Silent() (from, to int32) {
	if in.run == runScan || in.run == runLong {
		return in.Z, in.Z + in.N - 1
	}
	return 0, 0
}

// part returns the length of the parts of a long scan. At least one element is left over.
func (in *Inst) part() int { return int(in.N-1) / ways }

// scanMul computes the products as written, the running one in a register.
func scanMul(p float64, z, y []float64) {
	y = y[:len(z)]
	for i := range z {
		p = float64(p * y[i])
		z[i] = p
	}
}

// longMul computes the products of each part, from its first factor on, in z, and then those
// of the elements left over. If a part has a product that, times others, might overflow or
// underflow where the products as written do not, it computes those.
func (in *Inst) longMul(v []float64) {
	n := in.part()
	z, y := v[in.Z:][:in.N], v[in.Y:][:in.N]
	z0, z1, z2, z3 := z[:n], z[n:][:n], z[2*n:][:n], z[3*n:][:n]
	y0, y1, y2, y3 := y[:n], y[n:][:n], y[2*n:][:n], y[3*n:][:n]
	p0, p1, p2, p3 := 1.0, 1.0, 1.0, 1.0
	for i := range z0 {
		p0, p1, p2, p3 = p0*y0[i], p1*y1[i], p2*y2[i], p3*y3[i]
		z0[i], z1[i], z2[i], z3[i] = p0, p1, p2, p3
	}
	v[in.C] = 1
	for _, p := range [ways]float64{p0, p1, p2, p3} {
		if p = math.Abs(p); !(0x1p-64 < p && p < 0x1p64) {
			v[in.C] = 0
			scanMul(v[in.X], z, y)
			return
		}
	}
	scanMul(v[in.X]*((p0*p1)*(p2*p3)), z[ways*n:], y[ways*n:])
}

// scanBack pushes the gradient of the last product, whose way back is in a register too.
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

// longBack is scanBack for parts: what comes into each part from behind is the gradient of
// the last product, times all factors outside of the part.
func (in *Inst) longBack(v, g []float64) {
	if v[in.C] == 0 {
		in.scanBack(v, g)
		return
	}
	n := in.part()
	z, y, gy := v[in.Z:][:in.N], v[in.Y:][:in.N], g[in.Y:][:in.N]
	var before, after [ways + 1]float64 // the products of the parts before each, and from it on
	before[0], after[ways] = v[in.X], 1
	for k := range ways {
		before[k+1] = before[k] * z[(k+1)*n-1]
	}
	for k := ways - 1; k >= 0; k-- {
		after[k] = after[k+1] * z[(k+1)*n-1]
	}
	gz := g[int(in.Z)+len(z)-1]
	for i := len(z) - 1; i >= ways*n; i-- {
		p := before[ways]
		if i > ways*n {
			p = z[i-1]
		}
		gy[i] += float64(gz * p)
		gz *= y[i]
	}
	g[in.X] += float64(gz * after[0])
	var q [ways]float64
	for k := range q {
		q[k] = gz * before[k] * after[k+1]
	}
	backParts(n, y, z, gy, &q)
}

// backParts goes back through all parts at once. q is what comes into each.
func backParts(n int, y, z, gy []float64, q *[ways]float64) {
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
	g0[0] += q0 // before the first factor of a part there is None
	g1[0] += q1
	g2[0] += q2
	g3[0] += q3
}
