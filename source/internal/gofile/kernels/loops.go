package kernels

// AddProducts adds W·x to z. Row i of W begins at w[i*stride]. Each row is added up from its first product
// to its last; six rows at once do not wait for one another.
func AddProducts(z, w []float64, stride int, x []float64) {
	i := 0
	for ; i+6 <= len(z); i += 6 {
		addSixRows((*[6]float64)(z[i:]), w[i*stride:], stride, x)
	}
	for ; i+4 <= len(z); i += 4 {
		addFourRows((*[4]float64)(z[i:]), w[i*stride:], stride, x)
	}
	for ; i < len(z); i++ {
		zi, row := z[i], w[i*stride:][:len(x)]
		for j, xj := range x {
			zi += float64(row[j] * xj)
		}
		z[i] = zi
	}
}

func addSixRows(z *[6]float64, w []float64, stride int, x []float64) {
	w0, w1, w2 := w[:len(x)], w[stride:][:len(x)], w[2*stride:][:len(x)]
	w3, w4, w5 := w[3*stride:][:len(x)], w[4*stride:][:len(x)], w[5*stride:][:len(x)]
	z0, z1, z2, z3, z4, z5 := z[0], z[1], z[2], z[3], z[4], z[5]
	for j, xj := range x {
		z0 += float64(w0[j] * xj)
		z1 += float64(w1[j] * xj)
		z2 += float64(w2[j] * xj)
		z3 += float64(w3[j] * xj)
		z4 += float64(w4[j] * xj)
		z5 += float64(w5[j] * xj)
	}
	z[0], z[1], z[2], z[3], z[4], z[5] = z0, z1, z2, z3, z4, z5
}

func addFourRows(z *[4]float64, w []float64, stride int, x []float64) {
	w0, w1, w2, w3 := w[:len(x)], w[stride:][:len(x)], w[2*stride:][:len(x)], w[3*stride:][:len(x)]
	z0, z1, z2, z3 := z[0], z[1], z[2], z[3]
	for j, xj := range x {
		z0 += float64(w0[j] * xj)
		z1 += float64(w1[j] * xj)
		z2 += float64(w2[j] * xj)
		z3 += float64(w3[j] * xj)
	}
	z[0], z[1], z[2], z[3] = z0, z1, z2, z3
}

// SetOuter sets row i of the matrix dw to dz[i]·x. Like a sum that begins with 0, it has no −0.
func SetOuter(dw []float64, stride int, dz, x []float64) {
	for i, d := range dz {
		row := dw[i*stride:][:len(x)]
		j := 0
		for ; j+8 <= len(x); j += 8 {
			p, q := (*[8]float64)(row[j:]), (*[8]float64)(x[j:])
			p[0], p[1], p[2], p[3] = 0+float64(d*q[0]), 0+float64(d*q[1]), 0+float64(d*q[2]), 0+float64(d*q[3])
			p[4], p[5], p[6], p[7] = 0+float64(d*q[4]), 0+float64(d*q[5]), 0+float64(d*q[6]), 0+float64(d*q[7])
		}
		for ; j < len(x); j++ {
			row[j] = 0 + float64(d*x[j])
		}
	}
}

// AddOuter adds dz[i]·x to row i of the matrix dw, for the last row first.
func AddOuter(dw []float64, stride int, dz, x []float64) {
	for i := len(dz) - 1; i >= 0; i-- {
		d, row := dz[i], dw[i*stride:][:len(x)]
		for j, xj := range x {
			row[j] += float64(d * xj)
		}
	}
}

// AddTransposed adds Wᵀ·dz to dx, for the last row first.
func AddTransposed(dx, w []float64, stride int, dz []float64) {
	i := len(dz)
	for ; i >= 4; i -= 4 {
		w0, w1 := w[(i-1)*stride:][:len(dx)], w[(i-2)*stride:][:len(dx)]
		w2, w3 := w[(i-3)*stride:][:len(dx)], w[(i-4)*stride:][:len(dx)]
		d0, d1, d2, d3 := dz[i-1], dz[i-2], dz[i-3], dz[i-4]
		for j, sum := range dx {
			sum += float64(w0[j] * d0)
			sum += float64(w1[j] * d1)
			sum += float64(w2[j] * d2)
			dx[j] = sum + float64(w3[j]*d3)
		}
	}
	for i--; i >= 0; i-- {
		row, d := w[i*stride:][:len(dx)], dz[i]
		for j := range dx {
			dx[j] += float64(row[j] * d)
		}
	}
}
