package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/gradus-go/gradus"
)

// A quantity is a number and the tutorial's name for it.
type quantity struct {
	name  string
	value float64
}

// numbers returns the values of nodes under their names.
func numbers(nodes ...*gradus.Value) []quantity {
	q := make([]quantity, len(nodes))
	for i, v := range nodes {
		q[i] = quantity{v.Name(), v.Data}
	}
	return q
}

// gradients returns the derivatives of L by nodes, under the tutorial's names for them.
func gradients(nodes ...*gradus.Value) []quantity {
	q := make([]quantity, len(nodes))
	for i, v := range nodes {
		q[i] = quantity{"dL_d" + v.Name(), v.Grad}
	}
	return q
}

// section prints one part of the tutorial's output: the numbers, and then the formulas by which
// they are computed.
func section(w io.Writer, title string, q []quantity, formulas string) {
	fmt.Fprintln(w, title+":")
	for _, q := range q {
		fmt.Fprintf(w, "%s = %v\n", q.name, q.value)
	}
	fmt.Fprintln(w)
	for line := range strings.Lines(formulas) {
		fmt.Fprint(w, "  ", line)
	}
	fmt.Fprintln(w)
}
