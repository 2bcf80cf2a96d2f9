package main

import (
	"flag"

	"github.com/gradus-go/gradus/internal/program"
)

// A config is what the flags ask for.
type config struct {
	setup
	steps int
	show  string
}

// flags sets cfg, whose values are the defaults.
func (cfg *config) flags() *flag.FlagSet {
	flags := flag.NewFlagSet("backprop", flag.ContinueOnError)
	flags.Var(program.Finite(&cfg.x), "x", "input")
	flags.Var(program.Finite(&cfg.t), "t", "target")
	flags.Var(program.Finite(&cfg.W1), "W1", "weight of the hidden neuron")
	flags.Var(program.Finite(&cfg.b1), "b1", "bias of the hidden neuron")
	flags.Var(program.Finite(&cfg.W2), "W2", "weight of the output")
	flags.Var(program.Finite(&cfg.b2), "b2", "bias of the output")
	flags.Var(program.Finite(&cfg.eta), "eta", "learning rate")
	flags.Var(program.Whole(&cfg.steps, 1, 1_000_000), "steps", "updates in the training log, 1 to 1000000")
	flags.Var(program.Picture(&cfg.show), "show", program.PictureUsage)
	return flags
}
