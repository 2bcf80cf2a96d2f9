package regression

import (
	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/gradcheck/numeric"
)

// A Gradient returns a function that returns dE/dM and dE/dC, and that counts the evaluations of E in
// calls.
type Gradient func(p Points, calls *int) func(Line) (dE Line)

// ByDiffp computes the gradient as the tutorial does, with diffp.
func ByDiffp(p Points, calls *int) func(Line) (dE Line) {
	err := func(a ...float64) float64 {
		*calls++
		return p.Error(Line{a[0], a[1]})
	}
	return func(l Line) (dE Line) {
		return Line{numeric.Diffp(err, 0, l.M, l.C), numeric.Diffp(err, 1, l.M, l.C)}
	}
}

// Exact computes the gradient with autodiff.
func Exact(p Points, calls *int) func(Line) (dE Line) {
	var tape gradus.Tape
	squares := make([]*gradus.Value, len(p.X))
	return func(l Line) (dE Line) {
		*calls++
		tape.Reset()
		m, c := tape.New(l.M), tape.New(l.C)
		for i := range squares {
			squares[i] = m.Mul(p.X[i]).Add(c).Sub(p.Y[i]).Square()
		}
		gradus.Sum(squares...).Backward()
		return Line{m.Grad, c.Grad}
	}
}

// A Descent is a line that gradient descent found, and how it got there.
type Descent struct {
	Line
	Errors []float64 // before every step and after the last one
	Calls  int       // evaluations of the error that the gradients took
}

// GradFit is the tutorial's function grad_fit: it fits a line by gradient descent.
func (p Points) GradFit(l Line, rate float64, steps int, by Gradient) *Descent {
	d := &Descent{Line: l, Errors: []float64{p.Error(l)}}
	gradient := by(p, &d.Calls)
	for range steps {
		dE := gradient(d.Line)
		d.M -= float64(rate * dE.M)
		d.C -= float64(rate * dE.C)
		d.Errors = append(d.Errors, p.Error(d.Line))
	}
	return d
}
