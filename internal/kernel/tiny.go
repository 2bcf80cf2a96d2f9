package kernel

// These functions are for matrices that are so small that to prepare the fast way would take
// longer than the product itself.

// tinyNT computes one row of MulNT.
func tinyNT(z, x, b []float64, ldb int, add bool) {
	switch len(x) {
	case 2:
		tinyNT2(z, x[0], x[1], b, ldb, add)
		return
	case 3:
		tinyNT3(z, x[0], x[1], x[2], b, ldb, add)
		return
	}
	for j := range z {
		var s float64
		row := b[j*ldb:]
		row = row[:len(x)]
		for l, v := range x {
			s += float64(v * row[l])
		}
		if add {
			s += z[j]
		}
		z[j] = s
	}
}

// tinyColumn computes MulNT for one row of up to three numbers.
func tinyColumn(c []float64, ldc int, a []float64, lda int, b []float64, m int, add bool) {
	var y [3]float64
	k := copy(y[:], b)
	for i := range m {
		x := a[i*lda : i*lda+k]
		s := float64(x[0] * y[0])
		if k > 1 {
			s += float64(x[1] * y[1])
		}
		if k > 2 {
			s += float64(x[2] * y[2])
		}
		z := &c[i*ldc]
		if add {
			s += *z
		}
		*z = s
	}
}

// tinyNT2 is tinyNT for rows of length 2.
func tinyNT2(z []float64, x0, x1 float64, b []float64, ldb int, add bool) {
	for j := range z {
		row := b[j*ldb : j*ldb+2]
		s := float64(x0*row[0]) + float64(x1*row[1])
		if add {
			s += z[j]
		}
		z[j] = s
	}
}

// tinyNT3 is tinyNT for rows of length 3.
func tinyNT3(z []float64, x0, x1, x2 float64, b []float64, ldb int, add bool) {
	for j := range z {
		row := b[j*ldb : j*ldb+3]
		s := float64(x0*row[0]) + float64(x1*row[1]) + float64(x2*row[2])
		if add {
			s += z[j]
		}
		z[j] = s
	}
}

// tinyNN computes one row of MulNN. Of the two orders of the loops it takes the one in which fewer
// additions have to wait for each other.
func tinyNN(z, a []float64, ca int, b []float64, ldb, k int, add bool) {
	if !add {
		clear(z)
	}
	if k <= tiny {
		for j, s := range z {
			for l := range k {
				s += float64(a[l*ca] * b[l*ldb+j])
			}
			z[j] = s
		}
		return
	}
	for l := range k {
		v, row := a[l*ca], b[l*ldb:]
		row = row[:len(z)]
		for j, y := range row {
			z[j] += float64(v * y)
		}
	}
}

// tinyOuter computes MulNN for one row x and m rows of C.
func tinyOuter(c []float64, ldc int, a []float64, ra int, x []float64, m int) {
	switch len(x) {
	case 2:
		x0, x1 := x[0], x[1]
		for i := range m {
			z, v := c[i*ldc:i*ldc+2], a[i*ra]
			z[0], z[1] = v*x0, v*x1
		}
		return
	case 3:
		x0, x1, x2 := x[0], x[1], x[2]
		for i := range m {
			z, v := c[i*ldc:i*ldc+3], a[i*ra]
			z[0], z[1], z[2] = v*x0, v*x1, v*x2
		}
		return
	}
	for i := range m {
		z, v := c[i*ldc:], a[i*ra]
		z = z[:len(x)]
		for j, y := range x {
			z[j] = v * y
		}
	}
}
