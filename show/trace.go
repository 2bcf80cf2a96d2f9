package show

import (
	"fmt"
	"strings"
	"text/tabwriter"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/internal/chain"
	"github.com/gradus-go/gradus/show/internal/formula"
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
	var b strings.Builder
	w := tabwriter.NewWriter(&b, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "step\tnode\tgradient\toperand\tlocal derivative\tcontribution\tsum")
	n := formula.Text
	for i, s := range Steps(root) {
		local := n.Number(s.Local)
		if s.Formula != n.Constant(s.Local) {
			local = s.Formula + " = " + local
		}
		fmt.Fprintf(w, "%d\t%s\t%s\t%s\t%s\t%s\t%s\n", i+1, formula.Name(s.Node), n.Number(s.Gradient),
			formula.Name(s.Parent()), local, n.Number(s.Contribution), n.Number(s.Sum))
	}
	w.Flush()
	return b.String()
}
