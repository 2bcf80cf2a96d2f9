package main

import (
	"fmt"
	"io"
	"os"
	"strings"
	"unicode/utf8"

	"golang.org/x/term"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/formula"
	notation "github.com/gradus-go/gradus/internal/formula"
	"github.com/gradus-go/gradus/internal/program/wrap"
)

// A drawing has 40 to 100 columns, whatever the terminal has: on a wider one, the numbers would be far away
// from their names.
const narrowest, widest = 40, 100

// screenWidth returns the columns for a drawing: those of the terminal to which the output goes, or 80 if it
// goes elsewhere.
func screenWidth() int {
	width, _, err := term.GetSize(int(os.Stdout.Fd()))
	if err != nil || width <= 0 {
		return wrap.Columns
	}
	return min(max(width, narrowest), widest)
}

// A tree draws a graph: below each value what it is computed from.
type tree struct {
	w        io.Writer
	label    int               // columns for the names and formulas
	number   int               // columns for a number
	all      bool              // every operation, not just the values with names
	formulas map[string]string // the right-hand sides of the values with names
	drawn    map[*gradus.Value]bool
	below    []*gradus.Value // for which the lines have no room, so that they begin at the margin again
}

// drawTree draws the graph of a value in lines of a width. If all is false, values without names are part of
// formulas.
func drawTree(w io.Writer, root *gradus.Value, all bool, width int) error {
	formulas, err := formulasOf(root)
	if err != nil {
		return err
	}
	number := min(12, width/4)
	t := &tree{
		w: w, number: number, label: width - 2*number, all: all, formulas: formulas,
		drawn: map[*gradus.Value]bool{},
	}
	head := "d" + root.Name() + "/d…"
	if utf8.RuneCountInString(head) >= number {
		head = "gradient"
	}
	t.line("", "", "value", head)
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
	case len(operands) > 0 && len([]rune(prefix)) > t.label*2/3:
		t.below = append(t.below, v)
		t.line(first, name(v)+"  (below)", "", "")
		return
	}
	t.drawn[v] = true
	gradient := ""
	if v.HasGrad() {
		gradient = notation.Short(v.Grad)
	}
	t.line(first, t.labelOf(v), notation.Short(v.Data), gradient)
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
	if len(text) > t.label {
		text = append(text[:t.label-1], '…')
	}
	line := fmt.Sprintf("%-*s%*s%*s", t.label, string(text), t.number, value, t.number, gradient)
	fmt.Fprintln(t.w, strings.TrimRight(line, " "))
}

// labelOf returns a value's name and how it is computed.
func (t *tree) labelOf(v *gradus.Value) string {
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
	return notation.Short(v.Data)
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
