package main

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"

	"gonum.org/v1/gonum/floats"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/chart"
	"github.com/gradus-go/gradus/examples/curvature/internal/marquardt"
	"github.com/gradus-go/gradus/internal/program/progress"
	"github.com/gradus-go/gradus/nn"
	"github.com/gradus-go/gradus/replay"
)

const (
	end         = 2 * math.Pi // of the interval, which begins at 0
	neurons     = 16
	collocation = 41   // points at which the loss asks for y″ + y = 0
	grid        = 1001 // points at which the solution is compared with sin x
)

// oscillator is section 3: a network that solves y″ + y = 0 with y(0) = 0 and y′(0) = 1.
func (l *lesson) oscillator(ctx context.Context) error {
	l.Section("3. y″ + y = 0, y(0) = 0, y′(0) = 1, solved by a network")
	s, err := newSolution(rand.New(rand.NewPCG(l.seed, 1)))
	if err != nil {
		return err
	}
	f := marquardt.New(s.program, floats.Span(make([]float64, collocation), 0, end))
	l.Prose(`y(x) = x + x²·N(x), where N is a network with the layers 1-%d-1 and tanh, has y(0) = 0 and
		y′(0) = 1 whatever its %d parameters are. Its loss is the sum of (y″ + y)² at %d points of [0, 2π]. The
		graph of y″ is from gradus.Gradient, applied twice. The derivatives of y″ with respect to the
		parameters are third derivatives.`, neurons, len(s.program.Numbers()), collocation)
	l.Printf("\n")
	l.Printf("%6s%14s%12s%18s%16s\n", "step", "loss", "damping", "max |y″ + y|", "max |y − sin x|")
	row := func(step int) {
		residual, off := s.errors()
		l.Printf("%6d%14.2e%12.0e%18.2e%16.2e\n", step, f.Sum, f.Damping, residual, off)
	}
	row(0)
	bar := progress.New(l.terminal, l.steps, "training")
	step, every := 0, max(1, l.steps/10)
	for step < l.steps && ctx.Err() == nil && f.Step() {
		_ = bar.Add(1)
		if step++; step%every == 0 {
			_ = bar.Clear()
			row(step)
		}
	}
	_ = bar.Finish()
	if step%every != 0 {
		row(step)
	}
	l.Printf("\n")
	l.Prose(`A step is that of Newton's method, but with first derivatives of r = y″ + y alone: JᵀJ, where J
		holds the derivatives of r at each point, is nearly half the Hessian of the loss where r is small. The
		damping is added to its diagonal, and keeps the step short where r is not small. The loss knows
		nothing of sin x.`)
	l.draw(s, step)
	return ctx.Err()
}

// draw prints and draws the solution after so many steps.
func (l *lesson) draw(s *solution, steps int) {
	l.Printf("\n%6s%14s%12s%18s\n", "x", "y", "sin x", "y″")
	for x := range 7 {
		s.program.Forward(float64(x))
		l.Printf("%6d%14.5f%12.5f%18.5f\n", x, s.program.Output(1), math.Sin(float64(x)), s.program.Output(2))
	}
	y := chart.Series{Name: fmt.Sprintf("the network after %d steps", steps)}
	sine := chart.Series{Name: "sin x", Style: chart.Points}
	difference := chart.Series{}
	for i, x := range floats.Span(make([]float64, grid), 0, end) {
		s.program.Forward(x)
		y.Add(x, s.program.Output(1))
		difference.Add(x, s.program.Output(1)-math.Sin(x))
		if i%40 == 0 {
			sine.Add(x, math.Sin(x))
		}
	}
	_, off := s.errors()
	l.album.Add("3-oscillator.png", chart.Stack{
		{
			Title: fmt.Sprintf("y″ + y = 0: the network is at most %.1e away from sin x", off),
			Y:     chart.Axis{Label: "y"}, Series: []chart.Series{y, sine},
		},
		{X: chart.Axis{Label: "x"}, Y: chart.Axis{Label: "y − sin x"}, Series: []chart.Series{difference}},
	})
}

// A solution is y(x) = x + x²·N(x) with a network N, recorded as a program from x to y″ + y, y and y″.
//
// Source: I. Lagaris, A. Likas, D. Fotiadis, Artificial Neural Networks for Solving Ordinary and Partial
// Differential Equations, IEEE Transactions on Neural Networks 9, 1998.
type solution struct{ program *replay.Program }

// newSolution returns a solution with random weights. The biases are not random: neuron i of the hidden layer
// is 0 in the middle of part i of the interval, where its tanh curves, so that no part is without one.
func newSolution(rng *rand.Rand) (*solution, error) {
	hidden := nn.Dense{Units: neurons, Activation: nn.Tanh, Init: nn.Uniform(-1, 1)}
	N := nn.NewMLP(rng, 1, hidden, nn.Dense{Units: 1})
	for i, neuron := range N.Layers[0].Neurons {
		middle := end * (float64(i) + 0.5) / neurons
		neuron.B.Data = -neuron.W[0].Data * middle
	}
	x := gradus.New(1).As("x")
	y := x.Add(x.Square().Mul(N.Forward(x)[0]))
	dy := gradus.Gradient(y, x)[0]
	ddy := gradus.Gradient(dy, x)[0]
	r := replay.Recorder{Inputs: []*gradus.Value{x}, Params: N.Params(), Exact: true}
	program, err := r.Record(ddy.Add(y), y, ddy)
	return &solution{program}, err
}

// errors returns the largest |y″ + y| and the largest |y − sin x| on a fine grid.
func (s *solution) errors() (residual, off float64) {
	for _, x := range floats.Span(make([]float64, grid), 0, end) {
		residual = max(residual, math.Abs(s.program.Forward(x)))
		off = max(off, math.Abs(s.program.Output(1)-math.Sin(x)))
	}
	return residual, off
}
