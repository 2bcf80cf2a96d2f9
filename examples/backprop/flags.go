package main

import (
	"flag"

	"github.com/gradus-go/gradus/examples/internal/outputs"
	"github.com/gradus-go/gradus/internal/program"
)

// A config holds the values of the flags.
type config struct {
	setup
	steps int
	show  string
}

// flags returns the flags that set cfg. Their defaults are the values that cfg has.
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
	outputs.GraphFlag(flags, &cfg.show, "the loss L after the backward pass")
	return flags
}
