package main

import (
	"fmt"
	"io"
	"slices"

	"github.com/urfave/cli/v3"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/chart"
	"github.com/gradus-go/gradus/gradcheck/numeric"
	"github.com/gradus-go/gradus/internal/chain"
	"github.com/gradus-go/gradus/internal/finite"
	"github.com/gradus-go/gradus/internal/formula"
	"github.com/gradus-go/gradus/internal/program/wrap"
)

func sweepCommand() *cli.Command {
	return onFormulas(&cli.Command{
		Name: "sweep", Usage: "compare numeric derivatives, by their step, with the exact one",
		Description: about("sweep"),
		Flags: []cli.Flag{
			ofFlag(),
			&cli.StringFlag{Name: "by", Usage: "the `NAME` of the number by which; if not given, the first parameter"},
			pictureFlag("the errors"),
		},
	}, func(c *cli.Command, w io.Writer, p *problem) error {
		x, file := p.By[0], c.String("o")
		if err := canSave(file); err != nil {
			return err
		}
		if len(p.By) > 1 && c.String("by") != "" || x.Op() != nil {
			return fmt.Errorf("-by: %s is not the name of one number", c.String("by"))
		}
		name := p.Root.Name()
		if !finite.All(x.Data) {
			return fmt.Errorf("%s is %s, want a finite number", x.Name(), formula.Exact(x.Data))
		}
		p.By = p.By[:1]
		if err := p.Finite(); err != nil {
			return err
		}
		sweep := numeric.NewSweep(func(at float64) float64 { return valueAt(p.Root, x, at) },
			func(float64) float64 { return x.Grad }, x.Data, 1)
		name = fmt.Sprintf("d%s/d%s", name, x.Name())
		head := fmt.Sprintf("%s = %s. The differences are off by:", name, formula.Exact(x.Grad))
		fmt.Fprintln(w, wrap.Message(head))
		fmt.Fprintf(w, "\n%v", sweep)
		return save(file, errorChart(name, sweep))
	})
}

// valueAt returns the number of root where a leaf has another one.
func valueAt(root, leaf *gradus.Value, x float64) float64 {
	nodes := chain.Rebuild(root, func(v *gradus.Value) float64 {
		if v == leaf {
			return x
		}
		return v.Data
	})
	return nodes[len(nodes)-1].Data
}

// errorChart draws the errors that are not 0, for which a logarithmic axis has no place.
func errorChart(derivative string, sweep numeric.Sweep) chart.Chart {
	forward := chart.Series{Name: "forward difference", Style: chart.LinePoints}
	central := chart.Series{Name: "central difference", Style: chart.LinePoints}
	for _, row := range sweep {
		for s, y := range map[*chart.Series]float64{&forward: row.Forward, &central: row.Central} {
			if y > 0 && finite.All(y) {
				s.Add(row.H, y)
			}
		}
	}
	return chart.Chart{
		Title: "Numeric derivatives: errors of " + derivative,
		X:     chart.Axis{Label: "step h", Log: true}, Y: chart.Axis{Label: "error", Log: true},
		Series: slices.DeleteFunc([]chart.Series{forward, central},
			func(s chart.Series) bool { return len(s.X) == 0 }),
	}
}
