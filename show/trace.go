package show

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/internal/chain"
	"github.com/gradus-go/gradus/internal/formula"
)

// A Step is one thing that Backward does: it hands a node's gradient on to one operand.
type Step struct {
	Node    *gradus.Value // whose gradient is complete
	Operand int           // to which of its parents it is handed on
	// Formula is the local derivative ∂Node/∂Parent in terms of what has a name, as a(1 − a),
	// and Local its number.
	Formula string
	Local   float64
	// Gradient is d root/d Node, Contribution is Gradient·Local, and Sum what the parent has
	// so far, this contribution included.
	Gradient, Contribution, Sum float64
}

// Parent returns the operand that the step is about.
func (s Step) Parent() *gradus.Value { return s.Node.Parents()[s.Operand] }

// Steps returns what Backward of root does, in its order. It computes the gradients itself,
// from zero, and leaves those of the graph alone: they agree to the last bit, but in leaves
// that had a gradient before.
func Steps(root *gradus.Value) (steps []Step) {
	gradient := map[*gradus.Value]float64{root: 1}
	order := gradus.Topo(root)
	for i := len(order) - 1; i >= 0; i-- {
		v := order[i]
		if len(v.Parents()) == 0 {
			continue
		}
		formulas := formula.Partials(v)
		for j, d := range chain.Partials(v) {
			s := Step{
				Node: v, Operand: j, Formula: formula.Text.Write(formulas[j], formula.InSum), Local: d,
				Gradient: gradient[v], Contribution: float64(gradient[v] * d),
			}
			gradient[s.Parent()] += s.Contribution
			s.Sum = gradient[s.Parent()]
			steps = append(steps, s)
		}
	}
	return steps
}

// Trace prints the steps of Backward as a table, a step a line: the node whose gradient is
// handed on, to which operand, the local derivative, the contribution, and the sum that it
// brings the operand's gradient to.
//
// A value without a name is written as the formula that it is computed by.
func Trace(root *gradus.Value) string {
	rows := [][]string{{"step", "node", "gradient", "operand", "local derivative", "contribution", "sum"}}
	for i, s := range Steps(root) {
		local := formula.Text.Number(s.Local)
		if s.Formula != formula.Text.Constant(s.Local) {
			local = s.Formula + " = " + local
		}
		rows = append(rows, []string{
			fmt.Sprint(i + 1), formula.Name(s.Node), formula.Text.Number(s.Gradient), formula.Name(s.Parent()),
			local, formula.Text.Number(s.Contribution), formula.Text.Number(s.Sum),
		})
	}
	return table(rows)
}

// table aligns cells in columns.
func table(rows [][]string) string {
	width := make([]int, len(rows[0]))
	for _, row := range rows {
		for i, cell := range row {
			width[i] = max(width[i], utf8.RuneCountInString(cell))
		}
	}
	var b strings.Builder
	for _, row := range rows {
		line := ""
		for i, cell := range row {
			line += cell + strings.Repeat(" ", width[i]-utf8.RuneCountInString(cell)+2)
		}
		b.WriteString(strings.TrimRight(line, " ") + "\n")
	}
	return b.String()
}
