// Package newton finds where a function is zero.
package newton

// Newton goes n steps of Newton's method from x, and returns where it arrives. The function df is
// the derivative of f.
func Newton(f, df func(float64) float64, x float64, n int) float64 {
	// TODO: go n steps from x to x − f(x)/df(x), each from where the one before has arrived.
	return 0
}
