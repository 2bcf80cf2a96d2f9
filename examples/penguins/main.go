// Penguins is what a first program of one's own may look like: from a CSV file to a network that tells three
// species of penguins apart by their bills, with the loss curve and the boundary between the species as
// pictures. It uses the public packages alone.
//
// Usage:
//
//	go run ./examples/penguins [-out folder]
//
// The program prints for which species the network takes penguins that it has not seen, with percentages that
// are rounded down: 100 % means every one. It says where it has written its files: the pictures loss.png and
// boundary.png, and what a later program needs to classify other penguins, network.json with the parameters
// and scale.json with the scale of the inputs. Ctrl-C ends the training early.
//
// The README says where the 344 penguins are from. Two of them were not measured and are left out.
package main

import (
	"context"
	_ "embed" // penguins.csv
	"errors"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/signal"
	"path/filepath"
	"strings"

	"github.com/gradus-go/gradus/chart"
	"github.com/gradus-go/gradus/nn"
	"github.com/gradus-go/gradus/nn/data"
	"github.com/gradus-go/gradus/nn/optim"
	"github.com/gradus-go/gradus/nn/train"
)

//go:embed penguins.csv
var penguins string

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	context.AfterFunc(ctx, stop) // so that a second Ctrl-C ends the program at once
	os.Exit(command(ctx, os.Args[1:], os.Stdout, os.Stderr))
}

// command runs the program with these arguments and returns the exit status.
func command(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	const usage = "usage: penguins [-out folder]\n"
	flags := flag.NewFlagSet("penguins", flag.ContinueOnError)
	folder := flags.String("out", "", "`folder` for the files; if empty, a new temporary one")
	flags.SetOutput(io.Discard) // the errors are printed here, after the name of the program
	err := flags.Parse(args)
	switch {
	case errors.Is(err, flag.ErrHelp):
		fmt.Fprint(stdout, usage, "\nPenguins trains a network to tell three species apart, and draws its loss "+
			"and\nits boundary.\n\n")
		flags.SetOutput(stdout)
		flags.PrintDefaults()
		return 0
	case err == nil && flags.NArg() > 0:
		err = fmt.Errorf("got %q, want no arguments but flags", flags.Args())
	}
	if err != nil {
		fmt.Fprintf(stderr, "penguins: %v\n%s", err, usage)
		return 2
	}
	if err := run(ctx, stdout, *folder); err != nil {
		fmt.Fprintln(stderr, "penguins:", err)
		return 1
	}
	return 0
}

// makeFolder makes the folder, or a temporary one if it has no name, and returns its name.
func makeFolder(folder string) (string, error) {
	if folder == "" {
		return os.MkdirTemp("", "penguins-")
	}
	return folder, os.MkdirAll(folder, 0o777)
}

func run(ctx context.Context, w io.Writer, folder string) error {
	folder, err := makeFolder(folder)
	if err != nil {
		return err
	}
	table, err := data.CSV{
		Target: "species", Inputs: []string{"bill_length_mm", "bill_depth_mm"}, Missing: "NA", DropMissing: true,
	}.Read(strings.NewReader(penguins))
	if err != nil {
		return err
	}
	training, validation, test, err := table.SplitThree(1, 0.2, 0.2)
	if err != nil {
		return err
	}
	scale, err := data.Standardise(training, validation, test)
	if err != nil {
		return err
	}
	rng := rand.New(rand.NewPCG(1, 0))
	net := nn.NewMLP(rng, 2, nn.Dense{Units: 16, Activation: nn.Tanh}, nn.Dense{Units: 3})
	var losses, others []float64
	err = train.Run(ctx, train.Config{
		Net: net, Loss: nn.SoftmaxCrossEntropy, Data: train.Data{X: training.X, T: training.T},
		Validation: train.Data{X: validation.X, T: validation.T}, Patience: 30,
		Optimizer: optim.NewAdam(optim.Constant(0.01)), Batch: 16, Epochs: 500,
		Callback: func(s train.State) {
			if s.Batch == s.Batches {
				losses, others = append(losses, s.EpochLoss), append(others, s.ValidationLoss)
			}
		},
	})
	if err != nil && (len(losses) == 0 || !errors.Is(err, context.Canceled)) {
		return err
	}
	p, err := train.NewPredictor(net)
	if err != nil {
		return err
	}
	y, err := p.Predict(test.X)
	if err != nil {
		return err
	}
	mistakes, err := data.NewConfusion(y, test.T, table.Classes...)
	if err != nil {
		return err
	}
	fmt.Fprintf(w, "%v\n%d epochs; penguins that the network has not seen:\n\n%v\nFiles are in %s\n",
		table, len(losses), mistakes, folder)
	curve := chart.Loss(chart.Named("training", losses), chart.Named("validation", others))
	boundary := chart.Boundary(scale.Before(p.Predict), table.X, table.Labels(), table.Classes)
	boundary.X.Label, boundary.Y.Label = "bill length in mm", "bill depth in mm"
	return errors.Join(
		curve.Save(filepath.Join(folder, "loss.png")), boundary.Save(filepath.Join(folder, "boundary.png")),
		net.Save(filepath.Join(folder, "network.json")), scale.Save(filepath.Join(folder, "scale.json")),
	)
}
