package significant

import "math"

// Max is the number of digits that equal numbers share. A float64 has 53 bits, which is 15.95
// decimal digits, and two that differ never share more than 15 of them. So Max means that the
// numbers are equal.
const Max = 16

// Shared returns how many significant decimal digits x shares with the reference y: the
// greatest whole n with
//
//	|x − y| ≤ |y| / 10ⁿ
//
// which is −log₁₀(|x − y|/|y|) rounded down, limited to 0 … [Max].
//
// It measures the distance and does not compare the digits one by one: 1999 shares three
// digits with 2000. A number rounded to eight digits shares seven or eight with the number that
// it was rounded from.
//
// Special cases are:
//
//	Shared(x, x) = Max, also for ±0 against ∓0 and for ±Inf
//	Shared(x, ±0) = 0 for x ≠ 0, since no distance is small relative to zero
//	Shared(x, ±Inf) = Shared(±Inf, x) = 0 for every other x
//	Shared(x, NaN) = Shared(NaN, x) = 0, also for x = NaN, which has no digits
//
// Source: the log relative error of B. D. McCullough, Assessing the reliability of
// statistical software: part I, The American Statistician 52(4), 1998, with which results
// are compared to the NIST Statistical Reference Datasets.
func Shared(x, y float64) int {
	if x == y {
		return Max
	}
	distance, size := math.Abs(x-y), math.Abs(y)
	if math.IsInf(size, 0) {
		return 0
	}
	// The loop takes the place of math.Log10: at exact powers of ten the last bit of the
	// logarithm would decide, and that may differ between architectures. If x or y is NaN, the
	// comparison is false.
	n := 0
	for n < Max && distance*math.Pow10(n+1) <= size {
		n++
	}
	return n
}
