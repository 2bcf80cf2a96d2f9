package main

import (
	"encoding/json"
	"fmt"
	"io"
	"unicode/utf8"

	"github.com/urfave/cli/v3"

	"github.com/gradus-go/gradus/internal/formulary"
)

func evalCommand() *cli.Command {
	return onFormulas(&cli.Command{
		Name: "eval", Usage: "list the values, and the gradients",
		Description: about("eval"),
		Flags: []cli.Flag{
			ofFlag(), byFlag("all"), &cli.BoolFlag{Name: "json", Usage: "print JSON"},
		},
	}, func(c *cli.Command, w io.Writer, p *problem) error {
		e := p.Evaluation(c.String("by") != "")
		if !c.Bool("json") {
			printTable(w, e)
			return nil
		}
		encoder := json.NewEncoder(w)
		encoder.SetIndent("", "  ")
		return encoder.Encode(e)
	})
}

// nameWidth is the width of the column of names, beside which the other columns fit into 80.
const nameWidth = 16

// printTable prints the values as a table. A name that is too long for its column has a line of its own.
func printTable(w io.Writer, e formulary.Evaluation) {
	head := "d" + e.Of + "/d…"
	if utf8.RuneCountInString(e.Of) > nameWidth {
		head = "gradient"
	}
	fmt.Fprintf(w, "%-*s  %-9s  %-23s  %s\n", nameWidth, "name", "kind", " value", " "+head)
	for _, r := range e.Values {
		if utf8.RuneCountInString(r.Name) > nameWidth {
			fmt.Fprintln(w, r.Name)
			r.Name = ""
		}
		gradient := " –"
		if r.Gradient != nil {
			gradient = fmt.Sprint(r.Gradient)
		}
		fmt.Fprintf(w, "%-*s  %-9s  %-23s  %s\n", nameWidth, r.Name, r.Kind, r.Value, gradient)
	}
}
