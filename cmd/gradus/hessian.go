package main

import (
	"fmt"
	"io"
	"math"
	"strings"
	"unicode/utf8"

	"github.com/urfave/cli/v3"
	"gonum.org/v1/gonum/mat"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/internal/finite"
	"github.com/gradus-go/gradus/internal/formula"
	"github.com/gradus-go/gradus/internal/program/wrap"
)

func hessianCommand() *cli.Command {
	return onFormulas(&cli.Command{
		Name: "hessian", Usage: "print the second derivatives, and their eigenvalues",
		Description: about("hessian"),
		Flags:       []cli.Flag{ofFlag(), byFlag("the parameters, or else the inputs")},
	}, printHessian)
}

func printHessian(_ *cli.Command, w io.Writer, p *problem) error {
	if math.IsNaN(p.Root.Data) {
		return fmt.Errorf("%s is NaN; want numbers at which it is none", p.Root.Name())
	}
	names := make([]string, len(p.By))
	for i, v := range p.By {
		names[i] = v.Name()
	}
	h := secondDerivatives(p.Root, p.By)
	var eigen mat.EigenSym
	hasEigenvalues := finite.All(h.RawSymmetric().Data...) && eigen.Factorize(h, false)
	printMatrix(w, h, names)
	if hasEigenvalues {
		fmt.Fprintf(w, "\n%s\n", wrap.Prose("", "", "eigenvalues: "+list(eigen.Values(nil))))
	}
	return nil
}

// secondDerivatives returns the second derivatives of y as numbers. It needs a graph for each first
// derivative, where gradus.Hessian builds one for each entry.
func secondDerivatives(y *gradus.Value, by []*gradus.Value) *mat.SymDense {
	h := mat.NewSymDense(len(by), nil)
	for i, dy := range gradus.Gradient(y, by...) {
		for _, v := range by {
			v.ZeroGrad()
		}
		dy.Backward()
		for j := range i + 1 {
			h.SetSym(i, j, by[j].Grad)
		}
	}
	return h
}

// list writes eigenvalues in a line. One that is 0 but for rounding is 0 there.
func list(values []float64) string {
	rounding := float64(len(values)) * 0x1p-52 * max(math.Abs(values[0]), math.Abs(values[len(values)-1]))
	for i, x := range values {
		if math.Abs(x) <= rounding {
			values[i] = 0
		}
	}
	return strings.Trim(fmt.Sprintf("%.4g", values), "[]")
}

// printMatrix prints a matrix, with as many columns below each other as fit a terminal. Of a name
// that is too long, the end or the middle is left out.
func printMatrix(w io.Writer, m mat.Matrix, names []string) {
	const width = 12
	n, lead := len(names), 0
	names = wrap.Distinct(names, width-2)
	for _, name := range names {
		lead = max(lead, utf8.RuneCountInString(name))
	}
	across := (wrap.Columns - lead) / width
	for from := 0; from < n; from += across {
		to := min(n, from+across)
		if from > 0 {
			fmt.Fprintln(w)
		}
		fmt.Fprintf(w, "%*s", lead, "")
		for j := from; j < to; j++ {
			fmt.Fprintf(w, "%*s", width, names[j])
		}
		fmt.Fprintln(w)
		for i := range n {
			fmt.Fprintf(w, "%-*s", lead, names[i])
			for j := from; j < to; j++ {
				fmt.Fprintf(w, "%*s", width, formula.Short(m.At(i, j)))
			}
			fmt.Fprintln(w)
		}
	}
}
