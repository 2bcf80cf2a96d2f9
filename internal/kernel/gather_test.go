package kernel

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// somePlaces returns n of the first places, of which some are the same, also two in a row. So many of them as
// side says lie side by side.
func somePlaces(r *rand.Rand, n, places, side int) []int32 {
	at := make([]int32, n)
	for i := range at {
		switch {
		case i%side > 0:
			at[i] = at[i-1] + 1
		case i > 0 && r.IntN(4) == 0:
			at[i] = at[i-side]
		default:
			at[i] = int32(r.IntN(places - side + 1))
		}
	}
	return at
}

// sameBits checks numbers, and the guards that moved has put behind them.
func sameBits(t *testing.T, what string, n int, want, got []float64) {
	t.Helper()
	for i, v := range got[:len(got)+9] {
		w := guard
		if i < len(want) {
			w = want[i]
		}
		if math.Float64bits(v) != math.Float64bits(w) {
			t.Errorf("%s of %d: number %d of %d is %v, want %v", what, n, i, len(got), v, w)
		}
	}
}

// Any number of places, some of which occur twice: AddAt adds both.
func TestPlaces(t *testing.T) {
	for _, in := range available() {
		t.Run(in.String(), func(t *testing.T) {
			force(t, in)
			r := newRand(14)
			for _, side := range []int{1, 2, 4, 8} {
				for _, n := range lengths() {
					at, x := somePlaces(r, n, 8+n%7, side), moved(numbers(r, 8+n%7), n%5)
					checkPlaces(t, at, x, moved(numbers(r, n), n%3))
					if side%4 == 0 && n%4 == 0 && !NewPlaces(at).fours {
						t.Errorf("%d places, of which %d lie side by side, are not fours", n, side)
					}
				}
			}
		})
	}
}

func checkPlaces(t *testing.T, at []int32, x, z []float64) {
	t.Helper()
	n, p, before, want := len(at), NewPlaces(at), slices.Clone(z), slices.Clone(x)
	for i, k := range at {
		want[k] += z[i]
	}
	p.AddAt(x, z)
	sameBits(t, "AddAt", n, want, x)
	sameBits(t, "AddAt", n, before, z)
	before, want = slices.Clone(x), make([]float64, n)
	for i, k := range at {
		want[i] = x[k]
	}
	p.Gather(z, x)
	sameBits(t, "Gather", n, want, z)
	sameBits(t, "Gather", n, before, x)
	clear(z)
	Gather(z, x, at)
	sameBits(t, "Gather without Places", n, want, z)
}

// No number outside of the vectors is read or written, whichever of the places is the last one.
func TestPlacesPanics(t *testing.T) {
	for _, in := range available() {
		t.Run(in.String(), func(t *testing.T) {
			force(t, in)
			for i := range 9 {
				at := make([]int32, 9)
				at[i] = 6
				p, x, z := NewPlaces(at), numbers(newRand(15), 7), make([]float64, 9)
				p.Gather(z, x)
				p.AddAt(x, z)
				mustPanic(t, "outside", func() { p.Gather(z, x[:6]) })
				mustPanic(t, "outside", func() { p.AddAt(x[:6], z) })
				mustPanic(t, "outside", func() { p.Gather(z[:8], x) })
				mustPanic(t, "outside", func() { p.AddAt(x, z[:8]) })
				at[i] = -1
				mustPanic(t, "negative", func() { NewPlaces(at) })
			}
		})
	}
}
