package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"math"
	"strconv"
)

// A config is what the flags ask for.
type config struct {
	setup
	steps    int
	tutorial []printed // what the tutorial prints for this setup; nil if it has another
}

// parse returns the config that the command line asks for. Its error says what is wrong
// with which argument and what was expected. For -h it writes help and returns flag.ErrHelp.
func parse(args []string, help io.Writer) (config, error) {
	cfg := config{setup: tutorialSetup, steps: 1}
	flags := flag.NewFlagSet("backprop", flag.ContinueOnError)
	flags.SetOutput(io.Discard) // the caller prints the error, once
	flags.Var((*finite)(&cfg.x), "x", "input")
	flags.Var((*finite)(&cfg.t), "t", "target")
	flags.Var((*finite)(&cfg.W1), "W1", "weight of the hidden neuron")
	flags.Var((*finite)(&cfg.b1), "b1", "bias of the hidden neuron")
	flags.Var((*finite)(&cfg.W2), "W2", "weight of the output")
	flags.Var((*finite)(&cfg.b2), "b2", "bias of the output")
	flags.Var((*finite)(&cfg.eta), "eta", "learning rate")
	flags.Var((*count)(&cfg.steps), "steps", "updates in the training log, 1 to 1000000")

	err := flags.Parse(args)
	if errors.Is(err, flag.ErrHelp) {
		writeHelp(help, flags)
		return cfg, err
	}
	if err == nil && flags.NArg() > 0 {
		err = fmt.Errorf("argument %d is %q, want nothing but flags, each with its number",
			len(args)-flags.NArg()+1, flags.Arg(0))
	}
	if err != nil {
		return cfg, fmt.Errorf("%w\n%s", err, usage(flags))
	}
	if cfg.setup == tutorialSetup {
		cfg.tutorial = tutorialOutput
	}
	return cfg, nil
}

// usage shows every flag with its default.
func usage(flags *flag.FlagSet) string {
	line := "usage: backprop"
	flags.VisitAll(func(f *flag.Flag) { line += fmt.Sprintf(" [-%s %s]", f.Name, f.DefValue) })
	return line
}

func writeHelp(w io.Writer, flags *flag.FlagSet) {
	fmt.Fprintln(w, usage(flags))
	fmt.Fprint(w, "\nBackprop takes the step of tutorial A and compares its numbers.\n\n")
	flags.VisitAll(func(f *flag.Flag) { fmt.Fprintf(w, "  -%-6s %s\n", f.Name, f.Usage) })
}

// A finite is a flag's number, which is neither NaN nor ±Inf.
type finite float64

func (f *finite) String() string { return strconv.FormatFloat(float64(*f), 'g', -1, 64) }

func (f *finite) Set(s string) error {
	x, err := strconv.ParseFloat(s, 64)
	if err != nil || math.IsNaN(x) || math.IsInf(x, 0) {
		return errors.New("want a finite number such as 0.5")
	}
	*f = finite(x)
	return nil
}

// A count is a flag's number of steps.
type count int

func (c *count) String() string { return strconv.Itoa(int(*c)) }

func (c *count) Set(s string) error {
	n, err := strconv.Atoi(s)
	if err != nil || n < 1 || n > 1_000_000 {
		return errors.New("want a whole number from 1 to 1000000")
	}
	*c = count(n)
	return nil
}
