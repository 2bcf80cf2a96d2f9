package kernel

import "testing"

func TestTranspose(t *testing.T) {
	for _, in := range available() {
		t.Run(in.String(), func(t *testing.T) {
			force(t, in)
			r := newRand(15)
			for rows := range 18 {
				for columns := range 18 {
					ldx := columns + (rows+columns)%3
					x := moved(numbers(r, max(rows*ldx-ldx+columns, 0)), rows%5) // no more than it needs
					want := make([]float64, rows*columns)
					for i := range rows {
						for j := range columns {
							want[j*rows+i] = x[i*ldx+j]
						}
					}
					z := moved(numbers(r, rows*columns), columns%3)
					Transpose(z, x, ldx, rows, columns)
					sameBits(t, "Transpose", rows, want, z)
				}
			}
		})
	}
}

func TestIsBetterTransposed(t *testing.T) {
	for _, in := range available() {
		force(t, in)
		for _, size := range []struct {
			vectors, rows, columns int
			from                   instructionSet // for which it is better
		}{
			{7, 16, 8, never}, // Transpose takes longer than it saves
			{8, 8, 4, avx2},
			{8, 8, 8, avx2},
			{8, 8, 20, avx512},
			{8, 8, 21, never},
			{8, 64, 9, avx512},
			{8, 64, 24, avx512},
			{8, 64, 25, never},
			{8, 20, 20, avx512},
			{23, 7, 4, never},
			{23, 18, 10, avx512},
			{23, 18, 11, never}, // of three vectors of results, one would hold two numbers
			{24, 18, 24, avx512},
			{24, 18, 25, never},
			{24, 10, 20, avx512},
			{24, 10, 21, never},
			{24, 30, 32, avx512},
			{24, 30, 33, never},
			{24, 24, 40, avx512},
			{24, 24, 41, never},
			{24, 64, 10, avx2},
			{24, 64, 16, avx2},
			{15, 64, 16, avx512},
			{24, 64, 17, avx512},
			{24, 64, 64, avx512},
			{24, 64, 65, never},
			{24, 4096, 8, avx2},
			{24, 4097, 8, never}, // B does not fit into the cache
			{24, 7, 4, avx512},
			{24, 4, 10, avx512},
			{24, 4, 11, never},
			{24, 3, 4, never},
			{24, 16, 3, avx2}, // MulNT is in Go
			{8, 4, 1, avx2},
			{8, 3, 1, never},
			{8, 2, 2, avx2},
			{8, 1, 3, never},
			{7, 16, 3, never},
			{1000, 30, 784, never},
		} {
			want := size.from <= in && in <= avx512
			if got := IsBetterTransposed(size.vectors, size.rows, size.columns); got != want {
				t.Errorf("%v: for %d vectors, %d rows of %d numbers are better transposed: %t, want %t",
					in, size.vectors, size.rows, size.columns, got, want)
			}
		}
	}
}

// never is larger than all instruction sets.
const never instructionSet = 255

func TestTransposePanics(t *testing.T) {
	x, z := make([]float64, 100), make([]float64, 100)
	for _, in := range available() {
		force(t, in)
		Transpose(z[:50], x[:8*4+10], 8, 5, 10)
		mustPanic(t, "longer", func() { Transpose(z[:49], x, 8, 5, 10) })
		mustPanic(t, "longer", func() { Transpose(z, x[:8*4+9], 8, 5, 10) })
		mustPanic(t, "longer", func() { Transpose(z, x, -1, 5, 10) })
		mustPanic(t, "negative", func() { Transpose(z, x, 8, -1, 10) })
		mustPanic(t, "negative", func() { Transpose(z, x, 8, 1, -1) })
	}
}
