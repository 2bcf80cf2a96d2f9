package plain

// Affine sets z = W·x + b.
func Affine(z, w, x, b []float64) {
	n := len(x)
	for ; len(z) >= 6; z, b, w = z[6:], b[6:], w[6*n:] {
		affine6((*[6]float64)(z), (*[6]float64)(b), w, x)
	}
	for ; len(z) >= 4; z, b, w = z[4:], b[4:], w[4*n:] {
		affine4((*[4]float64)(z), (*[4]float64)(b), w, x)
	}
	for j := range z {
		z[j] = b[j] + dot(w[j*n:][:n], x)
	}
}

// affine6 is Affine for 6 rows. It is a function of its own because its loop needs nearly all
// registers.
func affine6(z, b *[6]float64, w, x []float64) {
	n := len(x)
	w0, w1, w2 := w[:len(x)], w[n:][:len(x)], w[2*n:][:len(x)]
	w3, w4, w5 := w[3*n:][:len(x)], w[4*n:][:len(x)], w[5*n:][:len(x)]
	var s0, s1, s2, s3, s4, s5 float64
	for i, xi := range x {
		s0 += w0[i] * xi
		s1 += w1[i] * xi
		s2 += w2[i] * xi
		s3 += w3[i] * xi
		s4 += w4[i] * xi
		s5 += w5[i] * xi
	}
	*z = [6]float64{s0 + b[0], s1 + b[1], s2 + b[2], s3 + b[3], s4 + b[4], s5 + b[5]}
}

// affine4 is Affine for 4 rows.
func affine4(z, b *[4]float64, w, x []float64) {
	n := len(x)
	w0, w1, w2, w3 := w[:len(x)], w[n:][:len(x)], w[2*n:][:len(x)], w[3*n:][:len(x)]
	var s0, s1, s2, s3 float64
	for i, xi := range x {
		s0 += w0[i] * xi
		s1 += w1[i] * xi
		s2 += w2[i] * xi
		s3 += w3[i] * xi
	}
	*z = [4]float64{s0 + b[0], s1 + b[1], s2 + b[2], s3 + b[3]}
}

// dot returns Σ wᵢ·xᵢ in four partial sums, which do not wait for one another.
func dot(w, x []float64) float64 {
	var s0, s1, s2, s3 float64
	i := 0
	w = w[:len(x)]
	for ; i <= len(x)-4; i += 4 {
		p, q := w[i:i+4:i+4], x[i:i+4:i+4]
		s0 += p[0] * q[0]
		s1 += p[1] * q[1]
		s2 += p[2] * q[2]
		s3 += p[3] * q[3]
	}
	for ; i < len(x); i++ {
		s0 += w[i] * x[i]
	}
	return (s0 + s1) + (s2 + s3)
}

// Outer sets G = d·xᵀ.
func Outer(g, d, x []float64) {
	for j, dj := range d {
		r := g[j*len(x):][:len(x)]
		i := 0
		for ; i <= len(x)-8; i += 8 {
			p, q := r[i:i+8:i+8], x[i:i+8:i+8]
			p[0] = dj * q[0]
			p[1] = dj * q[1]
			p[2] = dj * q[2]
			p[3] = dj * q[3]
			p[4] = dj * q[4]
			p[5] = dj * q[5]
			p[6] = dj * q[6]
			p[7] = dj * q[7]
		}
		for ; i < len(x); i++ {
			r[i] = dj * x[i]
		}
	}
}

// Transposed sets e = Wᵀ·d.
func Transposed(e, w, d []float64) {
	clear(e)
	n, j := len(e), 0
	for ; j <= len(d)-4; j += 4 {
		w0, w1 := w[j*n:][:len(e)], w[(j+1)*n:][:len(e)]
		w2, w3 := w[(j+2)*n:][:len(e)], w[(j+3)*n:][:len(e)]
		d0, d1, d2, d3 := d[j], d[j+1], d[j+2], d[j+3]
		for i := range e {
			e[i] += (w0[i]*d0 + w1[i]*d1) + (w2[i]*d2 + w3[i]*d3)
		}
	}
	for ; j < len(d); j++ {
		dj := d[j]
		for i, wi := range w[j*n:][:len(e)] {
			e[i] += wi * dj
		}
	}
}

// Descend sets p to p − rate·g.
func Descend(p, g []float64, rate float64) {
	p = p[:len(g)]
	for i, gi := range g {
		p[i] -= rate * gi
	}
}

// Descend4 sets p to p − Σ cᵢ·gᵢ.
func Descend4(p []float64, c [4]float64, g0, g1, g2, g3 []float64) {
	g0, g1, g2, g3 = g0[:len(p)], g1[:len(p)], g2[:len(p)], g3[:len(p)]
	for i, v := range p {
		p[i] = v - ((c[0]*g0[i] + c[1]*g1[i]) + (c[2]*g2[i] + c[3]*g3[i]))
	}
}

// Outers sets G = Σ dₛ·xₛᵀ, the sum over samples. d has the vectors of all samples one after the other,
// each with as many numbers as G has rows, and so has x. The number of samples is a multiple of 8.
func Outers(g, d, x []float64, rows int) {
	n := len(g) / rows
	for j := range rows {
		r, i := g[j*n:][:n], j
		clear(r)
		for x := x; len(x) >= 8*n; x, i = x[8*n:], i+8*rows {
			d0, d1, d2, d3 := d[i], d[i+rows], d[i+2*rows], d[i+3*rows]
			d4, d5, d6, d7 := d[i+4*rows], d[i+5*rows], d[i+6*rows], d[i+7*rows]
			x0, x1, x2, x3 := x[:len(r)], x[n:][:len(r)], x[2*n:][:len(r)], x[3*n:][:len(r)]
			x4, x5, x6, x7 := x[4*n:][:len(r)], x[5*n:][:len(r)], x[6*n:][:len(r)], x[7*n:][:len(r)]
			for i := range r {
				r[i] += ((d0*x0[i] + d1*x1[i]) + (d2*x2[i] + d3*x3[i])) +
					((d4*x4[i] + d5*x5[i]) + (d6*x6[i] + d7*x7[i]))
			}
		}
	}
}
