package score

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"gonum.org/v1/gonum/floats"

	"github.com/gradus-go/gradus/examples/internal/dataset"
	"github.com/gradus-go/gradus/internal/finite"
	"github.com/gradus-go/gradus/nn/train"
)

// An Evaluation compares the predictions of a network for images with their labels.
type Evaluation struct {
	Loss       float64   // the mean of −ln p over the images, where p is the probability of the label
	Right, All int       // the number of images whose most probable class is the label, and of all
	Predicted  []int     // the most probable class of each image
	Certainty  []float64 // the probability of that class
}

// Evaluate evaluates the network of p as it is. Its outputs must be the logarithms of the classes'
// probabilities, up to a constant that is the same for all. Evaluate returns an error if an output
// or the loss is NaN or infinite.
func Evaluate(p *train.Predictor, s dataset.Set) (Evaluation, error) {
	scores, err := p.Predict(s.X)
	if err != nil {
		return Evaluation{}, err
	}
	return judge(scores, s.Labels)
}

// judge compares the outputs of a network for images with their labels.
func judge(scores [][]float64, labels []int) (e Evaluation, err error) {
	for i, z := range scores {
		if err := checkFinite(i, z); err != nil {
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
	if !finite.All(e.Loss) {
		return e, fmt.Errorf("the loss of %d images is %v, want a finite number", e.All, e.Loss)
	}
	return e, nil
}

// checkFinite returns an error if an output for image i is NaN or infinite.
func checkFinite(i int, z []float64) error {
	if !finite.All(z...) {
		return fmt.Errorf("the network's outputs for image %d are %v, want finite numbers", i, z)
	}
	return nil
}

// Predict returns the probabilities of the classes for one image, and an error as [Evaluate] does.
func Predict(p *train.Predictor, x []float64) ([]float64, error) {
	z, err := p.Predict([][]float64{x})
	if err == nil {
		err = checkFinite(0, z[0])
	}
	if err != nil {
		return nil, err
	}
	return softmax(z[0]), nil
}

// Ranked returns the classes, the most probable one first. The probability of class i is p[i]; of
// equally probable classes the smaller one comes first.
func Ranked(p []float64) []int {
	classes := make([]int, len(p))
	for i := range classes {
		classes[i] = i
	}
	slices.SortStableFunc(classes, func(i, j int) int { return cmp.Compare(p[j], p[i]) })
	return classes
}

// Accuracy returns the share of images that are right.
func (e Evaluation) Accuracy() float64 { return float64(e.Right) / float64(e.All) }

// Mistakes returns the images whose predicted class is not their label, the most confident mistakes
// first. An image is given by its place in the evaluated set.
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

// An Epoch evaluates a network with the training images and with the held-out images.
type Epoch struct {
	Number         float64 // of epochs of training before the evaluation
	Train, HeldOut Evaluation
}

// EvaluateBoth evaluates the network of p after this number of epochs. The predictions for single
// images are left out of the result. Its errors are those of [Evaluate].
func EvaluateBoth(number float64, p *train.Predictor, d dataset.Data) (e Epoch, err error) {
	e.Number = number
	e.Train, err = Evaluate(p, d.Train)
	if err == nil {
		e.HeldOut, err = Evaluate(p, d.Test)
	}
	for _, of := range []*Evaluation{&e.Train, &e.HeldOut} {
		of.Predicted, of.Certainty = nil, nil // they would take memory in every epoch
	}
	return e, err
}
