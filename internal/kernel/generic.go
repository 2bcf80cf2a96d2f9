package kernel

// mulNT is MulNT in plain Go.
func mulNT(c []float64, ldc int, a []float64, lda int, b []float64, ldb int, m, n, k int) {
	for i := range m {
		x, z := a[i*lda:][:k], c[i*ldc:][:n]
		for j := range z {
			z[j] += dot(x, b[j*ldb:])
		}
	}
}

// dot returns Σ x·y, added up in four parts.
func dot(x, y []float64) float64 {
	y = y[:len(x)]
	var s0, s1, s2, s3 float64
	for len(x) >= 4 && len(y) >= 4 {
		s0 += float64(x[0] * y[0])
		s1 += float64(x[1] * y[1])
		s2 += float64(x[2] * y[2])
		s3 += float64(x[3] * y[3])
		x, y = x[4:], y[4:]
	}
	s := (s0 + s1) + (s2 + s3)
	for l := range x {
		s += float64(x[l] * y[l])
	}
	return s
}

// mulNN is MulNN in plain Go.
func mulNN(c []float64, ldc int, a []float64, ra, ca int, b []float64, ldb int, m, n, k int, add bool) {
	for i := range m {
		z, x := c[i*ldc:][:n], a[min(i*ra, len(a)):]
		l := 0
		if !add {
			if k == 0 {
				clear(z)
				continue
			}
			scale(z, x[0], b)
			l = 1
		}
		for ; l+4 <= k; l += 4 {
			addScaled4(z, [4]float64{x[l*ca], x[(l+1)*ca], x[(l+2)*ca], x[(l+3)*ca]}, b[l*ldb:], ldb)
		}
		for ; l < k; l++ {
			addScaled(z, x[l*ca], b[l*ldb:])
		}
	}
}

func scale(z []float64, x float64, y []float64) {
	y = y[:len(z)]
	for j := range z {
		z[j] = float64(x * y[j])
	}
}

func addScaled(z []float64, x float64, y []float64) {
	y = y[:len(z)]
	for j := range z {
		z[j] += float64(x * y[j])
	}
}

// addScaled4 adds four rows of B at once, so that z is read and written once.
func addScaled4(z []float64, x [4]float64, b []float64, ldb int) {
	y0, y1, y2, y3 := b[:len(z)], b[ldb:][:len(z)], b[2*ldb:][:len(z)], b[3*ldb:][:len(z)]
	for j := range z {
		z[j] += (float64(x[0]*y0[j]) + float64(x[1]*y1[j])) + (float64(x[2]*y2[j]) + float64(x[3]*y3[j]))
	}
}
