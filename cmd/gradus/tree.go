package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/internal/program/wrap"
)

const (
	numberWidth = 12
	labelWidth  = wrap.Columns - 2*numberWidth
	shortest    = 20 // a label has room for at least so many characters
)

// A tree draws a graph: below each value what it is computed from.
type tree struct {
	w        io.Writer
	all      bool              // every operation, not just the values with names
	formulas map[string]string // the right-hand sides of the values with names
	drawn    map[*gradus.Value]bool
	below    []*gradus.Value // for which the lines have no room, so that they begin at the margin again
}

// drawTree draws the graph of a value. If all is false, values without names are part of formulas.
func drawTree(w io.Writer, root *gradus.Value, all bool) error {
	formulas, err := formulasOf(root)
	if err != nil {
		return err
	}
	t := &tree{w: w, all: all, formulas: formulas, drawn: map[*gradus.Value]bool{}}
	t.line("", "", "value", "d"+root.Name()+"/d…")
	t.draw(root, "", "")
	for len(t.below) > 0 {
		v := t.below[0]
		t.below = t.below[1:]
		if !t.drawn[v] {
			fmt.Fprintln(w)
			t.draw(v, "", "")
		}
	}
	return nil
}

// draw draws a value after the first prefix, and its operands after the other one.
func (t *tree) draw(v *gradus.Value, first, prefix string) {
	operands := t.operands(v)
	switch {
	case t.drawn[v] && len(operands) > 0:
		t.line(first, name(v)+"  (above)", "", "")
		return
	case len(operands) > 0 && len([]rune(prefix)) > labelWidth-shortest-3:
		t.below = append(t.below, v)
		t.line(first, name(v)+"  (below)", "", "")
		return
	}
	t.drawn[v] = true
	gradient := ""
	if v.HasGrad() {
		gradient = fmt.Sprintf("%.4g", v.Grad)
	}
	t.line(first, t.label(v), fmt.Sprintf("%.4g", v.Data), gradient)
	for i, operand := range operands {
		if i < len(operands)-1 {
			t.draw(operand, prefix+"├─ ", prefix+"│  ")
		} else {
			t.draw(operand, prefix+"└─ ", prefix+"   ")
		}
	}
}

// line prints a line. A label for which there is no room is cut.
func (t *tree) line(prefix, label, value, gradient string) {
	text := []rune(prefix + label)
	if len(text) > labelWidth {
		text = append(text[:labelWidth-1], '…')
	}
	line := fmt.Sprintf("%-*s%*s%*s", labelWidth, string(text), numberWidth, value, numberWidth, gradient)
	fmt.Fprintln(t.w, strings.TrimRight(line, " "))
}

// label returns a value's name and how it is computed.
func (t *tree) label(v *gradus.Value) string {
	right := t.formulas[v.Name()]
	if t.all && v.Op() != nil {
		right = v.Op().Name()
	}
	if v.Op() == nil || v.Name() == "" {
		return name(v)
	}
	return v.Name() + " = " + right
}

// name returns the name of a value, or else its operation, or its number.
func name(v *gradus.Value) string {
	switch {
	case v.Name() != "":
		return v.Name()
	case v.Op() != nil:
		return v.Op().Name()
	}
	return fmt.Sprintf("%.4g", v.Data)
}

// operands returns what is drawn below a value, each once.
func (t *tree) operands(v *gradus.Value) (operands []*gradus.Value) {
	seen := map[*gradus.Value]bool{}
	var visit func(v *gradus.Value)
	visit = func(v *gradus.Value) {
		for _, p := range v.Parents() {
			if seen[p] {
				continue
			}
			seen[p] = true
			if t.all || p.Name() != "" {
				operands = append(operands, p)
			} else {
				visit(p)
			}
		}
	}
	visit(v)
	return operands
}
