package nn_test

import (
	"fmt"
	"math"
	"testing"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/gradcheck"
	"github.com/gradus-go/gradus/nn"
)

// Losses by hand, where every number is exact.
func TestLosses(t *testing.T) {
	for _, tt := range []struct {
		name     string
		y, t, dy []float64
		want     float64
	}{
		{"HalfSquaredError", xs{3, 4}, xs{1, 1}, xs{2, 3}, 6.5},
		{"SumSquaredErrors", xs{3, 4}, xs{1, 1}, xs{4, 6}, 13},
		{"MeanSquaredError", xs{3, 4}, xs{1, 1}, xs{2, 3}, 6.5},
		{"MeanSquaredError", xs{3, 4, 1, 1}, xs{1, 1, 1, 1}, xs{1, 1.5, 0, 0}, 3.25},
		{"BinaryCrossEntropy", xs{0}, xs{1}, xs{-0.5}, math.Ln2},
		{"BinaryCrossEntropy", xs{800}, xs{0}, xs{1}, 800},
		{"BinaryCrossEntropy", xs{-800}, xs{1}, xs{-1}, 800},
		{"BinaryCrossEntropy", xs{800, -800}, xs{1, 0}, xs{0, 0}, 0},
		{"BinaryCrossEntropy", xs{math.Inf(-1)}, xs{0}, xs{0}, 0},
		{"BinaryCrossEntropy", xs{math.Inf(1)}, xs{1}, xs{0}, 0},
		{"SoftmaxCrossEntropy", xs{5}, xs{1}, xs{0}, 0},
		{"SoftmaxCrossEntropy", xs{1e17, 1e17}, xs{0, 1}, xs{0.5, -0.5}, math.Ln2},
		{"SoftmaxCrossEntropy", xs{math.Inf(-1), 0, 0}, xs{0, 1, 0}, xs{0, -0.5, 0.5}, math.Ln2},
		{"SoftmaxCrossEntropy", xs{7, 7}, xs{0.5, 0.5}, xs{0, 0}, math.Ln2},
		{"SoftmaxCrossEntropy", xs{800, -800}, xs{0, 1}, xs{1, -1}, 1600},
		{"SoftmaxCrossEntropy", xs{800, -800}, xs{1, 0}, xs{0, 0}, 0},
		{"Hinge", xs{0.5, -3}, xs{1, 1}, xs{-0.5, -0.5}, 2.25},
		{"Hinge", xs{2, -3}, xs{1, -1}, xs{0, 0}, 0},
		{"Hinge", xs{1}, xs{1}, xs{0}, 0}, // at the kink
	} {
		y := gradus.Values(tt.y)
		l := losses[tt.name](y, gradus.Values(tt.t))
		l.Backward()
		// Only the logarithm of 2 is rounded, after the addition of a number up to 7.
		if !near(l.Data, tt.want, 8, 1) {
			t.Errorf("%s(%v, %v) = %v, want %v", tt.name, tt.y, tt.t, l.Data, tt.want)
		}
		for i := range y {
			if !near(y[i].Grad, tt.dy[i], 8, 1) {
				t.Errorf("%s(%v, %v): derivative by y[%d] = %v, want %v",
					tt.name, tt.y, tt.t, i, y[i].Grad, tt.dy[i])
			}
		}
	}
}

type xs = []float64

// The derivatives are those with respect to outputs and targets, at points away from kinks.
func TestLossesByGradcheck(t *testing.T) {
	for name, loss := range losses {
		for _, n := range []int{1, 2, 7} {
			t.Run(fmt.Sprintf("%s/%d", name, n), func(t *testing.T) {
				rng := newRand()
				y, target := make([]*gradus.Value, n), make([]*gradus.Value, n)
				for i := range y {
					y[i] = gradus.New(4*rng.Float64() - 2).As(fmt.Sprintf("y%d", i))
					target[i] = gradus.New(rng.Float64()).As(fmt.Sprintf("t%d", i))
				}
				f := func() *gradus.Value { return loss(y, target) }
				if name == "SoftmaxCrossEntropy" && n == 1 { // it is t·(y − y)
					equal(t, "loss", f().Data, 0.0)
					return
				}
				gradcheck.Test(t, f, append(y, target...)...)
			})
		}
	}
}

func TestLossPanics(t *testing.T) {
	one, two := gradus.Values(xs{1}), gradus.Values(xs{1, 2})
	for name, loss := range losses {
		const want = "nn: %s: got %d outputs and %d targets, want the same number of both, at least 1"
		panics(t, fmt.Sprintf(want, name, 1, 2), func() { loss(one, two) })
		panics(t, fmt.Sprintf(want+"; OneHot makes the targets of a class", name, 2, 1), func() { loss(two, one) })
		panics(t, fmt.Sprintf(want, name, 0, 0), func() { loss(nil, nil) })
	}
}

func TestOneHot(t *testing.T) {
	equal(t, "the first of one", nn.OneHot(1, 0), xs{1})
	equal(t, "the last of three", nn.OneHot(3, 2), xs{0, 0, 1})
	for _, no := range []struct{ class, n int }{{-1, 3}, {3, 3}, {0, 0}, {0, -2}} {
		panics(t, fmt.Sprintf("nn: OneHot: got class %d of %d, counted from 0: there is none", no.class, no.n),
			func() { nn.OneHot(no.n, no.class) })
	}
}

// A loss of the user's own is a function like any other.
func TestOwnLoss(t *testing.T) {
	var absolute nn.Loss = func(y, t []*gradus.Value) *gradus.Value { return y[0].Sub(t[0]).Abs() }
	equal(t, "|y − t|", absolute(gradus.Values(xs{3}), gradus.Values(xs{5})).Data, 2.0)
}
