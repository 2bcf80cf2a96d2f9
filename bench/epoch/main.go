// Epoch measures how long it takes to train a network for one epoch, which is once through
// 60,000 images: with package nn/train, and with what one might use in its place, which is plain
// Go loops, NumPy and PyTorch. All compute in float64. It prints the times as a table in
// Markdown, below a line about the machine.
//
// Usage:
//
//	go run ./bench/epoch [flags]
//
// The flags are:
//
//	-images 60000  images in an epoch
//	-rounds 5      epochs that each variant trains, each from the start; the shortest counts
//
// The images have the format of MNIST: 28 by 28 pixels that show one of 10 classes. The network
// has layers of 784, 30 and 10 neurons with ReLU in the hidden one. The loss is the
// cross-entropy of softmax, and the optimiser is plain gradient descent, in batches of 1 image
// and of 32. The time of a variant is all that its user waits for: gathering batches, computing
// losses and gradients, updating the parameters and, in nn/train, also shuffling the images and
// recording the network. Recording takes some 10 ms, as long as thousands of images do: with few
// images, it is most of what is measured.
//
// The program draws the images itself. They are different from MNIST's, but the time does not
// depend on what they show.
//
// All variants begin with the same weights and take the images in the same order. The program
// prints no time unless all epochs have the same mean loss, and end with parameters of the same
// norm.
//
// With the defaults it takes three minutes and 2 GB of memory. A bar on stderr shows how far the
// program has come, if stderr is a terminal.
//
// The exit status is 1 if two variants compute different results, and 2 if a flag is wrong.
// (That is the program's; go run prints it and itself exits with 1.)
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"

	"github.com/gradus-go/gradus/internal/program"
	"github.com/gradus-go/gradus/internal/program/progress"
)

const about = `Epoch measures how long it takes to train a network of 784, 30 and 10 neurons for one
epoch: with nn/train, plain Go loops, NumPy and PyTorch. It prints a table in Markdown.
With the defaults it takes three minutes and 2 GB of memory.`

func main() {
	os.Exit(command(os.Args[1:], os.Stdout, os.Stderr))
}

// A config is what the flags ask for.
type config struct {
	images, rounds int
	args           []string  // the flags as they were written
	watcher        io.Writer // sees progress, if it is a terminal
}

const (
	mostImages = 1_000_000 // which take 30 GB
	mostRounds = 1000
)

// command is the program without its process. It returns the exit status.
func command(args []string, stdout, stderr io.Writer) int {
	cfg := config{images: 60_000, rounds: 5, args: args, watcher: stderr}
	flags := flag.NewFlagSet("epoch", flag.ContinueOnError)
	flags.Var(program.Whole(&cfg.images, 1, mostImages), "images", "images in an epoch")
	flags.Var(program.Whole(&cfg.rounds, 1, mostRounds), "rounds",
		"epochs that each variant trains; the shortest counts")
	return program.Run(flags, about, args, stdout, stderr, func(w io.Writer) error { return run(w, cfg) })
}

func run(w io.Writer, cfg config) (err error) {
	s, err := start(cfg.images)
	defer func() { err = errors.Join(err, s.close()) }()
	if err != nil {
		return err
	}
	bar := progress.New(cfg.watcher, len(ways)*cfg.rounds*len(s.variants(ways[0])), "")
	var all []result
	for _, way := range ways {
		results, err := measure(way, s.variants(way), cfg.rounds, func(variant string) {
			bar.Describe(fmt.Sprintf("batch %2d, %-18s", way.batch, variant))
			_ = bar.Add(1) // a bar that cannot be drawn is no reason to stop
		})
		if err != nil {
			return err
		}
		all = append(all, results...)
	}
	_, err = io.WriteString(w, report(cfg, s.about, all))
	return err
}
