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
		trace, isWide := show.Trace(p.Root), func(text string) bool { return wrap.Message(text) != text }
		if isWide(trace) {
			p.nameAll()
			fmt.Fprintln(w, wrap.Message(show.Computation(p.Root).String()))
			trace = show.Trace(p.Root)
		}
		for most := 16; isWide(trace) && most >= 4; most -= 4 {
			p.shortenNames(most)
			trace = show.Trace(p.Root)
		}
		fmt.Fprint(w, trace)
		return nil
	})
}

// shortenNames leaves out the end or the middle of names in the graph of more letters than this.
func (p *problem) shortenNames(most int) {
	all := gradus.Topo(p.Root)
	names := make([]string, len(all))
	for i, v := range all {
		names[i] = v.Name()
	}
	for i, name := range wrap.Distinct(names, most) {
		all[i].As(name)
	}
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
