package elementary

import "math"

// Choose returns a if cond > 0, b if cond ≤ 0, and NaN otherwise.
func Choose(cond, a, b float64) float64 {
	switch {
	case cond > 0:
		return a
	case cond <= 0:
		return b
	}
	return math.NaN()
}

// Larger returns 1 if x > y, 0 if x < y, ½ if x = y, and NaN otherwise.
func Larger(x, y float64) float64 {
	if x == y {
		return 0.5
	}
	return Choose(x-y, 1, 0)
}

// Picked returns i, from 0 up to n, n not included, if |index − i| < ½. It reports false if there is no
// such i.
func Picked(index float64, n int) (i int, ok bool) {
	r := math.Round(index)
	if 0 <= r && r < float64(n) && math.Abs(index-r) < 0.5 {
		return int(r), true
	}
	return 0, false
}
