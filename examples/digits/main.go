// Digits trains a network to read handwritten digits, which the tutorial "Practice Implementing
// Gradient Descent" promises at its end, without data or code. The network is an MLP of scalar
// Values, which is recorded once and replayed. Its loss is softmax cross-entropy. With -conv it is a small
// convolution, of the layers of package nn/layer.
//
// Usage:
//
//	go run ./examples/digits [flags]
//
// Without flags it needs no files and no internet: 1,797 images of 8×8 pixels are embedded in the
// program. It trains with 1,500 of them; the results at the end are those for the others, which are
// held out.
//
// Flags for the data:
//
//	-data ""          folder with a data set in the IDX format of MNIST, plain or compressed by gzip:
//	                  train-images-idx3-ubyte and train-labels-idx1-ubyte, and for the held-out
//	                  images the same with t10k in place of train
//	-train 1500       how many of the embedded images to train with
//	-split 1          seed of the split of the embedded images into those and the held-out ones, and
//	                  of the split into folds; each part has its share of each class
//
// Flags for the network and its training:
//
//	-hidden 400       units of each hidden layer, as in 100,50; "" for none
//	-activation ReLU  of the hidden layers: ReLU, tanh, sigmoid or softplus. The initial weights are
//	                  normally distributed, He's for ReLU and softplus, Xavier's for tanh and sigmoid
//	-conv false       train a small convolution in place of the MLP: layers of 3×3 filters with ReLU,
//	                  the maxima of squares of 2×2, dropout, and a neuron for each class. The first
//	                  layer of filters looks beyond the edge of the image, too, and sees zeros there
//	-filters 16,32    filters of each layer of the convolution, in place of -hidden and -activation
//	-dropout 0.5      probability with which the convolution's training leaves out one of the maxima
//	-epochs 60        how often every image is used; with -conv the default is 40
//	-batch 16         images in a batch, which is one step of AdamW
//	-rate 0.005       initial learning rate η, which falls to 0 along half a period of the cosine
//	-beta1 0.9        decay rate β₁ of the mean of the gradient
//	-beta2 0.999      decay rate β₂ of the mean of the gradient's square
//	-epsilon 1e-08    ε, which is added to the root of that
//	-decay 0.1        weight decay λ: every step subtracts the fraction ηλ of every parameter
//	-seed 1           seed of the initial weights and of the order of the images
//	-folds 0          evaluate these settings by cross-validation with this number of folds, and do
//	                  nothing else: for each fold, train with all other training images, and
//	                  evaluate the network with the images of the fold. The held-out images are not
//	                  used
//
// Flags for files:
//
//	-load ""          saved network to begin with, in place of -hidden and -activation; a convolution
//	                  needs the -conv and -filters that it was saved with. Training goes on from
//	                  there; -epochs 0 only evaluates it. The same images are held out only if -train
//	                  and -split are the same
//	-save ""          file to save the network in; by default digits.json beside the pictures, if the
//	                  network is trained
//	-predict ""       PNG picture of one digit to classify at the end: of any size up to 16 million
//	                  pixels, dark on light or light on dark. The digit is scaled to the size of the
//	                  training images. The answer is always one of their ten classes, whatever the
//	                  picture shows, and the output says how probable the first two are; a blank
//	                  picture is refused. With -load nothing else is done
//	-export ""        file for the initial weights and, for each step, the images, the rate and
//	                  the loss. The script pytorch.py, beside this program, takes the same steps in
//	                  PyTorch and compares the losses. It knows no convolutions
//	-out ""           folder for the pictures; by default a new one in the system's folder for
//	                  temporary files, whose name is printed
//
// The program prints the health of the gradients before training; then, epoch by epoch, the losses
// and accuracies; then, for the held-out images, the confusion matrix with precision and recall, and
// the most confident mistakes. The pictures show all of that and the weights of the first layer. The
// last line says what the accuracy is.
//
// While it trains, a terminal shows a bar with the mean loss of the current epoch, the most recent
// held-out accuracy, the time that has passed and the time that is left. Ctrl-C stops training after
// the current batch. The network is then evaluated, saved and drawn as it is, unless the first batch
// was not finished. Cross-validation reports the folds that are finished.
//
// Percentages are rounded down: 100 % means every one.
//
// The exit status is 1 if a file cannot be read or written or does not have the right content, or if
// the numbers overflow, and 2 if a flag is wrong. ("go run" prints the status of the program and
// exits with status 1 in both cases.)
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

	"github.com/gradus-go/gradus/examples/digits/internal/gallery"
	"github.com/gradus-go/gradus/examples/digits/internal/prediction"
	"github.com/gradus-go/gradus/examples/digits/internal/recipe"
	"github.com/gradus-go/gradus/examples/digits/internal/score"
	"github.com/gradus-go/gradus/examples/internal/dataset"
	"github.com/gradus-go/gradus/examples/internal/outputs"
	"github.com/gradus-go/gradus/examples/internal/report"
	"github.com/gradus-go/gradus/internal/percent"
	"github.com/gradus-go/gradus/internal/picture"
	"github.com/gradus-go/gradus/internal/program"
	"github.com/gradus-go/gradus/nn/train"
)

func main() {
	debug.SetGCPercent(50) // most of the heap are images: with MNIST this saves 0.2 of 0.9 GB
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	context.AfterFunc(ctx, stop) // so that a second Ctrl-C ends the program at once
	os.Exit(command(ctx, os.Args[1:], os.Stdout, os.Stderr))
}

// A config holds the values of the flags.
type config struct {
	recipe.Recipe
	data                string
	images              int    // number of embedded images to train with
	split               uint64 // seed of the split into training images and held-out images
	folds               int
	load, save, predict string
	export, out         string
	terminal            io.Writer // for the progress bar, which appears only if this is a terminal
}

// command runs the program with these arguments, until the context is cancelled at the latest, and
// returns the exit status.
func command(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	cfg := config{terminal: stderr}
	flags := cfg.flags()
	return program.Run(flags, "Digits trains a network to read handwritten digits.",
		args, stdout, stderr, func(w io.Writer) error {
			if err := cmp.Or(cfg.Complete(flags), cfg.conflicts(flags)); err != nil {
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
	flags.Var(program.Seed(&cfg.split), "split", "seed of the split into training and held-out images and folds")
	cfg.Flags(flags)
	flags.Var(program.Whole(&cfg.folds, 0, 100), "folds",
		"number of folds: cross-validation of the settings, and nothing else")
	flags.StringVar(&cfg.load, "load", "", "`file` of a network to begin with")
	flags.StringVar(&cfg.save, "save", "", "`file` for the network; if empty, digits.json beside the pictures")
	flags.StringVar(&cfg.predict, "predict", "",
		"PNG `file` of one digit to classify; with -load nothing else is done")
	flags.StringVar(&cfg.export, "export", "",
		"`file` for the initial weights, batches and losses, which pytorch.py reads")
	outputs.PicturesFlag(flags, &cfg.out)
	return flags
}

// conflicts returns an error if two flags were set that contradict each other, so that one of them
// would have no effect.
func (cfg config) conflicts(flags *flag.FlagSet) error {
	err := cmp.Or(
		program.Exclusive(flags, "the network in the file has layers of its own", "load", "hidden", "activation"),
		program.Exclusive(flags, "the files decide which images are held out", "data", "train"),
		program.Exclusive(flags, "cross-validation trains networks only to evaluate them",
			"folds", "load", "save", "predict", "export", "out"),
	)
	if cfg.Conv {
		err = cmp.Or(err, program.Exclusive(flags,
			"pytorch.py builds no convolution, and does not draw what dropout draws", "conv", "export"))
	}
	if cfg.onlyPredicts() {
		err = cmp.Or(err, program.Exclusive(flags, "with -load and -predict nothing is trained or evaluated",
			"predict", "dropout", "epochs", "batch", "rate", "beta1", "beta2", "epsilon", "decay", "seed",
			"save", "export", "out"))
	}
	if cfg.folds == 0 {
		err = cmp.Or(err, program.Exclusive(flags, "the files decide which images are held out", "data", "split"))
	}
	if cfg.folds == 1 {
		err = cmp.Or(err, program.Usagef("-folds is 1, which leaves no images to train with, want at least 2"))
	}
	return err
}

// onlyPredicts reports whether there is nothing to do but to classify a picture with a loaded network.
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
	pixels, err := prediction.Scan(cfg.predict, d)
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
	p, err := train.NewPredictor(net)
	if err != nil {
		return err
	}
	if cfg.onlyPredicts() {
		return prediction.Print(r, cfg.predict, pixels, p, d)
	}
	var album picture.Album
	cfg.describe(r, net, d)
	if err := cfg.reportHealth(r, &album, net, d); err != nil {
		return err
	}
	export, err := cfg.train(ctx, r, &album, net, p, d)
	if err != nil {
		return err
	}
	end, err := score.Evaluate(p, d.Test)
	if err != nil {
		return err
	}
	if err := reportClasses(r, &album, d, end); err != nil {
		return err
	}
	reportMistakes(r, &album, d, end)
	album.Add("7-weights.png", gallery.Weights(recipe.First(net, images(d))))
	err = errors.Join(
		cfg.saveNetwork(r, net, folder), cfg.saveSteps(r, export),
		prediction.Print(r, cfg.predict, pixels, p, d), r.Finish(album, folder, ""),
	)
	r.Printf("\nheld-out accuracy: %s, %d of %d images; loss %.4g\n",
		percent.Down(end.Accuracy(), 2), end.Right, end.All, end.Loss)
	return err
}
