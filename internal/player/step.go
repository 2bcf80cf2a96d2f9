package player

import (
	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/internal/builtin"
	"github.com/gradus-go/gradus/internal/chain"
	"github.com/gradus-go/gradus/internal/formula"
)

// A Step is what package show documents under this name. Its fields are those of show.Step.
type Step struct {
	Node    *gradus.Value
	Operand int

	Formula string
	Local   float64

	Gradient     float64
	Contribution float64
	Sum          float64
}

// Parent returns the parent to whose gradient the step adds.
func (s Step) Parent() *gradus.Value { return s.Node.Parents()[s.Operand] }

// FormulaLength is the number of characters that a formula in a table has at most.
const FormulaLength = 60

// Steps returns the steps of Backward that do not lead to constants, with formulas in a notation. It computes
// the gradients itself, from zero.
func Steps(n formula.Notation, root *gradus.Value) (steps []Step) {
	gradient := map[*gradus.Value]float64{root: 1}
	order := gradus.Topo(root)
	for i := len(order) - 1; i >= 0; i-- {
		v := order[i]
		if len(v.Parents()) == 0 {
			continue
		}
		formulas, local, kind := formula.ShortPartials(v), chain.Partials(v), builtin.Of(v.Op())
		for k := range local {
			j := kind.Turn(k, len(local))
			if v.Parents()[j].IsConst() {
				continue
			}
			d := local[j]
			s := Step{
				Node: v, Operand: j, Formula: n.Write(formulas[j].OrNumber(d), formula.InSum), Local: d,
				Gradient: gradient[v], Contribution: chain.Contribution(v, j, d, gradient[v]),
			}
			gradient[s.Parent()] += s.Contribution
			s.Sum = gradient[s.Parent()]
			steps = append(steps, s)
		}
	}
	return steps
}
