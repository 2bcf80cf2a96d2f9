package significant_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/gradus-go/gradus/internal/significant"
)

func ExampleShared() {
	fmt.Println("22/7:   ", significant.Shared(22.0/7, math.Pi))
	fmt.Println("355/113:", significant.Shared(355.0/113, math.Pi))
	fmt.Println("float32:", significant.Shared(float64(float32(math.Pi)), math.Pi))
	fmt.Println("float64:", significant.Shared(math.Pi, math.Pi))
	// Output:
	// 22/7:    3
	// 355/113: 7
	// float32: 7
	// float64: 16
}

func TestShared(t *testing.T) {
	inf, nan, tiny := math.Inf(1), math.NaN(), math.SmallestNonzeroFloat64
	negZero := math.Copysign(0, -1)
	for _, test := range []struct {
		name string
		x, y float64
		want int
	}{
		{"equal", 0.1, 0.1, 16},
		{"equal negative", -2, -2, 16},
		{"adjacent doubles above a power of two", 1 + 0x1p-52, 1, 15}, // 2.2e-16
		{"adjacent doubles below a power of two", 1, 1 - 0x1p-53, 15}, // 1.1e-16
		{"adjacent subnormals", 3 * tiny, 2 * tiny, 0},                // 1/2
		{"distance 1e-8", 100000001, 100000000, 8},                    // to the digit
		{"a little more than 1e-8", 100000001, 99999999.9, 7},         // 1.1e-8
		{"no digit looks alike", 1999, 2000, 3},                       // 5e-4
		{"to the digit, below", 999, 1000, 3},
		{"eight printed digits share eight", 0.62245933, 0.62245933120185, 8},
		{"eight printed digits share seven", 0.14628025, 0.14628025352696, 7},
		{"the reference decides", 2, 1, 0}, // 1
		{"half", 0.5, 1, 0},
		{"a tenth off", 9, 10, 1},
		{"other sign", -1, 1, 0},
		{"other sign, the other way", 1, -1, 0},
		{"other magnitude", 1e300, 1e-300, 0},
		{"far ends", math.MaxFloat64, -math.MaxFloat64, 0}, // x − y overflows
		{"near the far end", math.MaxFloat64 * (1 - 0x1p-30), math.MaxFloat64, 9},
		{"zero, zero", 0, 0, 16},
		{"zero, negative zero", 0, negZero, 16},
		{"something, zero", tiny, 0, 0},
		{"zero, something", 0, tiny, 0}, // its relative error is 1
		{"Inf, Inf", inf, inf, 16},
		{"Inf, -Inf", inf, -inf, 0},
		{"Inf, finite", inf, 1, 0},
		{"finite, Inf", 1, inf, 0},
		{"NaN, finite", nan, 1, 0},
		{"finite, NaN", 1, nan, 0},
		{"NaN, Inf", nan, inf, 0},
		{"NaN, NaN", nan, nan, 0},
	} {
		if got := significant.Shared(test.x, test.y); got != test.want {
			t.Errorf("%s: Shared(%v, %v) = %d, want %d", test.name, test.x, test.y, got, test.want)
		}
	}
}

// Numbers with a known relative error share the digits that it leaves, and only equal numbers
// share Max.
func TestSharedRelativeError(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for range 10_000 {
		y := math.Ldexp(1+rng.Float64(), rng.IntN(2000)-1000)
		n := rng.IntN(15)
		x := y * (1 + 2*math.Pow10(-n-1)) // 2e-(n+1): a clear n digits
		if got := significant.Shared(x, y); got != n {
			t.Fatalf("Shared(%v, %v) = %d, want %d", x, y, got, n)
		}
		if next := math.Nextafter(y, 0); significant.Shared(next, y) != significant.Max-1 {
			t.Fatalf("Shared(%v, %v) = %d, want %d", next, y, significant.Shared(next, y), significant.Max-1)
		}
	}
}
