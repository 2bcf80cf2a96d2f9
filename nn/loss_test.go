package nn_test

import (
	"fmt"
	"math"
	"slices"
	"strings"
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
		{"SoftmaxCrossEntropy", xs{1e17, 1e17}, xs{0, 1}, xs{0.5, -0.5}, math.Ln2},
		{"SoftmaxCrossEntropy", xs{math.Inf(-1), 0, 0}, xs{0, 1, 0}, xs{0, -0.5, 0.5}, math.Ln2},
		{"SoftmaxCrossEntropy", xs{7, 7}, xs{0.5, 0.5}, xs{0, 0}, math.Ln2},
		{"SoftmaxCrossEntropy", xs{800, -800}, xs{0, 1}, xs{1, -1}, 1600},
		{"SoftmaxCrossEntropy", xs{800, -800}, xs{1, 0}, xs{0, 0}, 0},
		{"Hinge", xs{0.5, -3}, xs{1, 1}, xs{-0.5, -0.5}, 2.25},
		{"Hinge", xs{2, -3}, xs{1, -1}, xs{0, 0}, 0},
		{"Hinge", xs{1}, xs{1}, xs{0}, 0}, // at the kink
		{"MeanAbsoluteError", xs{3, -4}, xs{1, 1}, xs{0.5, -0.5}, 3.5},
		{"MeanAbsoluteError", xs{1}, xs{1}, xs{0}, 0}, // at the kink
		{"MeanAbsoluteError", xs{800, -800}, xs{-800, 800}, xs{0.5, -0.5}, 1600},
		{"Huber(1)", xs{0.5, 3}, xs{0, 0}, xs{0.25, 0.5}, (0.125 + 2.5) / 2},
		{"Huber(1)", xs{1, -1}, xs{0, 0}, xs{0.5, -0.5}, 0.5}, // where the two forms meet
		{"Huber(2.5)", xs{-800}, xs{800}, xs{-2.5}, 2.5 * (1600 - 1.25)},
		{"Huber(2.5)", xs{math.Inf(1)}, xs{0}, xs{2.5}, math.Inf(1)},
		{"LogCosh", xs{1}, xs{1}, xs{0}, 0},
		{"LogCosh", xs{math.Log(2)}, xs{0}, xs{0.6}, math.Log(1.25)},
		{"LogCosh", xs{800, -800}, xs{0, 0}, xs{0.5, -0.5}, 800 - math.Ln2},
		{"Quantile(0.9)", xs{3, 3}, xs{1, 13}, xs{0.05, -0.45}, (0.2 + 9) / 2},
		{"Quantile(0.9)", xs{3}, xs{3}, xs{-0.4}, 0}, // at the kink
		{"PoissonNLL", xs{0, math.Ln2}, xs{3, 1}, xs{-1, 0.5}, (1 + 2 - math.Ln2) / 2},
		{"PoissonNLL", xs{-800}, xs{2}, xs{-2}, 1600},
		{"KLDivergence", xs{7, 7}, xs{0.5, 0.5}, xs{0, 0}, 0},
		{"KLDivergence", xs{7, 7}, xs{0, 1}, xs{0.5, -0.5}, math.Ln2},
		{"KLDivergence", xs{math.Inf(-1), 0, 0}, xs{0, 0.5, 0.5}, xs{0, 0, 0}, 0},
		{"KLDivergence", xs{800, -800}, xs{0.5, 0.5}, xs{0.5, -0.5}, 800 - math.Ln2},
		{"MultiClassHinge", xs{2, 0.5, 1.5}, xs{1, 0, 0}, xs{-1. / 3, 0, 1. / 3}, 0.5 / 3},
		{"MultiClassHinge", xs{2, 1}, xs{1, 0}, xs{0, 0}, 0}, // at the kink
		{"MultiClassHinge", xs{800, -800}, xs{0, 1}, xs{0.5, -0.5}, 1601. / 2},
		{
			"Focal(2, SoftmaxCrossEntropy)",
			xs{7, 7},
			xs{1, 0},
			xs{-0.125 - math.Ln2/4, 0.125 + math.Ln2/4},
			math.Ln2 / 4,
		},
		{"Focal(2, SoftmaxCrossEntropy)", xs{800, -800}, xs{1, 0}, xs{0, 0}, 0},
		{"Focal(2, SoftmaxCrossEntropy)", xs{800, -800}, xs{0, 1}, xs{1, -1}, 1600},
		{"LabelSmoothing(0.1, SoftmaxCrossEntropy)", xs{7, 7}, xs{1, 0}, xs{-0.45, 0.45}, math.Ln2},
		{"LabelSmoothing(0.1, SoftmaxCrossEntropy)", xs{800, -800}, xs{1, 0}, xs{0.05, -0.05}, 80},
		{"Weighted(i + 0.5, SoftmaxCrossEntropy)", xs{7, 7}, xs{1, 0}, xs{-0.25, 0.25}, math.Ln2 / 2},
		{"Weighted(i + 0.5, SoftmaxCrossEntropy)", xs{7, 7}, xs{0, 1}, xs{0.75, -0.75}, math.Ln2 * 1.5},
	} {
		y := gradus.Values(tt.y)
		loss := losses[tt.name]
		if loss == nil {
			loss = wrappers[tt.name](len(y))
		}
		l := loss(y, gradus.Values(tt.t))
		l.Backward()
		// What is rounded has the size of the loss or of 1, and so have the numbers that are added to it.
		if l.Data != tt.want && !near(l.Data, tt.want, 8, max(1, tt.want)) {
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
		sizes := []int{1, 2, 7}
		if slices.Contains(ofClasses, name) {
			sizes = sizes[1:]
		}
		for _, n := range sizes {
			t.Run(fmt.Sprintf("%s/%d", name, n), func(t *testing.T) {
				rng := newRand()
				y, target := make([]*gradus.Value, n), make([]*gradus.Value, n)
				for i := range y {
					y[i] = gradus.New(4*rng.Float64() - 2).As(fmt.Sprintf("y%d", i))
					target[i] = gradus.New(rng.Float64()).As(fmt.Sprintf("t%d", i))
				}
				f := func() *gradus.Value { return loss(y, target) }
				gradcheck.Test(t, f, append(y, target...)...)
			})
		}
	}
	for name, loss := range wrappers {
		t.Run(name, func(t *testing.T) {
			y := gradus.Values(xs{0.3, -1.2, 0.7})
			f := func() *gradus.Value { return loss(3)(y, gradus.Values(xs{0, 0, 1})) }
			gradcheck.Test(t, f, y...)
		})
	}
}

// Where a network is nearly sure, digits do not cancel: C is exp(−40) and 1 − p, too.
func TestFocalOfNearlySure(t *testing.T) {
	y := gradus.Values(xs{40})
	l := nn.Focal(2, nn.BinaryCrossEntropy)(y, gradus.Values(xs{1}))
	l.Backward()
	if want := math.Exp(-120); !near(l.Data, want, 200, want) || !near(y[0].Grad, -3*want, 200, want) {
		t.Errorf("%v with the derivative %v, want exp(−120) and −3·exp(−120)", l.Data, y[0].Grad)
	}
}

// Weights and a rate may be changed afterwards: a loss has its own.
func TestWeightedKeepsWeights(t *testing.T) {
	weights := xs{2, 3}
	loss := nn.Weighted(weights, nn.MeanSquaredError)
	weights[0] = 100
	equal(t, "loss", loss(gradus.Values(xs{2, 0}), gradus.Values(xs{1, 0})).Data, 1.0)
}

// What the functions that make losses refuse, and the losses that they make.
func TestLossMakersPanic(t *testing.T) {
	nan, inf := math.NaN(), math.Inf(1)
	for _, x := range []float64{0, -1, nan, inf} {
		panics(t, fmt.Sprintf("nn: Huber: got %v, want a positive finite number", x), func() { nn.Huber(x) })
	}
	for _, x := range []float64{0, 1, nan} {
		panics(t, fmt.Sprintf("nn: Quantile: got %v, want a number between 0 and 1", x), func() { nn.Quantile(x) })
	}
	for _, x := range []float64{-1, 0.5, nan, inf} {
		panics(t, fmt.Sprintf("nn: Focal: got %v, want 0, or a finite number of at least 1", x),
			func() { nn.Focal(x, nn.Hinge) })
	}
	for _, x := range []float64{-0.1, 1.1, nan} {
		panics(t, fmt.Sprintf("nn: LabelSmoothing: got %v, want a number from 0 to 1", x),
			func() { nn.LabelSmoothing(x, nn.Hinge) })
	}
	for _, x := range []float64{-1, nan, inf} {
		panics(t, fmt.Sprintf("nn: Weighted: got %v, want weights that are finite and not negative", x),
			func() { nn.Weighted(xs{1, x}, nn.Hinge) })
	}
	const none = ": got no loss, want a loss, such as SoftmaxCrossEntropy"
	panics(t, "nn: Focal"+none, func() { nn.Focal(2, nil) })
	panics(t, "nn: LabelSmoothing"+none, func() { nn.LabelSmoothing(0.1, nil) })
	panics(t, "nn: Weighted"+none, func() { nn.Weighted(xs{1}, nil) })
	one, two := gradus.Values(xs{1}), gradus.Values(xs{1, 2})
	panics(t, "nn: Weighted: got 2 targets, want 1, one for each weight",
		func() { nn.Weighted(xs{1}, nn.Hinge)(two, two) })
	panics(t, "nn: LabelSmoothing: got one target, want one for each class, at least 2",
		func() { nn.LabelSmoothing(0.1, nn.BinaryCrossEntropy)(one, one) })
	panics(t, "nn: LabelSmoothing: got 1 outputs and 2 targets, want the same number of both, at least 1",
		func() { nn.LabelSmoothing(0.1, nn.Hinge)(one, two) })
}

func TestLossPanics(t *testing.T) {
	one, two := gradus.Values(xs{1}), gradus.Values(xs{1, 2})
	for name, loss := range losses {
		const want = "nn: %s: got %d outputs and %d targets, want the same number of both, at least 1"
		name, _, _ = strings.Cut(name, "(")
		panics(t, fmt.Sprintf(want, name, 1, 2), func() { loss(one, two) })
		panics(t, fmt.Sprintf(want+"; OneHot makes the targets of a class", name, 2, 1), func() { loss(two, one) })
		panics(t, fmt.Sprintf(want, name, 0, 0), func() { loss(nil, nil) })
	}
}

// ofClasses are losses of two outputs or more. With one output, softmax is 1 and the loss the same, whatever
// the output is.
var ofClasses = []string{"SoftmaxCrossEntropy", "KLDivergence", "MultiClassHinge"}

func TestOneClass(t *testing.T) {
	one := gradus.Values(xs{1})
	for _, name := range ofClasses {
		panics(t, "nn: "+name+": got one output, want one for each class, at least 2; BinaryCrossEntropy takes "+
			"one for two classes", func() { losses[name](one, one) })
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
