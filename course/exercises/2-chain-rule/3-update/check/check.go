// Package check checks answers to the exercise about a step of gradient descent.
package check

import (
	"fmt"
	"math"

	"github.com/gradus-go/gradus/course/internal/checking"
)

// Answer is the type of an answer.
type Answer = func(w1, b1, w2, b2, x, t, eta float64) (newW1, newB1, newW2, newB2 float64)

// Checker returns the Checker of this exercise. The parameters are compared in the order in which
// their derivatives are found.
func Checker() checking.Checker {
	return checking.Of(func(a Answer) (f checking.Findings) {
		for _, i := range []int{3, 2, 1, 0} {
			f = append(f, of(i).Check(a)...)
		}
		return f
	})
}

var names = []string{"W1", "b1", "W2", "b2"}

// of compares parameter i. The numbers are those of Answer, in its order.
func of(i int) checking.Comparison[Answer] {
	return checking.Comparison[Answer]{
		Name: "the new " + names[i], Right: Written(right), Slips: slips,
		Points: [][]float64{{0.5, 0, -1, 0, 1, 0, 0.01}}, From: 0.2, To: 1.5,
		Run: func(f Answer, x []float64) float64 {
			var got [4]float64
			got[0], got[1], got[2], got[3] = f(x[0], x[1], x[2], x[3], x[4], x[5], x[6])
			return got[i]
		},
		Call: func(x []float64) string {
			return fmt.Sprintf("for W1 = %.4g, b1 = %.4g, W2 = %.4g, b2 = %.4g, x = %.4g, t = %.4g and η = %.4g, "+
				"the new %s", x[0], x[1], x[2], x[3], x[4], x[5], x[6], names[i])
		},
	}
}

// A State is what is known when the derivatives are computed. DY is dL/dy.
type State struct{ W1, B1, W2, B2, X, T, Eta, Z, A, Y, DY float64 }

// DZ returns dL/dz.
func (s State) DZ() float64 { return s.DY * s.W2 * s.A * (1 - s.A) }

// Step returns the parameters after a step against these derivatives, in the order W1, b1, W2, b2.
func (s State) Step(dw1, db1, dw2, db2 float64) [4]float64 {
	return [4]float64{s.W1 - s.Eta*dw1, s.B1 - s.Eta*db1, s.W2 - s.Eta*dw2, s.B2 - s.Eta*db2}
}

// Written returns the answer that computes the new parameters so, from what is known.
func Written(updated func(s State) [4]float64) Answer {
	return func(w1, b1, w2, b2, x, t, eta float64) (newW1, newB1, newW2, newB2 float64) {
		s := State{W1: w1, B1: b1, W2: w2, B2: b2, X: x, T: t, Eta: eta, Z: w1*x + b1}
		s.A = 1 / (1 + math.Exp(-s.Z))
		s.Y = w2*s.A + b2
		s.DY = s.Y - t
		p := updated(s)
		return p[0], p[1], p[2], p[3]
	}
}

func right(s State) [4]float64 { return s.through(s.DZ()) }

// through returns the parameters after a step in which dL/dz is dz.
func (s State) through(dz float64) [4]float64 { return s.Step(dz*s.X, dz, s.DY*s.A, s.DY) }
