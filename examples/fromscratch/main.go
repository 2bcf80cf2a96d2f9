// Fromscratch replicates the tutorial "Coding Backpropagation and Gradient Descent From Scratch
// without using any libraries", which begins with plain functions and goes on with numeric
// derivatives, the chain rule, linear regression and a network of two neurons.
//
// Usage:
//
//	go run ./examples/fromscratch [flags]
//
// The flags are:
//
//	-seed 7   seed of the random data; the text sets none, and so its numbers differ at every run
//	-errors   print the error of the line before each of the 100 steps, as the text does, in place of
//	          four of them
//	-out ""   folder for the pictures; by default a new one in the system's folder for temporary
//	          files, whose name is printed
//	-show ""  file to write the graph of the network's error at the point (1, 7) into; the ending
//	          of its name decides how: .dot, .mmd and .svg are pictures of the graph, .html is a
//	          page that steps through Backward, .tex and .txt are the derivation
//
// The program prints the tutorial's sections in their order, with the results in the text beside
// its own. It adds to the text
//
//   - where the noise in numeric derivatives comes from, and which step size is a good one,
//   - how far 100 steps of gradient descent get, and which learning rate is too large,
//   - what it costs to train the network in each of three ways, and that the network can fit
//     nothing but a straight line.
//
// The pictures are those that the text draws or describes, and one of the error of numeric
// derivatives against their step size. The last line says how many of the text's results are
// reproduced. Results of random data are not counted: only their distribution can be reproduced.
//
// The exit status is 1 if a result is not reproduced or if a picture cannot be written, and 2 if
// a flag is wrong. ("go run" prints the status of the program and exits with status 1 in both
// cases.)
package main

import (
	"errors"
	"flag"
	"io"
	"math/rand/v2"
	"os"
	"time"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/chart"
	"github.com/gradus-go/gradus/examples/internal/outputs"
	"github.com/gradus-go/gradus/examples/internal/regression"
	"github.com/gradus-go/gradus/examples/internal/report"
	"github.com/gradus-go/gradus/internal/picture"
	"github.com/gradus-go/gradus/internal/program"
)

func main() {
	os.Exit(command(os.Args[1:], os.Stdout, os.Stderr, time.Now))
}

// A config holds the values of the flags.
type config struct {
	seed      uint64
	errors    bool // print the error before every step
	out, show string
	clock     func() time.Time // a clock that stands still leaves the times out of the output
}

// command runs the program with these arguments and returns the exit status.
func command(args []string, stdout, stderr io.Writer, clock func() time.Time) int {
	cfg := config{seed: 7, clock: clock}
	flags := flag.NewFlagSet("fromscratch", flag.ContinueOnError)
	flags.Var(program.Seed(&cfg.seed), "seed", "seed of the random data, a whole number from 0")
	flags.BoolVar(&cfg.errors, "errors", false, "print the error of the line before each of the 100 steps")
	outputs.PicturesFlag(flags, &cfg.out)
	outputs.GraphFlag(flags, &cfg.show, "the network's error at the point (1, 7)")
	const about = `Fromscratch replicates "Coding Backpropagation and Gradient Descent From Scratch
without using any libraries" and draws its pictures.`
	return program.Run(flags, about, args, stdout, stderr, func(w io.Writer) error { return run(w, cfg) })
}

func run(w io.Writer, cfg config) error {
	if err := program.Writable(cfg.show); err != nil { // before the work, so that an error costs nothing
		return err
	}
	folder, err := picture.Folder(cfg.out, "fromscratch-")
	if err != nil {
		return err
	}
	leaf := func(name string, x float64) *gradus.Value { return gradus.New(x).As(name) }
	_, E := network(leaf, weights{0.5, 0.5, 0.5, 0.5}, 1, 7)
	E.Backward()
	r := report.New(w)
	album := tutorial(r, cfg)
	return errors.Join(outputs.SaveGraph(r, cfg.show, E), r.Finish(album, folder, ""))
}

// tutorial does what the tutorial does, in the same order, and returns the pictures.
func tutorial(r *report.Report, cfg config) picture.Album {
	rng := rand.New(rand.NewPCG(cfg.seed, 0))
	var album picture.Album

	writingFunctions(r)
	variableArguments(r)
	functionsAsValues(r)
	album.Add("1-rates.png", differentiation(r))
	numericDifferentiation(r)
	partialDerivative(r)
	chainRule(r)
	noise(r)
	album.Add("2-sweep.png", stepSize(r))

	data := regression.NewPoints(rng, 2)
	album.Add("3-data.png", data.Chart("100 points about y = 4 + 3x"))
	errorFunction(r, data)
	start := regression.Line{M: rng.Float64(), C: rng.Float64()}
	byDiffp, auto := linearRegression(r, data, start, cfg.errors)
	album.Add("4-line.png", data.Chart("Linear regression, 100 steps",
		data.Dots("numeric gradient", byDiffp.Line), data.Series("exact gradient", auto.Line)))
	album.Add("5-error.png", data.ErrorChart("Linear regression: error before step i", "i",
		chart.Sequence("numeric gradient", chart.Points, byDiffp.Errors...),
		chart.Sequence("exact gradient", chart.Line, auto.Errors...)))

	data = regression.NewPoints(rng, 1)
	first := train(data, 0.001, 100, cfg.clock, (*counter).numeric)
	second := train(data, 0.01, 50, cfg.clock, (*counter).chainRule)
	third := train(data, 0.01, 50, cfg.clock, autodiff())
	sideBySide(r, data, first, second, third)
	album.Add("6-network-numeric.png", data.Chart("Two neurons, numeric derivatives",
		data.Series("numeric, 100 epochs", first.line())))
	album.Add("7-network-chain-rule.png", data.Chart("Two neurons, chain rule",
		data.Dots("chain rule, 50 epochs", second.line()),
		data.Series("autodiff, 50 epochs", third.line())))
	album.Add("8-network-error.png", data.ErrorChart("Two neurons: error by epochs of training", "epochs",
		chart.Sequence("numeric, rate 0.001", chart.Line, first.errors...),
		chart.Sequence("chain rule, rate 0.01", chart.Points, second.errors...),
		chart.Sequence("autodiff, rate 0.01", chart.Line, third.errors...)))
	return album
}
