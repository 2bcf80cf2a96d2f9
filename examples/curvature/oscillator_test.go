package main

import (
	"math"
	"math/rand/v2"
	"testing"

	"gonum.org/v1/gonum/floats"

	"github.com/gradus-go/gradus/examples/curvature/internal/marquardt"
	"github.com/gradus-go/gradus/internal/slow"
)

func newTestSolution(t *testing.T, seed uint64) *solution {
	t.Helper()
	s, err := newSolution(rand.New(rand.NewPCG(seed, 1)))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// The package comment says how near to sin x the network is with the seeds 0 to 49.
func TestSeeds(t *testing.T) {
	seeds := uint64(50)
	if !slow.Wanted() {
		seeds = 3
	}
	for seed := range seeds {
		s := newTestSolution(t, seed)
		f := marquardt.New(s.program, floats.Span(make([]float64, collocation), 0, end))
		for range 100 {
			f.Step()
		}
		if residual, off := s.errors(); off > 2e-4 || residual > 2e-3 {
			t.Errorf("seed %d: %v from sin x, want at most 0.0002; |y″ + y| up to %v", seed, off, residual)
		}
	}
}

// The solution has the initial values whatever the weights are, y″ is the second derivative of y, and the
// first output is y″ + y. The central difference has an error of y⁗h²/12 and one of rounding, 2⁻⁵²·|y|/h².
func TestSolution(t *testing.T) {
	s := newTestSolution(t, 3)
	at := func(x float64, output int) float64 {
		s.program.Forward(x)
		return s.program.Output(output)
	}
	if y := at(0, 1); y != 0 {
		t.Errorf("y(0) = %v, want 0", y)
	}
	const h = 1e-4
	if dy := (at(h, 1) - at(-h, 1)) / (2 * h); math.Abs(dy-1) > 1e-7 {
		t.Errorf("y′(0) = %v, want 1", dy)
	}
	for _, x := range []float64{0, 0.5, 2, 3.14, 6} {
		want := (at(x+h, 1) - 2*at(x, 1) + at(x-h, 1)) / (h * h)
		if ddy := at(x, 2); math.Abs(ddy-want) > 1e-6*math.Max(1, math.Abs(at(x, 1))) {
			t.Errorf("y″(%v) = %v, want %v", x, ddy, want)
		}
		if r := at(x, 0); math.Abs(r-at(x, 1)-at(x, 2)) > 1e-14*math.Abs(at(x, 1)) {
			t.Errorf("the first output at %v is %v, want %v", x, r, at(x, 1)+at(x, 2))
		}
	}
}
