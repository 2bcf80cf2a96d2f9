package main

import (
	"context"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/urfave/cli/v3"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/internal/program/wrap"
	"github.com/gradus-go/gradus/show"
)

func traceCommand() *cli.Command {
	return &cli.Command{
		Name: "trace", Usage: "list the steps of the backward pass",
		ArgsUsage: "FORMULAS... [NAME=NUMBER]...",
		Description: `Trace lists what backpropagation does, one step a line: it multiplies the
gradient of a node by a local derivative, and adds the product to the gradient
of an operand. Where the lines would be too long, it gives names to what has
none, and says first what they stand for. For example:

    gradus trace 'y = tanh(w·x)' w=0.5 x=1` + sources,
		Flags: []cli.Flag{ofFlag()},
		Action: func(_ context.Context, c *cli.Command) error {
			p, err := newProblem(c)
			if err != nil {
				return err
			}
			trace, names := show.Trace(p.root), ""
			if isWide(trace) {
				p.nameAll()
				if names, err = computation(p.root); err != nil {
					return err
				}
				names, trace = wrap.Message(names)+"\n", show.Trace(p.root)
			}
			fmt.Fprint(c.Root().Writer, names+trace)
			return nil
		},
	}
}

// isWide reports whether a line of a text does not fit a terminal.
func isWide(text string) bool {
	for line := range strings.Lines(text) {
		if utf8.RuneCountInString(strings.TrimSuffix(line, "\n")) > wrap.Columns {
			return true
		}
	}
	return false
}

// nameAll gives a name to each result in the graph that has none: v1, v2 and so on.
func (p *problem) nameAll() {
	n := 0
	for _, v := range gradus.Topo(p.root) {
		if v.Op() == nil || v.Name() != "" {
			continue
		}
		for n++; p.Value(fmt.Sprint("v", n)) != nil; n++ {
		}
		v.As(fmt.Sprint("v", n))
	}
}
