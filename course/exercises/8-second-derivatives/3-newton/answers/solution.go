// Package answers holds the solution of the exercise about Newton's method, and right and wrong
// answers.
package answers

// Newton goes n steps of Newton's method from x, and returns where it arrives. The function df is
// the derivative of f.
func Newton(f, df func(float64) float64, x float64, n int) float64 {
	for range n {
		x -= f(x) / df(x)
	}
	return x
}
