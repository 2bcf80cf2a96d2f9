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
			rows, columns int
			from          instructionSet // for which it is better
		}{{16, 8, avx2}, {64, 16, avx512}, {4, 9, avx512}, {4, 16, never}, {30, 784, never}, {16, 3, never}} {
			if got, want := IsBetterTransposed(size.rows, size.columns), in >= size.from; got != want {
				t.Errorf("%v: %d rows of %d numbers are better transposed: %t, want %t",
					in, size.rows, size.columns, got, want)
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
