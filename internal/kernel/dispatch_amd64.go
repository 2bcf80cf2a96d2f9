//go:build !purego

package kernel

import "golang.org/x/sys/cpu"

// HasAssembly is true where there is assembly for all kernels. The processor may still lack the instructions
// for it.
const HasAssembly = true

// best is the best set that the machine has. Tests set it to a lesser one.
var best = supported()

// supported returns the best instructions that the processor and the system have.
func supported() instructionSet {
	switch x := &cpu.X86; {
	case !x.HasAVX2 || !x.HasFMA || !x.HasBMI2:
		return portable
	case x.HasAVX512F && x.HasAVX512DQ && x.HasAVX512VL:
		return avx512
	}
	return avx2
}

// tileRows is how many rows of B a tile of MulNT has at most.
const tileRows = 6

// hasProducts reports whether there is assembly for products of matrices.
func hasProducts() bool { return best != portable }

// longSum is how many products a sum has at least if it alone takes less time than four at once. These have
// one accumulator each, and would wait for it.
const longSum = 65

// mulColumn is mulNT for one row b.
func mulColumn(c []float64, ldc int, a []float64, lda int, b []float64, m int, add bool) {
	k := len(b)
	switch {
	case isShortRow(k):
		mulShort(c, ldc, a, lda, b, m, add)
	case k < longSum:
		rowsNT(c, ldc, a, lda, &b[0], k, m, 1, k, bit(add))
	default:
		for i := range m {
			z := &c[i*ldc]
			s := dot(a[i*lda:i*lda+k], b)
			if add {
				s += *z
			}
			*z = s
		}
	}
}

// mulShort is mulColumn for a row of which isShortRow is true.
func mulShort(c []float64, ldc int, a []float64, lda int, b []float64, m int, add bool) {
	k := len(b)
	if ldc == 1 {
		var addend *float64
		if add {
			addend = &c[0]
		}
		NarrowAffine(&c[0], &a[0], lda, &b[0], addend, 1, m, k)
		return
	}
	var sums [32]float64
	for i := 0; i < m; i += len(sums) {
		h := min(m-i, len(sums))
		NarrowAffine(&sums[0], &a[i*lda], lda, &b[0], nil, 0, h, k)
		for j, s := range sums[:h] {
			z := &c[(i+j)*ldc]
			if add {
				s += *z
			}
			*z = s
		}
	}
}

// rowsNT multiplies as many rows of A at a time as the assembly can.
func rowsNT(
	c []float64, ldc int, a []float64, lda int, b *float64, ldb int, m, n, k int, add uint64,
) {
	i := 0
	for ; i+4 <= m; i += 4 {
		if best == avx512 {
			mulNT4AVX512(&c[i*ldc], ldc, &a[i*lda], lda, b, ldb, n, k, add)
		} else {
			mulNT4AVX2(&c[i*ldc], ldc, &a[i*lda], lda, b, ldb, n, k, add)
		}
	}
	for ; i < m; i++ {
		if best == avx512 {
			mulNT1AVX512(&c[i*ldc], ldc, &a[i*lda], lda, b, ldb, n, k, add)
		} else {
			mulNT1AVX2(&c[i*ldc], ldc, &a[i*lda], lda, b, ldb, n, k, add)
		}
	}
}

// mulNN is MulNN in blocks of the rows of B.
func mulNN(
	c []float64, ldc int, a []float64, ra, ca int, b []float64, ldb int, m, n, k int, add bool,
) {
	switch {
	case k > 1:
	case !add:
		outerAVX2(&c[0], ldc, &a[0], ra, &b[0], m, n)
		return
	case best == avx512:
		outerAddAVX512(&c[0], ldc, &a[0], ra, &b[0], m, n)
		return
	default:
		outerAddAVX2(&c[0], ldc, &a[0], ra, &b[0], m, n)
		return
	}
	block := blockOf(m, n, k)
	for l := 0; l < k; l += block {
		rowsNN(c, ldc, a[l*ca:], ra, ca, &b[l*ldb], ldb, m, n, min(k-l, block), bit(add))
		add = true
	}
}

// rowsNN multiplies as many rows of A at a time as the assembly can.
func rowsNN(
	c []float64, ldc int, a []float64, ra, ca int, b *float64, ldb int, m, n, k int, add uint64,
) {
	i := 0
	if best == avx512 {
		for ; i+6 <= m; i += 6 {
			mulNN6AVX512(&c[i*ldc], ldc, &a[i*ra], ra, ca, b, ldb, n, k, add)
		}
		for ; i+2 <= m; i += 2 {
			mulNN2AVX512(&c[i*ldc], ldc, &a[i*ra], ra, ca, b, ldb, n, k, add)
		}
		for ; i < m; i++ {
			mulNN1AVX512(&c[i*ldc], ldc, &a[i*ra], ra, ca, b, ldb, n, k, add)
		}
		return
	}
	for ; i+4 <= m; i += 4 {
		mulNN4AVX2(&c[i*ldc], ldc, &a[i*ra], ra, ca, b, ldb, n, k, add)
	}
	for ; i+2 <= m; i += 2 {
		mulNN2AVX2(&c[i*ldc], ldc, &a[i*ra], ra, ca, b, ldb, n, k, add)
	}
	for ; i < m; i++ {
		mulNN1AVX2(&c[i*ldc], ldc, &a[i*ra], ra, ca, b, ldb, n, k, add)
	}
}

// dot returns Σ x[l]·y[l].
func dot(x, y []float64) float64 { return dotAVX2(&x[0], &y[0], len(x)) }

// sum is Sum.
func sum(x []float64) float64 { return sumAVX2(&x[0], len(x)) }

// addScaled is AddScaled.
func addScaled(y []float64, alpha float64, x []float64) {
	addScaledAVX2(&y[0], alpha, &x[0], len(x))
}

// fetch is Fetch.
func fetch(x []float64) { fetchLines(&x[0], len(x)) }

// gather is Gather for places that have been checked.
func (p *Places) gather(z, x []float64) {
	if p.fours {
		gatherFoursAVX2(&z[0], &x[0], &p.at[0], len(p.at))
		return
	}
	gatherAVX2(&z[0], &x[0], &p.at[0], len(p.at))
}

// addAt is AddAt for places that have been checked.
func (p *Places) addAt(gx, gz []float64) {
	if p.fours {
		addFoursAVX2(&gz[0], &gx[0], &p.at[0], len(p.at))
		return
	}
	addAtAVX2(&gz[0], &gx[0], &p.at[0], len(p.at))
}

// transpose is Transpose for as many rows and columns as the assembly can, where z has the stride ldz.
func transpose(z, x []float64, ldx, ldz, rows, columns int) {
	transposeAVX2(&z[0], ldz, &x[0], ldx, rows, columns)
}
