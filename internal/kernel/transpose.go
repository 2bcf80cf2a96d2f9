package kernel

// manyVectors is how many vectors there are at least if they share the work of Transpose among many.
const manyVectors = 24

// IsBetterTransposed reports whether Transpose and MulNN take less time than MulNT, for an A of so many
// vectors and for a B of the given size. MulNT must add up the lanes of a vector for each element of C.
// That takes most of its time if the rows of B are short. For few vectors, Transpose takes as long as that,
// and so it does for a B that is too large for the cache.
func IsBetterTransposed(vectors, rows, columns int) bool {
	switch {
	case best == portable || vectors < 8 || rows*columns > 1<<15:
		return false
	case columns < few: // MulNT is Go code, which takes one element after the other
		return rows >= 4 || rows > 1 && columns > 1
	case best == avx512:
		return columns <= mostTransposed(vectors, rows)
	}
	switch { // best is AVX2
	case rows >= 12 && rows%4 == 0 && vectors >= 16:
		return columns <= 16
	case vectors >= manyVectors:
		return rows >= 8 && columns <= 10
	}
	return rows >= 8 && columns <= 8
}

// mostTransposed returns how many columns B has at most if AVX-512 multiplies by it faster when it is
// transposed. They are more the fewer lanes are idle in the last vector for the rows, and the more vectors
// share the work of Transpose.
func mostTransposed(vectors, rows int) int {
	idle := (8 - rows%8) % 8
	some := vectors < manyVectors
	switch {
	case rows < 4 || rows < 8 && some:
		return 0
	case rows < 8:
		return 5 * rows / 2
	case some && idle == 0 && rows > 8:
		return 24
	case some && (idle == 0 || rows >= 20):
		return 20
	case some:
		return 10
	case rows%16 == 0:
		return 64
	case idle == 0:
		return 40
	case 8*idle <= rows:
		return 32
	case rows >= 12:
		return 24
	}
	return 20
}

// Transpose computes z = xᵀ, where x has the given rows and columns, and the stride ldx:
//
//	z[j·rows+i] = x[i·ldx+j]    i < rows, j < columns
//
// It panics if a size is negative or if a matrix is longer than its slice.
func Transpose(z, x []float64, ldx, rows, columns int) {
	switch {
	case rows < 0 || columns < 0:
		panic("kernel: negative size")
	case rows == 0 || columns == 0:
		return
	case !holds(x, rows, ldx, columns) || !holds(z, columns, rows, rows):
		panic("kernel: Transpose: a matrix is longer than its slice")
	}
	i, j := 0, 0 // how many rows and columns assembly has done
	if rows >= 4 && columns >= 4 && best != portable {
		i, j = rows&^3, columns&^3
		transpose(z, x, ldx, rows, i, j)
	}
	goTranspose(z[j*rows:], x[j:], ldx, rows, i, columns-j)
	if i < rows {
		goTranspose(z[i:], x[i*ldx:], ldx, rows, rows-i, columns)
	}
}

// goTranspose is Transpose for a part of the rows and columns, where z has the stride ldz.
func goTranspose(z, x []float64, ldx, ldz, rows, columns int) {
	for j := range columns {
		for i := range rows {
			z[j*ldz+i] = x[i*ldx+j]
		}
	}
}
