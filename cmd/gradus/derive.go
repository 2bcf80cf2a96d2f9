package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/urfave/cli/v3"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/formula"
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
		},
	}, func(c *cli.Command, w io.Writer, p *problem) error {
		d, err := show.Derive(p.root, p.by...)
		if err != nil {
			return err
		}
		if c.Bool("latex") {
			fmt.Fprint(w, wrap.Message(d.LaTeX()))
			return nil
		}
		forward, err := computation(p.root)
		fmt.Fprint(w, wrap.Message(forward+d.String()))
		return err
	})
}

// computation returns a line for each value with a name: its formula and its number, as z = W1·x + b1 = 0.5.
func computation(root *gradus.Value) (lines string, err error) {
	formulas, err := formulasOf(root)
	for _, v := range gradus.Topo(root) {
		if right := formulas[v.Name()]; v.Op() != nil && right != "" {
			lines += fmt.Sprintf("%s = %s = %.4g\n", v.Name(), right, v.Data)
		}
	}
	return lines, err
}

// formulasOf returns the right-hand sides of the definitions of a graph, by the names on the left.
func formulasOf(root *gradus.Value) (map[string]string, error) {
	text, err := formula.Text(root)
	formulas := map[string]string{}
	for line := range strings.Lines(text) {
		name, right, _ := strings.Cut(strings.TrimSpace(line), " = ")
		formulas[name] = right
	}
	return formulas, err
}
