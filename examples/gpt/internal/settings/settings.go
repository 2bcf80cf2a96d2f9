// Package settings has the flags of the example gpt, and what follows from them.
package settings

import (
	"cmp"
	"context"
	"flag"
	"fmt"
	"io"

	"github.com/gradus-go/gradus/examples/internal/outputs"
	"github.com/gradus-go/gradus/internal/picture"
	"github.com/gradus-go/gradus/internal/program"
	"github.com/gradus-go/gradus/internal/recipe"
	"github.com/gradus-go/gradus/nn/optim"
)

const about = `Gpt trains a small GPT on names, one number at a time, and makes up new names.
The stages are
  0  counts of pairs of letters
  1  a network on pairs, with derivatives by hand and numeric ones
  2  the same network on Values, which know their derivatives
  3  positions, one head of attention, norms, residual sums
  4  several heads and layers
  5  the optimiser Adam
Stages 0 to 2 have no model to -save or -show, and stage 0 is not trained.

Examples: gpt -stage 1
          gpt -data texts.txt -steps 5000 -width 32 -save texts.json`

var titles = [...]string{
	"counts of pairs",
	"a network on pairs, with derivatives by hand",
	"the same network on Values",
	"positions, one head of attention, norms, residual sums",
	"several heads and layers",
	"Adam",
}

// peaks are the default learning rates of the stages: those of 0.1, 0.2 … 1, 1.5, 2 … with which they
// come furthest on the names, and for Adam that of the original.
var peaks = [...]float64{1: 1, 2: 1, 3: 0.3, 4: 0.3, 5: recipe.Rate}

// How losses and gradients are computed.
const (
	Fast  = "fast"  // by recordings
	Exact = "exact" // by recordings, to the bit as by graphs
	Eager = "eager" // by a new graph for every text
)

// A Settings holds the values of the flags.
type Settings struct {
	Data, Mode            string
	Seed                  uint64
	Stage                 int
	Steps, Batch, Samples int
	Rate, Temperature     float64
	Quick                 bool // whether to leave out what is not training
	Shape                 recipe.Shape
	Load, Save, Out, Show string
	Terminal              io.Writer // for the progress bar, which appears only if this is a terminal
}

// Command parses the arguments, calls run and returns the exit status of the program.
func Command(
	ctx context.Context, args []string, stdout, stderr io.Writer,
	run func(context.Context, io.Writer, Settings) error,
) int {
	s := Settings{
		Seed: recipe.Seed, Stage: 5, Steps: recipe.Steps, Batch: recipe.Batch, Samples: recipe.Samples,
		Temperature: recipe.Temperature, Mode: Fast, Shape: recipe.Default, Terminal: stderr,
	}
	flags, largest := flag.NewFlagSet("gpt", flag.ContinueOnError), recipe.Largest
	flags.Var(program.Whole(&s.Stage, 0, 5), "stage", "which stage of the story to run")
	flags.StringVar(&s.Data, "data", "", "`file` with a text a line; if empty, 32,178 names")
	flags.Var(program.Seed(&s.Seed), "seed", "seed of everything random, as in Python's random.seed")
	flags.Var(program.Whole(&s.Steps, 0, 1_000_000), "steps",
		"steps of training altogether, with those that\na model of -load has had")
	flags.Var(program.Whole(&s.Batch, 1, 10_000), "batch", "texts in a step")
	flags.Var(program.Between(&s.Rate, 0, 1000), "rate",
		"learning rate, which falls to 0; if 0, that of the stage:\n"+
			"1 in stages 1 and 2, 0.3 in 3 and 4, 0.01 in 5")
	flags.Var(program.Whole(&s.Shape.Width, 1, largest.Width), "width", "numbers that stand for a token")
	flags.Var(program.Whole(&s.Shape.Heads, 1, largest.Heads), "heads", "heads of attention, from stage 4 on")
	flags.Var(program.Whole(&s.Shape.Layers, 1, largest.Layers), "layers", "layers, from stage 4 on")
	flags.Var(program.Whole(&s.Shape.Context, 1, largest.Context), "context",
		"positions that the model can look at")
	flags.Var(program.OneOf(&s.Mode, Fast, Exact, Eager), "mode",
		"how to compute: fast replays recordings,\nexact does so to the bit, eager builds every graph again")
	flags.Var(program.Whole(&s.Samples, 0, 10_000), "samples", "how many texts to make up")
	flags.Var(program.Between(&s.Temperature, 0.01, 100), "temperature",
		"below 1 the texts are likelier, above 1 stranger")
	flags.BoolVar(&s.Quick, "quick", false, "train and make up texts, and nothing else")
	flags.StringVar(&s.Load, "load", "", "`file` of a model to go on with")
	flags.StringVar(&s.Save, "save", "",
		"`file` for the model; if empty, gpt.json beside the picture,\nor with -quick none")
	outputs.PicturesFlag(flags, &s.Out)
	outputs.GraphFlag(flags, &s.Show, "one head of attention")
	return program.Run(flags, about, args, stdout, stderr, func(w io.Writer) error {
		if err := s.check(flags); err != nil {
			return err
		}
		return run(ctx, w, s)
	})
}

// check returns an error if flags contradict each other.
func (s *Settings) check(flags *flag.FlagSet) error {
	err := program.Exclusive(flags, "the file of -load has its own", "load",
		"stage", "seed", "width", "heads", "layers", "context")
	switch {
	case err != nil:
		return err
	case s.Stage < 4:
		err = program.Exclusive(flags, "only the stages from 4 on may have several", "stage", "heads", "layers")
		s.Shape.Heads, s.Shape.Layers = 1, 1
	}
	if err == nil && s.Stage < 3 {
		err = program.Exclusive(flags, "stages 0 to 2 have no attention", "stage", "save", "show")
	}
	if err == nil {
		if err = s.Shape.Check(recipe.Largest); err != nil {
			err = program.Usagef("%v", err)
		}
	}
	return err
}

// Prepare checks that all files can be written, so that an error costs nothing. It creates the folder
// for the picture, whose name it returns.
func (s *Settings) Prepare() (folder string, err error) {
	save, data := [2]string{"save", s.Save}, [2]string{"data", s.Data}
	err = cmp.Or(
		program.Distinct([2]string{"show", s.Show}, [2]string{"load", s.Load}, save, data),
		program.Distinct(save, data),
		program.Writable(s.Save), program.Writable(s.Show),
	)
	if err != nil || s.Stage == 0 || s.Quick {
		return "", err
	}
	return picture.Folder(s.Out, "gpt-")
}

// Title returns the title of the stage.
func (s *Settings) Title() string { return fmt.Sprintf("Stage %d: %s", s.Stage, titles[s.Stage]) }

// Peak returns the learning rate of the first step.
func (s *Settings) Peak() float64 { return cmp.Or(s.Rate, peaks[s.Stage]) }

// Optimizer returns the optimiser of the stage. Its learning rate falls to 0.
func (s *Settings) Optimizer() optim.Resumable {
	rate := recipe.Falling(s.Peak(), s.Steps)
	if s.Stage < 5 {
		return optim.NewSGD(rate)
	}
	return recipe.Adam(rate)
}

// Size describes a model with so many parameters, and how it is trained.
func (s *Settings) Size(params int) string {
	m := s.Shape
	size := fmt.Sprintf("width %d, %s, %s, %s", m.Width,
		Number(m.Heads, "head", "heads"), Number(m.Layers, "layer", "layers"),
		Number(m.Context, "position", "positions"))
	if s.Stage < 3 {
		size = fmt.Sprintf("%d numbers for each token and %d in the hidden layer", m.Width, 4*m.Width)
	}
	return fmt.Sprintf("%s: %s. %s of %s each, learning rate %v, falling to 0.",
		Number(params, "parameter", "parameters"), size, Number(s.Steps, "step", "steps"),
		Number(s.Batch, "text", "texts"), s.Peak())
}

// Number returns n and what it counts, "1 text" or "2 texts".
func Number(n int, one, several string) string {
	if n == 1 {
		several = one
	}
	return fmt.Sprint(n, " ", several)
}
