package main

import (
	"context"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"

	"github.com/gradus-go/gradus/examples/digits/internal/score"
	"github.com/gradus-go/gradus/examples/internal/dataset"
	"github.com/gradus-go/gradus/examples/internal/report"
	"github.com/gradus-go/gradus/internal/percent"
	"github.com/gradus-go/gradus/internal/program/progress"
	"github.com/gradus-go/gradus/nn/train"
)

// foldStream is the random stream of the seed -split that distributes the images over the folds.
const foldStream = 1

// validate evaluates the settings by cross-validation. For each fold of the training images it trains
// a network with all other training images and evaluates it with the images of the fold.
func (cfg config) validate(ctx context.Context, r *report.Report, d dataset.Data) error {
	n := len(d.Train.X)
	if cfg.folds > n {
		return fmt.Errorf("%d folds of %d training images, want at most one fold for each image", cfg.folds, n)
	}
	net, err := cfg.network(d)
	if err != nil {
		return err
	}
	cfg.describe(r, net, d)
	r.Section(fmt.Sprintf("Cross-validation: %d folds of the %d training images", cfg.folds, n))
	r.Printf("%7s%14s%16s\n", "fold", "loss", "accuracy")
	// If a fold has one image more than others, training may take one step less.
	bar := progress.New(cfg.terminal, cfg.folds*cfg.Steps(n-n/cfg.folds), "cross-validation")
	defer func() { _ = bar.Finish() }()
	tick := func(train.State) { _ = bar.Add(1) }
	all := d.Train.Stratified(rand.New(rand.NewPCG(cfg.split, foldStream)))
	var total score.Evaluation
	for k := range cfg.folds {
		from, to := k*n/cfg.folds, (k+1)*n/cfg.folds
		e, err := cfg.validateOn(ctx, all.Without(from, to), all.Slice(from, to), d, tick)
		if errors.Is(err, context.Canceled) && k > 0 {
			r.Printf("interrupted in fold %d\n", k+1)
			break
		}
		if errors.Is(err, context.Canceled) {
			return errors.New("interrupted in fold 1, before any fold was finished")
		}
		if err != nil {
			return fmt.Errorf("fold %d: %w", k+1, err)
		}
		_ = bar.Clear()
		r.Printf("%7d%#14.4g%16s\n", k+1, e.Loss, percent.Down(e.Accuracy(), 2))
		total.Right, total.All = total.Right+e.Right, total.All+e.All
		total.Loss += float64(e.Loss * float64(e.All))
	}
	loss := total.Loss / float64(total.All)
	cfg.compareWithGuess(r, loss, d.Classes)
	r.Printf("\ncross-validated accuracy: %s, %d of %d images; loss %.4g\n",
		percent.Down(total.Accuracy(), 2), total.Right, total.All, loss)
	return nil
}

// compareWithGuess prints a sentence if the loss after training is larger than without any knowledge.
func (cfg config) compareWithGuess(r *report.Report, loss float64, classes int) {
	if guess := math.Log(float64(classes)); !(loss <= guess) { // also true for NaN
		r.Prose("A network that takes all classes for equally probable has the loss %.4g, less than the %.4g "+
			"here: nothing is learned yet. Either so few epochs are not enough, or the steps are too large: then "+
			"try less than -rate %v.", guess, loss, cfg.Rate)
	}
}

// validateOn trains a network with the images in rest and evaluates it with those in fold.
func (cfg config) validateOn(
	ctx context.Context, rest, fold dataset.Set, d dataset.Data, tick func(train.State),
) (e score.Evaluation, err error) {
	net, err := cfg.network(d)
	if err != nil {
		return e, err
	}
	if err := cfg.Train(ctx, net, rest, tick); err != nil {
		return e, err
	}
	p, err := train.NewPredictor(net)
	if err != nil {
		return e, err
	}
	return score.Evaluate(p, fold)
}
