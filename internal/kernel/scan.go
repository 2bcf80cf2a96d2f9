package kernel

import "math"

// A scan computes running products: z[i] = x·y[0]·y[1]·…·y[i]. As written, each product waits for the one
// before. A fast scan multiplies eight factors by each other first, and what is before them by the result.

// group is how many factors a fast scan takes at a time.
const group = 8

// A fast scan takes no products of up to eight factors in a row outside of this range: they might overflow or
// underflow although the products as written do not.
const smallest, largest = 0x1p-64, 0x1p64

// Scan computes z[i] = z[i−1]·y[i], where z[−1] is x, as written.
//
// It panics if y is shorter than z.
func Scan(x float64, z, y []float64) {
	y = y[:len(z)]
	for i := range z {
		x = float64(x * y[i])
		z[i] = x
	}
}

// FastScan is Scan in another order. It reports false, and leaves z undefined, if the product of some of up
// to eight factors in a row may be too large or too small.
//
// It panics if y is shorter than z.
func FastScan(x float64, z, y []float64) bool {
	y = y[:len(z)]
	n := len(z) / group * group
	low, high := 1.0, 1.0
	switch {
	case n == 0:
	case best == portable:
		low, high = goScan(x, z[:n], y)
	default:
		low, high = scan(x, z[:n], y)
	}
	if n > 0 {
		x = z[n-1]
	}
	Scan(x, z[n:], y[n:])
	return smallest < low && high < largest
}

// ScanGrad hands the gradient gz of the last product of a Scan on to the factors: it adds to gy, and returns
// the gradient of x[0]. In x stands what was before each factor: x[i] = z[i−1].
//
// It panics if x or gy is shorter than y.
func ScanGrad(gz float64, x, y, gy []float64) (gx float64) {
	x, gy = x[:len(y)], gy[:len(y)]
	for i := len(y) - 1; i >= 0; i-- {
		gy[i] += float64(gz * x[i])
		gz = float64(gz * y[i])
	}
	return gz
}

// FastScanGrad is ScanGrad in another order, for a FastScan that reported true.
//
// It panics if x or gy is shorter than y.
func FastScanGrad(gz float64, x, y, gy []float64) (gx float64) {
	n := len(y) / group * group
	gz = ScanGrad(gz, x[n:], y[n:], gy[n:])
	x, gy = x[:n], gy[:n]
	switch {
	case n == 0:
		return gz
	case best == portable:
		return goScanGrad(gz, x, y[:n], gy)
	}
	return scanGrad(gz, x, y[:n], gy)
}

// goScan computes whole groups. It returns the smallest and the largest of the products within one.
func goScan(x float64, z, y []float64) (low, high float64) {
	low, high = 1, 1
	for ; len(z) >= group; z, y = z[group:], y[group:] {
		p := 1.0
		for i, f := range y[:group] {
			p *= f
			low, high = min(low, math.Abs(p)), max(high, math.Abs(p))
			z[i] = x * p
		}
		x *= p
	}
	return low, high
}

// goScanGrad hands the gradient on through whole groups.
func goScanGrad(gz float64, x, y, gy []float64) float64 {
	for end := len(y); end > 0; end -= group {
		p := 1.0
		for i := end - 1; i >= end-group; i-- {
			gy[i] += float64(gz * p * x[i])
			p *= y[i]
		}
		gz *= p
	}
	return gz
}
