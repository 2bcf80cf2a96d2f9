package main

import (
	"context"
	"errors"
	"math"

	"gonum.org/v1/gonum/floats"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/examples/curvature/internal/linear"
	"github.com/gradus-go/gradus/examples/curvature/internal/path"
	"github.com/gradus-go/gradus/replay"
)

// arrived is the error with which a method has arrived at the minimum.
const arrived = 1e-12

// The derivatives are those of the error of logistic regression, recorded as one program: its inputs are w
// and b, its outputs the gradient and the Hessian.
type derivatives struct {
	program  *replay.Program
	gradient []float64   // where at was called last
	hessian  [][]float64 // in the same place
}

// recordDerivatives builds the derivatives as graphs and records them.
func recordDerivatives() (*derivatives, error) {
	w, b := gradus.New(0).As("w"), gradus.New(0).As("b")
	E := crossEntropy(w, b, students)
	dE, H := gradus.Gradient(E, w, b), gradus.Hessian(E, w, b)
	r := replay.Recorder{Inputs: []*gradus.Value{w, b}, Exact: true}
	program, err := r.Record(dE[0], dE[1], H[0][0], H[0][1], H[1][1])
	return &derivatives{program: program}, err
}

// at computes the derivatives at x, which is w and b.
func (d *derivatives) at(x []float64) {
	d.program.Forward(x...)
	out := d.program.Output
	d.gradient = []float64{out(0), out(1)}
	d.hessian = [][]float64{{out(2), out(3)}, {out(3), out(4)}}
}

// newtonStep returns the step to the minimum of the parabola that has the gradient and the Hessian of E:
// the s with H·s = −∇E. It returns an error if that parabola has no minimum.
func (d *derivatives) newtonStep() (s []float64, err error) {
	s, ok := linear.Solve(d.hessian, d.gradient)
	if !ok {
		return nil, errors.New("the Hessian is not positive definite")
	}
	for i := range s {
		s[i] = -s[i]
	}
	return s, nil
}

// minimum returns where E is smallest, and computes the derivatives there. Newton's method arrives after
// 6 steps; the others are for the last bit.
func (d *derivatives) minimum() (x []float64, err error) {
	x = []float64{0, 0}
	for range 10 {
		d.at(x)
		s, err := d.newtonStep()
		if err != nil {
			return nil, err
		}
		floats.Add(x, s)
	}
	d.at(x)
	return x, nil
}

// descend takes steps from w = b = 0 until it has arrived at the minimum. If it is interrupted, it returns an
// error and the path so far.
func (d *derivatives) descend(
	ctx context.Context, minimum []float64, step func() ([]float64, error),
) (p path.Path, err error) {
	x := []float64{0, 0}
	for range 100_000 {
		p = append(p, math.Hypot(x[0]-minimum[0], x[1]-minimum[1]))
		if p[len(p)-1] <= arrived {
			break
		}
		if err := ctx.Err(); err != nil {
			return p, err
		}
		d.at(x)
		s, err := step()
		if err != nil {
			return p, err
		}
		floats.Add(x, s)
	}
	return p, nil
}
