package show

import (
	"fmt"
	"strings"
	"text/tabwriter"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/internal/formula"
	"github.com/gradus-go/gradus/internal/legible"
	"github.com/gradus-go/gradus/internal/player"
)

// A Step is one of the steps that Backward takes: it multiplies the gradient of a node by
// a local derivative, and adds the product to the gradient of one of the node's parents.
type Step struct {
	Node    *gradus.Value // the node; its gradient is complete
	Operand int           // the place of the parent among the node's parents, from 0

	Formula string  // of the local derivative ∂Node/∂Parent, as a(1 − a); long operands are "…"
	Local   float64 // the number of the local derivative

	Gradient     float64 // d root/d Node
	Contribution float64 // Gradient·Local, which is added
	Sum          float64 // the gradient of the parent after that; further steps may add to it
}

// Parent returns the parent to whose gradient the step adds.
//
// It panics if Node is nil or has no parent at the place Operand. Every Step that [Steps]
// returns has both.
func (s Step) Parent() *gradus.Value {
	switch {
	case s.Node == nil:
		panic("show: Parent: the Step has no Node, want a Step that Steps returned")
	case s.Operand < 0 || s.Operand >= len(s.Node.Parents()):
		panic(fmt.Sprintf("show: Parent: Operand is %d and the Node has %d parents, want a Step that "+
			"Steps returned", s.Operand, len(s.Node.Parents())))
	}
	return s.Node.Parents()[s.Operand]
}

// Steps returns the steps that Backward of root takes in a graph without a Tape, in its order. It
// leaves out the steps to constants: Backward adds to the Grad of a constant, too, but that has
// no meaning.
//
// Steps computes the gradients itself, from zero, and does not change those of the graph. They
// are those that Backward computes, to the last bit, if the leaves had no gradient before.
//
// It panics if root is nil.
func Steps(root *gradus.Value) (steps []Step) {
	mustHave(root, "Steps")
	for _, s := range player.Steps(formula.Text, root) {
		steps = append(steps, Step(s))
	}
	return steps
}

// maxSteps is the number of steps that a trace shows at most: half of them are the first, half the last.
const maxSteps = 1000

// Trace returns the [Steps] of Backward as a table, with one step on each line: the node and its
// gradient, the operand to whose gradient the step adds, the local derivative, the contribution,
// and the gradient of the operand after that.
//
// Names are written as by [Derive]. A value without a name is written as the formula by which it is
// computed, and a leaf without a name as its number. If a formula would have more than 30 characters,
// values on the way get names for this trace: v1, v2 and so on. So do values without a name that would
// look like others. The first step of such a value says what it stands for, as in v2 = v1·sin(v1).
//
// Of more than 1,000 steps the trace shows the first 500 and the last 500, and says how many it
// leaves out. Then it has at most 300,000 bytes, unless names are longer than 30.
//
// It panics if root is nil.
func Trace(root *gradus.Value) string {
	mustHave(root, "Trace")
	var b strings.Builder
	w := tabwriter.NewWriter(&b, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "step\tnode\tgradient\toperand\tlocal derivative\tcontribution\tsum")
	root, n, parts := legible.Graph(root)
	steps := player.Steps(n, root)
	// name returns the name of a value, and at the first call also what it stands for.
	name := func(v *gradus.Value) string {
		if !parts[v] {
			return n.Name(v)
		}
		delete(parts, v)
		stands := n.Number(v.Data)
		if v.Op() != nil {
			stands = n.Write(formula.Expand(v), formula.InSum)
		}
		return n.Name(v) + " = " + formula.Shorten(stands, player.FormulaLength)
	}
	for i, s := range steps {
		if left := len(steps) - maxSteps; left > 0 && i >= maxSteps/2 && i < maxSteps/2+left {
			if i == maxSteps/2 {
				fmt.Fprintf(w, "…\t(%d more)\t…\t…\t…\t…\t…\n", left)
			}
			continue
		}
		node, operand := name(s.Node), n.Name(s.Parent())
		if s.Parent().Op() == nil { // it will be no node
			operand = name(s.Parent())
		}
		local := n.Number(s.Local)
		if s.Formula != n.Constant(s.Local) {
			local = s.Formula + " = " + local
		}
		fmt.Fprintf(w, "%d\t%s\t%s\t%s\t%s\t%s\t%s\n", i+1, node, n.Number(s.Gradient),
			operand, local, n.Number(s.Contribution), n.Number(s.Sum))
	}
	w.Flush()
	return b.String()
}
