package main

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"

	"github.com/gradus-go/gradus/examples/digits/internal/dataset"
	"github.com/gradus-go/gradus/examples/internal/report"
	"github.com/gradus-go/gradus/internal/progress"
	"github.com/gradus-go/gradus/nn"
)

// Streams of the seeds. Stream 0 of -seed orders the images.
const (
	splitStream  = 0
	weightStream = 1
)

// read returns the images, those that the program has or those in the folder.
func (cfg config) read() (dataset.Data, error) {
	if cfg.data != "" {
		bar := progress.New(cfg.watcher, 1, "reading "+cfg.data) // 2 s for MNIST
		_ = bar.RenderBlank()
		defer func() { _ = bar.Finish() }()
		return dataset.Folder(cfg.data)
	}
	return dataset.Embedded(rand.New(rand.NewPCG(cfg.split, splitStream)), cfg.images)
}

// activations are the choices for the hidden layers, each with the initial weights that suit it.
var activations = []nn.Dense{
	{Activation: nn.ReLU, Init: nn.He},
	{Activation: nn.Tanh, Init: nn.XavierNormal},
	{Activation: nn.Sigmoid, Init: nn.XavierNormal},
	{Activation: nn.Softplus, Init: nn.He},
}

// activationNames returns the words for -activation.
func activationNames() (names []string) {
	for _, a := range activations {
		names = append(names, a.Activation.Name())
	}
	return names
}

// mostParams bounds the parameters of a new network. Each takes about 200 bytes.
const mostParams = 10_000_000

// network returns the one to begin with: a new one, or the one in a file.
func (cfg config) network(d dataset.Data) (*nn.MLP, error) {
	inputs := d.Height * d.Width
	if cfg.load == "" {
		params, width := 0, inputs
		for _, units := range append(slices.Clone(cfg.hidden), d.Classes) {
			params, width = params+(width+1)*units, units
		}
		if params > mostParams {
			return nil, fmt.Errorf("-hidden %v makes %d parameters, want at most %d",
				cfg.hidden, params, mostParams)
		}
		hidden := activations[slices.Index(activationNames(), cfg.activation)]
		layers := append(nn.Stack(hidden, cfg.hidden...), nn.Dense{Units: d.Classes, Init: nn.XavierNormal})
		rng := rand.New(rand.NewPCG(cfg.seed, weightStream))
		return nn.NewMLP(rng, inputs, layers...), nil
	}
	net, err := nn.Load(cfg.load)
	if err == nil && (net.Inputs() != inputs || net.Outputs() != d.Classes) {
		err = fmt.Errorf("%s: the network has %d inputs and %d outputs, want %d and %d, for images of "+
			"%d×%d pixels in %d classes; -data names the folder with those that it was trained on",
			cfg.load, net.Inputs(), net.Outputs(), inputs, d.Classes, d.Height, d.Width, d.Classes)
	}
	return net, err
}

// describe prints all that decides what comes out.
func (cfg config) describe(r *report.Report, net *nn.MLP, d dataset.Data) {
	r.Section(d.Name)
	r.Printf("images:   %d×%d pixels in %d classes, %d to train with and %d held out",
		d.Height, d.Width, d.Classes, len(d.Train.X), len(d.Test.X))
	if cfg.data == "" || cfg.folds > 0 {
		r.Printf(", split %d", cfg.split)
	}
	from := fmt.Sprintf("weights from seed %d", cfg.seed)
	if cfg.load != "" {
		from = "loaded from " + cfg.load
	}
	r.Printf("\nnetwork:  %v, %d parameters, %s\n", net, len(net.Params()), from)
	r.Printf("training: softmax cross-entropy, %s\n", cfg.recipe())
}

// recipe says how the network is trained.
func (cfg config) recipe() string {
	return fmt.Sprintf("epochs: %d, batches of %d, seed %d\n"+
		"          AdamW, rate %v falling to 0, β₁ %v, β₂ %v, ε %v, weight decay %v",
		cfg.epochs, cfg.batch, cfg.seed, cfg.rate, cfg.beta1, cfg.beta2, cfg.epsilon, cfg.decay)
}

// networkFile is where the network is saved, beside the pictures, if the flag does not say where.
const networkFile = "digits.json"

// saveNetwork saves the network, if it was trained or if the flag says where. If that is not
// possible it is saved beside the pictures: what has been learnt shall not be lost.
func (cfg config) saveNetwork(r *report.Report, net *nn.MLP, folder string) error {
	if cfg.save == "" && cfg.epochs == 0 {
		return nil
	}
	file := filepath.Join(folder, networkFile)
	var err error
	if cfg.save != "" {
		if err = net.Save(cfg.save); err == nil {
			file = cfg.save
		}
	}
	if file != cfg.save {
		if failed := net.Save(file); failed != nil {
			return errors.Join(err, failed)
		}
	}
	r.Section("The network, saved")
	r.Printf("%s\n", file)
	return err
}
