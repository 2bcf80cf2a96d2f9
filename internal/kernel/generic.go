package kernel

// The twins of the assembly, in Go. A product is rounded before it is added, so that no
// compiler fuses the two and every architecture has the same bits.

// goMulNT is MulNT, four rows of B at a time.
func goMulNT(
	c []float64, ldc int, a []float64, lda int, b []float64, ldb int, m, n, k int, add bool,
) {
	for i := range m {
		x, z := a[i*lda:i*lda+k], c[i*ldc:i*ldc+n]
		j := 0
		for ; j+4 <= n; j += 4 {
			s0, s1, s2, s3 := dot4(x, b[j*ldb:], ldb)
			if add {
				s0, s1, s2, s3 = z[j]+s0, z[j+1]+s1, z[j+2]+s2, z[j+3]+s3
			}
			z[j], z[j+1], z[j+2], z[j+3] = s0, s1, s2, s3
		}
		for ; j < n; j++ {
			s := goDot(x, b[j*ldb:j*ldb+k])
			if add {
				s += z[j]
			}
			z[j] = s
		}
	}
}

// dot4 returns the products of x with four rows of b.
func dot4(x, b []float64, ldb int) (s0, s1, s2, s3 float64) {
	k := len(x)
	b0, b1 := b[:k], b[ldb:ldb+k]
	b2, b3 := b[2*ldb:2*ldb+k], b[3*ldb:3*ldb+k]
	for l, v := range x {
		s0 += float64(v * b0[l])
		s1 += float64(v * b1[l])
		s2 += float64(v * b2[l])
		s3 += float64(v * b3[l])
	}
	return s0, s1, s2, s3
}

// goMulNN is MulNN, four rows of B at a time.
func goMulNN(
	c []float64, ldc int, a []float64, ra, ca int, b []float64, ldb int, m, n, k int, add bool,
) {
	for i := range m {
		z, row := c[i*ldc:i*ldc+n], a[i*ra:]
		l := 0
		if !add {
			scale(z, row[0], b)
			l = 1
		}
		for ; l+4 <= k; l += 4 {
			addScaled4(z, row[l*ca:], ca, b[l*ldb:], ldb)
		}
		for ; l < k; l++ {
			goAddScaled(z, row[l*ca], b[l*ldb:l*ldb+n])
		}
	}
}

// addScaled4 adds four rows of b, scaled by the elements of a, to z.
func addScaled4(z, a []float64, ca int, b []float64, ldb int) {
	n := len(z)
	a0, a1, a2, a3 := a[0], a[ca], a[2*ca], a[3*ca]
	b0, b1 := b[:n], b[ldb:ldb+n]
	b2, b3 := b[2*ldb:2*ldb+n], b[3*ldb:3*ldb+n]
	for j, s := range z {
		s += float64(a0 * b0[j])
		s += float64(a1 * b1[j])
		s += float64(a2 * b2[j])
		s += float64(a3 * b3[j])
		z[j] = s
	}
}

// scale sets z to alpha·x.
func scale(z []float64, alpha float64, x []float64) {
	x = x[:len(z)]
	for j := range z {
		z[j] = alpha * x[j]
	}
}

// goAddScaled is AddScaled.
func goAddScaled(y []float64, alpha float64, x []float64) {
	x = x[:len(y)]
	for j := range y {
		y[j] += float64(alpha * x[j])
	}
}

// goDot returns Σ x[l]·y[l].
func goDot(x, y []float64) float64 {
	var s0, s1, s2, s3 float64
	for ; len(x) >= 4; x, y = x[4:], y[4:] {
		_ = y[3]
		s0 += float64(x[0] * y[0])
		s1 += float64(x[1] * y[1])
		s2 += float64(x[2] * y[2])
		s3 += float64(x[3] * y[3])
	}
	for l, v := range x {
		s0 += float64(v * y[l])
	}
	return (s0 + s2) + (s1 + s3)
}

// goSum is Sum.
func goSum(x []float64) float64 {
	var s0, s1, s2, s3 float64
	for ; len(x) >= 4; x = x[4:] {
		s0, s1, s2, s3 = s0+x[0], s1+x[1], s2+x[2], s3+x[3]
	}
	for _, v := range x {
		s0 += v
	}
	return (s0 + s2) + (s1 + s3)
}
