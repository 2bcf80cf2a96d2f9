package main

import (
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/urfave/cli/v3"

	"github.com/gradus-go/gradus/internal/formula"
	"github.com/gradus-go/gradus/internal/formulary"
	"github.com/gradus-go/gradus/internal/program/wrap"
	"github.com/gradus-go/gradus/show"
)

func deriveCommand() *cli.Command {
	return onFormulas(&cli.Command{
		Name: "derive", Usage: "write out the chain rule, with the numbers",
		Description: about("derive"),
		Flags: []cli.Flag{
			ofFlag(), byFlag("the parameters, or else the inputs"),
			&cli.BoolFlag{Name: "latex", Usage: "print LaTeX, for the package amsmath"},
			&cli.BoolFlag{Name: "mathml", Usage: "print HTML with formulas in MathML, which browsers show"},
		},
	}, func(c *cli.Command, w io.Writer, p *problem) error {
		if c.Bool("latex") && c.Bool("mathml") {
			return errors.New("-latex and -mathml exclude each other; want one of them")
		}
		if slices.Contains(p.By, p.Root) {
			return fmt.Errorf("-by: %s is what is derived; want names of values that it is computed from",
				p.Root.Name())
		}
		d, err := show.Derive(p.Root, p.By...)
		if err != nil {
			return err
		}
		forward := show.Computation(p.Root)
		switch {
		case c.Bool("latex"):
			fmt.Fprint(w, wrap.Message(d.LaTeX()))
		case c.Bool("mathml"):
			fmt.Fprintf(w, "<!doctype html>\n<meta charset=\"utf-8\">\n<style>\n%s</style>\n%s%s", formula.Style(),
				forward.MathML(), d.MathML())
		default:
			text := forward.String() + d.String()
			if p.Finite() != nil {
				text += formulary.Trouble(p.Root) + "\n"
			}
			fmt.Fprint(w, wrap.Message(text))
		}
		return nil
	})
}
