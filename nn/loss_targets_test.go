package nn_test

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/nn"
)

// Every loss says which targets it allows, as its doc comment does.
func TestCheckTargets(t *testing.T) {
	const (
		probability = "a probability, from 0 to 1"
		hot         = "; OneHot makes the targets of a class"
		sign        = "1 or −1, the sign that the output should have; for 0 and 1 there is BinaryCrossEntropy, " +
			"and MultiClassHinge for several classes"
		oneHot = "1 for the class and 0 for the others" + hot
	)
	for _, tt := range []struct {
		loss    string
		allowed []xs
		t       xs     // whose last number
		want    string // is none of these
	}{
		{"BinaryCrossEntropy", []xs{{0, 1}, {1, 1}, {0.3, 0}}, xs{1, 2}, probability},
		{"BinaryCrossEntropy", nil, xs{0, -0.1}, probability},
		{"BinaryCrossEntropy", nil, xs{math.NaN()}, probability},
		{"SoftmaxCrossEntropy", []xs{{0, 1}, {0.5, 0.5}, {0.333, 0.333, 0.333}}, xs{0, 2}, probability + hot},
		{"KLDivergence", []xs{{0, 1, 0}, {0.5, 0.5}}, xs{1.5}, probability + hot},
		{"Hinge", []xs{{1, -1}, {-1}}, xs{1, 0}, sign},
		{"Hinge", nil, xs{2}, sign},
		{"MultiClassHinge", []xs{{0, 1, 0}}, xs{0.5}, oneHot},
		{"MultiClassHinge", nil, xs{1, -1}, oneHot},
		{"PoissonNLL", []xs{{0, 3, 2.5}}, xs{3, -1}, "a count, 0 or more"},
		{"Focal(1.5, BinaryCrossEntropy)", []xs{{0}, {1}, {0.5}}, xs{2}, probability},
		{"LabelSmoothing(0.1, SoftmaxCrossEntropy)", []xs{{0, 1}}, xs{0, 2}, probability},
		{"Weighted(i + 0.5, SoftmaxCrossEntropy)", []xs{{0, 1}}, xs{1, -1}, probability},
	} {
		loss := losses[tt.loss]
		if loss == nil {
			loss = wrappers[tt.loss](2)
		}
		name, _, _ := strings.Cut(tt.loss, "(")
		if err := loss.CheckTargets(tt.allowed); err != nil {
			t.Errorf("%s: %v", tt.loss, err)
		}
		want := fmt.Sprintf("nn: %s: targets[%d][%d] is %v, want %s",
			name, len(tt.allowed), len(tt.t)-1, tt.t[len(tt.t)-1], tt.want)
		if err := loss.CheckTargets(append(tt.allowed, tt.t)); fmt.Sprint(err) != want {
			t.Errorf("%s: error %v, want %s", tt.loss, err, want)
		}
	}
}

// The probabilities of the classes of a sample have the sum 1.
func TestCheckTargetsOfClasses(t *testing.T) {
	const want = "nn: %s: targets[1] has the sum %d, want 1, as the probabilities of classes have; " +
		"OneHot makes the targets of a class; BinaryCrossEntropy is for samples of several classes, or of none"
	for _, name := range ofClasses {
		for sum, row := range []xs{{0, 0, 0}, {0, 1, 0}, {1, 0, 1}} {
			err := losses[name].CheckTargets([][]float64{{1, 0, 0}, row})
			if want := fmt.Sprintf(want, name, sum); sum != 1 && fmt.Sprint(err) != want {
				t.Errorf("error %v, want %s", err, want)
			}
		}
	}
}

// The other losses allow all targets, and so does one of the caller's own, whatever its name is.
func TestCheckTargetsOfOthers(t *testing.T) {
	others := []string{
		"HalfSquaredError", "Huber", "LogCosh", "MeanAbsoluteError", "MeanSquaredError", "Quantile",
		"SumSquaredErrors",
	}
	all := [][]float64{{-7.5}, {7.5, 7.5}}
	for name, loss := range losses {
		name, _, _ = strings.Cut(name, "(")
		if err := loss.CheckTargets(all); (err == nil) != slices.Contains(others, name) {
			t.Errorf("%s: error %v for the targets %v", name, err, all)
		}
	}
	own := func(y, t []*gradus.Value) *gradus.Value { return nn.Hinge(y[:1], t) }
	for _, loss := range []nn.Loss{nil, own, Hinge} {
		if err := loss.CheckTargets(all); err != nil {
			t.Errorf("a loss of one's own: %v", err)
		}
	}
}

func Hinge(y, t []*gradus.Value) *gradus.Value { return nn.Hinge(y, t) }
