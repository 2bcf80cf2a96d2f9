package main

import (
	"cmp"
	"errors"
	"fmt"
	"math/rand/v2"
	"path/filepath"

	"github.com/gradus-go/gradus/examples/digits/internal/recipe"
	"github.com/gradus-go/gradus/examples/internal/dataset"
	"github.com/gradus-go/gradus/examples/internal/outputs"
	"github.com/gradus-go/gradus/examples/internal/report"
	"github.com/gradus-go/gradus/internal/picture"
	"github.com/gradus-go/gradus/internal/program"
	"github.com/gradus-go/gradus/internal/program/progress"
)

// read returns the images in the folder, or the embedded ones if there is no folder.
func (cfg config) read() (dataset.Data, error) {
	if cfg.data != "" {
		bar := progress.New(cfg.terminal, 1, "reading the images") // this takes 2 s for MNIST
		_ = bar.RenderBlank()
		defer func() { _ = bar.Finish() }()
		return dataset.Folder(cfg.data)
	}
	return dataset.Embedded(rand.New(rand.NewPCG(cfg.split, 0)), cfg.images)
}

// network returns the network to begin with: a new one, or the one in a file.
func (cfg config) network(d dataset.Data) (recipe.Network, error) {
	if cfg.load != "" {
		return cfg.Load(cfg.load, images(d))
	}
	return cfg.Network(images(d))
}

// images says what a network must be for.
func images(d dataset.Data) recipe.Images {
	return recipe.Images{Height: d.Height, Width: d.Width, Classes: d.Classes}
}

// describe prints everything on which the results depend: data, network and settings.
func (cfg config) describe(r *report.Report, net recipe.Network, d dataset.Data) {
	r.Section(d.Name)
	split := ""
	if cfg.data == "" || cfg.folds > 0 {
		split = fmt.Sprintf(", split %d", cfg.split)
	}
	r.Item("images:   ", "%d×%d pixels in %d classes, %d to train with and %d held out%s",
		d.Height, d.Width, d.Classes, len(d.Train.X), len(d.Test.X), split)
	from := fmt.Sprintf("weights from seed %d", cfg.Seed)
	if cfg.load != "" {
		from = "loaded from " + cfg.load
	}
	r.Item("network:  ", "%v, %d parameters, %s", net, len(net.Params()), from)
	r.Item("training: ", "%v", cfg.Recipe)
}

// networkFile is the name of the file beside the pictures in which the network is saved unless the
// flag -save names another one.
const networkFile = "digits.json"

// prepare creates the folder for the pictures, if there will be any, and returns its name. It also
// checks that all files can be written, because the results of training should not be lost.
func (cfg config) prepare() (folder string, err error) {
	save, export := [2]string{"save", cfg.save}, [2]string{"export", cfg.export}
	load, predict := [2]string{"load", cfg.load}, [2]string{"predict", cfg.predict}
	err = cmp.Or(program.Distinct(export, save, load, predict), program.Distinct(save, predict))
	if err != nil || cfg.folds > 0 || cfg.onlyPredicts() {
		return "", err
	}
	folder, err = picture.Folder(cfg.out, "digits-")
	if err != nil {
		return "", err
	}
	beside := filepath.Join(folder, networkFile)
	return folder, cmp.Or(
		program.Distinct(export, [2]string{"out", beside}),
		program.Writable(beside), program.Writable(cfg.save), program.Writable(cfg.export),
	)
}

// saveNetwork saves the network if it was trained or if the flag -save names a file. If the network
// cannot be saved there, it is saved beside the pictures, so that what it has learnt is not lost.
func (cfg config) saveNetwork(r *report.Report, net recipe.Network, folder string) error {
	if cfg.save == "" && cfg.Epochs == 0 {
		return nil
	}
	file := filepath.Join(folder, networkFile)
	var err error
	if cfg.save != "" {
		if err = recipe.Save(cfg.save, net); err == nil {
			file = cfg.save
		}
	}
	if file != cfg.save {
		if failed := recipe.Save(file, net); failed != nil {
			return errors.Join(err, failed)
		}
	}
	outputs.Wrote(r, "Network", file)
	return err
}
