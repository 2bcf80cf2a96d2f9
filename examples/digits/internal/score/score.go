// Package score says how good a network is at labelled images.
package score

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"gonum.org/v1/gonum/floats"

	"github.com/gradus-go/gradus/examples/digits/internal/dataset"
	"github.com/gradus-go/gradus/nn"
	"github.com/gradus-go/gradus/nn/train"
)

// An Evaluation is what a network makes of images.
type Evaluation struct {
	Loss       float64   // the mean of −ln p over the images, p being the probability of the label
	Right, All int       // images whose most probable class is the label, and how many there are
	Predicted  []int     // the most probable class of each image
	Certainty  []float64 // its probability
}

// Evaluate evaluates the network as it is. Its outputs are the logarithms of probabilities, but
// for a constant.
func Evaluate(net *nn.MLP, s dataset.Set) (e Evaluation, err error) {
	scores, err := train.Predict(net, s.X)
	if err != nil {
		return e, err
	}
	for i, z := range scores {
		class := floats.MaxIdx(z)
		e.Loss += floats.LogSumExp(z) - z[s.Labels[i]]
		e.Predicted = append(e.Predicted, class)
		e.Certainty = append(e.Certainty, Softmax(z)[class])
		if class == s.Labels[i] {
			e.Right++
		}
	}
	e.All = len(scores)
	e.Loss /= float64(e.All)
	return e, nil
}

// Percent returns the percentage that is right, rounded down to two digits: 100 is all of them.
func (e Evaluation) Percent() float64 { return math.Floor(1e4*float64(e.Right)/float64(e.All)) / 100 }

// Accuracy returns the percentage with its sign.
func (e Evaluation) Accuracy() string { return fmt.Sprintf("%.2f %%", e.Percent()) }

// Mistakes returns which images are taken for another class than their label says, the most
// confident mistake first.
func (e Evaluation) Mistakes(labels []int) (wrong []int) {
	for i, label := range labels {
		if e.Predicted[i] != label {
			wrong = append(wrong, i)
		}
	}
	slices.SortStableFunc(wrong, func(i, j int) int { return cmp.Compare(e.Certainty[j], e.Certainty[i]) })
	return wrong
}

// Softmax returns the probabilities exp zᵢ / Σ exp zₖ.
func Softmax(z []float64) []float64 {
	p, largest := make([]float64, len(z)), floats.Max(z)
	for i := range z {
		p[i] = math.Exp(z[i] - largest)
	}
	floats.Scale(1/floats.Sum(p), p)
	return p
}

// An Epoch is what a network makes of two sets of images after so many epochs of training.
type Epoch struct {
	Number         float64
	Train, HeldOut Evaluation
}

// EvaluateBoth returns the epoch, without what becomes of each image.
func EvaluateBoth(number float64, net *nn.MLP, d dataset.Data) (e Epoch, err error) {
	e.Number = number
	e.Train, err = Evaluate(net, d.Train)
	if err == nil {
		e.HeldOut, err = Evaluate(net, d.Test)
	}
	for _, of := range []*Evaluation{&e.Train, &e.HeldOut} {
		of.Predicted, of.Certainty = nil, nil // there may be many epochs
	}
	return e, err
}
