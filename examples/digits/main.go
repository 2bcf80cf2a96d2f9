// Digits trains a network to read handwritten digits, as the third tutorial promises. The network
// is an MLP of scalar Values, recorded once and replayed; its loss is softmax cross-entropy.
//
// Usage:
//
//	go run ./examples/digits [flags]
//
// Without flags it needs no files and no internet: 1,797 images of 8×8 pixels are in the program.
// It trains on 1,500 of them, and what it reports at the end is of the others, the held-out ones.
//
// The data:
//
//	-data ""          folder with a data set in the IDX format of MNIST, plain or gzipped:
//	                  train-images-idx3-ubyte, train-labels-idx1-ubyte, and t10k- likewise for
//	                  the held-out images
//	-train 1500       how many of the program's own images to train with
//	-split 1          seed of the split of its own images into those and the held-out ones, and of
//	                  the split into folds; each part has its share of each class
//
// The network, and how it is trained:
//
//	-hidden 400       units of each hidden layer, as in 100,50; "" for none
//	-activation ReLU  of the hidden layers: ReLU, tanh, sigmoid or softplus. Initial weights are
//	                  normal, He's for ReLU and softplus, Xavier's for tanh and sigmoid
//	-epochs 60        how often every image is used
//	-batch 16         images in a batch, which is one step of AdamW
//	-rate 0.005       learning rate η at first; it falls to 0 along half a wave of the cosine
//	-beta1 0.9        decay rate β₁ of the mean of the gradient
//	-beta2 0.999      decay rate β₂ of the mean of its square
//	-epsilon 1e-08    ε, which is added to the root of that
//	-decay 0.1        weight decay λ: every step takes the part ηλ of every parameter away
//	-seed 1           seed of the initial weights and of the order of the images
//	-folds 0          instead of all else, judge these numbers: train on all but a fold of the
//	                  training images and evaluate on that fold, for each of so many folds. The
//	                  held-out images are not looked at
//
// Files:
//
//	-load ""          saved network to begin with, in place of -hidden and -activation. Training
//	                  goes on from there; -epochs 0 only evaluates it. Held out are the same
//	                  images only if -train and -split are the same
//	-save ""          file to save the network in; by default digits.json beside the pictures, if it
//	                  is trained
//	-predict ""       PNG picture of one digit to classify after all that: of any size up to
//	                  32 million pixels, dark on light or light on dark. With -load it is all that is done
//	-export ""        file for the initial weights and, for each step, the images, the rate and
//	                  the loss: what pytorch.py, beside this program, compares with PyTorch's
//	-out ""           folder for the pictures; by default a new one under the system's folder for
//	                  temporary files, whose name is printed
//
// It prints the health of the gradients before training; by epoch the losses and accuracies;
// then, for the held-out images, the confusion matrix with precision and recall and the most
// confident mistakes. The pictures show all of that, and the weights of the first layer. The
// last line says what the accuracy is.
//
// While it trains, a terminal shows a bar with the loss of the epoch so far, the held-out accuracy
// when it was last evaluated, the time that has passed and that is left. Ctrl-C stops training after
// the current batch. The network as it is then is evaluated, saved and drawn all the same, if there
// has been a batch; of folds, those that are finished count.
//
// Percentages are rounded down: 100 % means every one.
//
// The exit status is 1 if a file cannot be read or written or is not what it should be, or if
// the numbers overflow, and 2 if a flag is wrong. (That is the program's; go run prints it and
// itself exits with 1.)
package main

import (
	"cmp"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime/debug"

	"github.com/gradus-go/gradus/examples/digits/internal/dataset"
	"github.com/gradus-go/gradus/examples/digits/internal/gallery"
	"github.com/gradus-go/gradus/examples/digits/internal/recipe"
	"github.com/gradus-go/gradus/examples/digits/internal/score"
	"github.com/gradus-go/gradus/examples/internal/outputs"
	"github.com/gradus-go/gradus/examples/internal/report"
	"github.com/gradus-go/gradus/internal/picture"
	"github.com/gradus-go/gradus/internal/program"
)

func main() {
	debug.SetGCPercent(50) // most of the heap is images: 60,000 of MNIST's take 0.7 and not 0.9 GB
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	context.AfterFunc(ctx, stop) // a second Ctrl-C ends the program at once
	os.Exit(command(ctx, os.Args[1:], os.Stdout, os.Stderr))
}

// A config is what the flags ask for.
type config struct {
	recipe.Recipe
	data                string
	images              int    // to train with, if they are the embedded ones
	split               uint64 // seed of what is held out
	folds               int
	load, save, predict string
	export, out         string
	watcher             io.Writer // sees progress, if it is a terminal
}

// command is the program without its process. It returns the exit status.
func command(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	cfg := config{watcher: stderr}
	flags := cfg.flags()
	return program.Run(flags, "Digits trains a network to read handwritten digits.",
		args, stdout, stderr, func(w io.Writer) error {
			if err := cfg.conflicts(flags); err != nil {
				return err
			}
			return run(ctx, report.New(w), cfg)
		})
}

// flags returns the flags that set cfg, and sets their defaults.
func (cfg *config) flags() *flag.FlagSet {
	cfg.Recipe, cfg.images, cfg.split = recipe.Default(), 1500, 1
	flags := flag.NewFlagSet("digits", flag.ContinueOnError)
	flags.StringVar(&cfg.data, "data", "", "`folder` in MNIST's format; if empty, the embedded images")
	flags.Var(program.Whole(&cfg.images, 1, dataset.Size-1), "train",
		fmt.Sprintf("images to train with, of the %d embedded ones", dataset.Size))
	flags.Var(program.Seed(&cfg.split), "split", "seed of what is held out, and of the folds")
	cfg.Flags(flags)
	flags.Var(program.Whole(&cfg.folds, 0, 100), "folds",
		"judge the settings by cross-validation with so many folds, and do nothing else")
	flags.StringVar(&cfg.load, "load", "", "`file` of a network to begin with, not a new one")
	flags.StringVar(&cfg.save, "save", "", "`file` for the network; if empty, beside the pictures")
	flags.StringVar(&cfg.predict, "predict", "",
		"PNG `file` of one digit to classify; with -load nothing else is done")
	flags.StringVar(&cfg.export, "export", "",
		"`file` for initial weights, batches and losses, which pytorch.py compares")
	outputs.PicturesFlag(flags, &cfg.out)
	return flags
}

// conflicts returns an error if a flag was set that would do nothing, or harm.
func (cfg config) conflicts(flags *flag.FlagSet) error {
	err := cmp.Or(
		program.Exclusive(flags, "the network in the file has its layers", "load", "hidden", "activation"),
		program.Exclusive(flags, "the files say what is held out", "data", "train"),
		program.Exclusive(flags, "folds train networks only to judge them",
			"folds", "load", "save", "predict", "export", "out"),
	)
	if cfg.onlyPredicts() {
		err = cmp.Or(err, program.Exclusive(flags, "a loaded network is neither trained nor evaluated then",
			"predict", "epochs", "batch", "rate", "beta1", "beta2", "epsilon", "decay", "seed",
			"save", "export", "out"))
	}
	if cfg.folds == 0 {
		err = cmp.Or(err, program.Exclusive(flags, "the files say what is held out", "data", "split"))
	}
	if cfg.folds == 1 {
		err = cmp.Or(err, program.Usagef("-folds 1 leaves nothing to train with, want at least 2"))
	}
	return err
}

// onlyPredicts reports whether to classify a picture with a loaded network is all there is to do.
func (cfg config) onlyPredicts() bool { return cfg.load != "" && cfg.predict != "" }

func run(ctx context.Context, r *report.Report, cfg config) error {
	folder, err := cfg.prepare()
	if err != nil {
		return err
	}
	d, err := cfg.read()
	if err != nil {
		return err
	}
	pixels, err := cfg.scan(d)
	if err != nil {
		return err
	}
	if ctx.Err() != nil {
		return errInterrupted
	}
	if cfg.folds > 0 {
		return cfg.validate(ctx, r, d)
	}
	net, err := cfg.network(d)
	if err != nil {
		return err
	}
	if cfg.onlyPredicts() {
		return cfg.classify(r, pixels, net, d)
	}
	var album picture.Album
	cfg.describe(r, net, d)
	if err := cfg.reportHealth(r, &album, net, d); err != nil {
		return err
	}
	export, err := cfg.train(ctx, r, &album, net, d)
	if err != nil {
		return err
	}
	end, err := score.Evaluate(net, d.Test)
	if err != nil {
		return err
	}
	reportClasses(r, &album, d, end)
	reportMistakes(r, &album, d, end)
	album.Add("weights.png", gallery.Weights(net.Layers[0], d.Height, d.Width))
	err = errors.Join(
		cfg.saveNetwork(r, net, folder), cfg.saveSteps(export), cfg.classify(r, pixels, net, d),
		r.Finish(album, folder, ""),
	)
	r.Printf("\nheld-out accuracy: %s, %d of %d images; loss %.4g\n",
		report.Percent(end.Accuracy(), 2), end.Right, end.All, end.Loss)
	return err
}
