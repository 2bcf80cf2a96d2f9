// Gradientdescent replicates tutorial C, "Practice Implementing Gradient Descent": a network of
// layers [2,3,3,2] by hand, then [2,1000,1000,2], of which nothing learns, and what helps.
//
// Usage:
//
//	go run ./examples/gradientdescent [flags]
//
// The flags are:
//
//	-sections 1-6       which of the sections below to run, as in 1,3-5
//	-seed 0             seed of NumPy's random numbers: the text has none
//	-width 1000         neurons in each hidden layer of the wide network
//	-iterations 10000   how many, in the text's training of the wide network
//	-out ""             folder for the pictures; by default a new one under the system's folder
//	                    for temporary files, whose name is printed
//	-show ""            file to show the error of the network [2,3,3,2] in: its ending decides
//	                    how, .dot .mmd .svg a picture, .html a page that steps through Backward,
//	                    .tex .txt the derivation
//
// It prints, section by section, what the text claims beside what is measured:
//
//  1. the text's algorithm by hand, its gradients beside those of autodiff
//  2. 1000 iterations, and whether the outputs match the targets then
//  3. the wide network, and why its gradients are zero
//  4. a sigmoid function of 0.01·z, with the factor 0.01 of its derivative and without
//  5. the leaky ReLU, and the initial weights
//  6. the text's class
//
// The random numbers are those of np.random.seed and np.random.rand, to the bit. The pictures
// show the errors and, layer by layer, the health of the gradients. By default it takes less
// than a minute.
//
// The exit status is 1 if hand and autodiff disagree or if a picture cannot be written, and 2 if
// a flag is wrong. (That is the program's; go run prints it and itself exits with 1.)
package main

import (
	"errors"
	"flag"
	"io"
	"math"
	"os"

	"github.com/gradus-go/gradus/examples/internal/outputs"
	"github.com/gradus-go/gradus/examples/internal/report"
	"github.com/gradus-go/gradus/internal/picture"
	"github.com/gradus-go/gradus/internal/program"
)

const about = `Gradientdescent replicates tutorial C, and measures what it claims. Its sections:
  1  the algorithm by hand, its gradients beside autodiff   4  σ(0.01·z)
  2  1000 iterations on [2,3,3,2]                           5  leaky ReLU, initial weights
  3  the wide network, whose gradients are zero             6  the class`

func main() {
	os.Exit(command(os.Args[1:], os.Stdout, os.Stderr))
}

// A config is what the flags ask for.
type config struct {
	sections   []int
	seed       int
	width      int
	iterations int
	out, show  string
	watcher    io.Writer // sees progress, if it is a terminal
}

// command is the program without its process. It returns the exit status.
func command(args []string, stdout, stderr io.Writer) int {
	cfg := config{sections: []int{1, 2, 3, 4, 5, 6}, width: 1000, iterations: 10_000, watcher: stderr}
	flags := flag.NewFlagSet("gradientdescent", flag.ContinueOnError)
	flags.Var(program.Ranges(&cfg.sections, 1, 6), "sections", "which `sections` to run, as in 1,3-5")
	flags.Var(program.Whole(&cfg.seed, 0, math.MaxUint32), "seed", "seed of NumPy's random numbers")
	flags.Var(program.Whole(&cfg.width, 1, 5000), "width", "neurons in each wide hidden layer")
	flags.Var(program.Whole(&cfg.iterations, 1, 1_000_000), "iterations",
		"how many, in the text's training of the wide network")
	outputs.PicturesFlag(flags, &cfg.out)
	outputs.GraphFlag(flags, &cfg.show)
	return program.Run(flags, about, args, stdout, stderr, func(w io.Writer) error { return run(w, cfg) })
}

// A tutorial is what the sections have in common.
type tutorial struct {
	*report.Report
	config
	album picture.Album
}

func run(w io.Writer, cfg config) error {
	t := &tutorial{Report: report.New(w), config: cfg}
	sections := []func() error{t.byHand, t.mapping, t.wide, t.scaled, t.initialWeights, t.class}
	for _, i := range cfg.sections {
		if err := sections[i-1](); err != nil {
			return err
		}
	}
	return errors.Join(t.showError(), t.Finish(t.album, cfg.out, "gradientdescent-"))
}

// The text's one sample, and its learning rate in the code; in prose it is .001.
var (
	x     = []float64{.2, .3}
	yTrue = []float64{.3, .67}
)

const rate = .01
