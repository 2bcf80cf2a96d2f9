// Package score says how good a network is at labelled images.
package score

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"gonum.org/v1/gonum/floats"

	"github.com/gradus-go/gradus/examples/digits/internal/dataset"
	"github.com/gradus-go/gradus/nn/train"
)

// An Evaluation is what a network makes of images.
type Evaluation struct {
	Loss       float64   // the mean of −ln p over the images, p being the probability of the label
	Right, All int       // images whose most probable class is the label, and how many there are
	Predicted  []int     // the most probable class of each image
	Certainty  []float64 // its probability
}

// Evaluate evaluates the network of p as it is. Its outputs are the logarithms of probabilities,
// up to a constant. It returns an error if one of them, or the loss, is NaN or infinite.
func Evaluate(p *train.Predictor, s dataset.Set) (Evaluation, error) {
	scores, err := p.Predict(s.X)
	if err != nil {
		return Evaluation{}, err
	}
	return judge(scores, s.Labels)
}

// judge compares the outputs for images with their labels.
func judge(scores [][]float64, labels []int) (e Evaluation, err error) {
	for i, z := range scores {
		if err := finite(i, z); err != nil {
			return e, err
		}
		class := floats.MaxIdx(z)
		lse := floats.LogSumExp(z)
		e.Loss += lse - z[labels[i]]
		e.Predicted = append(e.Predicted, class)
		e.Certainty = append(e.Certainty, math.Exp(z[class]-lse))
		if class == labels[i] {
			e.Right++
		}
	}
	e.All = len(scores)
	e.Loss /= float64(e.All)
	if math.IsNaN(e.Loss) || math.IsInf(e.Loss, 0) {
		return e, fmt.Errorf("the loss of %d images is %v, want a finite number", e.All, e.Loss)
	}
	return e, nil
}

// finite returns an error if an output for image i is not.
func finite(i int, z []float64) error {
	if sum := floats.Norm(z, 1); math.IsNaN(sum) || math.IsInf(sum, 0) {
		return fmt.Errorf("the network's outputs for image %d are %v, want finite numbers", i, z)
	}
	return nil
}

// Predict returns the probabilities of the classes for one image, and an error as [Evaluate] does.
func Predict(p *train.Predictor, x []float64) ([]float64, error) {
	z, err := p.Predict([][]float64{x})
	if err == nil {
		err = finite(0, z[0])
	}
	if err != nil {
		return nil, err
	}
	return softmax(z[0]), nil
}

// Accuracy returns the share that is right.
func (e Evaluation) Accuracy() float64 { return float64(e.Right) / float64(e.All) }

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

// softmax returns the probabilities exp zᵢ / Σ exp zₖ.
func softmax(z []float64) []float64 {
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
func EvaluateBoth(number float64, p *train.Predictor, d dataset.Data) (e Epoch, err error) {
	e.Number = number
	e.Train, err = Evaluate(p, d.Train)
	if err == nil {
		e.HeldOut, err = Evaluate(p, d.Test)
	}
	for _, of := range []*Evaluation{&e.Train, &e.HeldOut} {
		of.Predicted, of.Certainty = nil, nil // there may be many epochs
	}
	return e, err
}
