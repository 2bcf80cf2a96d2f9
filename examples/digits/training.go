package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/schollz/progressbar/v3"

	"github.com/gradus-go/gradus/examples/digits/internal/gallery"
	"github.com/gradus-go/gradus/examples/digits/internal/recipe"
	"github.com/gradus-go/gradus/examples/digits/internal/score"
	"github.com/gradus-go/gradus/examples/digits/internal/steps"
	"github.com/gradus-go/gradus/examples/internal/dataset"
	"github.com/gradus-go/gradus/examples/internal/outputs"
	"github.com/gradus-go/gradus/examples/internal/report"
	"github.com/gradus-go/gradus/internal/percent"
	"github.com/gradus-go/gradus/internal/picture"
	"github.com/gradus-go/gradus/internal/program/progress"
	"github.com/gradus-go/gradus/nn"
	"github.com/gradus-go/gradus/nn/train"
)

// errInterrupted says that the program was interrupted before there was anything to save.
var errInterrupted = errors.New("interrupted before the first batch, nothing is saved")

// train trains the network and prints losses and accuracies. It returns the steps for the flag
// -export, or nil if the flag is not set. An interruption is an error only before the first batch.
func (cfg config) train(
	ctx context.Context, r *report.Report, album *picture.Album, net recipe.Network, p *train.Predictor,
	d dataset.Data,
) (*steps.Export, error) {
	r.Section("Training")
	r.Printf("%7s%14s%14s%16s%16s\n", "", "loss,", "loss,", "accuracy,", "accuracy,")
	r.Printf("%7s%14s%14s%16s%16s\n", "epoch", "training", "held out", "training", "held out")
	t := trainer{config: cfg, report: r, predictor: p, data: d}
	t.bar = progress.New(cfg.terminal, cfg.Steps(len(d.Train.X)), "training")
	if mlp, ok := net.(*nn.MLP); ok && cfg.export != "" {
		t.export = steps.New(mlp, cfg.Optimizer(len(d.Train.X)), cfg.data, d.Train.Index)
	}
	if t.evaluate(); t.failed != nil {
		return nil, t.failed
	}
	err := cfg.Train(ctx, net, d.Train, t.batch)
	_ = t.bar.Finish()
	if t.done > t.last().Number && t.failed == nil {
		t.evaluate()
	}
	if len(t.epochs) > 1 {
		album.Add("3-loss.png", gallery.Loss(t.epochs))
		album.Add("4-accuracy.png", gallery.Accuracy(t.epochs))
	}
	if errors.Is(err, context.Canceled) {
		if t.done == 0 {
			return nil, errInterrupted
		}
		r.Interrupted(t.state)
		err = nil
	}
	first, last := t.epochs[0].Train.Loss, t.last().Train.Loss
	if r.Trained(first, last, "rate", cfg.Rate); last < first {
		cfg.compareWithGuess(r, last, d.Classes)
	}
	return t.export, cmp.Or(err, t.failed) // if there are both, err is the cause
}

// saveSteps saves the steps, if there are any, and reports that.
func (cfg config) saveSteps(r *report.Report, e *steps.Export) error {
	if e == nil {
		return nil
	}
	err := e.Save(cfg.export)
	if err == nil {
		outputs.Wrote(r, "Initial weights and steps", cfg.export)
	}
	return err
}

// A trainer follows the training of a network: it evaluates the network now and then, prints the
// results, moves the progress bar and records the steps.
type trainer struct {
	config
	report    *report.Report
	predictor *train.Predictor
	data      dataset.Data
	bar       *progressbar.ProgressBar
	told      time.Time     // when the text beside the bar was changed last
	export    *steps.Export // nil without the flag -export
	state     train.State   // after the last batch
	done      float64       // the number of epochs so far
	epochs    []score.Epoch // those that were evaluated
	failed    error         // the error of an evaluation
}

// last returns the epoch that was evaluated last.
func (t *trainer) last() score.Epoch { return t.epochs[len(t.epochs)-1] }

// batch is called after every batch. It evaluates the network after at most 20 epochs of all.
func (t *trainer) batch(s train.State) {
	if t.export != nil {
		t.export.Add(s)
	}
	if now := time.Now(); now.Sub(t.told) > 100*time.Millisecond {
		t.told = now
		t.bar.Describe(fmt.Sprintf("epoch %d/%d, loss %.4f; held out: %s",
			s.Epoch, s.Epochs, s.EpochLoss, percent.Down(t.last().HeldOut.Accuracy(), 1)))
	}
	_ = t.bar.Add(1)
	t.state, t.done = s, float64(s.Epoch-1)+float64(s.Batch)/float64(s.Batches)
	if s.Batch == s.Batches && s.Epoch%((s.Epochs+19)/20) == 0 {
		t.evaluate()
	}
}

// evaluate evaluates the network as it is and prints a row, unless the evaluation fails.
func (t *trainer) evaluate() {
	e, err := score.EvaluateBoth(t.done, t.predictor, t.data)
	if err != nil {
		t.failed = err
		return
	}
	t.epochs = append(t.epochs, e)
	_ = t.bar.Clear()
	t.report.Printf("%7.4g%#14.4g%#14.4g%16s%16s\n", e.Number,
		e.Train.Loss, e.HeldOut.Loss,
		percent.Down(e.Train.Accuracy(), 2), percent.Down(e.HeldOut.Accuracy(), 2))
}
