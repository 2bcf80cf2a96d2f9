package plain

// OuterDescend sets e = Wᵀ·d, then G = d·xᵀ, then W to W − rate·G: it does what Transposed, Outer
// and Descend do, in one loop over pairs of rows.
func OuterDescend(e, g, w, d, x []float64, rate float64) {
	clear(e)
	x = x[:len(e)]
	n, j := len(e), 0
	for ; j <= len(d)-2; j += 2 {
		d0, d1 := d[j], d[j+1]
		w0, w1 := w[j*n:][:len(e)], w[(j+1)*n:][:len(e)]
		g0, g1 := g[j*n:][:len(e)], g[(j+1)*n:][:len(e)]
		for i, xi := range x {
			t0, t1, u0, u1 := d0*xi, d1*xi, w0[i], w1[i]
			e[i] += u0*d0 + u1*d1
			g0[i], g1[i] = t0, t1
			w0[i], w1[i] = u0-rate*t0, u1-rate*t1
		}
	}
	if j < len(d) {
		dj, w, g := d[j], w[j*n:][:len(e)], g[j*n:][:len(e)]
		for i, xi := range x {
			e[i] += w[i] * dj
			g[i] = dj * xi
			w[i] -= rate * g[i]
		}
	}
}

// TransposedDescend sets e and W as OuterDescend does, without storing the gradient, over four
// rows at once.
func TransposedDescend(e, w, d, x []float64, rate float64) {
	clear(e)
	x = x[:len(e)]
	n, j := len(e), 0
	for ; j <= len(d)-4; j += 4 {
		w0, w1 := w[j*n:][:len(e)], w[(j+1)*n:][:len(e)]
		w2, w3 := w[(j+2)*n:][:len(e)], w[(j+3)*n:][:len(e)]
		d0, d1, d2, d3 := d[j], d[j+1], d[j+2], d[j+3]
		c0, c1, c2, c3 := rate*d0, rate*d1, rate*d2, rate*d3
		for i, xi := range x {
			u0, u1, u2, u3 := w0[i], w1[i], w2[i], w3[i]
			e[i] += (u0*d0 + u1*d1) + (u2*d2 + u3*d3)
			w0[i], w1[i], w2[i], w3[i] = u0-c0*xi, u1-c1*xi, u2-c2*xi, u3-c3*xi
		}
	}
	for ; j < len(d); j++ {
		dj, r := d[j], w[j*n:][:len(e)]
		for i, xi := range x {
			u := r[i]
			e[i] += u * dj
			r[i] = u - rate*dj*xi
		}
	}
}
