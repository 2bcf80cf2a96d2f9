package main

import (
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/urfave/cli/v3"

	"github.com/gradus-go/gradus/internal/finite"
)

func evalCommand() *cli.Command {
	return onFormulas(&cli.Command{
		Name: "eval", Usage: "list the values, and the gradients",
		Description: about("eval"),
		Flags: []cli.Flag{
			ofFlag(), byFlag("all"), &cli.BoolFlag{Name: "json", Usage: "print JSON"},
		},
	}, func(c *cli.Command, w io.Writer, p *problem) error {
		e := p.evaluation(c.String("by") != "")
		if !c.Bool("json") {
			e.print(w)
			return nil
		}
		encoder := json.NewEncoder(w)
		encoder.SetIndent("", "  ")
		return encoder.Encode(e)
	})
}

// An evaluation is what eval prints.
type evaluation struct {
	Of     string `json:"of"`
	Values []row  `json:"values"`
}

type row struct {
	Name     string `json:"name"`
	Kind     string `json:"kind"`
	Value    number `json:"value"`
	Gradient any    `json:"gradient"` // a number, or nil if there is none
}

// A number can be NaN or infinite in JSON, too.
type number float64

// MarshalJSON returns the number, or a text if JSON has no such number.
func (x number) MarshalJSON() ([]byte, error) {
	if finite.All(float64(x)) {
		return json.Marshal(float64(x))
	}
	return json.Marshal(strings.NewReplacer("+", "", "Inf", "Infinity").Replace(fmt.Sprint(float64(x))))
}

// String returns all digits of the number, and a space where it has no sign.
func (x number) String() string { return fmt.Sprintf("% v", float64(x)) }

// evaluation returns the values with names, all or those of -by.
func (p *problem) evaluation(onlyBy bool) (e evaluation) {
	e.Of = p.root.Name()
	for _, name := range p.Names() {
		v := p.Value(name)
		if onlyBy && !slices.Contains(p.by, v) {
			continue
		}
		r := row{Name: name, Kind: kind(p.Graph, v), Value: number(v.Data)}
		if v.HasGrad() {
			r.Gradient = number(v.Grad)
		}
		e.Values = append(e.Values, r)
	}
	return e
}

// nameWidth is the width of the column of names, beside which the other columns fit into 80.
const nameWidth = 16

// print prints the values as a table. A name that is too long for its column has a line of its own.
func (e evaluation) print(w io.Writer) {
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
