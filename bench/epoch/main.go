// Epoch measures what it takes to train 784-30-10 for an epoch, which is once through 60,000
// images in the format of MNIST: with nn/train, plain Go loops, NumPy and PyTorch, in float64.
//
// Usage:
//
//	go run ./bench/epoch [flags]
//
// The flags are:
//
//	-images 60000  how many images an epoch has
//	-rounds 5      how often each variant trains; its time is the shortest
//
// The network has ReLU in its hidden layer, the loss is the cross-entropy of softmax, and the
// optimiser is plain gradient descent, in batches of 1 and of 32. A variant pays for all that a
// user pays: gathering batches, computing the loss, updating and, in nn/train, shuffling and
// recording the network. The images are made up. No variant looks at what is in them, and so
// it takes as long to learn from others.
//
// All variants begin with the same weights and take the samples in the same order. No time is
// printed unless every epoch has the same mean loss and ends with parameters of the same norm.
//
// To record the network takes nn/train some 30 ms, as long as thousands of images: with few of them,
// that is what is measured.
//
// With the defaults it takes three minutes and 2 GB. A bar on stderr shows how far it is, if
// that is a terminal. The exit status is 1 if two variants disagree, and 2 if a flag is wrong
// (that of go run is 1 in either case).
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/gradus-go/gradus/internal/program/progress"
)

func main() {
	os.Exit(command(os.Args[1:], os.Stdout, os.Stderr))
}

type config struct {
	images, rounds int
	shown          string // the command line
}

// command is the program without its process. It returns the exit status.
func command(args []string, stdout, stderr io.Writer) int {
	cfg, err := parse(args, stdout)
	if errors.Is(err, flag.ErrHelp) {
		return 0
	}
	if err != nil {
		fmt.Fprintf(stderr, "epoch: %v\n", err)
		return 2
	}
	if err := run(stdout, stderr, cfg); err != nil {
		fmt.Fprintf(stderr, "epoch: %v\n", err)
		return 1
	}
	return 0
}

// So many images take 30 GB.
const (
	mostImages = 1_000_000
	mostRounds = 1000
)

func parse(args []string, help io.Writer) (config, error) {
	cfg := config{shown: strings.Join(append([]string{"go run ./bench/epoch"}, args...), " ")}
	flags := flag.NewFlagSet("epoch", flag.ContinueOnError)
	flags.SetOutput(io.Discard) // errors are printed once, by command
	flags.IntVar(&cfg.images, "images", 60000, "how many images an epoch has")
	flags.IntVar(&cfg.rounds, "rounds", 5, "how often each variant trains; its time is the shortest")
	err := flags.Parse(args)
	if errors.Is(err, flag.ErrHelp) {
		flags.SetOutput(help)
		fmt.Fprint(help, "Epoch measures what it takes to train 784-30-10 for an epoch, with nn/train, "+
			"plain\nGo, NumPy and PyTorch, and prints a table in Markdown. It takes three minutes.\n\n")
		flags.PrintDefaults()
		return cfg, err
	}
	switch {
	case err != nil:
		return cfg, err
	case flags.NArg() > 0:
		return cfg, fmt.Errorf("argument %q is no flag, want nothing but flags", flags.Arg(0))
	case cfg.images < 1 || cfg.images > mostImages || cfg.rounds < 1 || cfg.rounds > mostRounds:
		return cfg, fmt.Errorf("got -images %d and -rounds %d, want 1 to %d and 1 to %d",
			cfg.images, cfg.rounds, mostImages, mostRounds)
	}
	return cfg, nil
}

func run(stdout, stderr io.Writer, cfg config) (err error) {
	s, err := start(cfg.images)
	defer func() { err = errors.Join(err, s.close()) }()
	if err != nil {
		return err
	}
	bar := progress.New(stderr, len(ways)*cfg.rounds*len(s.variants(ways[0])), "")
	var all []result
	for _, w := range ways {
		results, err := measure(w, s.variants(w), cfg.rounds, func(variant string) {
			bar.Describe(fmt.Sprintf("batch %2d, %-18s", w.batch, variant))
			_ = bar.Add(1) // a bar that cannot be drawn is no reason to stop
		})
		if err != nil {
			return err
		}
		all = append(all, results...)
	}
	_, err = io.WriteString(stdout, report(cfg, s.about, all))
	return err
}
