// Package linear has the little linear algebra that Newton's method and its relatives need.
package linear

import "math"

// Solve returns the x with a·x = b, for a symmetric matrix a of which it reads the diagonal and what is
// below it. It reports false if a is not positive definite: if it does not curve upwards in every
// direction.
//
// It is the Cholesky decomposition a = l·lᵀ with a lower triangular matrix l: first l·y = b is solved
// from the top, then lᵀ·x = y from the bottom. Products are rounded before they are added up, so that the
// result is the same on every machine.
func Solve(a [][]float64, b []float64) (x []float64, ok bool) {
	l, x := make([][]float64, len(b)), make([]float64, len(b))
	for i, row := range a {
		l[i] = make([]float64, i+1)
		for j := range i {
			l[i][j] = (row[j] - product(l[i][:j], l[j])) / l[j][j]
		}
		pivot := row[i] - product(l[i][:i], l[i])
		if !(pivot > 0) { // also true for NaN
			return nil, false
		}
		l[i][i] = math.Sqrt(pivot)
		x[i] = (b[i] - product(x[:i], l[i])) / l[i][i]
	}
	for i := len(x) - 1; i >= 0; i-- {
		x[i] /= l[i][i]
		for j := range i {
			x[j] -= float64(l[i][j] * x[i])
		}
	}
	return x, true
}

// product returns the sum of x[i]·y[i] over all i of x.
func product(x, y []float64) (sum float64) {
	for i := range x {
		sum += float64(x[i] * y[i])
	}
	return sum
}

// Eigenvalues returns the two eigenvalues of a symmetric 2×2 matrix.
func Eigenvalues(a [][]float64) (smaller, larger float64) {
	mean, half := (a[0][0]+a[1][1])/2, (a[0][0]-a[1][1])/2
	radius := math.Hypot(half, a[0][1])
	return mean - radius, mean + radius
}
