package main

import (
	"context"
	"fmt"
	"io"
	"math"
	"strings"
	"unicode/utf8"

	"github.com/urfave/cli/v3"
	"gonum.org/v1/gonum/mat"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/internal/program/wrap"
)

func hessianCommand() *cli.Command {
	return &cli.Command{
		Name: "hessian", Usage: "print the second derivatives, and their eigenvalues",
		ArgsUsage: "FORMULAS... [NAME=NUMBER]...",
		Description: `Hessian prints the second derivatives of the last result as a matrix: in row w
and column b the derivative by w and b. Below it are the eigenvalues, which say
how the result curves. For example:

    gradus hessian 'L = (w·x + b − t)²' x=2 t=1 w=0.5 b=0 -by w,b` + sources,
		Flags: []cli.Flag{ofFlag(), byFlag("the parameters, or else the inputs")},
		Action: func(_ context.Context, c *cli.Command) error {
			p, err := newProblem(c)
			if err != nil {
				return err
			}
			if n := len(p.by); n > maxHessian {
				return fmt.Errorf("there are %d values, and so %d second derivatives; choose at most %d with -by",
					n, n*n, maxHessian)
			}
			p.printHessian(c.Root().Writer)
			return nil
		},
	}
}

// maxHessian bounds the number of rows.
const maxHessian = 100

func (p *problem) printHessian(w io.Writer) {
	n := len(p.by)
	h := mat.NewSymDense(n, nil)
	isFinite := true
	for i, row := range gradus.Hessian(p.root, p.by...) {
		for j := range i + 1 {
			h.SetSym(i, j, row[j].Data)
			isFinite = isFinite && !math.IsInf(row[j].Data, 0) && !math.IsNaN(row[j].Data)
		}
	}
	names := make([]string, n)
	for i, v := range p.by {
		names[i] = v.Name()
	}
	printMatrix(w, h, names)
	if isFinite {
		fmt.Fprintf(w, "\n%s\n", curvature(p.root.Name(), h))
	}
}

// printMatrix prints a matrix, with as many columns below each other as fit a terminal. A name that is too
// long ends with a dot for what is left out.
func printMatrix(w io.Writer, m mat.Matrix, names []string) {
	const width = 12
	n, lead := len(names), 0
	for i, name := range names {
		if r := []rune(name); len(r) > width-2 {
			names[i] = string(r[:width-3]) + "…"
		}
		lead = max(lead, utf8.RuneCountInString(names[i]))
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
				fmt.Fprintf(w, "%*.4g", width, m.At(i, j))
			}
			fmt.Fprintln(w)
		}
	}
}

// curvature says what the eigenvalues of the second derivatives are, and how the value curves. One that is
// 0 but for rounding counts as 0.
func curvature(name string, h *mat.SymDense) string {
	var eigen mat.EigenSym
	if !eigen.Factorize(h, false) {
		return "The eigenvalues were not found."
	}
	values := eigen.Values(nil)
	n := len(values)
	rounding := float64(n) * 0x1p-52 * max(math.Abs(values[0]), math.Abs(values[n-1]))
	texts, up, down := make([]string, n), 0, 0
	for i, x := range values {
		switch {
		case x > rounding:
			up++
		case x < -rounding:
			down++
		default:
			x = 0
		}
		texts[i] = fmt.Sprintf("%.4g", x)
	}
	return wrap.Prose("", "", fmt.Sprintf("The eigenvalues are %s: %s curves upwards in %d of %d directions, "+
		"downwards in %d.", strings.Join(texts, ", "), name, up, n, down))
}
