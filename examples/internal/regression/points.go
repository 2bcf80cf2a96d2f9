package regression

import (
	"math"
	"math/rand/v2"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/stat"
)

// A Line is y = M·x + C.
type Line struct{ M, C float64 }

// True is the line around which the tutorial's data scatter.
var True = Line{M: 3, C: 4}

// At returns the y of the line at x.
func (l Line) At(x float64) float64 { return float64(l.M*x) + l.C }

// Points are the tutorial's data. They scatter around the line [True].
type Points struct{ X, Y []float64 }

// NewPoints returns 100 points with X in [0, width).
func NewPoints(rng *rand.Rand, width float64) (p Points) {
	for range 100 {
		x := width * rng.Float64()
		p.X = append(p.X, x)
		p.Y = append(p.Y, True.At(x)+float64(.3*rng.NormFloat64()))
	}
	return p
}

// Error returns the sum, not the mean, of the squared errors of a line.
func (p Points) Error(l Line) (sum float64) {
	for i, x := range p.X {
		e := l.At(x) - p.Y[i]
		sum += float64(e * e)
	}
	return sum
}

// LeastSquares returns the line with the smallest error.
func (p Points) LeastSquares() Line {
	c, m := stat.LinearRegression(p.X, p.Y, nil, false)
	return Line{m, c}
}

// Curvature returns the largest eigenvalue of the error's Hessian,
//
//	2 ⎛ Σx²  Σx ⎞
//	  ⎝ Σx   n  ⎠
func (p Points) Curvature() float64 {
	n, x, xx := float64(len(p.X)), floats.Sum(p.X), floats.Dot(p.X, p.X)
	return xx + n + math.Hypot(xx-n, 2*x)
}
