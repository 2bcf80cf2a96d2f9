// Package marquardt fits the parameters of a recorded program by the Levenberg-Marquardt method.
package marquardt

import (
	"slices"

	"github.com/gradus-go/gradus/examples/curvature/internal/linear"
	"github.com/gradus-go/gradus/replay"
)

// A Fit makes the sum of squared residuals small by the Levenberg-Marquardt method. The sum of r(x)² over
// the points x has the gradient 2Jᵀr, and, as far as the residuals r are small, the Hessian 2JᵀJ, where row
// by row J holds the derivatives of r(x) with respect to the parameters. So first derivatives are enough:
// Newton's step is the s with
//
//	(JᵀJ + Damping·1)·s = −Jᵀr
//
// Damping makes the matrix positive definite and the step short. It falls when a step has made the
// sum smaller, and rises until one does.
//
// Sources: K. Levenberg, Quarterly of Applied Mathematics 2, 1944; D. Marquardt, Journal of the Society for
// Industrial and Applied Mathematics 11, 1963.
type Fit struct {
	Sum     float64 // of the squared residuals
	Damping float64

	program *replay.Program
	points  []float64
}

// New returns a fit of a program that computes r(x) from x. It keeps the points and changes the parameters of
// the program.
func New(program *replay.Program, points []float64) *Fit {
	f := &Fit{program: program, points: points, Damping: 1}
	f.Sum = f.squares()
	return f
}

// squares returns the sum of the squared residuals.
func (f *Fit) squares() (sum float64) {
	for _, x := range f.points {
		r := f.program.Forward(x)
		sum += float64(r * r)
	}
	return sum
}

// equations returns JᵀJ, of which only the diagonal and what is below it are set, and −Jᵀr.
func (f *Fit) equations() (a [][]float64, b []float64) {
	n := len(f.program.Numbers())
	a, b = make([][]float64, n), make([]float64, n)
	for i := range a {
		a[i] = make([]float64, i+1)
	}
	for _, x := range f.points {
		r := f.program.Forward(x)
		f.program.Backward()
		row := f.program.Gradient() // of J
		for i, dr := range row {
			b[i] -= float64(dr * r)
			for j := range a[i] {
				a[i][j] += float64(dr * row[j])
			}
		}
	}
	return a, b
}

// Step makes a step. It tries 30 dampings, each 4 times the last, and reports false if none of them leads to
// a smaller sum. The parameters are then what they were.
func (f *Fit) Step() bool {
	a, b := f.equations()
	w := f.program.Numbers()
	before := slices.Clone(w)
	damped := 0.0 // what is on the diagonal of a
	for range 30 {
		for i := range a {
			a[i][i] += f.Damping - damped
		}
		damped = f.Damping
		if s, ok := linear.Solve(a, b); ok {
			for i := range w {
				w[i] = before[i] + s[i]
			}
			if sum := f.squares(); sum < f.Sum {
				f.Sum = sum
				f.Damping /= 10
				return true
			}
		}
		f.Damping *= 4
	}
	copy(w, before)
	return false
}
