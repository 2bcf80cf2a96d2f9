package kernel

// SmallAffine is Affine in Go. See IsSmall.
func SmallAffine(z, m []float64, ldm int, x, c []float64) {
	row, cs := 0, 1
	switch {
	case len(c) == 0:
		c, cs = zero, 0
	case len(c) == 1:
		cs = 0
	}
	switch len(x) {
	case 2:
		x0, x1 := x[0], x[1]
		for i := range z {
			y := m[row : row+2]
			z[i] = c[i*cs] + (float64(x0*y[0]) + float64(x1*y[1]))
			row += ldm
		}
	case 3:
		x0, x1, x2 := x[0], x[1], x[2]
		for i := range z {
			y := m[row : row+3]
			z[i] = c[i*cs] + (float64(x0*y[0]) + float64(x1*y[1]) + float64(x2*y[2]))
			row += ldm
		}
	default:
		for i := range z {
			sum := c[i*cs]
			for j, y := range m[row : row+len(x)] {
				sum += float64(x[j] * y)
			}
			z[i] = sum
			row += ldm
		}
	}
}

// SmallAffineGrad is AffineGrad in Go.
func SmallAffineGrad(gz, m, gm []float64, ldm int, x, gx, gc []float64, add bool) {
	switch len(gc) {
	case 0:
	case 1:
		gc[0] += Sum(gz)
	default:
		for i, g := range gz {
			gc[i] += g
		}
	}
	switch {
	case len(x) == 2 && gm != nil && !add:
		affineGrad2(gz, m, gm, ldm, x, gx)
		return
	case len(x) == 3 && gm != nil && gx != nil && !add:
		affineGrad3(gz, m, gm, ldm, x, gx)
		return
	}
	row := 0
	for _, g := range gz {
		if gm != nil {
			gy := gm[row : row+len(x)]
			for j, v := range x {
				d := float64(g * v)
				if add {
					d += gy[j]
				}
				gy[j] = d
			}
		}
		if gx != nil {
			gx := gx[:len(x)]
			for j, y := range m[row : row+len(x)] {
				gx[j] += float64(g * y)
			}
		}
		row += ldm
	}
}

// affineGrad2 is SmallAffineGrad for rows of length 2, with the gradient of M, which it sets.
func affineGrad2(gz, m, gm []float64, ldm int, x, gx []float64) {
	x0, x1 := x[0], x[1]
	var g0, g1 float64
	row := 0
	for _, g := range gz {
		y, gy := m[row:row+2], gm[row:row+2]
		gy[0], gy[1] = g*x0, g*x1
		g0 += float64(g * y[0])
		g1 += float64(g * y[1])
		row += ldm
	}
	if gx != nil {
		gx[0] += g0
		gx[1] += g1
	}
}

// affineGrad3 is SmallAffineGrad for rows of length 3, with the gradients of M, which it sets, and of x.
func affineGrad3(gz, m, gm []float64, ldm int, x, gx []float64) {
	x0, x1, x2 := x[0], x[1], x[2]
	var g0, g1, g2 float64
	row := 0
	for _, g := range gz {
		y, gy := m[row:row+3], gm[row:row+3]
		gy[0], gy[1], gy[2] = g*x0, g*x1, g*x2
		g0 += float64(g * y[0])
		g1 += float64(g * y[1])
		g2 += float64(g * y[2])
		row += ldm
	}
	gx[0] += g0
	gx[1] += g1
	gx[2] += g2
}
