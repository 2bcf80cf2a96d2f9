// Gradientdescent replicates the tutorial "Practice Implementing Gradient Descent": gradient descent
// by hand for a network with the layers [2,3,3,2], then a network with the layers [2,1000,1000,2],
// which does not learn, and what helps.
//
// Usage:
//
//	go run ./examples/gradientdescent [flags]
//
// The flags are:
//
//	-sections 1-6       which of the sections below to run, as in 1,3-5
//	-seed 0             seed of NumPy's random numbers; the text sets none
//	-width 1000         neurons in each hidden layer of the wide network
//	-iterations 10000   most iterations of a run in sections 3 and 4; a run ends when its story
//	                    is over
//	-out ""             folder for the pictures; by default a new one in the system's folder for
//	                    temporary files, whose name is printed
//	-show ""            file to write the graph of the error of the network in section 1 into; the
//	                    ending of its name decides how: .dot, .mmd and .svg are pictures of the
//	                    graph, .html is a page that steps through Backward, .tex and .txt are the
//	                    derivation
//
// The program prints these sections. Where the text claims something, it prints the claim and what
// it measures. Then it lists the claims again, and those that it has not tested.
//
//  1. the text's algorithm by hand, with its gradients beside those of autodiff
//  2. 1000 iterations, and whether the outputs then match the targets
//  3. the wide network, which does not learn, and why its gradients are zero
//  4. the sigmoid function σ(0.01·z), with the factor 0.01 in its derivative and without it
//  5. the leaky ReLU, and other initial weights
//  6. the text's class
//
// The random numbers are those of np.random.seed and np.random.rand, to the last bit. The pictures
// show the errors, and the health of the gradients layer by layer.
//
// With the default flags the program takes about 11 seconds. It records each activation of the wide
// network once, for all runs with it, and ends runs whose story is over. Ctrl-C ends the program early:
// it keeps what it has printed and draws the curves that are complete.
//
// The exit status is 1 if the algorithm by hand and autodiff disagree or if a picture cannot be
// written, and 2 if a flag is wrong. ("go run" prints the status of the program and exits with
// status 1 in both cases.)
package main

import (
	"context"
	"errors"
	"flag"
	"io"
	"math"
	"os"
	"os/signal"

	"github.com/gradus-go/gradus/examples/gradientdescent/internal/claims"
	"github.com/gradus-go/gradus/examples/gradientdescent/internal/trials"
	"github.com/gradus-go/gradus/examples/gradientdescent/internal/wide"
	"github.com/gradus-go/gradus/examples/internal/outputs"
	"github.com/gradus-go/gradus/examples/internal/report"
	"github.com/gradus-go/gradus/internal/picture"
	"github.com/gradus-go/gradus/internal/program"
)

const about = `Gradientdescent replicates "Practice Implementing Gradient Descent" and measures
what it claims. The sections are
  1  the algorithm by hand, and autodiff
  2  1000 iterations on [2,3,3,2]
  3  the wide network, which does not learn, as its gradients are zero
  4  σ(0.01·z), with the factor 0.01 in its derivative and without it
  5  the leaky ReLU, and other initial weights
  6  the class`

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	context.AfterFunc(ctx, stop) // so that a second Ctrl-C ends the program at once
	os.Exit(command(ctx, os.Args[1:], os.Stdout, os.Stderr))
}

// A config holds the values of the flags.
type config struct {
	sections   []int
	seed       uint32
	width      int
	iterations int
	out, show  string
	terminal   io.Writer // for the progress bar, which appears only if this is a terminal
}

// command runs the program with these arguments, until the context is cancelled at the latest, and
// returns the exit status.
func command(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	cfg := config{sections: []int{1, 2, 3, 4, 5, 6}, width: 1000, iterations: 10_000, terminal: stderr}
	flags := flag.NewFlagSet("gradientdescent", flag.ContinueOnError)
	flags.Var(program.Ranges(&cfg.sections, 1, 6), "sections", "which `sections` to run, as in 1,3-5")
	flags.Var(program.Whole(&cfg.seed, 0, math.MaxUint32), "seed", "seed of NumPy's random numbers")
	flags.Var(program.Whole(&cfg.width, 1, 5000), "width", "neurons in each wide hidden layer")
	flags.Var(program.Whole(&cfg.iterations, 1, 1_000_000), "iterations", "most iterations in sections 3 and 4")
	outputs.PicturesFlag(flags, &cfg.out)
	outputs.GraphFlag(flags, &cfg.show, "the error of the network in section 1")
	return program.Run(flags, about, args, stdout, stderr,
		func(w io.Writer) error { return run(ctx, w, cfg) })
}

// A tutorial holds what the sections share: their output, the flags and the pictures.
type tutorial struct {
	config
	trials.Trials // with the report, and with the wide network
	album         picture.Album
}

func run(ctx context.Context, w io.Writer, cfg config) error {
	folder, err := outputs.Prepare(cfg.show, cfg.sections, 6, cfg.out, "gradientdescent-")
	if err != nil {
		return err
	}
	t := &tutorial{config: cfg, Trials: trials.Trials{
		Report: &claims.Report{Report: report.New(w)}, Terminal: cfg.terminal,
		Net:  &wide.Network{Seed: cfg.seed, Width: cfg.width, X: x, YTrue: yTrue},
		Rate: rate, Within: within, Iterations: cfg.iterations,
	}}
	if s := cfg.seconds(); s > 2 {
		t.Prose("This takes about %.0f seconds. Ctrl-C ends it early and keeps what is finished.\n", s)
	}
	if !cfg.isTexts() {
		t.Prose("The text speaks of 1000 neurons in a layer, and of 10,000 iterations. Here its claims about them "+
			"are measured with %d neurons and at most %d iterations, for which alone the verdicts hold.\n",
			cfg.width, cfg.iterations)
	}
	err = t.Run(ctx, cfg.sections, t.byHand, t.mapping, t.wide, t.scaled, t.initialWeights, t.class)
	if err != nil {
		return err
	}
	return errors.Join(t.showError(), t.Finish(t.album, folder))
}

// isTexts reports whether the wide network is that of the text.
func (cfg config) isTexts() bool { return cfg.width == 1000 && cfg.iterations >= 10_000 }

// seconds returns about how long the program takes on one core. The time of the sections that train
// wide networks is in proportion to the number of their weights. Sections that are run together share work.
func (cfg config) seconds() (s float64) {
	at1000 := map[int]float64{3: 2, 4: 6, 5: 3}
	for _, section := range cfg.sections {
		s += at1000[section]
	}
	return s * float64(cfg.width) / 1000 * float64(cfg.width) / 1000
}

// The text's only sample.
var (
	x     = []float64{.2, .3}
	yTrue = []float64{.3, .67}
)

const (
	rate   = .01   // the learning rate in the text's code; its prose says .001
	within = 0.005 // how near to the targets the outputs must be: then gradient descent has arrived
)
