package main

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/urfave/cli/v3"

	"github.com/gradus-go/gradus/internal/program"
	"github.com/gradus-go/gradus/show"
)

func graphCommand() *cli.Command {
	return &cli.Command{
		Name: "graph", Usage: "draw the graph, in the terminal or into a file",
		ArgsUsage: "FORMULAS... [NAME=NUMBER]...",
		Description: `Graph draws how the last result is computed: below each value what it is
computed from, with the numbers and the gradients. What is used twice is drawn
once, and referred to after that. For example:

    gradus graph 'a = σ(w·x + b); L = ½(a − t)²' w=0.5 x=1 b=0 t=0` + sources,
		Flags: []cli.Flag{
			ofFlag(),
			&cli.BoolFlag{Name: "all", Usage: "draw every operation, not just the values that have names"},
			&cli.StringFlag{
				Name: "o",
				Usage: "`FILE` to write; its ending says how: .svg, .dot, .mmd, or .html for a page " +
					"that steps through the graph",
			},
		},
		Action: func(_ context.Context, c *cli.Command) error {
			file := c.String("o")
			if err := canDraw(file); err != nil {
				return err
			}
			p, err := newProblem(c)
			if err != nil {
				return err
			}
			if file == "" {
				return drawTree(c.Root().Writer, p.root, c.Bool("all"))
			}
			if err := show.Save(file, p.root); err != nil {
				return failure{err}
			}
			fmt.Fprintf(c.Root().Writer, "The graph of %s is in %s.\n", p.root.Name(), file)
			return nil
		},
	}
}

// canDraw returns an error if the file of a graph has an ending that is not known, or cannot be written.
func canDraw(file string) error {
	if file == "" {
		return nil
	}
	if strings.EqualFold(filepath.Ext(file), ".png") {
		return fmt.Errorf("%s: graphs are not drawn as .png; want .svg, which browsers show", file)
	}
	if err := show.CanSave(file); err != nil {
		return err
	}
	if err := program.Writable(file); err != nil {
		return failure{err}
	}
	return nil
}
