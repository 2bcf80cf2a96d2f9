package main

import (
	"fmt"
	"io"

	"github.com/urfave/cli/v3"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/internal/program/wrap"
	"github.com/gradus-go/gradus/show"
)

func traceCommand() *cli.Command {
	return onFormulas(&cli.Command{
		Name: "trace", Usage: "list the steps of the backward pass",
		Description: about("trace"),
		Flags:       []cli.Flag{ofFlag()},
	}, func(_ *cli.Command, w io.Writer, p *problem) error {
		trace := show.Trace(p.Root)
		if wrap.Message(trace) != trace { // a line is too long
			p.nameAll()
			trace = wrap.Message(show.Computation(p.Root).String()) + "\n" + show.Trace(p.Root)
		}
		fmt.Fprint(w, trace)
		return nil
	})
}

// nameAll gives a name to each result in the graph that has none: v1, v2 and so on.
func (p *problem) nameAll() {
	n := 0
	for _, v := range gradus.Topo(p.Root) {
		if v.Op() == nil || v.Name() != "" {
			continue
		}
		for n++; p.Value(fmt.Sprint("v", n)) != nil; n++ {
		}
		v.As(fmt.Sprint("v", n))
	}
}
