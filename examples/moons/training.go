package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math"
	"slices"

	"github.com/gradus-go/gradus/examples/internal/healthchart"
	"github.com/gradus-go/gradus/examples/internal/outputs"
	"github.com/gradus-go/gradus/examples/internal/report"
	"github.com/gradus-go/gradus/internal/picture"
	"github.com/gradus-go/gradus/internal/program/progress"
	"github.com/gradus-go/gradus/nn"
	"github.com/gradus-go/gradus/nn/health"
	"github.com/gradus-go/gradus/nn/optim"
	"github.com/gradus-go/gradus/nn/train"
)

// An evaluation says how good a network is at the points.
type evaluation struct {
	epoch       int
	loss, total float64   // the mean hinge loss, without and with the L2 term
	right       int       // the number of points on the right side
	accuracy    float64   // their percentage, rounded down to two digits: only all of them make 100
	margins     []float64 // t·score for each point: positive on the right side; no loss from 1 on
}

// evaluate evaluates the network as it is.
func evaluate(net *nn.MLP, d train.Data, alpha float64) (e evaluation, err error) {
	p, err := train.NewPredictor(net)
	if err != nil {
		return e, err
	}
	return evaluateWith(p, net, d, alpha)
}

// evaluateWith is evaluate with a predictor of the network that is used more than once.
func evaluateWith(
	p *train.Predictor, net *nn.MLP, d train.Data, alpha float64,
) (e evaluation, err error) {
	scores, err := p.Predict(d.X)
	if err != nil {
		return e, err
	}
	for i, score := range scores {
		margin := d.T[i][0] * score[0]
		e.margins = append(e.margins, margin)
		e.loss += max(0, 1-margin)
		if margin > 0 {
			e.right++
		}
	}
	e.accuracy = float64(10_000*e.right/len(scores)) / 100
	e.loss /= float64(len(scores))
	e.total = e.loss
	for _, p := range net.Params() {
		e.total += float64(alpha * p.Data * p.Data)
	}
	return e, nil
}

// train prints the health of the network's gradients, trains the network and prints the losses. An
// interruption is not an error.
func (cfg config) train(
	ctx context.Context, r *report.Report, album *picture.Album, net *nn.MLP, d train.Data,
) error {
	before, err := health.Check(net, nn.Hinge, d.X, d.T, cfg.rate)
	if err != nil {
		return err
	}
	r.Section("Health of the gradients before training")
	r.Printf("%v", before)
	album.Add("1-shares.png", healthchart.Shares("Two moons: gradients before training", before))
	album.Add("2-norms.png", healthchart.Norms("Two moons: norms before training", before))
	epochs, err := cfg.descend(ctx, r, net, d)
	if len(epochs) > 0 {
		r.Trained(epochs[0].total, epochs[len(epochs)-1].total, "rate", cfg.rate)
	}
	addCurves(album, epochs)
	if errors.Is(err, context.Canceled) {
		return nil
	}
	if e := new(train.NonFiniteError); errors.As(err, &e) {
		err = fmt.Errorf("%w; want a smaller -rate than %v, or a smaller -alpha than %v", err, cfg.rate, cfg.alpha)
	}
	return err
}

// descend trains the network and returns the evaluations before training and after every epoch, of which
// it prints about 100, the first and the last among them. If there is a terminal, it shows a progress bar.
// It also prints where training was interrupted, and then returns an error.
func (cfg config) descend(
	ctx context.Context, r *report.Report, net *nn.MLP, d train.Data,
) (epochs []evaluation, err error) {
	p, err := train.NewPredictor(net)
	if err != nil {
		return nil, err
	}
	first, err := evaluateWith(p, net, d, cfg.alpha)
	if err != nil {
		return nil, err
	}
	epochs = append(epochs, first)
	cfg.printHead(r)
	first.print(r)
	if cfg.epochs == 0 {
		return epochs, nil
	}
	size := cmp.Or(cfg.batch, cfg.points)
	steps := cfg.epochs * ((cfg.points + size - 1) / size)
	bar := progress.New(cfg.terminal, steps, "training")
	every := (cfg.epochs + 99) / 100
	var done train.State
	// The gradient of α·p² is 2α·p.
	sgd := &optim.SGD{Rate: optim.Linear(cfg.rate, cfg.rate/10, steps), WeightDecay: 2 * cfg.alpha}
	trained := train.Run(ctx, train.Config{
		Net: net, Loss: nn.Hinge, Data: d, Optimizer: sgd, Batch: cfg.batch, Epochs: cfg.epochs,
		Seed: cfg.seed, Eager: cfg.eager, Callback: func(s train.State) {
			_ = bar.Add(1)
			done = s
			if s.Batch == s.Batches {
				e, failed := evaluateWith(p, net, d, cfg.alpha)
				err = cmp.Or(err, failed)
				e.epoch, e.margins = s.Epoch, nil // there may be many epochs
				epochs = append(epochs, e)
				if s.Epoch%every == 0 {
					_ = bar.Clear()
					e.print(r)
				}
			}
		},
	})
	_ = bar.Finish()
	if last := epochs[len(epochs)-1]; last.epoch%every != 0 {
		last.print(r)
	}
	if errors.Is(trained, context.Canceled) {
		r.Interrupted(done)
	}
	return epochs, cmp.Or(err, trained)
}

// printHead prints the head of the table of evaluations.
func (cfg config) printHead(r *report.Report) {
	r.Section(fmt.Sprintf("Training: %d epochs, learning rate %v to %v, α = %v, batches of %d",
		cfg.epochs, cfg.rate, cfg.rate/10, cfg.alpha, min(cmp.Or(cfg.batch, cfg.points), cfg.points)))
	r.Printf("%7s%14s%14s%14s\n", "epoch", "data loss", "total loss", "accuracy, %")
}

// print prints a row of the table.
func (e evaluation) print(r *report.Report) {
	r.Printf("%7d%#14.5g%#14.5g%14v\n", e.epoch, e.loss, e.total, e.accuracy)
}

// saveAndLoad saves the network in a file and returns the network that it loads from there. It
// returns an error if an output of the loaded network differs in any bit.
func saveAndLoad(
	r *report.Report, file string, net *nn.MLP, d train.Data, saved evaluation,
) (*nn.MLP, error) {
	if err := net.Save(file); err != nil {
		return nil, err
	}
	net, err := nn.Load(file)
	if err != nil {
		return nil, err
	}
	loaded, err := evaluate(net, d, 0)
	if err != nil {
		return nil, err
	}
	sameBits := func(x, y float64) bool { return math.Float64bits(x) == math.Float64bits(y) }
	if !slices.EqualFunc(saved.margins, loaded.margins, sameBits) {
		return nil, fmt.Errorf("%s: the loaded network has other outputs than the saved one", file)
	}
	outputs.Wrote(r, "Network", file)
	r.Prose("Loaded again, it has the same outputs for all %d points, to the last bit.", len(d.X))
	return net, nil
}
