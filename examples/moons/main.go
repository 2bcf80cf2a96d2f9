// Moons trains a network with the layers 2-16-16-1 to tell two moons apart, as the demo of micrograd
// does. The hidden layers have the activation ReLU, and the sign of the linear output, the score, is
// the answer. The loss is the mean hinge loss of n points plus an L2 term over all parameters p,
//
//	L = Σ max(0, 1 − t·score)/n + α·Σp²    t = ±1
//
// and the optimiser is gradient descent over all points at once, with a learning rate that falls
// from 1 to 0.1. The initial weights, from [−1, 1), and the noise of the points are random.
//
// Usage:
//
//	go run ./examples/moons [flags]
//
// The flags are:
//
//	-seed 2      seed of the points, of the weights and of the order of the points in batches
//	-points 100  number of points, half of them in each moon; of an odd number one more in
//	             the inner one
//	-noise 0.1   standard deviation of the noise in both coordinates
//	-epochs 100  how often every point is used; 0 only evaluates and draws the network
//	-rate 1      initial learning rate, which falls linearly to a tenth of it
//	-alpha 1e-4  factor α of the L2 term
//	-batch 0     points in a batch; 0 for all of them
//	-eager       build the graph of every point again in place of replaying a recording
//	-load ""     file of a saved network to begin with in place of random weights: training goes
//	             on from there, and -epochs 0 only evaluates and draws it
//	-save ""     file to save the network in; by default moons.json beside the pictures
//	-out ""      folder for the pictures; by default a new one in the system's folder for temporary
//	             files, whose name is printed
//	-show ""     file for the graph of the hinge loss of one point: the one with the smallest margin,
//	             target·score. The ending of its name decides how: .dot, .mmd and .svg are
//	             pictures of the graph, .tex and .txt are the derivation, and .html is a
//	             page that steps through Backward, of which it shows the part next to the loss
//
// The program prints the health of the gradients before training and then, epoch by epoch, the loss
// of the data, the loss with the L2 term, and the accuracy on the points. Epoch 0 is before the
// first step. Of more than 100 epochs it prints about 100. Then it saves the network, loads it again
// and checks that the loaded network has the same outputs to the last bit. The pictures show the
// health of the gradients, the losses, the accuracy, and the points with the decision boundary of
// the loaded network. The last line says what the accuracy is. It is rounded down: 100 % means every point.
//
// With the default flags and each of the seeds 0 to 19, the accuracy is 100 % in 18 cases; with the
// seeds 10 and 13 one of the points stays on the wrong side.
//
// Ctrl-C stops training after the current batch. The network is then evaluated, saved and drawn as
// it is.
//
// The exit status is 1 if a file or a picture cannot be read or written, if the loaded network has
// not 2 inputs and 1 output, or if the numbers overflow, and 2 if a flag is wrong. ("go run" prints
// the status of the program and exits with status 1 in both cases.)
//
// Sources: A. Karpathy, micrograd, demo.ipynb, https://github.com/karpathy/micrograd, from which
// no code is taken; the moons are those of make_moons, scikit-learn 1.4,
// https://scikit-learn.org/1.4/modules/generated/sklearn.datasets.make_moons.html.
package main

import (
	"cmp"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/signal"
	"path/filepath"

	"github.com/gradus-go/gradus/examples/internal/outputs"
	"github.com/gradus-go/gradus/examples/internal/report"
	"github.com/gradus-go/gradus/internal/picture"
	"github.com/gradus-go/gradus/internal/program"
	"github.com/gradus-go/gradus/nn"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	context.AfterFunc(ctx, stop) // so that a second Ctrl-C ends the program at once
	os.Exit(command(ctx, os.Args[1:], os.Stdout, os.Stderr))
}

// A config holds the values of the flags.
type config struct {
	seed                  uint64
	points, epochs, batch int
	noise, rate, alpha    float64
	eager                 bool
	load, save, out, show string
	terminal              io.Writer // for the progress bar, which appears only if this is a terminal
}

// command runs the program with these arguments, until the context is cancelled at the latest, and
// returns the exit status.
func command(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	cfg := config{
		seed: 2, points: 100, epochs: 100, noise: 0.1, rate: 1, alpha: 1e-4, terminal: stderr,
	}
	flags := flag.NewFlagSet("moons", flag.ContinueOnError)
	flags.Var(program.Seed(&cfg.seed), "seed", "seed of everything random, a whole number from 0")
	flags.Var(program.Whole(&cfg.points, 4, 10_000), "points",
		"number of points, half of them in each moon; of an odd number one more in the inner one")
	flags.Var(program.Between(&cfg.noise, 0, 10), "noise", "standard deviation of the points' noise")
	flags.Var(program.Whole(&cfg.epochs, 0, 100_000), "epochs", "how often every point is used")
	flags.Var(program.Between(&cfg.rate, 1e-9, 1000), "rate", "initial learning rate, which falls to a tenth")
	flags.Var(program.Between(&cfg.alpha, 0, 1000), "alpha", "factor of the L2 term")
	flags.Var(program.Whole(&cfg.batch, 0, 10_000), "batch", "points in a batch; 0 for all")
	flags.BoolVar(&cfg.eager, "eager", false, "build every graph again, do not replay a recording")
	flags.StringVar(&cfg.load, "load", "", "`file` of a network to begin with")
	flags.StringVar(&cfg.save, "save", "", "`file` for the network; if empty, moons.json beside the pictures")
	outputs.PicturesFlag(flags, &cfg.out)
	outputs.GraphFlag(flags, &cfg.show, "the hinge loss of the point with the smallest margin")
	return program.Run(flags, "Moons trains a network to tell two moons apart, and draws how it learns.",
		args, stdout, stderr, func(w io.Writer) error { return run(ctx, w, cfg) })
}

// prepare checks that all files can be written, so that an error costs nothing, and creates the folder for
// the pictures, whose name it returns.
func (cfg config) prepare() (folder string, err error) {
	err = cmp.Or(
		program.Distinct([2]string{"show", cfg.show}, [2]string{"load", cfg.load}, [2]string{"save", cfg.save}),
		program.Writable(cfg.save), program.Writable(cfg.show),
	)
	if err != nil {
		return "", err
	}
	return picture.Folder(cfg.out, "moons-")
}

func run(ctx context.Context, w io.Writer, cfg config) error {
	folder, err := cfg.prepare()
	if err != nil {
		return err
	}
	rng := rand.New(rand.NewPCG(cfg.seed, 1)) // training shuffles the points with stream 0
	data := newMoons(rng, cfg.points, cfg.noise)
	net, err := cfg.network(rng)
	if err != nil {
		return err
	}
	r := report.New(w)
	r.Section("Two moons")
	r.Printf("%d points with noise %v, seed %d\nnetwork: %v, %d parameters\n",
		cfg.points, cfg.noise, cfg.seed, net, len(net.Params()))

	var album picture.Album
	if err := cfg.train(ctx, r, &album, net, data); err != nil {
		return err
	}
	end, err := evaluate(net, data, cfg.alpha)
	if err != nil {
		return err
	}
	file := cmp.Or(cfg.save, filepath.Join(folder, "moons.json"))
	loaded, err := saveAndLoad(r, file, net, data, end)
	if err != nil {
		return err
	}
	if err := addBoundary(&album, loaded, data, end); err != nil {
		return err
	}
	err = errors.Join(showWorst(r, cfg.show, net, data, end), r.Finish(album, folder, ""))
	r.Printf("\naccuracy: %v %%, %d of %d points; data loss %.5g, total loss %.5g\n",
		end.accuracy, end.right, len(data.X), end.loss, end.total)
	return err
}

// network returns the network to begin with: the demo's MLP(2, [16, 16, 1]), or the one in a file.
func (cfg config) network(rng *rand.Rand) (*nn.MLP, error) {
	if cfg.load == "" {
		hidden := nn.Dense{Activation: nn.ReLU, Init: nn.Uniform(-1, 1)}
		output := nn.Dense{Units: 1, Init: nn.Uniform(-1, 1)}
		return nn.NewMLP(rng, 2, append(nn.Stack(hidden, 16, 16), output)...), nil
	}
	net, err := nn.Load(cfg.load)
	if err == nil && (net.Inputs() != 2 || net.Outputs() != 1) {
		err = fmt.Errorf("%s: the network has %d inputs and %d outputs, want 2 and 1",
			cfg.load, net.Inputs(), net.Outputs())
	}
	return net, err
}
